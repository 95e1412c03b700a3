package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A stage inside the folder cannot be exchanged for it: the folder may be the root of a file system. What stands at the top of it is replaced name by name, and a
// reader must not see the pages of two sites meanwhile, nor after a build that died there. So the names are first turned into links that lead through one other link to what they
// were, one after the other, which shows nobody anything new; then that one link is turned to the new site, in one step; then the names become files and folders again:
//
//	docs -> .site.errdex-1/current/docs      .site.errdex-1/current -> old, then -> new
//
// A build that dies before the turn has left the old site, one that dies after it the new one, behind links. The next build puts the names back (settle).
const (
	currentLink = "current"
	oldPart     = "old"
	newPart     = "new"
)

// linger is how long what was replaced stays: a reader who has followed one of the links and lost the processor before opening the page finds it still. Following a
// path takes microseconds.
const linger = 20 * time.Millisecond

// through puts the stage in the folder's place as told above.
func (f *Folder) through(now map[string]bool) error {
	s := f.stage
	tops, err := f.tops()
	if err != nil {
		return err
	}
	old := filepath.Join(s.root, oldPart)
	if err := errors.Join(os.Mkdir(old, 0o755), os.Symlink(oldPart, filepath.Join(s.root, currentLink)), passOn(s.root)); err != nil {
		return err
	}
	for _, name := range tops {
		if err := veil(f.path, s.root, name); err != nil {
			return errors.Join(fmt.Errorf("moving %s: %w", name, err), settle(f.path, s.root))
		}
	}
	if err := turn(s.root); err != nil {
		return errors.Join(err, settle(f.path, s.root))
	}
	// From here on the new site is what everybody sees. That its names could not be put back is for the next build to mend, and this one must not remove what they lead to.
	if err := settle(f.path, s.root); err != nil {
		s.gone = true
		s.release()
		return nil
	}
	time.Sleep(linger)
	for _, name := range tops {
		if info, err := os.Lstat(filepath.Join(old, name)); err == nil && info.IsDir() {
			f.sweep(filepath.Join(old, name), name, now)
		}
	}
	finish(s.root)
	s.remove()
	return nil
}

// finish is called when nothing in the old part is wanted any more, before it is removed: where the build dies meanwhile, the next one must not take what is left of the old site for
// files of others because the list of them is gone.
func finish(root string) { _ = os.Remove(filepath.Join(root, currentLink)) }

// tops are the names at the top of either site, the Manifest among them: that is the list of what is there, and changes with it.
func (f *Folder) tops() ([]string, error) {
	entries, err := os.ReadDir(f.stage.dir)
	if err != nil {
		return nil, err
	}
	set := map[string]bool{}
	for _, e := range entries {
		set[e.Name()] = true
	}
	for name := range f.mine {
		// A link is not of our making, whatever the list says.
		if info, err := os.Lstat(f.at(top(name))); err == nil && info.Mode()&fs.ModeSymlink == 0 {
			set[top(name)] = true
		}
	}
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}

// veilOf is the text of the link that stands for a name.
func veilOf(root, name string) string { return filepath.Join(filepath.Base(root), currentLink, name) }

// veil puts a link in the place of a name, and what was there into the old part.
func veil(path, root, name string) error {
	at, aside := filepath.Join(path, name), filepath.Join(root, oldPart, name)
	if _, err := os.Lstat(at); errors.Is(err, fs.ErrNotExist) {
		return os.Symlink(veilOf(root, name), at) // it leads to nothing, as the name did
	}
	if err := os.Symlink(veilOf(root, name), aside); err != nil {
		return err
	}
	return exchange(aside, at)
}

// turn is the one step in which the site changes.
func turn(root string) error {
	next := filepath.Join(root, "next")
	if err := os.Symlink(newPart, next); err != nil {
		return err
	}
	return os.Rename(next, filepath.Join(root, currentLink))
}

// passOn is for readers who have read the link that stands for a name and go on when the name has just been put back: what they find then in the new part is that
// very link, and here it leads them to the name.
func passOn(root string) error {
	dir := filepath.Join(root, newPart, filepath.Base(root))
	return errors.Join(os.Mkdir(dir, 0o755), os.Symlink(filepath.Join("..", "..", ".."), filepath.Join(dir, currentLink)))
}

// settle puts back what links stand for, of the old site or of the new one, whichever the one link leads to. It may be repeated.
func settle(path, root string) error {
	part, err := os.Readlink(filepath.Join(root, currentLink))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // not come so far
	}
	if err != nil {
		return err
	}
	if part != oldPart && part != newPart {
		return nil // not of our making
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Type()&fs.ModeSymlink != 0 {
			if err := unveil(path, root, part, e.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

// unveil puts one name back, where it is a link of ours.
func unveil(path, root, part, name string) error {
	at, real := filepath.Join(path, name), filepath.Join(root, part, name)
	if text, err := os.Readlink(at); err != nil || text != veilOf(root, name) {
		return nil
	}
	info, err := os.Lstat(real)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return os.Remove(at) // this site has no such name
	}
	if err != nil {
		return err
	}
	return exchange(real, at)
}

// rescue brings over what others put into the old site after its files had been carried and before the links were laid, where the build died that would have done so.
func rescue(path, root string) {
	old := filepath.Join(root, oldPart)
	if part, err := os.Readlink(filepath.Join(root, currentLink)); err != nil || part != newPart {
		return
	}
	was, now := listed(filepath.Join(old, Manifest)), listed(filepath.Join(path, Manifest))
	_ = walk(old, ".", func(name string, e fs.DirEntry) error {
		to := filepath.Join(path, filepath.FromSlash(name))
		if e.IsDir() || name == Manifest || was[name] || now[name] || e.Type()&fs.ModeSymlink != 0 && top(name) == name {
			return nil
		}
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) && os.MkdirAll(filepath.Dir(to), 0o755) == nil {
			_ = os.Rename(filepath.Join(old, filepath.FromSlash(name)), to)
		}
		return nil
	})
}

// canExchange tries whether a folder and a link can be exchanged where the stage is. Not every file system does it, nor has every one links.
func canExchange(root string) bool {
	dir, link := filepath.Join(root, "try"), filepath.Join(root, "link")
	defer os.Remove(dir)
	defer os.Remove(link)
	return os.Mkdir(dir, 0o755) == nil && os.Symlink("try", link) == nil && exchange(dir, link) == nil
}
