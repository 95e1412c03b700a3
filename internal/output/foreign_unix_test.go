//go:build unix

package output

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// layForeign puts what people and programs keep in an output folder into one, in every shape that a file system has.
func layForeign(t *testing.T, path string) {
	t.Helper()
	at := func(name string) string { return filepath.Join(path, name) }
	for _, name := range []string{".git/HEAD", ".git/objects/ab/cdef", "CNAME", "docs/theirs/note.txt", "docs/.htaccess", ".well-known/x", "line\nbreak", "-rf", "\xff\xfe"} {
		put(t, at(name), "theirs "+name)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"empty/deep", "closed", "docs/empty", "sticky", "group"} {
		must(os.MkdirAll(at(name), 0o755))
	}
	put(t, at("closed/x"), "theirs")
	must(os.Symlink("nothing", at("loose")))
	must(os.Symlink("/", at("docs/root")))
	must(os.Symlink(".git", at("into")))
	must(os.Link(at("CNAME"), at("second")))
	must(syscall.Mkfifo(at("pipe"), 0o640))
	must(syscall.Mkfifo(at("docs/pipe"), 0o604))
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	must(err)
	defer syscall.Close(fd)
	if len(at("sock")) < 100 {
		must(syscall.Bind(fd, &syscall.SockaddrUnix{Name: at("sock")}))
	}
	for name, mode := range map[string]os.FileMode{
		"CNAME": 0o400, ".git/HEAD": 0o666 | os.ModeSetuid, ".well-known/x": 0, "sticky": 0o777 | os.ModeSticky, "group": 0o770 | os.ModeSetgid, "closed": 0o500, "docs/theirs": 0o711,
	} {
		if name == ".well-known/x" && os.Getuid() != 0 {
			continue // the test itself could not look at it
		}
		must(os.Chmod(at(name), mode))
	}
	old := time.Date(2001, 2, 3, 4, 5, 6, 7000, time.UTC)
	for _, name := range []string{"CNAME", "empty", ".git", "docs/theirs/note.txt"} {
		must(os.Chtimes(at(name), old, old))
	}
	t.Cleanup(func() { _ = os.Chmod(at("closed"), 0o700) })
}

// TestForeign builds site after site into a folder that holds things of others: nothing of theirs is deleted, copied or changed, to the mode and the time.
func TestForeign(t *testing.T) {
	for _, w := range where {
		t.Run(w, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "public")
			f := open(t, path, w)
			fill(t, f, "one", "index.html", "docs/a.html", "docs/b.html", "assets/x.css")
			commit(t, f)
			layForeign(t, path)
			if err := os.Chmod(path, 0o751|os.ModeSetgid); err != nil {
				t.Fatal(err)
			}
			ours := func(name string) bool {
				return name == Manifest || name == "docs" || name == "assets" || strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".css")
			}
			before := picture(t, path, ours)
			for i, site := range [][]string{{"index.html", "docs/a.html", "docs/c.html", "more/d.html"}, {"index.html"}, {"docs/a.html", "assets/x.css"}} {
				f = open(t, path, w)
				fill(t, f, "two", site...)
				commit(t, f)
				if after := picture(t, path, func(n string) bool { return ours(n) || n == "more" }); after != before {
					t.Fatalf("site %d: before\n%s\nafter\n%s", i, before, after)
				}
			}
			if info, err := os.Stat(path); err != nil || info.Mode() != 0o751|os.ModeSetgid|os.ModeDir {
				t.Errorf("the folder's own mode is %v %v", info.Mode(), err)
			}
			if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
				t.Errorf("litter: %v", left)
			}
		})
	}
}

// TestChangedMeanwhile changes files of others after they have been carried and before the new site stands, as a git beside the build does.
func TestChangedMeanwhile(t *testing.T) {
	for _, w := range where {
		t.Run(w, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "public")
			at := func(name string) string { return filepath.Join(path, "docs", name) }
			f := open(t, path, w)
			fill(t, f, "one", "docs/a.html")
			commit(t, f)
			for _, name := range []string{".git/index", ".git/index.lock", ".git/log", ".git/HEAD"} {
				put(t, at(name), "before")
			}
			f = open(t, path, w)
			fill(t, f, "two", "docs/a.html")
			f.look()
			now := map[string]bool{"docs/a.html": true}
			if err := f.carry(now); err != nil {
				t.Fatal(err)
			}
			put(t, at(".git/index.lock"), "after") // written to, and then renamed over another
			if err := os.Rename(at(".git/index.lock"), at(".git/index")); err != nil {
				t.Fatal(err)
			}
			put(t, at(".git/log"), "before, after") // written to in place
			put(t, at(".git/new/object"), "after")  // new, in a new folder
			if err := os.Mkdir(at(".git/void"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := f.swap(now); err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]string{"a.html": "two docs/a.html", ".git/index": "after", ".git/log": "before, after", ".git/new/object": "after", ".git/HEAD": "before"} {
				if data, err := os.ReadFile(at(name)); string(data) != want {
					t.Errorf("%s is %q, want %q (%v)", name, data, want, err)
				}
			}
			if _, err := os.Lstat(at(".git/index.lock")); err == nil {
				t.Error(".git/index.lock was deleted and is back")
			}
			if _, err := os.Lstat(at(".git/void")); err != nil {
				t.Error(err)
			}
			f.Abort()
		})
	}
}

// TestNoFolder refuses what is no folder at once, a pipe too.
func TestNoFolder(t *testing.T) {
	dir := t.TempDir()
	pipe, file := filepath.Join(dir, "pipe"), filepath.Join(dir, "file")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	put(t, file, "x")
	for _, path := range []string{pipe, file} {
		refused := make(chan error, 1)
		go func() {
			_, err := Open(path)
			refused <- err
		}()
		select {
		case err := <-refused:
			if err == nil || !strings.Contains(err.Error(), "not a folder") {
				t.Errorf("%s: %v", path, err)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s is waited for", path)
		}
	}
}
