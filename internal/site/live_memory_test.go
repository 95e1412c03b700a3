package site_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/site"
)

// TestLiveMemory edits for days: every edit has a new sample to colour and new links, and half of the pages are looked at. What is kept of that is bounded.
func TestLiveMemory(t *testing.T) {
	edits := 4000
	if testing.Short() {
		edits = 500
	}
	p := newProject(6, 60)
	fsys := fstest.MapFS{}
	for name := range p.files {
		p.mapFS(fsys, []string{name})
	}
	live := site.NewLive(site.Options{Source: fsys, Now: day}, today)
	if _, err := live.Update(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	all := p.definitions()
	sample := strings.Repeat("a = \"b\"\n", 600) // 5 KB, many more in colours
	heap := func() int {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc >> 20)
	}
	start := heap()
	most := start
	for n := range edits {
		name := all[n%len(all)]
		c, s := parts(name)
		other, _ := parts(all[(n*7+1)%len(all)])
		_, slug := parts(all[(n*7+1)%len(all)])
		fsys[name] = &fstest.MapFile{Data: fmt.Appendf(nil, "code: %q\ntitle: T %d\nsummary: Words.\ncauses: [{id: a, text: W, fixes: [x]}]\nfixes: [{id: x, title: F}]\nmeaning: |\n  See [it](error:%s/%s) and [that](guide:start).\nexamples:\n  - {title: E, language: ini, body: %q}\n",
			strings.Split(s, "-")[0], n, other, slug, fmt.Sprintf("%d\n%s", n, sample))}
		u, err := live.Update(context.Background(), []string{name})
		if err != nil {
			t.Fatal(err)
		}
		u.Rules()
		if u.Site == nil {
			t.Fatalf("edit %d: %v", n, u.Problems.Sorted())
		}
		if n%2 == 0 {
			if _, err := u.Site.File("docs/" + c + "-" + s + ".html"); err != nil {
				t.Fatal(err)
			}
			if _, err := u.Verify(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if n%200 == 199 {
			most = max(most, heap())
		}
	}
	t.Logf("%d MB at first, at most %d MB later", start, most)
	// The highlighter keeps 16 MiB of finished samples; 60 definitions with their samples are a few more.
	if most > start+30 {
		t.Errorf("from %d to %d MB in %d edits", start, most, edits)
	}
}
