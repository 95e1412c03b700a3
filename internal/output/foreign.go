package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// What the Manifest does not list is somebody else's: a .git, a CNAME, whatever a person or another program put there. A new site takes it along as it is:
// the same files, linked and not copied, so that even one that is open for writing stays one file; with their modes, links as links, pipes as pipes.

// foreign refuses a site that would overwrite what somebody else put into the folder.
func (f *Folder) foreign() error {
	if !f.old {
		return nil
	}
	var theirs []string
	for _, name := range f.written {
		if f.mine[name] {
			continue
		}
		from := filepath.Join(f.path, filepath.FromSlash(name))
		info, err := os.Lstat(from)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		same := false
		if err == nil && info.Mode().IsRegular() { // nothing else is opened: a pipe would never end
			was, err := os.ReadFile(from)
			now, _ := os.ReadFile(filepath.Join(f.stage.dir, filepath.FromSlash(name)))
			same = err == nil && bytes.Equal(was, now)
		}
		if err == nil && info.IsDir() {
			same = f.onlyOurs(name) // a file comes where our folder was
		}
		if err != nil {
			same = f.underOurs(name) // and a folder where our file was
		}
		if !same {
			theirs = append(theirs, name)
		}
	}
	switch len(theirs) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("%s holds %s, which errdex did not make: move it away, or name another folder", f.path, theirs[0])
	}
	return fmt.Errorf("%s holds %s and %d more files that errdex did not make: move them away, or name another folder", f.path, theirs[0], len(theirs)-1)
}

// onlyOurs reports whether a folder holds files of ours and nothing else.
func (f *Folder) onlyOurs(name string) bool {
	ours := f.folders()
	if !ours[name] {
		return false
	}
	stranger := errors.New("")
	return walk(f.path, name, func(sub string, e fs.DirEntry) error {
		if f.mine[sub] && e.Type().IsRegular() || ours[sub] && e.IsDir() {
			return nil
		}
		return stranger
	}) == nil
}

// underOurs reports whether what stands in the way of a name is a file of ours that would have to be a folder for it.
func (f *Folder) underOurs(name string) bool {
	for d := path.Dir(name); d != "."; d = path.Dir(d) {
		if info, err := os.Lstat(f.at(d)); err == nil {
			return f.mine[d] && info.Mode().IsRegular()
		}
	}
	return false
}

