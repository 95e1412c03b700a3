package load_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/diag"
	"errdex/internal/load"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

// value is a YAML node as an editor hands it to a schema: dates are text.
func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return value(n.Content[0])
	case yaml.AliasNode:
		return value(n.Alias)
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, value(c))
		}
		return out
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = value(n.Content[i+1])
		}
		return out
	}
	var v any
	switch n.Tag {
	case "!!null":
		return nil
	case "!!int", "!!float", "!!bool":
		if n.Decode(&v) == nil {
			switch x := v.(type) {
			case int:
				return json.Number(fmt.Sprint(x))
			case float64:
				return json.Number(fmt.Sprint(x))
			}
			return v
		}
	}
	return n.Value
}

// shaped are the ids of what a schema can see too: faults of one value or key.
var shaped = []string{"unknown-key", "wrong-type", "missing-field", "unknown-value", "invalid-url", "unsafe-link"}

// names of the files of each kind.
var schemaFiles = map[string]string{
	"definition": "content/api/1.yaml", "collection": "content/api/collection.yaml", "site": "content/site.yaml", "guide": "content/guides/1.md",
}

const notYAML = "not YAML"

// loads reports whether the loader takes a file of a kind, and its words.
func loads(t testing.TB, tree *load.Tree, kind string, text []byte) (bool, string) {
	list := &diag.List{}
	switch kind {
	case "definition":
		item := tree.Parse(load.File{Path: schemaFiles[kind], Slug: "1", Collection: "api"}, text)
		list = &item.Diags
	case "guide":
		item := tree.Parse(load.File{Path: schemaFiles[kind], Slug: "1"}, slices.Concat([]byte("---\n"), text, []byte("---\nText\n")))
		list = &item.Diags
	default:
		_, list = read(t, files(kind, text))
	}
	said := ""
	for _, d := range list.Sorted() {
		if d.ID == "yaml-syntax" {
			return false, notYAML
		}
		if strings.HasSuffix(d.Message, "is a type in YAML, which is not read") {
			continue // a schema sees the value behind it
		}
		if d.Severity == diag.Error && d.Span.File == schemaFiles[kind] && (slices.Contains(shaped, d.ID) || strings.HasPrefix(d.Message, "these quote signs are part of the address")) && !strings.HasPrefix(d.Message, "there is no collection") {
			said += d.ID + ": " + d.Message + "\n"
		}
	}
	return said == "", said
}

// files is a source folder with one file of a kind.
func files(kind string, text []byte) fstest.MapFS {
	fsys := fstest.MapFS{
		"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\n")},
		"content/api/collection.yaml": {Data: []byte("title: API errors\nurl: /docs/api-{slug}\nindex: /docs/api\n")},
	}
	if kind != "" {
		fsys[schemaFiles[kind]] = &fstest.MapFile{Data: text}
	}
	return fsys
}

// newTree returns a tree to parse files with.
func newTree(t testing.TB) *load.Tree {
	t.Helper()
	tree, err := load.Scan(files("", nil))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// fits reports whether a tree, its aliases followed, has no more nodes than there is room for.
func fits(n *yaml.Node, room *int) bool {
	if *room--; *room < 0 {
		return false
	}
	if n.Kind == yaml.AliasNode {
		return fits(n.Alias, room)
	}
	return !slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return !fits(c, room) })
}

// agree holds that the schema and the loader both take a file, or both refuse it.
func agree(t *testing.T, tree *load.Tree, s *jsonschema.Schema, kind string, text []byte) (valid bool) {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil || len(root.Content) == 0 {
		return false
	}
	if room := 10_000; !fits(&root, &room) {
		return false // aliases that stand for more than an editor reads
	}
	takes, said := loads(t, tree, kind, text)
	if said == notYAML {
		return false // the first part of it may be, which is all that the library shows
	}
	err := s.Validate(value(&root))
	if takes != (err == nil) {
		t.Errorf("%s: the loader takes it: %v\n%sthe schema says: %v", kind, takes, said, err)
	}
	return takes
}

