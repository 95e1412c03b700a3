package load_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/load"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

// compile returns the schema of a kind of file.
func compile(t testing.TB, kind string, opt load.SchemaOptions) *jsonschema.Schema {
	t.Helper()
	text, err := load.Schema(kind, opt)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchemaDescribes holds that every key has a description, and that full.txtar has every key, so that the test above
// goes through all of them.
func TestSchemaDescribes(t *testing.T) {
	a, err := txtar.ParseFile(full)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range load.SchemaKinds {
		text, err := load.Schema(kind, load.SchemaOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var schema map[string]any
		if err := json.Unmarshal(text, &schema); err != nil {
			t.Fatal(err)
		}
		var have any
		for _, f := range a.Files {
			if f.Name == kind+".yaml" {
				var root yaml.Node
				if err := yaml.Unmarshal(f.Data, &root); err != nil {
					t.Fatal(err)
				}
				have = value(&root)
			}
		}
		described(t, kind, schema, have)
	}
}

func described(t *testing.T, at string, schema map[string]any, have any) {
	for _, key := range []string{"anyOf", "oneOf"} {
		options, _ := schema[key].([]any)
		for _, o := range options {
			if o, ok := o.(map[string]any); ok && o["description"] != nil {
				described(t, at, o, have)
			}
		}
	}
	if items, ok := schema["items"].(map[string]any); ok {
		list, _ := have.([]any)
		if len(list) == 0 {
			t.Errorf("%s is empty in %s", at, full)
			return
		}
		described(t, at+"[]", items, list[0])
	}
	properties, _ := schema["properties"].(map[string]any)
	object, _ := have.(map[string]any)
	for name, p := range properties {
		p := p.(map[string]any)
		if s, _ := p["description"].(string); !strings.HasSuffix(s, ".") {
			t.Errorf("%s.%s has the description %q", at, name, s)
		}
		if object[name] == nil {
			t.Errorf("%s.%s is not in %s", at, name, full)
			continue
		}
		described(t, at+"."+name, p, object[name])
	}
}

func TestSchemaCompletes(t *testing.T) {
	fsys := fstest.MapFS{
		"content/site.yaml":             {Data: []byte("title: Docs\nbase_url: https://example.com\n")},
		"content/api/collection.yaml":   {Data: []byte("title: API errors\nurl: /docs/api-{slug}\nindex: /docs/api\ngroups: [{id: auth, title: Authorization}]\n")},
		"content/api/190.yaml":          {Data: []byte(whole)},
		"content/other/collection.yaml": {Data: []byte("title: Other\nurl: /docs/other-{slug}\nindex: /docs/other\n")},
		"content/other/7.yaml":          {Data: []byte(whole)},
	}
	site, _ := read(t, fsys)
	opt := load.SchemaOptions{Site: site, Collection: "api", Rules: []string{"orphan-page"}}
	text, err := load.Schema("definition", opt)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := load.Schema("definition", opt)
	if !bytes.Equal(text, again) {
		t.Error("the same site gives two schemas")
	}
	for _, want := range []string{`"auth"`, `"Authorization"`, `"190"`, `"other/7"`, `"orphan-page"`} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("%s is not offered", want)
		}
	}
	for _, not := range []string{`"7"`, `"api/190"`} {
		if bytes.Contains(text, []byte(not)) {
			t.Errorf("%s is offered", not)
		}
	}
	tree := newTree(t)
	s := compile(t, "definition", opt)
	agree(t, tree, s, "definition", []byte(whole+"group: auth\nrelated: ['190', 'not-written-yet']\nallow: [{rule: orphan-page, reason: x}]\n"))
	if _, err := load.Schema("page", load.SchemaOptions{}); err == nil {
		t.Error("there is a schema of anything")
	}
}
