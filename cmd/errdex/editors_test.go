package main

import (
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEditors holds the settings of VS Code and JetBrains to the project's own content: each YAML file gets the schema of its kind, from the
// settings or from the comment at its top, and no other.
func TestEditors(t *testing.T) {
	root := os.DirFS("../..")
	vscode, jetbrains := vscodeSchemas(t), jetbrainsSchemas(t)
	files, named := 0, map[string]int{}
	err := fs.WalkDir(root, "content", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		files++
		want := "definition"
		switch path.Base(name) {
		case "collection.yaml":
			want = "collection"
		case "site.yaml":
			want = "site"
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		for editor, m := range map[string]struct {
			schemas map[string][]string
			match   func(pattern, name string) bool
			comment *regexp.Regexp
		}{
			"VS Code":   {vscode, globbed, regexp.MustCompile(`(?m)\A(?:#.*\n)*# yaml-language-server: \$schema=(\S+)$`)},
			"JetBrains": {jetbrains, masked, regexp.MustCompile(`(?m)\A(?:#.*\n)*# \$schema: (\S+)$`)},
		} {
			var got []string
			if c := m.comment.FindSubmatch(data); c != nil { // it goes before the settings
				got = []string{path.Join(path.Dir(name), string(c[1]))}
			} else {
				got = matching(m.schemas, m.match, name)
			}
			if !slices.Equal(got, []string{".schema/" + want + ".json"}) {
				t.Errorf("%s: %s gives it %q, it is a %s", name, editor, got, want)
			}
		}
		named[want]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 300 || named["collection"] < 3 || named["site"] != 1 {
		t.Errorf("only %v were looked at", named)
	}
	for _, schemas := range []map[string][]string{vscode, jetbrains} {
		for file := range schemas {
			if _, err := fs.Stat(root, file); err != nil {
				t.Error(err)
			}
		}
	}
}

// globbed matches as VS Code's patterns do, within a folder.
func globbed(pattern, name string) bool {
	ok, _ := path.Match(pattern, name)
	return ok
}

// masked matches as JetBrains' patterns with a slash do (UserDefinedJsonSchemaConfiguration in its sources): at the end of a path, and a star crosses
// folders.
func masked(pattern, name string) bool {
	form := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	return regexp.MustCompile("^.*/" + form + "$").MatchString("/home/me/project/" + name)
}

// matching returns the schemas of which a pattern matches and none that begins with ! does.
func matching(schemas map[string][]string, match func(pattern, name string) bool, name string) []string {
	var out []string
	for file, patterns := range schemas {
		in := false
		for _, p := range patterns {
			plain, except := strings.CutPrefix(p, "!")
			if ok := match(plain, name); ok && except {
				in = false
				break
			} else if ok {
				in = true
			}
		}
		if in {
			out = append(out, file)
		}
	}
	slices.Sort(out)
	return out
}

// vscodeSchemas are the patterns for each schema, with ! before those that are left out.
func vscodeSchemas(t *testing.T) map[string][]string {
	data, err := os.ReadFile(filepath.Join("..", "..", ".vscode", "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Schemas map[string]any `json:"yaml.schemas"`
	}
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for file, patterns := range s.Schemas {
		file = path.Clean(file)
		switch p := patterns.(type) {
		case string:
			out[file] = []string{p}
		case []any:
			for _, x := range p {
				out[file] = append(out[file], x.(string))
			}
		}
	}
	return out
}

// jetbrainsSchemas are the same of .idea/jsonSchemas.xml.
func jetbrainsSchemas(t *testing.T) map[string][]string {
	data, err := os.ReadFile(filepath.Join("..", "..", ".idea", "jsonSchemas.xml"))
	if err != nil {
		t.Fatal(err)
	}
	type option struct {
		Name  string   `xml:"name,attr"`
		Value string   `xml:"value,attr"`
		Items []option `xml:"list>Item>option"`
	}
	var p struct {
		Entries []struct {
			Options []option `xml:"value>SchemaInfo>option"`
		} `xml:"component>state>map>entry"`
	}
	if err := xml.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, e := range p.Entries {
		file := ""
		for _, o := range e.Options {
			if o.Name == "relativePathToSchema" {
				file = o.Value
			}
			for _, i := range o.Items {
				if i.Name == "path" {
					out[file] = append(out[file], i.Value)
				}
			}
		}
	}
	return out
}

// TestJetBrainsForm holds .idea/jsonSchemas.xml to the form in which an IDE of JetBrains writes it itself. Only the IDE reads it (from the command line too, `idea inspect`
// starts a whole one), and what it does not know it passes over without a word: an option of another name, a kind of mapping, a version, which then is draft 4.
func TestJetBrainsForm(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", ".idea", "jsonSchemas.xml"))
	if err != nil {
		t.Fatal(err)
	}
	type option struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
		Items []struct {
			Options []option `xml:"option"`
		} `xml:"list>Item"`
	}
	var p struct {
		XMLName   xml.Name `xml:"project"`
		Version   string   `xml:"version,attr"`
		Component struct {
			Name    string `xml:"name,attr"`
			Entries []struct {
				Key     string   `xml:"key,attr"`
				Options []option `xml:"value>SchemaInfo>option"`
			} `xml:"state>map>entry"`
		} `xml:"component"`
	}
	if err := xml.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	if p.Version != "4" || p.Component.Name != "JsonSchemaMappingsProjectConfiguration" || len(p.Component.Entries) != 3 {
		t.Fatalf("version %s, component %s, %d schemas", p.Version, p.Component.Name, len(p.Component.Entries))
	}
	for _, e := range p.Component.Entries {
		got := map[string]string{}
		for _, o := range e.Options {
			got[o.Name] = o.Value
			for _, item := range o.Items {
				for _, x := range item.Options {
					got[o.Name+"."+x.Name] = x.Value
				}
			}
		}
		path, schema := got["patterns.path"], got["relativePathToSchema"]
		delete(got, "patterns.path")
		delete(got, "relativePathToSchema")
		want := map[string]string{"name": e.Key, "schemaVersion": "JSON Schema version 7", "patterns": "", "patterns.pattern": "true", "patterns.mappingKind": "Pattern"}
		if !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", e.Key, got, want)
		}
		if strings.ContainsAny(path+schema, `\`) || strings.HasPrefix(path, "/") || !fs.ValidPath(schema) {
			t.Errorf("%s: %s and %s are not paths from the project's root, with slashes", e.Key, path, schema)
		}
	}
}
