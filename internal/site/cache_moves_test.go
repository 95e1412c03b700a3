package site_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"errdex/internal/output"
	"errdex/internal/site"
)

// moving is a source that changes under the build: when a file has been read, f is called.
type moving struct {
	fstest.MapFS
	mu *sync.Mutex
	f  func(name string)
}

func (m moving) Open(name string) (fs.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	defer m.f(name)
	return m.MapFS.Open(name)
}

func (m moving) ReadDir(name string) ([]fs.DirEntry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.MapFS.ReadDir(name)
}

func (m moving) Stat(name string) (fs.FileInfo, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.MapFS.Stat(name)
}

// TestCacheSourceMoves: where the source changes while it is built, the next build is not told that it has not.
func TestCacheSourceMoves(t *testing.T) {
	for seed := range uint64(40) {
		p := newProject(seed, 5)
		fsys := fstest.MapFS{}
		p.mapFS(fsys, slices.Collect(maps.Keys(p.files)))
		left := int(seed % 9)
		src := moving{fsys, &sync.Mutex{}, func(string) {
			if left--; left == 0 {
				for range 5 {
					p.mapFS(fsys, p.edit())
				}
			}
		}}
		out := filepath.Join(t.TempDir(), "public")
		store := &memory{}
		if _, err := into(t, site.Options{Source: src, Now: day}, out, store.cache()); errors.Is(err, site.ErrContent) {
			continue
		}
		mem := &output.Memory{}
		_, coldErr := site.Build(context.Background(), site.Options{Source: fsys, Now: day}, false, mem)
		_, err := into(t, site.Options{Source: fsys, Now: day}, out, store.cache())
		if (err == nil) != (coldErr == nil) {
			t.Fatalf("seed %d: %v, cold %v", seed, err, coldErr)
		}
		if err != nil {
			continue
		}
		got := contents(t, out)
		for _, path := range mem.Paths() {
			if want, _ := mem.Get(path); got[path] != string(want) {
				t.Errorf("seed %d: %s is of a build that read something else", seed, path)
			}
		}
	}
}

// late is a source in which a folder has a file more from the second look on.
type late struct {
	fstest.MapFS
	looks *int
}

func (l late) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := l.MapFS.ReadDir(name)
	if name == "static" {
		if *l.looks++; *l.looks == 1 {
			entries = entries[:1]
		}
	}
	return entries, err
}

// TestCacheTwoAnswers: a build that was told two things is not remembered.
func TestCacheTwoAnswers(t *testing.T) {
	p := newProject(4, 3)
	p.files["static/a.txt"], p.files["static/b.txt"] = "a", "b"
	fsys := fstest.MapFS{}
	p.mapFS(fsys, slices.Collect(maps.Keys(p.files)))
	out := filepath.Join(t.TempDir(), "public")
	store, looks := &memory{}, 0
	for n, want := range []bool{false, false, true} {
		r, err := into(t, site.Options{Source: late{fsys, &looks}, Now: day}, out, store.cache())
		if err != nil {
			t.Fatal(err)
		}
		if r.Same != want {
			t.Errorf("build %d: the same: %v", n, r.Same)
		}
	}
}

// TestCacheTwoAtOnce builds two states of a source into one folder at the same time; whoever builds next gets what its source says.
func TestCacheTwoAtOnce(t *testing.T) {
	p := newProject(3, 6)
	first, second := fstest.MapFS{}, fstest.MapFS{}
	p.mapFS(first, slices.Collect(maps.Keys(p.files)))
	name := p.definitions()[2]
	p.files[name] = strings.Replace(p.files[name], "meaning: |\n  ", "meaning: |\n  otherwise ", 1)
	p.mapFS(second, slices.Collect(maps.Keys(p.files)))
	out := filepath.Join(t.TempDir(), "public")
	store := &memory{}
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	for n := range rounds {
		var wg sync.WaitGroup
		for _, src := range []fs.FS{first, second} {
			wg.Go(func() {
				if _, err := into(t, site.Options{Source: src, Now: day, Workers: 1}, out, store.cache()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		src := []fs.FS{first, second}[n%2]
		mem := &output.Memory{}
		if _, err := site.Build(context.Background(), site.Options{Source: src, Now: day}, false, mem); err != nil {
			t.Fatal(err)
		}
		if _, err := into(t, site.Options{Source: src, Now: day}, out, store.cache()); err != nil {
			t.Fatal(err)
		}
		got := contents(t, out)
		for _, path := range mem.Paths() {
			if want, _ := mem.Get(path); got[path] != string(want) {
				t.Fatalf("round %d: %s is the other site's", n, path)
			}
		}
	}
}
