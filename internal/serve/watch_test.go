package serve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// changesOf collects what a watch says until the paths in want have all come.
func changesOf(t *testing.T, changes <-chan change, want ...string) {
	t.Helper()
	missing := slices.Clone(want)
	end := time.After(15 * time.Second)
	for len(missing) > 0 {
		select {
		case c := <-changes:
			if c.at.IsZero() || !slices.IsSorted(c.paths) {
				t.Errorf("got %+v", c)
			}
			missing = slices.DeleteFunc(missing, func(p string) bool { return c.all || slices.Contains(c.paths, p) })
		case <-end:
			t.Fatalf("no news of %v", missing)
		}
	}
}

// TestWatch makes the moves that editors and people make, and waits for the news of each.
func TestWatch(t *testing.T) {
	for _, poll := range []bool{false, true} {
		t.Run(fmt.Sprintf("poll=%v", poll), func(t *testing.T) {
			dir := t.TempDir()
			at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
			fail := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			put := func(name, text string) {
				t.Helper()
				fail(os.MkdirAll(filepath.Dir(at(name)), 0o755))
				fail(os.WriteFile(at(name), []byte(text), 0o644))
			}
			put("content/a/1.yaml", "1")
			put("content/a/2.yaml", "2")
			put("other/x", "x")
			ctx, cancel := context.WithCancel(context.Background())
			var wg sync.WaitGroup
			defer wg.Wait()
			defer cancel()
			changes := watch(ctx, &wg, Options{Dir: dir, Roots: []string{"content", "templates"}, Poll: poll})
			time.Sleep(20 * time.Millisecond)

			put("content/a/1.yaml", "in place")
			changesOf(t, changes, "content/a/1.yaml")

			put("content/a/.1.yaml.new", "renamed over it")
			fail(os.Rename(at("content/a/.1.yaml.new"), at("content/a/1.yaml")))
			changesOf(t, changes, "content/a/1.yaml")

			// As vim writes: the old file becomes a backup, a new one is written, the backup goes.
			fail(os.Rename(at("content/a/1.yaml"), at("content/a/1.yaml~")))
			put("content/a/1.yaml", "as vim writes")
			fail(os.Remove(at("content/a/1.yaml~")))
			changesOf(t, changes, "content/a/1.yaml")

			// Again, since the first file that was watched is gone by now.
			put("content/a/1.yaml", "in place again")
			changesOf(t, changes, "content/a/1.yaml")

			put("content/b/deep/3.yaml", "in new folders")
			changesOf(t, changes, "content/b/deep/3.yaml")
			put("content/b/deep/3.yaml", "and once more")
			changesOf(t, changes, "content/b/deep/3.yaml")

			put("templates/home.html", "in a new root")
			changesOf(t, changes, "templates/home.html")

			fail(os.Rename(at("content/b"), at("content/c")))
			changesOf(t, changes, "content/b", "content/c/deep/3.yaml")
			put("content/c/deep/3.yaml", "under its new name")
			changesOf(t, changes, "content/c/deep/3.yaml")

			fail(os.Remove(at("content/a/2.yaml")))
			changesOf(t, changes, "content/a/2.yaml")

			var many []string
			for i := range 400 {
				name := fmt.Sprintf("content/a/n%d.yaml", i)
				put(name, "a burst")
				many = append(many, name)
			}
			changesOf(t, changes, many...)

			fail(os.RemoveAll(at("content/c")))
			changesOf(t, changes, "content/c")

			put("other/x", "no business of ours")
			select {
			case c := <-changes:
				if slices.ContainsFunc(c.paths, func(p string) bool { return strings.HasPrefix(p, "other") }) {
					t.Errorf("got %+v", c)
				}
			case <-time.After(400 * time.Millisecond):
			}
		})
	}
}

// TestBurst: what comes in bursts is few changes, and what comes while nobody asks is not lost.
func TestBurst(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	var names []string
	burst := func() {
		names = names[:0]
		for i := range 50 {
			if err := os.WriteFile(filepath.Join(dir, "content", fmt.Sprint(i)), []byte(time.Now().String()), 0o644); err != nil {
				t.Fatal(err)
			}
			names = append(names, fmt.Sprint("content/", i))
		}
	}
	burst()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	changes := watch(ctx, &wg, Options{Dir: dir, Roots: []string{"content"}})
	for range 10 {
		burst()
		time.Sleep(30 * time.Millisecond)
	}
	changesOf(t, changes, names...)
	more := 0
	for end := time.After(200 * time.Millisecond); end != nil; {
		select {
		case <-changes:
			more++
		case <-end:
			end = nil
		}
	}
	if more > 20 {
		t.Errorf("500 writes were %d changes more", more)
	}
}

// TestUnwatchable: where the system has no watches left, it says which setting is at fault and compares files instead.
func TestUnwatchable(t *testing.T) {
	for err, want := range map[error]string{
		&os.PathError{Op: "inotify_add_watch", Path: "x", Err: syscall.ENOSPC}: "fs.inotify.max_user_watches",
		fmt.Errorf("watching: %w", syscall.EMFILE):                             "fs.inotify.max_user_instances",
		errors.New("not supported here"):                                       "not supported here",
	} {
		if got := unwatchable(err); !strings.Contains(got, want) || !strings.Contains(got, "--poll") {
			t.Errorf("%v: %s", err, got)
		}
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	out := make(chan change)
	wg.Go(func() { follow(ctx, out, Options{Dir: dir, Roots: []string{"content"}}, nil, syscall.ENOSPC) })
	if c := <-out; !c.all || !strings.Contains(c.notice, "max_user_watches") {
		t.Errorf("got %+v", c)
	}
	if err := os.WriteFile(filepath.Join(dir, "content", "x"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	changesOf(t, out, "content/x")
}