// TestSchemaAgrees goes through the real content, every case of this package, and every source of cmd/errdex.
func TestSchemaAgrees(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{}
	for _, kind := range load.SchemaKinds {
		schemas[kind] = compile(t, kind, load.SchemaOptions{})
	}
	tree := newTree(t)
	valid, invalid := 0, 0
	try := func(name string, data []byte) {
		kind := "definition"
		switch {
		case path.Base(name) == "collection.yaml":
			kind = "collection"
		case path.Base(name) == "site.yaml":
			kind = "site"
		case path.Ext(name) == ".md":
			kind = "guide"
			_, rest, _ := strings.Cut(string(data), "---\n")
			front, _, ok := strings.Cut(rest, "\n---")
			if !ok {
				return
			}
			data = []byte(front + "\n")
		case path.Ext(name) != ".yaml":
			return
		}
		if agree(t, tree, schemas[kind], kind, data) {
			valid++
		} else {
			invalid++
		}
	}
	content := os.DirFS("../..")
	err := fs.WalkDir(content, "content", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content, name)
		try(name, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	cases, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range cases {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if strings.HasPrefix(f.Name, "content/") {
				try(f.Name, f.Data)
			}
		}
	}
	// The sources of the program's own tests: each file stands below the folder of its case.
	cases, _ = filepath.Glob("../../cmd/errdex/testdata/*/*.txtar")
	for _, name := range cases {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if _, file, ok := strings.Cut(f.Name, "/"); ok && strings.HasPrefix(file, "content/") {
				try(file, f.Data)
			}
		}
	}
	t.Logf("%d valid and %d invalid files", valid, invalid)
	if valid < 400 || invalid < 100 {
		t.Errorf("%d valid and %d invalid files are too few to say anything", valid, invalid)
	}
}

// full holds a file of each kind with every key.
const full = "testdata/schema/full.txtar"

// TestSchemaAgreesOnEveryValue takes a file with every key, and puts in the place of each value in it, one after the other,
// what may be wrong there; and takes each key away, and adds one that is not known.
func TestSchemaAgreesOnEveryValue(t *testing.T) {
	a, err := txtar.ParseFile(full)
	if err != nil {
		t.Fatal(err)
	}
	tree := newTree(t)
	wrong := []string{"null", `""`, `"  "`, "0", "7", "401", "1000000", "-1", "1.5", "true", "word", "a: b", "[]", "{}", "[a]", "[[a]]", `[""]`, "[null]", "[{}]", "2026-09-11",
		"2026-13-40", "https://example.com/x", "https://", "javascript:alert(1)", "4s", "4 s", "180d", `"401"`, "active", "stub", "never", "payload", "[401]", "- a\n- b"}
	for _, f := range a.Files {
		kind := strings.TrimSuffix(f.Name, ".yaml")
		s := compile(t, kind, load.SchemaOptions{})
		if !agree(t, tree, s, kind, f.Data) {
			t.Fatalf("the full %s is not valid", kind)
		}
		tried, taken := 0, 0
		try := func(root *yaml.Node) {
			text, err := yaml.Marshal(root)
			if err != nil {
				t.Fatal(err)
			}
			tried++
			if agree(t, tree, s, kind, text) {
				taken++
			}
		}
		var root yaml.Node
		if err := yaml.Unmarshal(f.Data, &root); err != nil {
			t.Fatal(err)
		}
		everyValue(&root, func(parent *yaml.Node, i int) {
			old := parent.Content[i]
			for j, w := range wrong {
				if testing.Short() && (i+j)%4 != 0 {
					continue
				}
				var other yaml.Node
				if err := yaml.Unmarshal([]byte(w), &other); err != nil {
					t.Fatal(err)
				}
				parent.Content[i] = other.Content[0]
				try(&root)
			}
			parent.Content[i] = old
			if parent.Kind == yaml.MappingNode {
				pair := slices.Clone(parent.Content)
				parent.Content = slices.Delete(slices.Clone(pair), i-1, i+1)
				try(&root)
				parent.Content = append(slices.Clone(pair), &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "not_known"}, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "x"})
				try(&root)
				parent.Content = pair
			}
		})
		if taken < tried/20 || taken > tried*19/20 {
			t.Errorf("%s: %d of %d are valid, which shows nothing", kind, taken, tried)
		}
		t.Logf("%s: %d of %d are valid", kind, taken, tried)
	}
}

// everyValue calls f for the place of each value: in a mapping the one behind a key, in a list each item.
func everyValue(n *yaml.Node, f func(parent *yaml.Node, i int)) {
	for i := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			continue
		}
		if n.Kind != yaml.DocumentNode {
			f(n, i)
		}
		everyValue(n.Content[i], f)
	}
}
