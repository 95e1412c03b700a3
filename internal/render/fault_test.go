package render

import (
	"html/template"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"text/template/parse"

	"errdex/templates"
)

// faultOf returns what is said of a home.html.
func faultOf(t *testing.T, src string) *Fault {
	t.Helper()
	faults := CheckTemplates(fstest.MapFS{"home.html": {Data: []byte(src)}}, templates.FS)
	if len(faults) != 1 {
		t.Fatalf("%s: %d faults", src, len(faults))
	}
	return faults[0]
}

func TestFaultWords(t *testing.T) {
	for _, test := range []struct{ src, mark, message, hint string }{ // mark is what the text begins with from the place on
		{`<p>{{.Title | uper}}</p>`, `uper}}`, "there is no function `uper` in templates", "a field begins with a dot"},
		{`<p>{{printff "%s" .Title}}</p>`, `printff`, "there is no function `printff` in templates", "did you mean printf?"},
		{`<p>{{Title}}</p>`, `Title}}`, "there is no function `Title` in templates", "a field begins with a dot: `.Title`"},
		{`<p>{{.Title}</p>`, `}</p>`, "a single brace stands in this action", "write `}}`"},
		{`<p>{{.Title</p>`, `</p>`, "`<` means nothing in an action", "an action is a field"},
		{"<p>{{.Title", `{{.Title`, "this action does not end", "write `}}` behind it"},
		{"<p>{{.Title\n", `{{.Title`, "this action does not end", "write `}}` behind it"},
		{`<p>{{end}}</p>`, `{{end}}`, "this `{{end}}` ends nothing", "remove it"},
		{`<p>{{else}}</p>`, `{{else}}`, "this `{{else}}` belongs to no block", "it stands once"},
		{`{{if .Title}}a{{else}}b{{else}}c{{end}}`, `{{else}}c`, "this `{{else}}` belongs to no block", "it stands once"},
		{`<p>{{if .Title}}</p>`, `{{if`, "this block does not end", "write `{{end}}`"},
		{`<p>{{printf "x}}</p>`, `"x}}`, "this text in quotes does not end", "write the quote"},
		{`<p>{{printf 'xy'}}</p>`, "'xy'", "a single quote stands in this action", "double quotes"},
		{`<p>{{printf “x”}}</p>`, "“x”", "this quote is none in a template", "straight quotes"},
		{`<p>{{$titel}}{{$title := .Title}}{{$title}}</p>`, "$titel}}", "there is no variable `$titel` here", "did you mean $title?"},
		{`<p>{{with .Title}}{{$t := .}}{{end}}{{$t}}</p>`, "$t}}</p>", "there is no variable `$t` here", "it ends with the block"},
		{`<p>{{if}}a{{end}}</p>`, "{{if}}", "this `{{if}}` has no value behind it", "`{{if .Groups}}`"},
		{`<p>{{}}</p>`, "{{}}", "this action is empty, or a value is missing in it", "an action is a field"},
		{`{{template top .}}`, "top", "the name of a template stands in quotes", "write `{{template \"top\"}}`"},
		{`<p>{{break}}</p>`, "{{break}}", "this `{{break}}` stands in no `{{range}}`", "remove it"},
		{`<p>{{(len .Title}}</p>`, "(len", "this parenthesis is not closed", "write `)`"},
		{`<p>{{len .Title)}}</p>`, ")}}", "this parenthesis closes nothing", "remove it"},
		{`<p>{{.Title | "x"}}</p>`, `| "x"`, "what stands behind `|` is no function", "handed to a function"},
		{`<p>{{/* note }}</p>`, `{{/* note`, "this comment does not end", "{{/* ... */}}"},
		{`<p>{{12ab}}</p>`, `12ab`, "`12a` is no number", "double quotes"},
		{`<p>{{.Titel}}</p>`, `.Titel`, "there is no `.Titel` here", "did you mean .Title?"},
		{`{{define "main"}}<p>{{.Title}}</p>{{end}}`, `{{define`, "this template writes nothing", "outside of `{{define}}`"},
		{`<a href="{{if .Title}}x">{{end}}</a>`, `.Title`, "the branches of this block end in different places of the HTML", "must end inside it"},
		{`<a href='x`, `<a`, "the HTML is not finished where this file ends", "that is open"},
	} {
		f := faultOf(t, test.src)
		if f.Message != test.message || !strings.Contains(f.Hint, test.hint) {
			t.Errorf("%s\n got %s (%s)\nwant %s (%s)", test.src, f.Message, f.Hint, test.message, test.hint)
		}
		if at := strings.Index(test.src, test.mark); max(f.Line, 1) != 1 || max(f.Col, 1) != at+1 {
			t.Errorf("%s: at %d:%d, want 1:%d", test.src, f.Line, f.Col, at+1)
		}
	}
}

// TestFaultWordsAreOurs takes a byte out of the built-in templates, and cuts them off, everywhere: whatever the parser says of it, it is not shown, its place
// lies inside the file, and most of it is said in words of its own.
func TestFaultWordsAreOurs(t *testing.T) {
	tried, general := 0, 0
	for _, name := range Files() {
		data, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range data {
			for _, src := range []string{string(data[:i]) + string(data[i+1:]), string(data[:i]), string(data[:i]) + "}" + string(data[i:])} {
				if i%13 != 0 {
					continue
				}
				tree := parse.New(name)
				tree.Mode = parse.SkipFuncCheck
				if _, err := tree.Parse(src, "", "", map[string]*parse.Tree{}); err == nil {
					continue // most bytes are HTML
				}
				_, err := template.New(name).Parse(src)
				if err == nil {
					continue
				}
				tried++
				f := parseFault(name, src, err)
				words := templatePlace.ReplaceAllString(err.Error(), "")
				if strings.Contains(f.Message+f.Hint, words) || f.Message == "" || f.Hint == "" {
					t.Errorf("%s without byte %d: %s (%s)", name, i, f.Message, f.Hint)
				}
				if lines := strings.Split(src, "\n"); f.Line < 1 || f.Line > len(lines) || f.Col < 1 || f.Col > len(lines[f.Line-1])+1 {
					t.Errorf("%s without byte %d: %d:%d lies outside", name, i, f.Line, f.Col)
				}
				if f.Message == "this action cannot be read" {
					if general++; general < 5 {
						t.Logf("in general words: %s", words)
					}
				}
			}
		}
	}
	if tried < 500 || general > tried/50 {
		t.Errorf("%d of %d faults are told in general words only", general, tried)
	}
}