// walk calls visit for everything below root/name that visit itself does not stop at (it returns fs.SkipDir for a folder), in no order.
func walk(root, name string, visit func(name string, e fs.DirEntry) error) error {
	dir, err := os.Open(filepath.Join(root, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // gone in the meantime
	}
	if err != nil {
		return err
	}
	entries, err := dir.ReadDir(-1)
	dir.Close()
	if err != nil {
		return err
	}
	for _, e := range entries {
		sub := path.Join(name, e.Name())
		switch err := visit(sub, e); {
		case err == fs.SkipDir:
		case err != nil:
			return err
		case e.IsDir():
			if err := walk(root, sub, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

// carry links everything that is not ours into the new site, and notes what it was. Where the stage lies inside the folder, only those of its folders that
// are exchanged need it; what else is in it stays where it is.
func (f *Folder) carry(now map[string]bool) error {
	ours := f.folders()
	var kept []string // folders, whose modes and times are set when everything is in them
	err := walk(f.path, ".", func(name string, e fs.DirEntry) error {
		if name == Manifest || f.mine[name] || now[name] {
			return nil
		}
		from, to := f.at(name), filepath.Join(f.stage.dir, filepath.FromSlash(name))
		if f.stage.inside && path.Dir(name) == "." {
			if info, err := os.Lstat(to); (err != nil || !info.IsDir()) && !(e.IsDir() && ours[name]) || from == f.stage.root {
				return fs.SkipDir
			}
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if !e.IsDir() {
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return err
			}
			if err = keep(from, to, info); err == nil {
				f.carried[name] = info
			} else if _, gone := os.Lstat(from); errors.Is(gone, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		if !sameDevice(from, f.path) {
			return fmt.Errorf("%s is the root of another file system, which cannot be taken along: name another folder", from)
		}
		if ours[name] {
			return nil
		}
		f.carried[name] = info
		kept = append(kept, name)
		return os.MkdirAll(to, 0o755)
	})
	if err != nil {
		return err
	}
	for i := len(kept) - 1; i >= 0; i-- { // the inner ones first: setting them changes nothing of the outer ones
		if err := likeFolder(f.carried[kept[i]], filepath.Join(f.stage.dir, filepath.FromSlash(kept[i]))); err != nil {
			return err
		}
	}
	return nil
}

// folders are those that hold something of ours: they come and go with it, and their modes are ours too.
func (f *Folder) folders() map[string]bool {
	ours := map[string]bool{}
	for name := range f.mine {
		for d := path.Dir(name); d != "." && !ours[d]; d = path.Dir(d) {
			ours[d] = true
		}
	}
	return ours
}

func (f *Folder) at(name string) string { return filepath.Join(f.path, filepath.FromSlash(name)) }

// keep makes one file known under a second name. A copy is the last resort, on file systems without links.
func keep(from, to string, info fs.FileInfo) error {
	err := os.Link(from, to)
	if info.Mode()&fs.ModeSymlink != 0 {
		if there, e := os.Lstat(to); err == nil && e == nil && there.Mode()&fs.ModeSymlink != 0 {
			return nil
		}
		if err == nil {
			os.Remove(to) // some systems link to what it leads to
		}
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	}
	if err == nil || !info.Mode().IsRegular() || errors.Is(err, fs.ErrExist) || otherDevice(err) {
		return err
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to, data, info.Mode().Perm()); err != nil {
		return err
	}
	if err := os.Chmod(to, bits(info)); err != nil { // the umask has no say
		return err
	}
	return os.Chtimes(to, info.ModTime(), info.ModTime())
}

// likeFolder gives a folder the owner, mode and time of another.
func likeFolder(info fs.FileInfo, dir string) error {
	chown(info, dir)
	if err := os.Chmod(dir, bits(info)); err != nil {
		return err
	}
	return os.Chtimes(dir, info.ModTime(), info.ModTime())
}

// bits are all the bits of a mode that chmod sets.
func bits(info fs.FileInfo) fs.FileMode {
	return info.Mode() & (fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky)
}

// sweep brings over what others did to their files while they were being carried: old, which was part of the folder until a moment ago, stands for the folder
// name of it. A git that commits beside a build loses nothing. What else is in old may then be removed.
func (f *Folder) sweep(old, name string, now map[string]bool) {
	seen, ours := map[string]bool{}, f.folders()
	_ = walk(old, ".", func(sub string, e fs.DirEntry) error {
		full := path.Join(name, sub)
		if full == Manifest || f.mine[full] || now[full] {
			return nil
		}
		seen[full] = true
		was, known := f.carried[full]
		if e.IsDir() {
			if !known && !ours[full] {
				_ = os.MkdirAll(f.at(full), 0o755)
			}
			return nil
		}
		info, err := e.Info()
		if err != nil || known && os.SameFile(was, info) {
			return nil
		}
		// It came, or was replaced, after carry had passed. Only where nobody has done so again in the new folder is it the last word.
		if there, err := os.Lstat(f.at(full)); err == nil && !(known && os.SameFile(there, was)) {
			return nil
		}
		_ = os.MkdirAll(filepath.Dir(f.at(full)), 0o755)
		_ = os.Rename(filepath.Join(old, filepath.FromSlash(sub)), f.at(full))
		return nil
	})
	for full, was := range f.carried {
		if name != "." && full != name && !isBelow(full, name) || seen[full] || was.IsDir() {
			continue
		}
		if there, err := os.Lstat(f.at(full)); err == nil && os.SameFile(there, was) {
			_ = os.Remove(f.at(full)) // its owner has deleted it
		}
	}
}

func isBelow(name, folder string) bool {
	return len(name) > len(folder) && name[:len(folder)] == folder && name[len(folder)] == '/'
}
