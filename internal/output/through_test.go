package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var (
	oldSite = []string{"404.html", "assets/a.css", "docs/a.html", "docs/gone.html", "gone/b.html", "index.html", "zone", "pile/file"}
	newSite = []string{"404.html", "assets/b.css", "docs/a.html", "index.html", "new/c.html", "zone/file", "pile"}
	settled = ".errdex 404.html assets/b.css docs/CNAME docs/a.html gone/theirs index.html new/c.html pile zone/file"
)

// halfway lays the old site, with files of others in it, and prepares the new one up to where it is put in place.
func halfway(t *testing.T, path, where string) (f *Folder, now map[string]bool) {
	t.Helper()
	f = open(t, path, where)
	fill(t, f, "old", oldSite...)
	commit(t, f)
	put(t, filepath.Join(path, "docs/CNAME"), "theirs")
	put(t, filepath.Join(path, "gone/theirs"), "theirs")
	f = open(t, path, where)
	fill(t, f, "new", newSite...)
	f.look()
	now = map[string]bool{}
	for _, name := range f.written {
		now[name] = true
	}
	slices.Sort(f.written)
	put(t, filepath.Join(f.stage.dir, Manifest), string(manifest(f.written)))
	if err := f.carry(now); err != nil {
		t.Fatal(err)
	}
	return f, now
}

// die is what the system does for a process that is killed.
func die(f *Folder) {
	f.stage.release()
	f.stage.gone = true
}

// seen tells whose site a reader sees: old, new, or both.
func seen(path string) string {
	whose := map[string]bool{}
	for name, mark := range map[string]string{"CNAME": "docs/", "theirs": "gone/"} {
		if data, err := os.ReadFile(filepath.Join(path, mark+name)); string(data) != "theirs" {
			whose["without "+mark+name+" "+err.Error()] = true
		}
	}
	for _, mark := range []string{"old", "new"} {
		site, other := oldSite, newSite
		if mark == "new" {
			site, other = newSite, oldSite
		}
		for _, name := range site {
			data, err := os.ReadFile(filepath.Join(path, name))
			if string(data) == mark+" "+name {
				whose[mark] = true
			} else if !slices.Contains(other, name) && err == nil {
				whose["damaged "+name] = true
			}
		}
		if whose[mark] { // then all of it
			for _, name := range site {
				if data, _ := os.ReadFile(filepath.Join(path, name)); string(data) != mark+" "+name {
					whose[mark+" without "+name] = true
				}
			}
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(whose)), ", ")
}

// TestDiedBetween ends a build after each of the steps by which a stage inside the folder is put in place. A reader sees one site, whole, after each of them, and the next
// build leaves the new site and nothing else.
func TestDiedBetween(t *testing.T) {
	for died := 0; ; died++ {
		path := filepath.Join(t.TempDir(), "public")
		f, _ := halfway(t, path, "inside")
		root := f.stage.root
		tops, err := f.tops()
		if err != nil {
			t.Fatal(err)
		}
		steps := []func() error{func() error {
			return errors.Join(os.Mkdir(filepath.Join(root, oldPart), 0o755), os.Symlink(oldPart, filepath.Join(root, currentLink)), passOn(root))
		}}
		for _, name := range tops {
			steps = append(steps, func() error { return veil(path, root, name) })
		}
		steps = append(steps, func() error { return turn(root) })
		turned := len(steps)
		for _, name := range tops {
			steps = append(steps, func() error { return unveil(path, root, newPart, name) })
		}
		if died > len(steps) {
			break
		}
		for i, step := range steps[:died] {
			if err := step(); err != nil {
				t.Fatalf("step %d: %v", i, err)
			}
		}
		want := "old"
		if died >= turned {
			want = "new"
		}
		if got := seen(path); got != want {
			t.Errorf("after %d of %d steps a reader sees %s, want %s", died, len(steps), got, want)
		}
		if died >= turned { // what came into the old site at the last moment is not lost with the build
			put(t, filepath.Join(root, oldPart, "docs/late"), "theirs")
		}
		die(f)
		f = open(t, path, "beside")
		if got := seen(path); got != want {
			t.Errorf("after %d of %d steps and the recovery a reader sees %s, want %s", died, len(steps), got, want)
		}
		if left, _ := filepath.Glob(filepath.Join(path, ".site*")); len(left) > 0 {
			t.Errorf("after %d steps and the recovery there is litter: %s", died, left)
		}
		if late := filepath.Join(path, "docs/late"); died >= turned {
			if data, _ := os.ReadFile(late); string(data) != "theirs" {
				t.Errorf("after %d steps docs/late is %q", died, data)
			}
			os.Remove(late)
		}
		fill(t, f, "new", newSite...)
		commit(t, f)
		if got := strings.Join(names(t, path), " "); got != settled {
			t.Errorf("after %d steps and a build\n got %s\nwant %s", died, got, settled)
		}
	}
}

