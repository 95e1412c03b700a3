package check_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/catalog"
	"errdex/internal/check"
	"errdex/internal/diag"
	"errdex/internal/link"
	"errdex/internal/load"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected files under testdata")

// today is the day on which the cases are checked.
var today = time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)

// read loads and links a source folder. The list holds what both found.
func read(t testing.TB, fsys fs.FS) (*catalog.Site, *link.Map, *diag.List) {
	t.Helper()
	tree, err := load.Scan(fsys)
	if err != nil {
		t.Fatal(err)
	}
	items := make([]load.Item, len(tree.Files()))
	for i := range items {
		items[i] = tree.Read(i)
	}
	site, list := tree.Assemble(items)
	m, found := link.Resolve(site)
	list.Merge(found)
	return site, m, list
}

// archive reads a case and makes its source folder: site.yaml and the collection api are added where it lacks them, and a
// definition that only says what its case is about gets the keys that every one must have.
func archive(t testing.TB, name string) (*txtar.Archive, fstest.MapFS) {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{
		"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\n")},
		"content/api/collection.yaml": {Data: []byte("title: API errors\nnoun: API error\nurl: /docs/api-{slug}\nindex: /docs/api\n")},
	}
	for _, f := range a.Files {
		if !strings.HasPrefix(f.Name, "content/") {
			continue
		}
		data := f.Data
		if plain, ok := strings.CutSuffix(f.Name, ".quoted"); ok { // a Go string, for bytes that a text file cannot hold
			text, err := strconv.Unquote(strings.TrimSpace(string(data)))
			if err != nil {
				t.Fatal(err)
			}
			fsys[plain] = &fstest.MapFile{Data: []byte(text)}
			continue
		}
		if strings.HasPrefix(name, "testdata/") && path.Ext(f.Name) == ".yaml" && strings.Count(f.Name, "/") == 2 && path.Base(f.Name) != "collection.yaml" {
			for _, key := range []string{"title: T", "summary: S", "causes: [C]", "code: \"" + strings.TrimSuffix(path.Base(f.Name), ".yaml") + "\""} {
				name, _, _ := strings.Cut(key, ":")
				if !bytes.Contains(data, []byte("\n"+name+":")) && !bytes.HasPrefix(data, []byte(name+":")) {
					data = append(data[:len(data):len(data)], key+"\n"...)
				}
			}
		}
		fsys[f.Name] = &fstest.MapFile{Data: data}
	}
	return a, fsys
}

// TestRules holds each rule to its case, testdata/rules/<id>.txtar: its file `want` is what the rule says, nothing in a file
// whose name begins with good, and something in every one whose name begins with bad. The other rules are not asked.
func TestRules(t *testing.T) {
	cases := map[string]bool{}
	files, _ := filepath.Glob("testdata/rules/*.txtar")
	for _, name := range files {
		cases[strings.TrimSuffix(filepath.Base(name), ".txtar")] = true
	}
	for _, r := range check.Own() {
		name := filepath.Join("testdata", "rules", r.ID+".txtar")
		if !cases[r.ID] {
			t.Errorf("the rule %s has no case %s", r.ID, name)
			continue
		}
		delete(cases, r.ID)
		t.Run(r.ID, func(t *testing.T) { ruleCase(t, name, r) })
	}
	for id := range cases {
		t.Errorf("testdata/rules/%s.txtar is the case of no rule", id)
	}
}

func ruleCase(t *testing.T, name string, r check.Rule) {
	a, fsys := archive(t, name)
	_, m, problems := read(t, fsys)
	for d := range problems.All() {
		if d.ID == "yaml-syntax" || d.ID == "unknown-key" || d.ID == "wrong-type" || d.ID == "unresolved-reference" {
			t.Errorf("the case is not sound: %s:%d: %s", d.Span.File, d.Span.Start.Line, d.Message)
		}
	}
	list := check.Run(m, today).Filter(func(d diag.Diagnostic) bool { return d.ID == r.ID })
	found := map[string]bool{}
	for d := range list.All() {
		found[d.Span.File] = true
		if d.Severity != r.Severity {
			t.Errorf("severity %s is not %s", d.Severity, r.Severity)
		}
	}
	good, bad := 0, 0
	for _, f := range a.Files {
		switch base := path.Base(f.Name); {
		case strings.HasPrefix(base, "good"):
			if good++; found[f.Name] {
				t.Errorf("%s is found fault with", f.Name)
			}
		case strings.HasPrefix(base, "bad"):
			if bad++; !found[f.Name] {
				t.Errorf("nothing is found in %s", f.Name)
			}
		}
	}
	// The hosts are named in site.yaml, of which there is one: cmd/errdex has its passing case.
	if (good == 0 || bad == 0) && r.ID != "unknown-host" || len(found) == 0 {
		t.Errorf("%d good and %d bad files show little", good, bad)
	}
	golden(t, name, a, list, fsys)
}

// golden compares a list as it is printed with the file `want` of a case.
func golden(t *testing.T, name string, a *txtar.Archive, list *diag.List, fsys fs.FS) {
	t.Helper()
	var out bytes.Buffer
	if err := diag.Text(&out, list, diag.Options{Source: func(f string) ([]byte, error) { return fs.ReadFile(fsys, f) }}); err != nil {
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
			t.Errorf("got\n%s\nwant\n%s", got, a.Files[i].Data)
		}
		return
	}
	t.Error("the case has no file `want`")
}
