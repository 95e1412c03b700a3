//go:build unix

package output

import (
	"io"
	"io/fs"
	"sync"
	"syscall"
)

// writeFile is os.WriteFile in three system calls. That one makes nine, to find out that a regular file cannot be waited for, and leaves a
// finalizer for each file: a site has tens of thousands. One file at a time is created under turn, since the system makes names in a folder one after the
// other, and who waits for it there keeps a core busy with waiting.
func writeFile(name string, data []byte, perm fs.FileMode, turn *sync.Mutex) (err error) {
	fail := func(op string, err error) error { return &fs.PathError{Op: op, Path: name, Err: err} }
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
	if err := syscall.Close(fd); err != nil && err != syscall.EINTR { // the descriptor is gone then, and the bytes are written
		return fail("close", err)
	}
	return nil
}

// again repeats a system call that a signal has cut short.
func again(f func() error) error {
	for {
		if err := f(); err != syscall.EINTR {
			return err
		}
	}
}
