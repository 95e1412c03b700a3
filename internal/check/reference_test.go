package check_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"errdex/internal/catalog"
	"errdex/internal/check"
	"errdex/internal/load"
)

// Every rule has a page in errdex's own reference and every page a rule, and they agree on how grave it is. The id is the end of
// the page's URL, which the terminal prints, so id, file name and code are one.
func TestRulesAndPages(t *testing.T) {
	pages := referencePages(t)
	ids := map[string]bool{}
	for _, r := range check.Rules() {
		if ids[r.ID] {
			t.Errorf("Rules() lists %s twice", r.ID)
		}
		ids[r.ID] = true
		d := pages[r.ID]
		if d == nil {
			t.Errorf("the rule %s has no page: write content/errdex/%s.yaml", r.ID, r.ID)
			continue
		}
		if got, want := d.Severity.Value, r.Severity.String(); got != want {
			t.Errorf("%s: the page says severity %q, the rule %q", r.ID, got, want)
		}
	}
	for slug, d := range pages {
		if !ids[slug] {
			t.Errorf("%s explains %s, which Rules() does not list", d.File, slug)
		}
		if d.Code.Value != slug {
			t.Errorf("%s: its code is %q and must be %q", d.File, d.Code.Value, slug)
		}
		if d.Stub() || d.StatusOr() != "active" || d.Message.Value == "" {
			t.Errorf("%s: a rule's page is full, active, and shows the text that is printed", d.File)
		}
		if !strings.Contains(d.Meaning.Value, "`allow") {
			t.Errorf("%s: `meaning` does not say whether `allow` can silence it", d.File)
		}
	}
}

// kebab is the form of an id. The packages that raise diagnostics write no other text of this form, but for those in notIDs: so
// every id is found without knowing by which call it is raised.
var kebab = regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)

var notIDs = []string{
	"http-equiv",                                            // an attribute of HTML
	"clip-path", "marker-start", "marker-mid", "marker-end", // attributes of SVG
	"dns-prefetch", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "compression-dictionary", // relations of links
	"non-alphabetical",                               // a word of the YAML parser's
	"same-origin", "strict-origin-when-cross-origin", // values of headers
}

// Every id in the source is a rule: what a stage raises without listing it could not be explained, and not be named in `allow`.
func TestEveryIDIsARule(t *testing.T) {
	ids := map[string]bool{}
	for _, r := range check.Rules() {
		ids[r.ID] = true
	}
	found := map[string]string{}
	for _, dir := range []string{"../load", "../link", ".", "../verify", "../site"} {
		literals(t, dir, func(at, text string) {
			if kebab.MatchString(text) {
				found[text] = at
			}
		})
	}
	for id, at := range found {
		if !ids[id] && !slices.Contains(notIDs, id) {
			t.Errorf("%s: %q is not listed by Rules()", at, id)
		}
	}
	for id := range ids {
		if found[id] == "" {
			t.Errorf("nothing in the source raises %s", id)
		}
	}
	for _, text := range notIDs {
		if found[text] == "" {
			t.Errorf("%q need not be left out any more", text)
		}
	}
}

// literals calls f for every string in the Go files of a folder, tests left out, with its place. The list in rules.go is left out
// as well: it is what the others are held to.
func literals(t *testing.T, dir string, f func(at, text string)) {
	t.Helper()
	files := token.NewFileSet()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || dir == "." && name == "rules.go" {
			continue
		}
		src, err := parser.ParseFile(files, dir+"/"+name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(src, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					f(files.Position(lit.Pos()).String(), text)
				}
			}
			return true
		})
	}
}

// referencePages reads the collection errdex of the project's own content, by file name without its ending.
func referencePages(t *testing.T) map[string]*catalog.Definition {
	t.Helper()
	const root = "../.."
	fsys := os.DirFS(root)
	if _, err := fs.Stat(fsys, "content/errdex/collection.yaml"); err != nil {
		t.Fatal(err)
	}
	tree, err := load.Scan(fsys)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]*catalog.Definition{}
	for i, f := range tree.Files() {
		if f.Collection != "errdex" {
			continue
		}
		d := tree.Read(i).Definition
		if d == nil {
			t.Fatalf("%s cannot be read", f.Path)
		}
		pages[f.Slug] = d
	}
	return pages
}
