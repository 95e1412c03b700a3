package load_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/load"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected files under testdata")

// tree makes a source folder of a case: site.yaml and the collection api are added where the case does not have them. The
// content of a name.quoted is a Go string, for bytes that a text file cannot hold.
func tree(t testing.TB, a *txtar.Archive) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{
		"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\n")},
		"content/api/collection.yaml": {Data: []byte("title: API errors\nurl: /docs/api-{slug}\nindex: /docs/api\n")},
	}
	for _, f := range a.Files {
		name, data := f.Name, f.Data
		if plain, ok := strings.CutSuffix(name, ".quoted"); ok {
			s, err := strconv.Unquote(strings.TrimSpace(string(data)))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			name, data = plain, []byte(s)
		}
		if strings.HasPrefix(name, "content/") {
			fsys[name] = &fstest.MapFile{Data: data}
		}
	}
	return fsys
}

// read loads a source folder.
func read(t testing.TB, fsys fs.FS) (*catalog.Site, *diag.List) {
	t.Helper()
	tr, err := load.Scan(fsys)
	if err != nil {
		t.Fatal(err)
	}
	items := make([]load.Item, len(tr.Files()))
	for i := range items {
		items[i] = tr.Read(i)
	}
	return tr.Assemble(items)
}

// TestDiagnostics reads the source folder of each case and compares what is printed with its file `want`.
func TestDiagnostics(t *testing.T) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	if len(cases) == 0 {
		t.Fatal("no cases")
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := tree(t, a)
			_, list := read(t, fsys)
			inside(t, fsys, list)
			var out bytes.Buffer
			if err := diag.Text(&out, list, diag.Options{Source: fsys.ReadFile}); err != nil {
				t.Fatal(err)
			}
			for i := range a.Files {
				if a.Files[i].Name != "want" {
					continue
				}
				if *update {
					a.Files[i].Data = out.Bytes()
					if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
						t.Fatal(err)
					}
				} else if got := out.String(); got != string(a.Files[i].Data) {
					t.Error(difference(got, string(a.Files[i].Data)))
				}
				return
			}
			t.Error("the case has no file `want`")
		})
	}
}

// difference shows the first lines in which two outputs differ.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := 0; i < len(g) || i < len(w); i++ {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			from := max(0, i-3)
			return "line " + strconv.Itoa(i+1) + "\ngot\n" + strings.Join(g[min(from, len(g)):min(i+4, len(g))], "\n") +
				"\nwant\n" + strings.Join(w[min(from, len(w)):min(i+4, len(w))], "\n")
		}
	}
	return ""
}

// words that must not reach an author: those of Go and of the libraries.
var foreign = []string{"yaml:", "yaml.", "unmarshal", "!!str", "!!int", "!!map", "!!seq", "interface", "struct", "catalog.", "goldmark", "map[", "while scanning", "did not find", "context"}

// inside holds that every place of every diagnostic lies inside its file, behind its last byte at most, and that no word of
// a library is in it.
func inside(t testing.TB, fsys fs.FS, list *diag.List) {
	t.Helper()
	files := map[string][]string{}
	for _, d := range list.Sorted() {
		within(t, fsys, files, d.Span, d.Message)
		for _, r := range d.Related {
			within(t, fsys, files, r.Span, r.Message)
		}
		for _, w := range foreign {
			if d.ID == "yaml-syntax" && strings.Contains(d.Message+" "+d.Hint, w) {
				t.Errorf("%q speaks of %q", d.Message+" / "+d.Hint, w)
			}
		}
		if d.Message == "" || d.ID == "" || strings.HasSuffix(d.Message, ".") {
			t.Errorf("%+v: a message is one line without a full stop", d)
		}
	}
}

func within(t testing.TB, fsys fs.FS, files map[string][]string, s diag.Span, message string) {
	t.Helper()
	if s.Start.Line == 0 {
		return
	}
	if files[s.File] == nil {
		data, err := fs.ReadFile(fsys, s.File)
		if err != nil {
			t.Errorf("%s: %s: %v", s.File, message, err)
		}
		files[s.File] = strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")
	}
	lines := files[s.File]
	for _, p := range []diag.Pos{s.Start, s.End} {
		if p.Line == 0 && p == s.End {
			continue
		}
		if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col > len(lines[p.Line-1])+1 {
			t.Errorf("%s: %s: %d:%d is not in the file (%d:%d to %d:%d)", s.File, message, p.Line, p.Col, s.Start.Line, s.Start.Col, s.End.Line, s.End.Col)
			return
		}
	}
}
