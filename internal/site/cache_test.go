package site_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/output"
	"errdex/internal/site"
)

// memory is a Store for tests.
type memory struct {
	mu   sync.Mutex
	data []byte
}

func (m *memory) Load() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.data)
}

func (m *memory) Save(b []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data = bytes.Clone(b)
}

func (m *memory) cache() *site.Cache {
	return &site.Cache{Store: m, Program: func() string { return "one" }}
}

// into builds into a folder as the command does.
func into(t testing.TB, opt site.Options, out string, cache *site.Cache) (*site.Result, error) {
	t.Helper()
	folder, err := output.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Abort()
	r, _, err := site.BuildInto(context.Background(), opt, false, folder, out, cache)
	return r, err
}

// contents reads a folder, the manifest included.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCacheEqualsCold edits the source and tampers with the output and the memo at random, and holds what a build with the cache leaves to what one without
// it writes. A build where nothing was touched must be found out; one where something was must not.
func TestCacheEqualsCold(t *testing.T) {
	builds := 3000
	if testing.Short() {
		builds = 150
	}
	p := newProject(5, 12)
	fsys := fstest.MapFS{}
	p.mapFS(fsys, slices.Collect(maps.Keys(p.files)))
	opt := site.Options{Source: fsys, Now: day, Version: "test"}
	out := filepath.Join(t.TempDir(), "public")
	store := &memory{}
	r := rand.New(rand.NewPCG(7, 7))
	foreign := map[string]string{"CNAME": "docs.example\n", "sub/other.txt": "x"}
	hits, settled := 0, false // settled: the last build came through and nothing was touched since
	for n := range builds {
		touched := n == 0
		for range []int{0, 1, 1, 1, 2}[r.IntN(5)] {
			switch r.IntN(8) {
			case 0, 1, 2:
				touched = tamper(t, r, out) || touched
			case 3:
				store.data = damage(r, store.data)
				touched = true
			default:
				changed := p.edit()
				p.mapFS(fsys, changed)
				touched = touched || len(changed) > 0
			}
		}
		if n == 20 {
			for name, text := range foreign {
				write(t, filepath.Join(out, name), text)
			}
		}
		mem := &output.Memory{}
		cold, coldErr := site.Build(context.Background(), opt, false, mem)
		res, err := into(t, opt, out, store.cache())
		if (err == nil) != (coldErr == nil) {
			t.Fatalf("build %d: %v with the cache, %v without", n, err, coldErr)
		}
		if err != nil {
			settled = settled && !touched
			continue
		}
		if res.Same {
			hits++
		}
		if settled && !touched && !res.Same {
			t.Fatalf("build %d: nothing was touched, and all was built again", n)
		}
		settled = true
		if a, b := res.Diags.Sorted(), cold.Diags.Sorted(); !reflect.DeepEqual(a, b) || res.Stats != cold.Stats || !slices.Equal(res.Advice, cold.Advice) {
			t.Fatalf("build %d: problems and numbers differ: %v %v, cold %v %v", n, a, res.Stats, b, cold.Stats)
		}
		got := contents(t, out)
		if want := strings.Join(mem.Paths(), "\n") + "\n"; got[output.Manifest] != want {
			t.Fatalf("build %d: the manifest differs", n)
		}
		for _, path := range mem.Paths() {
			if want, _ := mem.Get(path); got[path] != string(want) {
				t.Fatalf("build %d: %s differs (same: %v)", n, path, res.Same)
			}
			delete(got, path)
		}
		delete(got, output.Manifest)
		if n > 20 && !maps.Equal(got, foreign) {
			t.Fatalf("build %d: beside the site there is %v", n, slices.Sorted(maps.Keys(got)))
		}
	}
	t.Logf("%d of %d builds had nothing to do", hits, builds)
	if hits < builds/20 || hits > builds/2 {
		t.Error("the edits do not try what they should")
	}
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// tamper changes a file of the output behind the back of the cache, and reports whether there was one.
func tamper(t testing.TB, r *rand.Rand, out string) bool {
	data, err := os.ReadFile(filepath.Join(out, output.Manifest))
	if err != nil {
		return false
	}
	names := strings.Fields(string(data))
	name := filepath.Join(out, names[r.IntN(len(names))])
	text, err := os.ReadFile(name)
	if err != nil {
		return false
	}
	fail := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	switch r.IntN(8) {
	case 0: // another byte, the same size
		if len(text) > 0 {
			text[r.IntN(len(text))] ^= 1
		}
		fail(os.WriteFile(name, text, 0o644))
	case 1:
		fail(os.Truncate(name, int64(len(text)/2)))
	case 2:
		fail(os.Remove(name))
	case 3: // another file in its place, with its size and its time
		info, err := os.Stat(name)
		fail(err)
		fail(os.WriteFile(name+".new", bytes.Repeat([]byte("x"), len(text)), 0o644))
		fail(os.Chtimes(name+".new", info.ModTime(), info.ModTime()))
		fail(os.Rename(name+".new", name))
	case 4: // a link to the same text
		moved := filepath.Join(t.TempDir(), "moved")
		fail(os.Rename(name, moved))
		fail(os.Symlink(moved, name))
	case 5: // the list names one file fewer, which then belongs to nobody
		fail(os.WriteFile(filepath.Join(out, output.Manifest), []byte(strings.Join(names[1:], "\n")+"\n"), 0o644))
		fail(os.Remove(filepath.Join(out, names[0])))
	case 6: // the last file under another name, in the list too
		last := names[len(names)-1]
		fail(os.Rename(filepath.Join(out, last), filepath.Join(out, last+"z")))
		fail(os.WriteFile(filepath.Join(out, output.Manifest), []byte(strings.Join(names, "\n")+"z\n"), 0o644))
	default:
		fail(os.RemoveAll(out))
		fail(os.MkdirAll(out, 0o755))
		for path, text := range map[string]string{"CNAME": "docs.example\n", "sub/other.txt": "x"} {
			write(t, filepath.Join(out, path), text)
		}
	}
	return true
}

// damage returns a memo that is cut off, altered, of another form, or gone.
func damage(r *rand.Rand, data []byte) []byte {
	if len(data) == 0 {
		return []byte("nothing")
	}
	data = bytes.Clone(data)
	switch r.IntN(4) {
	case 0:
		return data[:r.IntN(len(data))]
	case 1:
		data[r.IntN(len(data))] ^= byte(1 + r.IntN(255))
	case 2:
		return append(data, 0)
	default:
		return nil
	}
	return data
}

// TestCacheConditions: another program, other options or another day make another build.
func TestCacheConditions(t *testing.T) {
	p := newProject(9, 4)
	fsys := fstest.MapFS{}
	p.mapFS(fsys, slices.Collect(maps.Keys(p.files)))
	opt := site.Options{Source: fsys, Now: day}
	out := filepath.Join(t.TempDir(), "public")
	store := &memory{}
	build := func(opt site.Options, program string) bool {
		t.Helper()
		r, err := into(t, opt, out, &site.Cache{Store: store, Program: func() string { return program }})
		if err != nil {
			t.Fatal(err)
		}
		return r.Same
	}
	later, tomorrow, compressed, named := opt, opt, opt, opt
	later.Now, tomorrow.Now = day.Add(3*time.Hour), day.Add(25*time.Hour)
	compressed.Compress, named.Version = true, "2"
	for _, step := range []struct {
		what    string
		opt     site.Options
		program string
		same    bool
	}{
		{"the first", opt, "one", false}, {"the same", opt, "one", true}, {"later that day", later, "one", true},
		{"another program", opt, "two", false}, {"with compressed files", compressed, "two", false}, {"and again", compressed, "two", true},
		{"without", opt, "two", false}, {"another version", named, "two", false}, {"the next day", tomorrow, "two", false},
		{"the same", tomorrow, "two", true}, {"a program that cannot be told", tomorrow, "", false}, {"nor again", tomorrow, "", false},
	} {
		if same := build(step.opt, step.program); same != step.same {
			t.Errorf("%s: the same: %v, want %v", step.what, same, step.same)
		}
	}
}

// FuzzDecodeMemo: whatever the bytes, reading them ends, and what is accepted encodes to the same bytes.
func FuzzDecodeMemo(f *testing.F) {
	p := newProject(2, 2)
	fsys := fstest.MapFS{}
	p.mapFS(fsys, slices.Collect(maps.Keys(p.files)))
	store := &memory{}
	if _, err := into(f, site.Options{Source: fsys, Now: day}, filepath.Join(f.TempDir(), "public"), store.cache()); err != nil {
		f.Fatal(err)
	}
	f.Add(store.data)
	f.Add([]byte("errdex memo 1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := site.DecodeMemo(b)
		if err == nil && !bytes.Equal(m.Encode(), b) {
			t.Error("another memo comes out than went in")
		}
		if err != nil && !errors.Is(err, site.ErrMemo) {
			t.Error(err)
		}
	})
}
