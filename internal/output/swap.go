package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// swap puts the stage in the folder's place. What was there is removed afterwards; that it could not be is no fault of the
// new site. now are the files of the new site.
func (f *Folder) swap(now map[string]bool) error {
	s := f.stage
	switch {
	case s.piecewise:
		return f.move(now)
	case s.inside:
		return f.through(now)
	}
	info, err := os.Lstat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.Rename(s.dir, f.path); err != nil {
			return err
		}
		s.release()
		s.gone = true
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is a file, not a folder", f.path)
	}
	chown(info, s.dir)
	if err := os.Chmod(s.dir, bits(info)); err != nil {
		return err
	}
	if err := exchange(s.dir, f.path); err == nil {
		if there, err := os.Lstat(s.dir); err == nil && !there.IsDir() { // it came in this very moment: not ours to remove
			return errors.Join(fmt.Errorf("%s is a file, not a folder", f.path), exchange(s.dir, f.path))
		}
		f.sweep(s.dir, ".", now)
		s.remove()
		return nil
	}
	// No exchange on this system: two steps, and recoverFolder undoes the first where the second never came.
	old := s.dir + ".old"
	if err := os.Rename(f.path, old); err != nil {
		return err
	}
	if err := os.Rename(s.dir, f.path); err != nil {
		return errors.Join(err, os.Rename(old, f.path))
	}
	s.release()
	s.gone = true
	f.sweep(old, ".", now)
	removeTree(old)
	return nil
}

// move is swap for a stage inside the folder where the file system exchanges nothing: file after file, assets before the pages that load them. Then two sites stand
// together for a moment, and after a build that dies in it until the next one; there is no step that could change two names at once. While it goes on the Manifest lists the
// files of both sites, so that the next build knows them all for ours whatever happens.
func (f *Folder) move(now map[string]bool) error {
	both := make(map[string]bool, len(now))
	tops := map[string]bool{}
	for name := range now {
		both[name], tops[top(name)] = true, true
	}
	for name := range f.mine {
		both[name] = true
	}
	if err := f.writeManifest(both); err != nil {
		return err
	}
	if err := f.removeOld(inTheWay(now)); err != nil {
		return err
	}
	for _, name := range sortedTops(tops) {
		if err := f.moveTop(name, now); err != nil {
			return fmt.Errorf("moving %s: %w", name, err)
		}
	}
	if err := f.removeOld(func(name string) bool { return !now[name] }); err != nil {
		return err
	}
	if err := f.writeManifest(now); err != nil {
		return err
	}
	f.stage.remove()
	return nil
}

// inTheWay tells which old files are in a folder that must become a file, or are a file that must become a folder.
func inTheWay(now map[string]bool) func(name string) bool {
	folders := map[string]bool{}
	for name := range now {
		for d := path.Dir(name); d != "."; d = path.Dir(d) {
			folders[d] = true
		}
	}
	return func(name string) bool {
		if folders[name] {
			return true
		}
		for d := path.Dir(name); d != "."; d = path.Dir(d) {
			if now[d] {
				return true
			}
		}
		return false
	}
}

func top(name string) string {
	name, _, _ = strings.Cut(name, "/")
	return name
}

// sortedTops are assets first: no page may stand before what it loads.
func sortedTops(tops map[string]bool) []string {
	names := make([]string, 0, len(tops))
	for name := range tops {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if (a == "assets") != (b == "assets") {
			if a == "assets" {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return names
}

func (f *Folder) writeManifest(names map[string]bool) error {
	list := make([]string, 0, len(names))
	for name := range names {
		list = append(list, name)
	}
	slices.Sort(list)
	tmp := filepath.Join(f.stage.dir, Manifest)
	if err := os.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.WriteFile(tmp, manifest(list), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, f.at(Manifest))
}

// moveTop puts one file or folder of the stage in place.
func (f *Folder) moveTop(name string, now map[string]bool) error {
	from, to := filepath.Join(f.stage.dir, name), f.at(name)
	info, err := os.Lstat(to)
	if errors.Is(err, fs.ErrNotExist) {
		return os.Rename(from, to)
	}
	if err != nil {
		return err
	}
	staged, err := os.Lstat(from)
	if err != nil {
		return err
	}
	if !staged.IsDir() && !info.IsDir() {
		return os.Rename(from, to)
	}
	return walk(f.stage.dir, name, func(sub string, e fs.DirEntry) error {
		if e.IsDir() {
			return os.MkdirAll(f.at(sub), 0o755)
		}
		if !now[sub] {
			return nil // carried, and there already
		}
		if err := os.MkdirAll(filepath.Dir(f.at(sub)), 0o755); err != nil {
			return err
		}
		return os.Rename(filepath.Join(f.stage.dir, filepath.FromSlash(sub)), f.at(sub))
	})
}

// removeOld removes of what the site before had what is asked for, through an os.Root, since a folder of the list may have become a link to elsewhere.
func (f *Folder) removeOld(which func(name string) bool) error {
	root, err := os.OpenRoot(f.path)
	if err != nil {
		return err
	}
	defer root.Close()
	for name := range f.mine {
		if !which(name) {
			continue
		}
		if err := root.Remove(filepath.FromSlash(name)); err != nil {
			continue // gone, or a folder now
		}
		for d := filepath.Dir(filepath.FromSlash(name)); d != "." && root.Remove(d) == nil; d = filepath.Dir(d) {
		}
	}
	return nil
}
