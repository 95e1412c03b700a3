//go:build unix

package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// lockDir takes the lock of a folder for as long as the file it returns is open, or returns nil where another process
// holds it. The lock goes with the process, however it ends.
func lockDir(dir string) *os.File {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil {
		f.Close()
		return nil
	}
	return f
}

// waitDir waits for the lock of a folder and holds it until the file is closed. The file is nil, and closing it harmless, where the
// folder cannot be opened.
func waitDir(dir string) *os.File {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	for unix.Flock(int(f.Fd()), unix.LOCK_EX) == unix.EINTR {
	}
	return f
}

// sameDevice reports whether a folder, or where it will stand, is on the file system of another.
func sameDevice(path, other string) bool {
	var a, b unix.Stat_t
	if unix.Stat(path, &a) != nil && unix.Stat(filepath.Dir(path), &a) != nil {
		return true
	}
	return unix.Stat(other, &b) != nil || a.Dev == b.Dev
}

// otherDevice reports whether a link could not be made because its two ends are on different file systems.
func otherDevice(err error) bool { return errors.Is(err, unix.EXDEV) }

// chown gives a folder the owner of another, where it has another and the system lets us.
func chown(info fs.FileInfo, dir string) {
	was, ok := info.Sys().(*syscall.Stat_t)
	now, err := os.Lstat(dir)
	if !ok || err != nil {
		return
	}
	if s, ok := now.Sys().(*syscall.Stat_t); ok && (s.Uid != was.Uid || s.Gid != was.Gid) {
		_ = os.Lchown(dir, int(was.Uid), int(was.Gid))
	}
}
