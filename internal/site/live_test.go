package site_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/diag"
	"errdex/internal/output"
	"errdex/internal/serve"
	"errdex/internal/site"
)

func today() time.Time { return day }

// mapFS is the project as a file system.
func (p *project) mapFS(fsys fstest.MapFS, changed []string) {
	for _, name := range changed {
		if text, ok := p.files[name]; ok {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		} else {
			delete(fsys, name)
		}
	}
}

// TestLiveEqualsCold edits a source folder at random and holds the live site to a cold build of the same files: the same problems, the same files to
// the byte, and none that is not there any more.
func TestLiveEqualsCold(t *testing.T) {
	edits, every := 10_000, 20
	if testing.Short() {
		edits = 600
	}
	p := newProject(1, 40)
	fsys := fstest.MapFS{}
	for name := range p.files {
		p.mapFS(fsys, []string{name})
	}
	opt := site.Options{Source: fsys, Version: "test", Now: day, Workers: 1}
	live := site.NewLive(opt, today)
	u, err := live.Update(context.Background(), nil)
	good, failed, broke := 0, 0, 0
	gone := map[string]bool{}
	for n := 0; ; n++ {
		if n%every == 0 || n == edits {
			switch compare(t, n, opt, u, err, gone) {
			case "good":
				good++
			case "failed":
				failed++
			default:
				broke++
			}
		} else if err == nil && u.Site != nil && n%3 == 0 {
			u.Rules()
			if _, err := u.Verify(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if t.Failed() || n == edits {
			break
		}
		changed := p.edit()
		p.mapFS(fsys, changed)
		if next, failed := live.Update(context.Background(), changed); next != nil || failed != nil {
			u, err = next, failed
		}
	}
	t.Logf("%d good sites, %d with problems, %d with a broken template", good, failed, broke)
	if good < failed || failed == 0 || broke == 0 && !testing.Short() {
		t.Error("the edits do not try what they should")
	}
}

// compare holds one moment of the live site to a cold build and says how it went. gone collects paths that were there once.
func compare(t *testing.T, n int, opt site.Options, u *serve.Update, liveErr error, gone map[string]bool) string {
	t.Helper()
	mem := &output.Memory{}
	cold, err := site.Build(context.Background(), opt, false, mem)
	if err != nil && !errors.Is(err, site.ErrContent) {
		if liveErr == nil || liveErr.Error() != err.Error() {
			t.Errorf("edit %d: cold: %v; live: %v", n, err, liveErr)
		}
		return "broken"
	}
	if liveErr != nil {
		// A cold build looks at no template while the content has problems.
		if err == nil {
			t.Errorf("edit %d: live: %v, cold has none", n, liveErr)
		}
		return "broken"
	}
	list := &diag.List{}
	list.Merge(u.Rules())
	if u.Site != nil && !list.Failed(false) {
		faults, err := u.Verify(context.Background())
		if err != nil {
			t.Errorf("edit %d: verify: %v", n, err)
		}
		list.Merge(faults)
	}
	if a, b := list.Sorted(), cold.Diags.Sorted(); !reflect.DeepEqual(a, b) {
		t.Errorf("edit %d: problems\nonly live %v\nonly cold %v", n, without(a, b), without(b, a))
	}
	if failed := u.Site == nil || list.Failed(false); failed != (err != nil) {
		t.Errorf("edit %d: live failed: %v, cold: %v", n, failed, err)
	} else if failed {
		if slices.ContainsFunc(list.Sorted(), func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Span.File, "templates/") }) {
			return "broken"
		}
		return "failed"
	}
	// What is for hosts to read is in no answer of theirs.
	paths := slices.DeleteFunc(mem.Paths(), func(path string) bool { return path == "_headers" || path == "_redirects" })
	for _, path := range paths {
		want, _ := mem.Get(path)
		if got, err := u.Site.File(path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("edit %d: %s differs (%v)", n, path, err)
		}
		delete(gone, path)
	}
	for path := range gone {
		if _, err := u.Site.File(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("edit %d: %s is not in the site any more (%v)", n, path, err)
		}
	}
	for _, path := range paths {
		gone[path] = true
	}
	for _, r := range cold.Map.AllRedirects() {
		if to, ok := u.Site.Redirect(r.From); !ok || to != r.To {
			t.Errorf("edit %d: %s redirects to %q", n, r.From, to)
		}
	}
	return "good"
}

// without returns what of a is not in b.
func without(a, b []diag.Diagnostic) []diag.Diagnostic {
	return slices.DeleteFunc(slices.Clone(a), func(d diag.Diagnostic) bool {
		return slices.ContainsFunc(b, func(e diag.Diagnostic) bool { return reflect.DeepEqual(d, e) })
	})
}
