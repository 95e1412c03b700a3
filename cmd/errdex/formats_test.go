package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"errdex/internal/check"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// finding is what --format json prints on a line.
type finding struct {
	File, Severity, ID, Message, Hint, URL string
	Line, Column, EndLine, EndColumn       int
}

var foreign = regexp.MustCompile(`(?i)yaml:|unmarshal|!!str|!!map|!!seq|interface \{|goldmark|map\[|while scanning|did not find|goroutine|runtime error|%!|<nil>|\bnil\b|catalog\.|diag\.|load\.|internal error|in operand|in pipeline|unexpected EOF|template: `)

// agree holds that the four formats tell one story, that each rule has its page, and that every place lies inside its file.
func (s *source) agree(t *testing.T, dir string) []finding {
	t.Helper()
	status, text := try(t, dir, "check")
	var found []finding
	files := map[string][][]byte{}
	code, out := try(t, dir, "check", "--format", "json")
	for line := range strings.Lines(out) {
		var f struct {
			finding
			End_line, End_column int
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		f.EndLine, f.EndColumn = f.End_line, f.End_column
		found = append(found, f.finding)
		if foreign.MatchString(f.Message + " " + f.Hint) {
			t.Errorf("not in our words: %s / %s", f.Message, f.Hint)
		}
		lines, read := files[f.File]
		if !read {
			lines = linesOf(dir, f.File)
			files[f.File] = lines
		}
		if !insideFile(lines, f.finding) {
			t.Errorf("%+v lies outside its file", f)
		}
	}
	ids := map[string]bool{}
	for _, m := range seeLine.FindAllStringSubmatch(text, -1) {
		ids[m[1]] = true
	}
	for _, f := range found {
		if !ids[f.ID] || !slices.ContainsFunc(check.Rules(), func(r check.Rule) bool { return r.ID == f.ID }) {
			t.Errorf("%s is not a rule with a page", f.ID)
		}
	}
	strict, _ := try(t, dir, "check", "--strict")
	if code != status || strict == 0 && len(found) > 0 || strict == 1 && len(found) == 0 {
		t.Errorf("exit %d as text, %d as json, %d under --strict", status, code, strict)
	}
	if code, out := try(t, dir, "check", "--format", "github"); code != status || strings.Count(out, "\n") != len(found) {
		t.Errorf("github: exit %d\n%s", code, out)
	}
	code, out = try(t, dir, "check", "--format", "sarif")
	if n := sarifResults(t, []byte(out)); code != status || n != len(found) {
		t.Errorf("sarif: exit %d, %d results of %d", code, n, len(found))
	}
	return found
}

// linesOf returns the lines of a file, nil where it cannot be read.
func linesOf(dir, file string) [][]byte {
	name := filepath.Join(dir, filepath.FromSlash(file))
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return nil // a pipe would be waited for
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return bytes.Split(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\n"))
}

// insideFile reports whether a place lies inside its file; the start of a file lies inside any.
func insideFile(lines [][]byte, f finding) bool {
	if f.Line == 1 && f.Column == 1 && f.EndLine == 1 && f.EndColumn == 1 {
		return true
	}
	return f.Line <= len(lines) && f.EndLine <= len(lines) && f.Column >= 1 && f.Column <= len(lines[f.Line-1])+1 && f.EndColumn <= len(lines[f.EndLine-1])+1 &&
		(f.EndLine > f.Line || f.EndLine == f.Line && f.EndColumn >= f.Column)
}

// sarifSchema is the JSON Schema of SARIF 2.1.0, which .ci/prepare fetches: it is not ours to pass on. It is nil where it is missing.
var sarifSchema = sync.OnceValue(func() *jsonschema.Schema {
	data, err := os.ReadFile(filepath.Join("..", "..", ".cache", "sarif-schema-2.1.0", "package", "lib", "schemas", "sarif-2.1.0-rtm.5.json"))
	if err != nil {
		return nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if c.AddResource("sarif.json", doc) != nil {
		return nil
	}
	schema, _ := c.Compile("sarif.json")
	return schema
})

// sarifResults returns how many results a log has, and holds it to its schema.
func sarifResults(t *testing.T, log []byte) int {
	t.Helper()
	var x struct{ Runs []struct{ Results []any } }
	if err := json.Unmarshal(log, &x); err != nil || len(x.Runs) != 1 {
		t.Fatalf("%v: %s", err, log)
	}
	if schema := sarifSchema(); schema != nil {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("the log is not valid: %v\n%s", err, log)
		}
	}
	return len(x.Runs[0].Results)
}

// TestSARIFSchema says whether the logs of the other tests were held to the schema of SARIF, and that the schema refuses something.
func TestSARIFSchema(t *testing.T) {
	schema := sarifSchema()
	if schema == nil {
		if os.Getenv("CI") != "" {
			t.Fatal("the schema of SARIF is not here: run .ci/prepare")
		}
		t.Skip("the schema of SARIF is not here: run .ci/prepare")
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "errdex"}}, "results": [{"level": "bad"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if schema.Validate(doc) == nil {
		t.Error("the schema takes anything")
	}
}
