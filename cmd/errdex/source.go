package main

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// folders is a source folder for one pass over many files. An os.Root looks at every folder of a path again for every file, which takes as long as
// reading it; folders keeps those it has opened. It follows links where its os.Root does.
type folders struct {
	root *os.Root
	mu   sync.Mutex
	kept map[string]*folder // nil where it cannot be opened
}

func newFolders(root *os.Root) *folders { return &folders{root: root, kept: map[string]*folder{}} }

// Open implements fs.FS.
func (f *folders) Open(name string) (fs.File, error) {
	if fs.ValidPath(name) {
		if dir := f.folder(path.Dir(name)); dir != nil {
			if file, err := dir.open(path.Base(name)); err == nil {
				return file, nil
			}
		}
	}
	return f.root.FS().Open(name) // a link, or nothing: then the error names the whole path
}

// ReadDir implements fs.ReadDirFS.
func (f *folders) ReadDir(name string) ([]fs.DirEntry, error) {
	if fs.ValidPath(name) {
		if dir := f.folder(name); dir != nil {
			if entries, err := dir.list(); err == nil {
				slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
				return entries, nil
			}
		}
	}
	return fs.ReadDir(f.root.FS(), name)
}

// Stat implements fs.StatFS.
func (f *folders) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.root.FS(), name) }

func (f *folders) folder(name string) *folder {
	f.mu.Lock()
	defer f.mu.Unlock()
	dir, ok := f.kept[name]
	if !ok {
		dir, _ = openFolder(f.root, name)
		f.kept[name] = dir
	}
	return dir
}

// Close closes the folders, and not the os.Root that they are in.
func (f *folders) Close() {
	for _, dir := range f.kept {
		if dir != nil {
			dir.Close()
		}
	}
}
