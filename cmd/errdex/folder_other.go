//go:build !linux

package main

import (
	"io/fs"
	"os"
)

// folder is a folder that is kept open.
type folder struct{ *os.Root }

func openFolder(root *os.Root, name string) (*folder, error) {
	r, err := root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &folder{r}, nil
}

// open opens a file of the folder; a link that leads out of the folder is refused.
func (f *folder) open(name string) (fs.File, error) { return f.FS().Open(name) }

func (f *folder) list() ([]fs.DirEntry, error) { return fs.ReadDir(f.FS(), ".") }
