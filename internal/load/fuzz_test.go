package load_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/catalog"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzRead holds that whatever a file holds, it is read without a panic, every place of every diagnostic lies inside the
// file, no word of a library is in it, and every text of the definition begins inside the file.
func FuzzRead(f *testing.F) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range cases {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if strings.HasPrefix(file.Name, "content/") {
				f.Add(file.Data, strings.HasSuffix(file.Name, ".md"))
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, guide bool) {
		if len(data) > 1<<13 {
			return // the search for a fault takes longer in longer texts, which TestHostile is about
		}
		name := "content/api/1.yaml"
		if guide {
			name = "content/guides/1.md"
		}
		fsys := fstest.MapFS{
			"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\n")},
			"content/api/collection.yaml": {Data: []byte("title: API errors\nurl: /docs/api-{slug}\nindex: /docs/api\n")},
			name:                          {Data: data},
		}
		site, list := read(t, fsys)
		inside(t, fsys, list)
		if list.Len() == 0 && len(site.Guides)+len(site.Collections[0].Definitions) != 1 {
			t.Fatal("there is nothing to read and nothing is said")
		}
		files := map[string][]string{}
		for _, d := range site.Collections[0].Definitions {
			d.EachProse(func(key string, p *catalog.Prose) {
				if !p.Set() {
					return
				}
				within(t, fsys, files, p.Span(name), key)
				for _, l := range p.Doc.Links {
					within(t, fsys, files, p.Part(name, l.At.Start, l.At.End), key)
				}
			})
		}
		for _, g := range site.Guides {
			for _, l := range g.Body.Doc.Links {
				within(t, fsys, files, g.Body.Part(name, l.At.Start, l.At.End), "body")
			}
		}
	})
}