// TestDiedPiecewise does so where nothing can be exchanged: every file is whole, and the next build mends the rest.
func TestDiedPiecewise(t *testing.T) {
	for died := 0; ; died++ {
		path := filepath.Join(t.TempDir(), "public")
		f, now := halfway(t, path, "piecewise")
		tops, both := map[string]bool{}, map[string]bool{}
		for _, name := range f.written {
			tops[top(name)] = true
		}
		for _, name := range slices.Concat(oldSite, newSite) {
			both[name] = true
		}
		if err := f.writeManifest(both); err != nil {
			t.Fatal(err)
		}
		if err := f.removeOld(inTheWay(now)); err != nil {
			t.Fatal(err)
		}
		todo := sortedTops(tops)
		if died > len(todo) {
			break
		}
		for _, name := range todo[:died] {
			if err := f.moveTop(name, now); err != nil {
				t.Fatal(err)
			}
		}
		die(f)
		for _, name := range names(t, path) {
			data, _ := os.ReadFile(filepath.Join(path, name))
			if s := string(data); name != Manifest && s != "old "+name && s != "new "+name && s != "theirs" && !strings.HasPrefix(name, ".site.errdex-") {
				t.Errorf("after %d steps %s is %q", died, name, s)
			}
		}
		f = open(t, path, "piecewise")
		fill(t, f, "new", newSite...)
		commit(t, f)
		if got := strings.Join(names(t, path), " "); got != settled {
			t.Errorf("after %d steps and a build\n got %s\nwant %s", died, got, settled)
		}
	}
}

// TestReadersMeanwhile reads pages without a pause while sites are put in place from inside the folder. Nobody is shown anything but a page of one of them.
func TestReadersMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "public")
	site := []string{"index.html", "docs/a.html", "docs/deep/b.html"}
	for _, mark := range []string{"old", "new"} {
		f := open(t, path, "inside")
		fill(t, f, mark, site...)
		commit(t, f)
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	var read, late atomic.Int64
	for _, name := range site {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				data, err := os.ReadFile(filepath.Join(path, name))
				if errors.Is(err, fs.ErrNotExist) && late.Add(1) <= 3 { // on a busy machine a reader may lose the processor within a path for longer than linger
					data, err = os.ReadFile(filepath.Join(path, name))
				}
				if s := string(data); err != nil || s != "old "+name && s != "new "+name {
					t.Errorf("%s: %q %v", name, s, err)
					return
				}
				read.Add(1)
				time.Sleep(10 * time.Microsecond)
			}
		})
	}
	for i := range 100 {
		f := open(t, path, "inside")
		fill(t, f, []string{"old", "new"}[i%2], site...)
		commit(t, f)
	}
	close(stop)
	wg.Wait()
	t.Logf("%d pages read, %d of them at the second try", read.Load(), late.Load())
}

// TestListGoesLast looks at the stage without a pause while an old site is removed from it. As long as the link is there that makes the next build look for files of others, the list is there
// that tells them from the site's own.
func TestListGoesLast(t *testing.T) {
	path := filepath.Join(t.TempDir(), "public")
	var site []string
	for i := range 500 {
		site = append(site, fmt.Sprintf("%d.html", i))
	}
	f := open(t, path, "inside")
	fill(t, f, "0", site...)
	commit(t, f)
	for i := range 6 {
		f := open(t, path, "inside")
		fill(t, f, fmt.Sprint(i+1), site...)
		stop, done := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			for {
				select {
				case <-stop:
					return
				default:
				}
				if part, err := os.Readlink(filepath.Join(f.stage.root, currentLink)); err != nil || part != newPart {
					continue
				}
				_, list := os.Lstat(filepath.Join(f.stage.root, oldPart, Manifest))
				if _, err := os.Readlink(filepath.Join(f.stage.root, currentLink)); err == nil && list != nil {
					t.Errorf("site %d: the list of its files is gone and the link is not", i)
					return
				}
			}
		}()
		commit(t, f)
		close(stop)
		<-done
	}
}
