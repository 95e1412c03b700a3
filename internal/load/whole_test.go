package load_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"errdex/internal/catalog"
	"errdex/internal/load"

	"github.com/rogpeppe/go-internal/txtar"
)

// unwritten are the fields of the domain that no key fills.
var unwritten = []string{"Collection", "Slug", "File", "Size", "Faulty", "Unread", "Lost", "Doc", "Body", "Definitions", "Guides", "Static", "Collections"}

// TestEveryKeyIsLoaded reads the file with every key and holds that no field of the domain stays empty, and that each text
// stands in the file where its place says.
func TestEveryKeyIsLoaded(t *testing.T) {
	a, err := txtar.ParseFile(full)
	if err != nil {
		t.Fatal(err)
	}
	tree := newTree(t)
	for _, f := range a.Files {
		var loaded any
		src := f.Data
		switch f.Name {
		case "definition.yaml":
			loaded = tree.Parse(load.File{Path: "content/api/1.yaml", Slug: "1", Collection: "api"}, src).Definition
		case "guide.yaml":
			src = slices.Concat([]byte("---\n"), f.Data, []byte("---\nText\n"))
			loaded = tree.Parse(load.File{Path: "content/guides/1.md", Slug: "1"}, src).Guide
		case "site.yaml":
			loaded, _ = read(t, files("site", src))
		case "collection.yaml":
			site, _ := read(t, files("collection", src))
			loaded = site.Collections[0]
		}
		texts := 0
		filled(t, strings.TrimSuffix(f.Name, ".yaml"), reflect.ValueOf(loaded).Elem(), func(at string, text catalog.Text) {
			texts++
			p := text.Place.At(text.Value, 0)
			lines := bytes.Split(src, []byte("\n"))
			if !text.Place.Exact() || p.Line > len(lines) || !bytes.HasPrefix(lines[p.Line-1][min(p.Col-1, len(lines[p.Line-1])):], []byte(text.Value)) {
				t.Errorf("%s: %q is not at %d:%d", at, text.Value, p.Line, p.Col)
			}
		})
		if texts < 5 {
			t.Errorf("%s: only %d texts", f.Name, texts)
		}
	}
}

// filled goes through a struct and reports the fields that are empty; it calls text for each text.
func filled(t *testing.T, at string, v reflect.Value, text func(at string, x catalog.Text)) {
	if x, ok := v.Interface().(catalog.Text); ok {
		text(at, x)
		return
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name := at + "." + f.Name
		if !f.IsExported() || slices.Contains(unwritten, f.Name) {
			continue
		}
		x := v.Field(i)
		if x.IsZero() {
			t.Errorf("%s is empty", name)
			continue
		}
		switch x.Kind() {
		case reflect.Struct:
			filled(t, name, x, text)
		case reflect.Slice:
			// The first item has every key; the second, where there is one, is the short form.
			if x.Index(0).Kind() == reflect.Struct {
				filled(t, fmt.Sprintf("%s[0]", name), x.Index(0), text)
			}
		}
	}
}
