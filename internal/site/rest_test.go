package site

import (
	"runtime"
	"sync/atomic"
	"testing"
)

// counted is a heap that is full at every look, and says where something is made while it collects.
type counted struct {
	t        *testing.T
	working  *atomic.Int64
	collects atomic.Int64
	looks    int // not more than one at a time
}

func (c *counted) Begin() {}

func (c *counted) Full(percent int) bool {
	c.looks++
	return percent == 100
}

func (c *counted) Collect() {
	c.collects.Add(1)
	for range 10 {
		if n := c.working.Load(); n > 0 {
			c.t.Errorf("garbage is collected while %d work", n)
		}
		runtime.Gosched()
	}
}

// TestRest collects garbage while nobody works, and every piece of work is done.
func TestRest(t *testing.T) {
	var working, done atomic.Int64
	heap := &counted{t: t, working: &working}
	workers := rest{heap: heap}
	workers.begin()
	if heap.looks != 1 || heap.collects.Load() != 0 {
		t.Errorf("before the work: %d looks, %d times collected", heap.looks, heap.collects.Load())
	}
	const n = 10_000
	err := each(t.Context(), Options{Workers: 8}, "", n, func(int) error {
		return workers.work(func() error {
			working.Add(1)
			done.Add(1)
			runtime.Gosched()
			working.Add(-1)
			return nil
		})
	})
	if err != nil || done.Load() != n {
		t.Errorf("%d of %d done, %v", done.Load(), n, err)
	}
	if got := heap.collects.Load(); got == 0 || got > n/often {
		t.Errorf("collected %d times", got)
	}
}
