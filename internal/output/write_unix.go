//go:build unix

package output

import (
	"io"
	"io/fs"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// writeFile is os.WriteFile in four system calls, of which one asks how the file can be known again. That one makes nine, to find out that a regular file cannot be waited for, and leaves a
// finalizer for each file: a site has tens of thousands. One file at a time is created under turn, since the system makes names in a folder one after the
// other, and who waits for it there keeps a core busy with waiting.
func writeFile(name string, data []byte, perm fs.FileMode, turn *sync.Mutex) (s Stamp, err error) {
	fail := func(op string, err error) (Stamp, error) {
		return Stamp{}, &fs.PathError{Op: op, Path: name, Err: err}
	}
	var fd int
	turn.Lock()
	err = again(func() error {
		fd, err = syscall.Open(name, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_TRUNC|syscall.O_CLOEXEC, uint32(perm.Perm()))
		return err
	})
	turn.Unlock()
	if err != nil {
		return fail("open", err)
	}
	for len(data) > 0 {
		n := 0
		err = again(func() error {
			n, err = syscall.Write(fd, data)
			return err
		})
		if err == nil && n == 0 {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			_ = syscall.Close(fd)
			return fail("write", err)
		}
		data = data[n:]
	}
	var stat unix.Stat_t
	if unix.Fstat(fd, &stat) == nil {
		s = Stamp{Size: stat.Size, Time: int64(stat.Mtim.Sec)*1e9 + int64(stat.Mtim.Nsec), Inode: uint64(stat.Ino)} // types differ between systems
	}
	if err := syscall.Close(fd); err != nil && err != syscall.EINTR { // the descriptor is gone then, and the bytes are written
		return fail("close", err)
	}
	return s, nil
}

// again repeats a system call that a signal has cut short.
func again(f func() error) error {
	for {
		if err := f(); err != syscall.EINTR {
			return err
		}
	}
}
