package main

import (
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

// What a large build will need, so that it can be asked for in large pages.
const (
	manyFiles = 2000     // below that nothing is gained
	perFile   = 25 << 10 // bytes of heap; 10,000 definitions come to 240 MB
	maxHeap   = 1 << 30  // bytes that are asked for
)

// largePages makes room for a build of so many files that the system gives out in pages of 2 MB: it is asked for as one block, marked, and let go, so that the heap grows into it. With pages of
// 4 KB a build of 10,000 definitions interrupts itself eighty thousand times, and often twice for a page, since the runtime reads new memory before it writes there: that takes a
// fourteenth of its time. Nothing of the block is touched before it is needed. Where the system refuses, memory is as it was.
func largePages(files int) {
	if files < manyFiles || strconv.IntSize < 64 {
		return
	}
	percent := debug.SetGCPercent(-1)
	markLarge(min(files*perFile, maxHeap))
	debug.SetGCPercent(percent)
	runtime.GC()
}

//go:noinline
func markLarge(size int) { // on its own, so that nothing on the stack holds the block
	const page = 2 << 20
	var block strings.Builder // the one way to memory that is not zeroed first, as it is where a part of the block has been in use before
	block.Grow(size)
	block.WriteByte(0)
	start := unsafe.StringData(block.String())
	if from := int(-uintptr(unsafe.Pointer(start)) % page); from < size {
		_ = syscall.Madvise(unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(start), from)), size-from), syscall.MADV_HUGEPAGE)
	}
}
