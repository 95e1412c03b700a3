package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// folder is a folder that is kept open. Its files are opened with one system call; os.Root and os.Open make seven more, to find out that a regular file
// cannot be waited for.
type folder struct {
	*os.File
	fd int
}

func openFolder(root *os.Root, name string) (*folder, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	return &folder{f, int(f.Fd())}, nil
}

// open opens a file of the folder. It refuses a link, which may lead anywhere.
func (f *folder) open(name string) (fs.File, error) {
	file, err := f.at(name, 0)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// list lists the folder without asking for each entry what os.Root asks.
func (f *folder) list() ([]fs.DirEntry, error) {
	dir, err := f.at(".", syscall.O_DIRECTORY) // with a place of its own in the list
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	return dir.ReadDir(-1)
}

func (f *folder) at(name string, flags int) (*os.File, error) {
	for {
		fd, err := syscall.Openat(f.fd, name, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NOFOLLOW|flags, 0)
		switch err {
		case nil:
			return os.NewFile(uintptr(fd), filepath.Join(f.Name(), name)), nil
		case syscall.EINTR:
		default:
			return nil, err
		}
	}
}
