package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A stage is the folder in which a new site grows. It lies beside the folder it will replace, since only a neighbour on the
// same file system can be exchanged for it in one step. Where there is no room beside (a mount point, a parent that may
// not be written) it lies inside: see through.go.
type stage struct {
	root      string // what is locked, and removed in the end
	dir       string // where the site grows: root, or a part of it
	inside    bool
	piecewise bool     // it is inside, and cannot be put in place in one step
	lock      *os.File // held while the build lives, so that another can tell remains from work
	gone      bool
}

const stageMark = ".errdex-"

func stagePrefix(path string) string { return "." + filepath.Base(path) + stageMark }

// stageName reports whether a folder has the name of a stage: the prefix and digits. Others may have chosen the prefix for a folder of theirs.
func stageName(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	rest = strings.TrimSuffix(rest, ".old")
	return ok && rest != "" && strings.Trim(rest, "0123456789") == ""
}

func newStage(path string) (*stage, error) {
	dir, err := os.MkdirTemp(filepath.Dir(path), stagePrefix(path))
	if err == nil && sameDevice(path, dir) {
		return openStage(dir, false)
	}
	if err == nil {
		os.Remove(dir)
	} else if _, gone := os.Stat(path); gone != nil {
		return nil, err // there is no inside, and what the system said of the place beside is the reason
	}
	return newInside(path)
}

func newInside(path string) (*stage, error) {
	dir, err := os.MkdirTemp(path, stagePrefix("site"))
	if err != nil {
		return nil, err
	}
	s, err := openStage(dir, true)
	if err == nil {
		s.piecewise = !canExchange(dir)
	}
	return s, err
}

func openStage(dir string, inside bool) (*stage, error) {
	s := &stage{root: dir, dir: dir, inside: inside}
	err := os.Chmod(dir, 0o755)
	if inside && err == nil {
		s.dir = filepath.Join(dir, newPart)
		err = os.Mkdir(s.dir, 0o755)
	}
	if err != nil {
		s.remove()
		return nil, err
	}
	s.lock = lockDir(dir)
	return s, nil
}

func (s *stage) release() {
	if s.lock != nil {
		s.lock.Close()
		s.lock = nil
	}
}

func (s *stage) remove() {
	if s.gone {
		return
	}
	s.gone = true
	removeTree(s.root)
	s.release()
}

// removeTree removes a folder with everything in it, also what its owner had closed to himself.
func removeTree(dir string) {
	if os.RemoveAll(dir) == nil {
		return
	}
	_ = os.Chmod(dir, 0o700)
	_ = walk(dir, ".", func(name string, e fs.DirEntry) error {
		if e.IsDir() {
			_ = os.Chmod(filepath.Join(dir, filepath.FromSlash(name)), 0o700)
		}
		return nil
	})
	os.RemoveAll(dir)
}

// recoverFolder clears what dead builds left beside path or in it, and puts back a site that a build without exchange had moved
// aside when it died. What a living build holds is left alone.
func recoverFolder(path string) error {
	parent := filepath.Dir(path)
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		full := filepath.Join(parent, e.Name())
		if !e.IsDir() || !stageName(e.Name(), stagePrefix(path)) {
			continue
		}
		if strings.HasSuffix(e.Name(), ".old") {
			if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) && os.Rename(full, path) == nil {
				continue
			}
		}
		if lock := lockDir(full); lock != nil {
			removeTree(full)
			lock.Close()
		}
	}
	return recoverInside(path)
}

// recoverInside finishes what a build that died left in the folder.
func recoverInside(path string) error {
	entries, _ := os.ReadDir(path)
	for _, e := range entries {
		if !e.IsDir() || !stageName(e.Name(), stagePrefix("site")) {
			continue
		}
		dir := filepath.Join(path, e.Name())
		lock := lockDir(dir)
		if lock == nil {
			continue
		}
		err := settle(path, dir)
		if err == nil { // otherwise names of the site still lead into it
			rescue(path, dir)
			finish(dir)
			removeTree(dir)
		}
		lock.Close()
		if err != nil {
			return fmt.Errorf("finishing what a build left that was stopped: %w", err)
		}
	}
	return nil
}
