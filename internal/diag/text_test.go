package diag_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"errdex/internal/diag"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected files under testdata")

// entry is a diagnostic as a test writes it: positions are [line, column].
type entry struct {
	File, Severity, ID, Message, Hint string
	Start, End                        [2]int
	Repeat                            int // that many, each a line lower
	Related                           []struct {
		File, Message string
		Start, End    [2]int
	}
}

func span(file string, start, end [2]int) diag.Span {
	return diag.Span{File: file, Start: diag.Pos{Line: start[0], Col: start[1]}, End: diag.Pos{Line: end[0], Col: end[1]}}
}

// readList reads the diagnostics of a case: a JSON object a line.
func readList(t *testing.T, text []byte) *diag.List {
	t.Helper()
	list := &diag.List{}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	for dec.More() {
		var e entry
		if err := dec.Decode(&e); err != nil {
			t.Fatal(err)
		}
		d := diag.Diagnostic{Span: span(e.File, e.Start, e.End), ID: e.ID, Message: e.Message, Hint: e.Hint}
		if e.Severity == "warning" {
			d.Severity = diag.Warning
		}
		for _, r := range e.Related {
			d.Related = append(d.Related, diag.Related{Span: span(r.File, r.Start, r.End), Message: r.Message})
		}
		list.Add(d)
		for range e.Repeat {
			d.Span.Start.Line++
			d.Span.End.Line++
			list.Add(d)
		}
	}
	return list
}

// source returns the files of a case; the content of a file.quoted is a Go string, for bytes that a text file cannot hold.
func source(t *testing.T, a *txtar.Archive) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		for _, f := range a.Files {
			if f.Name == name {
				return f.Data, nil
			}
			if f.Name == name+".quoted" {
				s, err := strconv.Unquote(strings.TrimSpace(string(f.Data)))
				if err != nil {
					t.Fatal(err)
				}
				return []byte(s), nil
			}
		}
		return nil, errors.New("no such file")
	}
}

func TestText(t *testing.T) {
	cases, _ := filepath.Glob("testdata/text/*.txtar")
	if len(cases) == 0 {
		t.Fatal("no cases")
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { textCase(t, name) })
	}
}

// textCase runs one file: its comment holds `width N` and `url`, `list` the diagnostics, `want` the output.
func textCase(t *testing.T, name string) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	o := diag.Options{Source: source(t, a)}
	for _, line := range strings.Split(string(a.Comment), "\n") {
		if n, ok := strings.CutPrefix(line, "width "); ok {
			o.Width, _ = strconv.Atoi(n)
		}
		if line == "url" {
			o.URL = func(id string) string { return "https://docs.example.com/docs/errdex-error-" + id }
		}
	}
	var list *diag.List
	var want *txtar.File
	for i := range a.Files {
		switch a.Files[i].Name {
		case "list":
			list = readList(t, a.Files[i].Data)
		case "want":
			want = &a.Files[i]
		}
	}
	var out bytes.Buffer
	if err := diag.Text(&out, list, o); err != nil {
		t.Fatal(err)
	}
	if *update {
		want.Data = out.Bytes()
		if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got := out.String(); got != string(want.Data) {
		t.Errorf("got\n%s\nwant\n%s", got, want.Data)
	}
}
