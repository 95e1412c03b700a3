// Package floors holds the plan of the house as a test: who may import whom, and which package is the one door of each
// dependency. A package imports only from floors below its own; when something does not fit, code moves down, packages never
// move up. ARCHITECTURE.md says why the floors are what they are.
package floors

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var floors = map[string]int{
	"internal/diag":     0,
	"internal/output":   0,
	"templates":         0,
	"static":            0,
	"content":           0,
	"internal/markdown": 1,
	"internal/verify":   1,
	"internal/finder":   1,
	"internal/serve":    1,
	"internal/assets":   1,
	"internal/catalog":  2,
	"internal/load":     3,
	"internal/link":     3,
	"internal/check":    4,
	"internal/hosts":    4,
	"internal/edit":     4,
	"internal/render":   4,
	"internal/site":     5,
	"cmd/errdex":        6,
}

// doors names the one package that may import a module, and why the module is worth its place.
var doors = map[string]struct{ door, why string }{
	"github.com/yuin/goldmark":        {"internal/markdown", "Markdown as GitHub reads it; given"},
	"github.com/alecthomas/chroma/v2": {"internal/markdown", "lexers for 250 languages; given"},
	"github.com/dlclark/regexp2/v2":   {"internal/markdown", "chroma's regular expressions, whose clock must be stopped: it makes builds differ on a busy machine"},
	"gopkg.in/yaml.v3":                {"internal/load", "YAML with node positions; given. No longer maintained: go.yaml.in/yaml/v3 has the same API"},
	"github.com/tdewolff/minify/v2":   {"internal/assets", "a minifier that parses; ours would not"},
	"github.com/fsnotify/fsnotify":    {"internal/serve", "file watching on every system"},
	"github.com/andybalholm/brotli":   {"internal/hosts", "the only maintained brotli encoder in Go"},
	"golang.org/x/sys":                {"internal/output", "exchanging two folders in one step, and locks that end with their process"},
	"github.com/alecthomas/kong":      {"cmd/errdex", "flags and help from one struct a command"},
	"golang.org/x/term":               {"cmd/errdex", "whether this is a terminal, and how wide"},
}

// testOnly are modules that only tests may import.
var testOnly = map[string]string{
	"github.com/rogpeppe/go-internal":          "script tests of the program and txtar cases",
	"github.com/chromedp/chromedp":             "a real browser",
	"github.com/chromedp/cdproto":              "its protocol",
	"golang.org/x/net":                         "a real HTML parser, to hold verify's reader of tags to",
	"github.com/santhosh-tekuri/jsonschema/v6": "holds the schema and the loader together",
}

const module = "errdex"

// imports lists, for every package folder, its imports from files that are not tests and from tests.
func imports(t *testing.T) (code, tests map[string]map[string]bool) {
	t.Helper()
	root := filepath.Join("..", "..")
	code, tests = map[string]map[string]bool{}, map[string]map[string]bool{}
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name != root {
				if strings.HasPrefix(e.Name(), ".") || e.Name() == "testdata" || e.Name() == "public" {
					return fs.SkipDir
				}
				if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
					return fs.SkipDir // a module of its own
				}
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		rel, _ := filepath.Rel(root, filepath.Dir(name))
		into := code
		if strings.HasSuffix(name, "_test.go") {
			into = tests
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		if into[pkg] == nil {
			into[pkg] = map[string]bool{}
		}
		for _, i := range f.Imports {
			p, _ := strconv.Unquote(i.Path.Value)
			into[pkg][p] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return code, tests
}

func TestFloors(t *testing.T) {
	code, _ := imports(t)
	for pkg, paths := range code {
		if strings.HasPrefix(pkg, "internal/bench") {
			continue // measures every floor from outside
		}
		floor, ok := floorOf(pkg)
		if !ok {
			t.Errorf("%s has no floor: give it one here and in ARCHITECTURE.md", pkg)
			continue
		}
		for p := range paths {
			below, ours := strings.CutPrefix(p, module+"/")
			if !ours || strings.HasPrefix(below, pkg+"/") || strings.HasPrefix(pkg, below+"/") {
				continue
			}
			if f, ok := floorOf(below); !ok || f >= floor {
				t.Errorf("%s (floor %d) imports %s (floor %d): only floors below may be imported", pkg, floor, below, f)
			}
		}
	}
	for pkg := range floors {
		if code[pkg] == nil {
			t.Errorf("%s has a floor and is not there", pkg)
		}
	}
}

// floorOf returns the floor of a package; a folder below one, such as a helper of its tests, is on the same floor.
func floorOf(pkg string) (int, bool) {
	for p := pkg; p != "." && p != "/"; p = path.Dir(p) {
		if f, ok := floors[p]; ok {
			return f, true
		}
	}
	return 0, false
}

func TestDoors(t *testing.T) {
	code, tests := imports(t)
	used := map[string]bool{}
	visit := func(pkgs map[string]map[string]bool, inTests bool) {
		for pkg, paths := range pkgs {
			if strings.HasPrefix(pkg, "internal/bench") {
				continue
			}
			for p := range paths {
				if !strings.Contains(strings.SplitN(p, "/", 2)[0], ".") {
					continue // the standard library, or ours
				}
				door, testing := "", false
				for m, d := range doors {
					if p == m || strings.HasPrefix(p, m+"/") {
						door, used[m] = d.door, true
					}
				}
				for m := range testOnly {
					if p == m || strings.HasPrefix(p, m+"/") {
						testing, used[m] = true, true
					}
				}
				switch {
				case inTests && (testing || door != ""):
				case door == "" && !testing:
					t.Errorf("%s imports %s, which has no reason here", pkg, p)
				case door == "":
					t.Errorf("%s imports %s outside its tests", pkg, p)
				case door != pkg:
					t.Errorf("%s imports %s, whose one door is %s", pkg, p, door)
				}
			}
		}
	}
	visit(code, false)
	visit(tests, true)
	for m := range doors {
		if !used[m] {
			t.Errorf("%s has a reason and is not used", m)
		}
	}
}

// TestDirectRequirements holds go.mod to the two lists above, both ways: a direct requirement without a reason fails, and so does a reason whose module go.mod does not
// call a direct one.
func TestDirectRequirements(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	direct := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(f) == 2 && strings.HasPrefix(f[1], "v") && strings.Contains(f[0], ".") { // indirect ones end in a comment
			direct[f[0]] = true
		}
	}
	reasons := map[string]string{}
	for m, d := range doors {
		reasons[m] = d.why
	}
	for m, why := range testOnly {
		reasons[m] = why
	}
	for m := range direct {
		if reasons[m] == "" {
			t.Errorf("go.mod requires %s, which has no reason here", m)
		}
	}
	for m := range reasons {
		if !direct[m] {
			t.Errorf("%s has a reason here and is no direct requirement in go.mod: go mod tidy", m)
		}
	}
}
