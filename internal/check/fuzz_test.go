package check_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/check"
	"errdex/internal/diag"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzRun holds that whatever two definitions say, every rule comes to an end without a panic, and every place that is
// reported lies inside its file.
func FuzzRun(f *testing.F) {
	cases, _ := filepath.Glob("testdata/rules/*.txtar")
	for _, name := range cases {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for i := range a.Files {
			if strings.HasPrefix(a.Files[i].Name, "content/api/") {
				f.Add([]byte("code: x\ntitle: T\nsummary: S\ncauses: [C]\n"+string(a.Files[i].Data)), []byte("code: x\nrelated: [a]\nreplaced_by: [a]\n"))
			}
		}
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if len(a)+len(b) > 1<<13 {
			return
		}
		fsys := fstest.MapFS{
			"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\nreview_after: 10d\n")},
			"content/api/collection.yaml": {Data: []byte("title: API errors\nnoun: API error\nurl: /docs/api-{slug}\nindex: /docs/api\ngroups: [{id: a, title: A}]\n")},
			"content/api/a.yaml":          {Data: a},
			"content/api/b.yaml":          {Data: b},
		}
		site, m, list := read(t, fsys)
		list.Merge(check.Run(m, today))
		for d := range check.Silence(site, list).All() {
			inFile(t, fsys, d.Span, d)
			for _, r := range d.Related {
				inFile(t, fsys, r.Span, d)
			}
		}
	})
}

func inFile(t *testing.T, fsys fstest.MapFS, s diag.Span, d diag.Diagnostic) {
	t.Helper()
	if s.Start.Line == 0 {
		return
	}
	lines := strings.Split(strings.TrimPrefix(string(fsys[s.File].Data), "\ufeff"), "\n")
	for _, p := range []diag.Pos{s.Start, s.End} {
		if p.Line == 0 && p == s.End {
			continue
		}
		if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col > len(lines[p.Line-1])+1 {
			t.Fatalf("%s: %s: %d:%d is not in %s", d.ID, d.Message, p.Line, p.Col, s.File)
		}
	}
}
