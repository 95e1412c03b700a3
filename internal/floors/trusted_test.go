package floors

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// trusted are the functions in which a text becomes HTML that no template escapes any more, and what makes it so.
var trusted = map[string]string{
	"internal/render/render.go: inline":        "what internal/markdown has escaped, byte for byte",
	"internal/render/render.go: html":          "what internal/markdown has written",
	"internal/render/desk.go: inline":          "what internal/markdown has escaped, byte for byte",
	"internal/render/desk.go: since":           "what internal/markdown has written",
	"internal/render/jsonld.go: ld":            "JSON without <, > and &, in an element that is data",
	"internal/render/heading.go: linkHeadings": "finished HTML again, with links around headings whose ids are escaped",
	"internal/render/map.go: indexMap":         "SVG of numbers and of escaped texts",
}

// functions are the places that give functions to templates.
var functions = map[string]string{
	"internal/render/bound.go: count": "html/template's own, which return plain text, with a limit, and counters",
}

// TestTrusted forbids new places where a string becomes trusted HTML, script, style or address: each is named above, with its reason, and there is none beside them. That
// goes for functions that templates would be given, too: a project's own templates have no way around the escaping.
func TestTrusted(t *testing.T) {
	found := map[string]bool{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (strings.HasPrefix(e.Name(), ".") && name != root || e.Name() == "testdata") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		for _, d := range file.Decls {
			where := filepath.ToSlash(rel) + ": a declaration"
			if fn, ok := d.(*ast.FuncDecl); ok {
				where = filepath.ToSlash(rel) + ": " + fn.Name.Name
			}
			ast.Inspect(d, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if sel.Sel.Name == "Funcs" && functions[where] == "" {
					t.Errorf("%s gives functions to templates: they could return trusted HTML", where)
				}
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "template" {
					switch sel.Sel.Name {
					case "HTML":
						found[where] = true
					case "JS", "JSStr", "URL", "CSS", "HTMLAttr", "Srcset":
						t.Errorf("%s makes a template.%s, which nothing here needs", where, sel.Sel.Name)
					}
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for where := range found {
		if trusted[where] == "" {
			t.Errorf("%s: a string becomes trusted HTML here, without a reason in this test", where)
		}
	}
	for where := range trusted {
		if !found[where] {
			t.Errorf("%s has a reason in this test and trusts nothing", where)
		}
	}
}
