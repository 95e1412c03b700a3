package main

import (
	"io/fs"
	"os"
	"path"
	"sync"
)

// folders is a source folder for one pass over many files. An os.Root looks at every folder of a path again for every file, which is half the time that
// reading takes; folders keeps those it has opened. It follows links no further than its os.Root.
type folders struct {
	root *os.Root
	mu   sync.Mutex
	open map[string]fs.FS
	own  []*os.Root
}

func newFolders(root *os.Root) *folders {
	return &folders{root: root, open: map[string]fs.FS{".": root.FS()}}
}

// Open implements fs.FS.
func (f *folders) Open(name string) (fs.File, error) {
	if fs.ValidPath(name) {
		if dir := f.folder(path.Dir(name)); dir != nil {
			if file, err := dir.Open(path.Base(name)); err == nil {
				return file, nil
			}
		}
	}
	return f.root.FS().Open(name) // a link out of its folder and into another, or nothing: then the error names the whole path
}

// ReadDir implements fs.ReadDirFS.
func (f *folders) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.root.FS(), name) }

// Stat implements fs.StatFS.
func (f *folders) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.root.FS(), name) }

// folder returns a folder that is kept open, or nil where it cannot be opened.
func (f *folders) folder(name string) fs.FS {
	f.mu.Lock()
	defer f.mu.Unlock()
	dir, ok := f.open[name]
	if !ok {
		if r, err := f.root.OpenRoot(name); err == nil {
			dir, f.own = r.FS(), append(f.own, r)
		}
		f.open[name] = dir
	}
	return dir
}

// Close closes the folders, and not the os.Root that they are in.
func (f *folders) Close() {
	for _, r := range f.own {
		r.Close()
	}
}
