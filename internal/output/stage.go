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
// not be written) it lies inside, and files are moved one by one: each of them whole, and the next build finishes what a
// dying one left.
type stage struct {
	dir    string
	inside bool
	lock   *os.File // held while the build lives, so that another can tell remains from work
	gone   bool
}

const stageMark = ".errdex-"

func stagePrefix(path string) string { return "." + filepath.Base(path) + stageMark }

func newStage(path string) (*stage, error) {
	parent := filepath.Dir(path)
	s := &stage{}
	var err error
	s.dir, err = os.MkdirTemp(parent, stagePrefix(path))
	if err != nil || !sameDevice(path, s.dir) {
		if err == nil {
			os.Remove(s.dir)
		}
		s.inside = true
		if s.dir, err = os.MkdirTemp(path, stagePrefix("site")); err != nil {
			return nil, err
		}
	}
	if err := os.Chmod(s.dir, folderMode(path)); err != nil {
		s.remove()
		return nil, err
	}
	s.lock = lockDir(s.dir)
	return s, nil
}

func folderMode(path string) fs.FileMode {
	if info, err := os.Stat(path); err == nil {
		return info.Mode().Perm() | 0o700
	}
	return 0o755
}

// swap puts the stage in the folder's place. What was there is removed afterwards; that it could not be is no fault of the
// new site.
func (s *stage) swap(path string, written []string, mine map[string]bool) error {
	if s.inside {
		return s.move(path, written, mine)
	}
	err := os.Rename(s.dir, path) // there was nothing, or an empty folder
	if err == nil {
		s.release()
		s.gone = true
		return nil
	}
	if err := exchange(s.dir, path); err == nil {
		s.remove()
		return nil
	}
	// No exchange on this system: two steps, and recoverFolder undoes the first where the second never came.
	old := s.dir + ".old"
	if err := os.Rename(path, old); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return os.Rename(s.dir, path)
		}
		return err
	}
	if err := os.Rename(s.dir, path); err != nil {
		return errors.Join(err, os.Rename(old, path))
	}
	s.release()
	s.gone = true
	os.RemoveAll(old)
	return nil
}

// move is swap for a stage inside the folder.
func (s *stage) move(path string, written []string, mine map[string]bool) error {
	now := make(map[string]bool, len(written))
	for _, name := range append([]string{Manifest}, written...) {
		now[name] = true
		to := filepath.Join(path, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(s.dir, filepath.FromSlash(name)), to); err != nil {
			return fmt.Errorf("moving %s: %w", name, err)
		}
	}
	for name := range mine {
		if !now[name] {
			os.Remove(filepath.Join(path, filepath.FromSlash(name)))
		}
	}
	s.remove()
	return nil
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
	os.RemoveAll(s.dir)
	s.release()
}

// recoverFolder clears what dead builds left beside path or in it, and puts back a site that a build without exchange had moved
// aside when it died. What a living build holds is left alone.
func recoverFolder(path string) {
	parent := filepath.Dir(path)
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		full := filepath.Join(parent, e.Name())
		if !e.IsDir() || !strings.HasPrefix(e.Name(), stagePrefix(path)) {
			continue
		}
		if strings.HasSuffix(e.Name(), ".old") {
			if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) && os.Rename(full, path) == nil {
				continue
			}
		}
		clearDead(full)
	}
	entries, _ = os.ReadDir(path)
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), stagePrefix("site")) {
			clearDead(filepath.Join(path, e.Name()))
		}
	}
}

func clearDead(dir string) {
	lock := lockDir(dir)
	if lock == nil {
		return
	}
	os.RemoveAll(dir)
	lock.Close()
}
