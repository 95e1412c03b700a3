//go:build unix

package output

import (
	"os"
	"syscall"
)

// inode returns the number by which the file system knows a file.
func inode(info os.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}
