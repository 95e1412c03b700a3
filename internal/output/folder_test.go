package output

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// where are the ways in which a site comes to its place: from beside the folder; from inside it where there is no room beside; and from there where the file system exchanges nothing.
var where = []string{"beside", "inside", "piecewise"}

// open opens a folder whose stage is where it is asked to be.
func open(t *testing.T, path, where string) *Folder {
	t.Helper()
	if where != "beside" {
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if where != "beside" {
		f.stage.remove()
		if f.stage, err = newInside(path); err != nil {
			t.Fatal(err)
		}
		if where == "inside" && f.stage.piecewise {
			t.Skip("this file system exchanges nothing")
		}
		f.stage.piecewise = where == "piecewise"
	}
	t.Cleanup(f.Abort)
	return f
}

// fill writes a site of these files, whose text is mark.
func fill(t *testing.T, f *Folder, mark string, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := f.Write(File{Path: name, Data: []byte(mark + " " + name)}); err != nil {
			t.Fatal(err)
		}
	}
}

func commit(t *testing.T, f *Folder) Stats {
	t.Helper()
	stats, err := f.Commit()
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// picture is everything that can be seen of a tree, a line an entry. What keep names is left out.
func picture(t *testing.T, root string, leave func(name string) bool) string {
	t.Helper()
	var lines []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		if rel = filepath.ToSlash(rel); err != nil || rel == "." || leave != nil && leave(rel) {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		line := fmt.Sprintf("%s %s %d", rel, info.Mode(), info.ModTime().UnixNano())
		switch {
		case info.Mode().IsRegular():
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			line += fmt.Sprintf(" %d %q", inode(info), data)
		case info.Mode()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(path)
			line += " -> " + target
		}
		lines = append(lines, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// names lists the files below root.
func names(t *testing.T, root string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(root, path)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// TestSites replaces one site by another: what is new comes, what is the same is not written, what is gone goes, with its folder.
func TestSites(t *testing.T) {
	for _, w := range where {
		t.Run(w, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "deep", "public")
			f := open(t, path, w)
			fill(t, f, "one", "index.html", "docs/a.html", "docs/deep/b.html", "old/gone.html", "assets/a.css", "file", "docs/file", "folder/x/y", "docs/folder/x")
			commit(t, f)
			f = open(t, path, w)
			fill(t, f, "one", "index.html", "assets/a.css")
			fill(t, f, "two", "docs/a.html", "new/c.html", "file/now/folder", "docs/file/x", "folder", "docs/folder")
			stats := commit(t, f)
			if stats != (Stats{Files: 8, Written: 6, Unchanged: 2, Removed: 6, Bytes: stats.Bytes, Piecewise: w == "piecewise"}) {
				t.Errorf("%+v", stats)
			}
			if got, want := strings.Join(names(t, path), " "), ".errdex assets/a.css docs/a.html docs/file/x docs/folder file/now/folder folder index.html new/c.html"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			for _, dir := range []string{"old", "docs/deep"} {
				if _, err := os.Lstat(filepath.Join(path, dir)); err == nil {
					t.Errorf("%s is empty and still there", dir)
				}
			}
			if data, _ := os.ReadFile(filepath.Join(path, "docs/a.html")); string(data) != "two docs/a.html" {
				t.Errorf("%s", data)
			}
			if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
				t.Errorf("litter: %v", left)
			}
		})
	}
}

// TestAborted leaves everything as it was.
func TestAborted(t *testing.T) {
	for _, w := range where {
		path := filepath.Join(t.TempDir(), "public")
		f := open(t, path, w)
		fill(t, f, "one", "index.html", "docs/a.html")
		commit(t, f)
		before := picture(t, path, nil)
		f = open(t, path, w)
		fill(t, f, "two", "index.html", "docs/b.html")
		f.Abort()
		if after := picture(t, path, nil); after != before {
			t.Errorf("%s: before\n%s\nafter\n%s", w, before, after)
		}
	}
}

// TestTheirsIsRefused does not write over what is somebody else's, in whatever shape it stands in the way.
func TestTheirsIsRefused(t *testing.T) {
	for _, w := range where {
		for what, lay := range map[string]func(path string){
			"a file":              func(path string) { put(t, filepath.Join(path, "docs/a.html"), "theirs") },
			"a folder for a file": func(path string) { put(t, filepath.Join(path, "docs/a.html/x"), "theirs") },
			"a file for a folder": func(path string) { put(t, filepath.Join(path, "docs"), "theirs") },
			"a link for a folder": func(path string) {
				put(t, filepath.Join(path, "x"), "")
				_ = os.Symlink("..", filepath.Join(path, "docs"))
			},
			"a link for a file": func(path string) {
				put(t, filepath.Join(path, "docs/x"), "")
				_ = os.Symlink("x", filepath.Join(path, "docs/a.html"))
			},
			"a link that is loose": func(path string) {
				put(t, filepath.Join(path, "x"), "")
				_ = os.Symlink("nothing", filepath.Join(path, "docs"))
			},
		} {
			path := filepath.Join(t.TempDir(), "public")
			lay(path)
			before := picture(t, filepath.Dir(path), func(name string) bool { return name == "public" })
			f := open(t, path, w)
			fill(t, f, "ours", "docs/a.html", "index.html")
			if stats, err := f.Commit(); err == nil {
				t.Errorf("%s, %s: replaced: %+v", w, what, stats)
			}
			if after := picture(t, filepath.Dir(path), func(name string) bool { return name == "public" }); after != before {
				t.Errorf("%s, %s: before\n%s\nafter\n%s", w, what, before, after)
			}
		}
	}
}

// TestManifestLeadsNowhere gives a folder a Manifest that names files outside of it: it comes from wherever the folder comes from.
func TestManifestLeadsNowhere(t *testing.T) {
	for _, w := range where {
		dir := t.TempDir()
		path := filepath.Join(dir, "public")
		put(t, filepath.Join(dir, "outside.txt"), "precious")
		put(t, filepath.Join(dir, "elsewhere", "x.html"), "precious")
		put(t, filepath.Join(path, Manifest), "../outside.txt\n"+filepath.ToSlash(dir)+"/outside.txt\n./\n\n.\ndocs/x.html\n../public/../outside.txt\n")
		if err := os.Symlink("../elsewhere", filepath.Join(path, "docs")); err != nil {
			t.Skip(err)
		}
		f := open(t, path, w)
		fill(t, f, "ours", "index.html")
		commit(t, f)
		for _, name := range []string{"outside.txt", "elsewhere/x.html", "public/docs/x.html"} {
			if data, err := os.ReadFile(filepath.Join(dir, name)); string(data) != "precious" {
				t.Errorf("%s: %s: %q %v", w, name, data, err)
			}
		}
	}
}

// TestLinkStays builds to where a link leads, also where nothing is there yet.
func TestLinkStays(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "public")
	for _, target := range []string{"real", filepath.Join(dir, "other", "deep")} {
		os.Remove(link)
		if err := os.Symlink(target, link); err != nil {
			t.Skip(err)
		}
		for _, mark := range []string{"one", "two"} {
			f := open(t, link, "beside")
			fill(t, f, mark, "index.html")
			commit(t, f)
			if got, _ := os.Readlink(link); got != target {
				t.Fatalf("the link to %s leads to %q", target, got)
			}
			if data, _ := os.ReadFile(filepath.Join(link, "index.html")); string(data) != mark+" index.html" {
				t.Errorf("%s: %q", target, data)
			}
		}
	}
}

// TestNeighbours clears away what dead builds left, and nothing that only looks a little like it.
func TestNeighbours(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".public.errdex-backup/x", ".public.errdex-/x", ".public.errdex-12.bak/x", ".public.errdex-12x/x", ".public.errdex-77", "public/.site.errdex-mine/x"} {
		put(t, filepath.Join(dir, name), "theirs")
	}
	for _, name := range []string{".public.errdex-12/x", ".public.errdex-34.old/x", "public/.site.errdex-56/x"} {
		put(t, filepath.Join(dir, name), "remains")
	}
	f := open(t, filepath.Join(dir, "public"), "beside")
	fill(t, f, "ours", "index.html")
	commit(t, f)
	want := ".public.errdex-/x .public.errdex-12.bak/x .public.errdex-12x/x .public.errdex-77 .public.errdex-backup/x public/.errdex public/.site.errdex-mine/x public/index.html"
	if got := strings.Join(names(t, dir), " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
