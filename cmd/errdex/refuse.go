package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// systemFolders are never a site's, on the systems that have them. Folders in them may be.
var systemFolders = []string{
	"/bin", "/boot", "/dev", "/dev/shm", "/etc", "/home", "/lib", "/lib32", "/lib64", "/opt", "/proc", "/root", "/run", "/sbin", "/sys", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/share",
	"/var", "/var/lib", "/var/log", "/var/tmp", "/private", "/private/tmp", "/private/var", "/private/etc", "/Users", "/Applications", "/Library", "/System", "/Volumes",
	`C:\Windows`, `C:\Users`, `C:\Program Files`, `C:\ProgramData`,
}

// ownFolders are the parts of a source folder that no site may be written into.
var ownFolders = []string{"content", "templates", "static", ".git"}

// refuse keeps a build from writing over what is not its own: a root, a home, a folder of the system, the source or a part of it. Folders are told by what the
// system says of them and not by their names: on many disks Content is content.
func refuse(out, source string) error {
	o, s := realPath(out), realPath(source)
	home, _ := os.UserHomeDir()
	system := slices.ContainsFunc(append([]string{os.TempDir()}, systemFolders...), func(dir string) bool { return filepath.IsAbs(dir) && sameFolder(o, realPath(dir)) })
	switch {
	case filepath.Dir(o) == o, home != "" && inside(realPath(home), o), system:
		return fmt.Errorf("%s is not a place for a site: name a folder of its own with --out", out)
	case inside(s, o):
		return fmt.Errorf("%s holds the source: name another folder with --out", out)
	}
	for _, own := range ownFolders {
		part := realPath(filepath.Join(s, own)) // it may be a link
		if inside(o, part) {
			return fmt.Errorf("%s is part of the source: name another folder with --out", out)
		}
		if inside(part, o) {
			return fmt.Errorf("%s holds the source's %s: name another folder with --out", out, own)
		}
	}
	return nil
}

// inside reports whether a path is a folder or below it. Neither needs to exist; links have been followed in both.
func inside(path, folder string) bool {
	for {
		if sameFolder(path, folder) {
			return true
		}
		parent := filepath.Dir(path)
		if parent == path {
			return false
		}
		path = parent
	}
}

func sameFolder(a, b string) bool {
	if a == b {
		return true
	}
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// realPath follows the links of as much of a path as exists.
func realPath(path string) string {
	path, _ = filepath.Abs(path)
	for range 40 { // as many links as the system follows
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return real
		}
		target, err := os.Readlink(path)
		if err != nil {
			break
		}
		if !filepath.IsAbs(target) { // a link to what is not there yet
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	parent := filepath.Dir(path)
	if parent == path {
		return path
	}
	return filepath.Join(realPath(parent), filepath.Base(path))
}
