package main

import (
	"bytes"
	"os"
	"regexp"
	"runtime"
	"runtime/metrics"
	"strconv"
	"testing"
)

// resident is how many kilobytes of the process are in memory.
func resident(t *testing.T) int {
	data, err := os.ReadFile("/proc/self/status")
	m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(data)
	if err != nil || m == nil {
		t.Skip("this system does not say how much memory a process has")
	}
	n, _ := strconv.Atoi(string(m[1]))
	return n
}

// TestLargePages makes room for a large build: the room is the heap's, marked for large pages, and costs no memory before it is used.
func TestLargePages(t *testing.T) {
	runtime.GC()
	before := resident(t)
	largePages(manyFiles - 1)
	largePages(10_000)
	if grown := resident(t) - before; grown > 40<<10 {
		t.Errorf("%d KB are in memory for a build that has not begun", grown)
	}
	heap := []metrics.Sample{{Name: "/memory/classes/heap/free:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(heap)
	if free := heap[0].Value.Uint64() + heap[1].Value.Uint64(); free < 10_000*perFile/2 {
		t.Errorf("%d bytes of the heap are free, and %d were let go", free, 10_000*perFile)
	}
	if maps, err := os.ReadFile("/proc/self/smaps"); err == nil && bytes.Contains(maps, []byte("VmFlags")) && !regexp.MustCompile(`VmFlags:.* hg`).Match(maps) {
		if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage/enabled"); err == nil {
			t.Error("no memory is marked for large pages")
		}
	}
}
