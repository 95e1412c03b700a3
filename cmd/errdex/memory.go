package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// How much garbage may gather before it is collected. A build makes some 22 KB of it for a definition and keeps 13 KB, most of that while it reads, when there is little garbage to find:
// Go's default, which collects when the heap has doubled, collects far too often while the heap is small and lets it grow too far
// when it is large. At 10,000 definitions this takes a fifth off the peak and, together with large pages, a tenth off the time.
type limits struct {
	least uint64 // bytes; a smaller heap is not collected
	more  int    // percent of what is alive in a larger one
}

var (
	usual = limits{240 << 20, 44}
	// A build collects by itself, between pages: see heap. The runtime may begin at seven tenths of the way to its own limit (minTriggerRatioDistance in its mgcpacer.go) and is to come too late.
	building = limits{208 << 20, 46}
	tooLate  = limits{320 << 20, 100}
)

// resting is whether a build collects by itself.
var resting atomic.Bool

func runtimes() limits {
	if resting.Load() {
		return tooLate
	}
	return usual
}

// collectLess sets the garbage collector so and keeps it so: after every collection it looks at what is alive. Who has set GOGC or
// GOMEMLIMIT knows better.
func collectLess(env func(string) string) {
	if !ownHeap(env) {
		return
	}
	debug.SetGCPercent(runtimes().percent(0))
	type marker struct{ _ [16]byte }
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var collected func(*marker)
	collected = func(m *marker) { // runs after each collection that found m unreachable
		metrics.Read(live)
		debug.SetGCPercent(runtimes().percent(live[0].Value.Uint64()))
		runtime.SetFinalizer(m, collected)
	}
	runtime.SetFinalizer(&marker{}, collected)
}

// ownHeap reports whether the heap is ours to arrange.
func ownHeap(env func(string) string) bool { return env("GOGC") == "" && env("GOMEMLIMIT") == "" }

// heap collects garbage while the workers of a build rest. The runtime collects beside them with a quarter of the cores, so for a third of a build's time every pointer that is
// written is noted for it as well, and the heap grows meanwhile: that took a twentieth of the time and a third more collections.
type heap struct{ samples []metrics.Sample }

func newHeap() *heap {
	return &heap{[]metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}}
}

// Begin is called when the workers begin to rest.
func (h *heap) Begin() {
	metrics.Read(h.samples)
	resting.Store(true)
	debug.SetGCPercent(runtimes().percent(h.samples[1].Value.Uint64()))
}

// Full reports whether the heap has so many percent of what it may have.
func (h *heap) Full(percent int) bool {
	metrics.Read(h.samples)
	used, live := h.samples[0].Value.Uint64(), h.samples[1].Value.Uint64()
	return used/uint64(percent) >= max(building.least, live+live/100*uint64(building.more))/100
}

// Collect returns when the garbage has been collected.
func (h *heap) Collect() { runtime.GC() }

// percent is the GOGC value for a number of live bytes. The runtime takes a heap of less than 4 MB for one of 4 MB times this value, and counts what is no heap as well
// (https://go.dev/doc/gc-guide#GOGC): for a smaller one it would come to more.
func (l limits) percent(live uint64) int {
	live = max(live, 4<<20)
	return max(l.more, int((max(l.least, live)-live)*100/live))
}
