package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// An editor's save is a burst: a backup is written, a file renamed over another, an attribute set. A change is passed on when nothing has
// happened for quiet, or after longest if it never ends.
const (
	quiet   = 4 * time.Millisecond
	longest = 60 * time.Millisecond
)

// change says which files changed since the last one.
type change struct {
	paths  []string  // relative to the source folder, with slashes; sorted
	all    bool      // events were lost: any file may have changed, and paths is nil
	at     time.Time // of the first event
	notice string    // what a person should know; may come alone
}

// watch sends changes until ctx ends. Where the system cannot watch, the files are compared again and again, and a notice says why.
func watch(ctx context.Context, wg *sync.WaitGroup, opt Options) <-chan change {
	out := make(chan change)
	if opt.Poll {
		p := newPoller(opt.Dir, opt.Roots)
		wg.Go(func() { p.run(ctx, out, change{}) })
		return out
	}
	w := &watcher{dir: opt.Dir, roots: opt.Roots}
	err := w.open()
	wg.Go(func() { follow(ctx, out, opt, w, err) })
	return out
}

// follow sends what a watcher says, and when that fails, as it may have at the start, what comparing finds.
func follow(ctx context.Context, out chan<- change, opt Options, w *watcher, err error) {
	if err == nil {
		err = w.run(ctx, out)
	}
	if err != nil && ctx.Err() == nil {
		// What changed while the watch was failing is not known.
		newPoller(opt.Dir, opt.Roots).run(ctx, out, change{all: true, at: time.Now(), notice: unwatchable(err)})
	}
}

// unwatchable says why the system cannot watch and what would change that.
func unwatchable(err error) string {
	hint := err.Error()
	switch {
	case errors.Is(err, syscall.ENOSPC):
		hint = "there are more folders than the system lets a user watch: raise it with `sysctl fs.inotify.max_user_watches=524288`"
	case errors.Is(err, syscall.EMFILE):
		hint = "too many watches or open files: raise `sysctl fs.inotify.max_user_instances=512`, or `ulimit -n`"
	}
	return "the system cannot watch the files (" + hint + "); they are compared every moment instead, as with --poll"
}

// watcher asks the system to tell. It watches folders, since an editor replaces files.
type watcher struct {
	dir   string
	roots []string
	fs    *fsnotify.Watcher

	folders map[string]bool // that are watched
	changed map[string]bool
	all     bool
	first   time.Time
}

func (w *watcher) open() (err error) {
	if w.fs, err = fsnotify.NewWatcher(); err != nil {
		return err
	}
	w.folders, w.changed = map[string]bool{}, map[string]bool{}
	if err = w.fs.Add(w.dir); err == nil { // a root may appear later
		for _, root := range w.roots {
			if err = w.tree(filepath.Join(w.dir, root)); err != nil {
				break
			}
		}
	}
	if err != nil {
		w.fs.Close()
	}
	w.changed = map[string]bool{} // what is there now is no change
	return err
}

// tree watches a folder and all in it, and counts every file in it as changed: files may have come before the watch did. A folder that is not
// there, or not any more, is no error.
func (w *watcher) tree(dir string) error {
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return nil
	}
	if err := w.fs.Add(dir); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return fmt.Errorf("watching %s: %w", dir, err)
	}
	w.folders[dir] = true
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.IsDir() {
			if err := w.tree(path); err != nil {
				return err
			}
			continue
		}
		w.note(path)
	}
	return nil
}

// note counts a path as changed, where it belongs to a root, and reports whether it does.
func (w *watcher) note(path string) bool {
	rel, err := filepath.Rel(w.dir, path)
	if err != nil {
		return false
	}
	rel = filepath.ToSlash(rel)
	top, _, _ := strings.Cut(rel, "/")
	ours := slices.Contains(w.roots, top)
	if ours {
		w.changed[rel] = true
	}
	return ours
}

func (w *watcher) run(ctx context.Context, out chan<- change) error {
	defer w.fs.Close()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	var ready chan<- change // out while there is something to send
	for {
		var c change
		if ready != nil {
			c = w.batch()
		}
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-w.fs.Events:
			if !ok {
				return errors.New("the watch ended")
			}
			if err := w.event(e); err != nil {
				return err
			}
			if w.all || len(w.changed) > 0 {
				timer.Reset(min(quiet, max(0, longest-time.Since(w.first))))
			}
		case err := <-w.fs.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return err
			}
			w.all = true
			w.begin()
			timer.Reset(quiet)
		case <-timer.C:
			if w.all || len(w.changed) > 0 { // else what it was set for went out before
				ready = out
			}
		case ready <- c:
			ready = nil
			w.changed, w.all, w.first = map[string]bool{}, false, time.Time{}
		}
	}
}

func (w *watcher) begin() {
	if w.first.IsZero() {
		w.first = time.Now()
	}
}

// event takes in what the system says. That a folder came or went counts as a change of it.
func (w *watcher) event(e fsnotify.Event) error {
	if e.Op == fsnotify.Chmod {
		return nil
	}
	if !w.note(e.Name) {
		return nil
	}
	w.begin()
	switch {
	case e.Has(fsnotify.Create):
		return w.tree(e.Name)
	case e.Has(fsnotify.Rename) && w.folders[e.Name]:
		// What is watched goes by the names that it had; all watches are made anew.
		w.fs.Close()
		w.all = true
		return w.open()
	}
	return nil
}

func (w *watcher) batch() change {
	c := change{all: w.all, at: w.first}
	if w.all {
		return c
	}
	for p := range w.changed {
		c.paths = append(c.paths, p)
	}
	slices.Sort(c.paths)
	return c
}
