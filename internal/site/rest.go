package site

import "sync"

// rest lets workers rest between two pieces of work while garbage is collected.
type rest struct {
	heap    Heap // nil where nobody rests
	working sync.RWMutex
	mu      sync.Mutex
	done    int
}

// often is after how many pieces of work the heap is looked at: a page with its twins leaves some 20 KB of garbage, and a look takes half a microsecond.
const often = 16

// begin is called before the first piece of work, when nobody works yet.
func (r *rest) begin() {
	if r.heap == nil {
		return
	}
	r.heap.Begin()
	if r.heap.Full(75) {
		r.heap.Collect()
	}
}

// work does one piece of work.
func (r *rest) work(f func() error) error {
	if r.heap == nil {
		return f()
	}
	r.working.RLock()
	err := f()
	r.working.RUnlock()
	if r.full(1) {
		r.working.Lock()
		if r.full(0) { // nobody else has been here meanwhile
			r.heap.Collect()
		}
		r.working.Unlock()
	}
	return err
}

// full counts pieces of work that were done, and looks at the heap where it is time, or where none was.
func (r *rest) full(done int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done += done
	return (done == 0 || r.done%often == 0) && r.heap.Full(100)
}
