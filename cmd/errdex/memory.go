package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much garbage may gather before it is collected. A build makes some 35 KB of it for a definition and keeps 12 KB, most of that while it reads, when there is little garbage to find:
// Go's default, which collects when the heap has doubled, collects far too often while the heap is small and lets it grow too far
// when it is large. At 10,000 definitions this takes a quarter off the peak and an eighth off the time.
const (
	minHeap = 208 << 20 // bytes; a smaller heap is not collected
	garbage = 44        // percent of a large one
)

// collectLess sets the garbage collector so and keeps it so: after every collection it looks at what is alive. Who has set GOGC or
// GOMEMLIMIT knows better.
func collectLess(env func(string) string) {
	if !ownHeap(env) {
		return
	}
	debug.SetGCPercent(percent(0))
	type marker struct{ _ [16]byte }
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var collected func(*marker)
	collected = func(m *marker) { // runs after each collection that found m unreachable
		metrics.Read(live)
		debug.SetGCPercent(percent(live[0].Value.Uint64()))
		runtime.SetFinalizer(m, collected)
	}
	runtime.SetFinalizer(&marker{}, collected)
}

// ownHeap reports whether the heap is ours to arrange.
func ownHeap(env func(string) string) bool { return env("GOGC") == "" && env("GOMEMLIMIT") == "" }

// percent is the GOGC value for a number of live bytes. The runtime takes a heap of less than 4 MB for one of 4 MB times this value, and counts what is no heap as well
// (https://go.dev/doc/gc-guide#GOGC): for a smaller one it would come to more.
func percent(live uint64) int {
	live = max(live, 4<<20)
	return int(max(garbage, (max(minHeap, live)-live)*100/live))
}
