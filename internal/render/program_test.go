package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/templates"
)

// hostile are values that escaping has to do something with, and plain ones between them.
var hostile = []string{"", "", "a", "190", "plain words", "/docs/x-1", "#fix-a", "https://example.com/a?b=c&d=e+f", "http://[::1]/%zz/%41", "javascript:alert(1)", "JAVASCRIPT:x", "mailto:a@b.c", "tel:+1",
	"a:b/c", "x/y:z", `<script>"'&+</script>`, "é ü 漢", "a\x00b", "\xff\xfe", "\ufdd0 \uffff \u2028", "{{.Title}}", "line\nline\t", "`${x}`", "*/ -->", "active", "home", "notfound", strings.Repeat("long ", 20)}

// fill gives every field of v a random value, strings out of words.
func fill(r *rand.Rand, v reflect.Value, depth int, words []string) {
	switch v.Kind() {
	case reflect.Pointer:
		if r.IntN(3) > 0 && depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem(), depth-1, words)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), depth, words)
		}
	case reflect.Slice:
		if n := r.IntN(4); depth > 0 && n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(r, v.Index(i), depth-1, words)
			}
		}
	case reflect.String:
		v.SetString(words[r.IntN(len(words))])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int:
		v.SetInt(int64(r.IntN(5) - 1))
	}
}

// both executes a template with html/template and with its program, and returns whether the program did it.
func both(t *testing.T, tmpl *template.Template, c *counters, p *program, page any) bool {
	t.Helper()
	var want, counted bytes.Buffer
	err := tmpl.Execute(&want, page)
	if errCounted := c.execute(&counted, page); err == nil && (errCounted != nil || !bytes.Equal(counted.Bytes(), want.Bytes())) {
		t.Fatalf("%s: counting changes the page (%v):\n got %.200q\nwant %.200q", tmpl.Name(), errCounted, counted.Bytes(), want.Bytes())
	}
	got, ok, _ := p.execute(nil, page)
	if !ok {
		return false
	}
	if err != nil {
		t.Fatalf("html/template fails, the program does not: %v", err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		i := 0
		for i < len(got) && i < want.Len() && got[i] == want.Bytes()[i] {
			i++
		}
		t.Fatalf("%s differs at byte %d:\n got %.200q\nwant %.200q", tmpl.Name(), i, got[max(0, i-60):], want.Bytes()[max(0, i-60):])
	}
	return true
}

func TestProgramsAgree(t *testing.T) {
	ts, err := ParseTemplates(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range Kinds {
		plain := template.Must(template.New(kind+".html").ParseFS(templates.FS, "layout.html", kind+".html"))
		p := ts.programs[kind]
		if p == nil {
			t.Errorf("%s.html has no program: it uses something that program.go does not know, and renders ten times slower", kind)
			continue
		}
		r := rand.New(rand.NewPCG(1, 2))
		done, n := 0, 300
		for range n {
			page := reflect.New(pageTypes[kind].Elem())
			fill(r, page.Elem(), 4, hostile)
			if both(t, plain, ts.byKind[kind], p, page.Interface()) {
				done++
			}
		}
		if done == 0 {
			t.Errorf("%s.html: the program did none of %d pages", kind, n)
		}
		// Without URLs to defuse the program must do every page.
		for range n / 3 {
			page := reflect.New(pageTypes[kind].Elem())
			fill(r, page.Elem(), 4, []string{"", "a", "/x", "<b>"})
			if !both(t, plain, ts.byKind[kind], p, page.Interface()) {
				t.Fatalf("%s.html: the program gave up on a harmless page", kind)
			}
		}
	}
}

// TestProgramConstructs holds single constructs to html/template, those too that no built-in template uses, and says which have
// no program.
func TestProgramConstructs(t *testing.T) {
	const has, none = true, false
	tests := []struct {
		body string
		want bool
	}{
		{`{{.Code}}`, has},
		{`<a href="{{.Code}}" title="{{.Title}}">{{.Summary}}</a>`, has},
		{`<a href="#{{.Code}}">`, has},
		{`<a href="/x?q={{.Code}}">`, has},
		{`<title>{{.Code}}</title>`, has},
		{`{{with .Prev}}{{.Title}}{{else}}none{{end}}`, has},
		{`{{with $x := .Prev}}{{$x.Title}}{{$.Code}}{{end}}`, has},
		{`{{if and .Stub (or .Removed .Deprecated)}}a{{else if not .NoIndex}}b{{else}}c{{end}}`, has},
		{`{{range $i, $x := .Sources}}{{if $i}}, {{end}}{{$x.Title}}{{$.Code}}{{else}}none{{end}}`, has},
		{`{{range $x := .Sources}}{{$x.Title}}{{end}}{{range .Sources}}{{.URL}}{{end}}`, has},
		{`{{$a := .Code}}{{range .Sources}}{{$a = .Title}}{{end}}{{$a}}`, has},
		{`{{$a := .Code}}{{if .Stub}}{{$a := .Title}}{{$a}}{{end}}{{$a}}`, has},
		{`{{template "x" .Sources}}{{define "x"}}{{range .}}{{.Title}}{{template "y" .}}{{end}}{{end}}{{define "y"}}{{$t := .Title}}{{$t}}{{end}}`, has},
		{`{{len .Sources}}{{if gt (len .Code) 2}}long{{end}}{{if le .Retry.MaxAttempts 1}}few{{end}}{{if lt .Code "b"}}a{{end}}{{if ne .Code .Title}}c{{end}}`, has},
		{`{{if .Sources}}{{(index .Sources 0).Title}}{{end}}`, has},
		{`{{(index .Sources 2).Title}}`, has},
		{`{{.Prev.Title}}`, has},
		{`{{/* a comment */}}x<!-- y -->{{"lit" }}`, has},
		{`{{- with .Retry}}{{.Label}}{{.After}}{{end -}}`, has},
		{`{{define "r"}}{{with .Prev}}{{.Title}}{{end}}{{end}}{{template "r" .}}{{template "r" .}}`, has},
		{`<script>var x = {{.Code}}</script>`, none},
		{`<p style="color: {{.Code}}">`, none},
		{`{{printf "%s" .Code}}`, none},
		{`{{.Stub}}`, none},
		{`<p title="{{.Summary}}">`, none},
		{`{{range .Sources}}{{break}}{{end}}`, none},
		{`{{.Code | html}}`, none},
		{`{{.NoSuchField}}`, none},
		{`{{template "nothing"}}{{define "nothing"}}x{{end}}`, none},
		{`<a title={{.Code}}>`, none},
		{`{{if eq .Code "a" "b"}}x{{end}}`, none},
	}
	for _, test := range tests {
		tmpl, err := template.New("t").Parse(test.body)
		if err != nil {
			t.Fatal(err)
		}
		set := template.Must(tmpl.Clone())
		bound(set)
		p := compile(count(set), pageTypes["error"])
		if (p != nil) != test.want {
			t.Errorf("%s: has a program: %t, want %t", test.body, p != nil, test.want)
		}
		if p == nil {
			continue
		}
		r := rand.New(rand.NewPCG(3, 4))
		for range 300 {
			page := &ErrorPage{}
			fill(r, reflect.ValueOf(page).Elem(), 3, hostile)
			both(t, tmpl, &counters{set: set}, p, page)
		}
	}
}

// TestBrokenTemplate holds a project's own faulty template to the error that html/template gives, program or not.
func TestBrokenTemplate(t *testing.T) {
	fsys := fstest.MapFS{"layout.html": {Data: []byte(`{{define "top"}}{{end}}`)}}
	for _, kind := range Kinds {
		fsys[kind+".html"] = &fstest.MapFile{Data: []byte(`{{.NoSuchField}}`)}
	}
	ts, err := ParseTemplates(fsys)
	if err != nil {
		t.Fatal(err)
	}
	r := &Renderer{templates: ts}
	_, err = r.execute("error", &ErrorPage{}, 0)
	if err == nil || !strings.Contains(err.Error(), "NoSuchField") {
		t.Errorf("the error is %v and must name the field", err)
	}
}

// TestEndlessTemplate: a template that calls itself or nests its loops ends, and says what it did. Without a limit the first one overflows the stack, which no
// program survives.
func TestEndlessTemplate(t *testing.T) {
	defer func(n int) { maxTicks = n }(maxTicks)
	maxTicks = 1 << 19
	page := &HomePage{Collections: make([]HomeCollection, 100)}
	loops := strings.Repeat("{{range $.Collections}}", 5)
	ends := strings.Repeat("{{end}}", 5)
	for name, c := range map[string]struct{ home, says, at string }{
		"calls":                {`{{define "x"}}{{template "x" .}}{{end}}{{template "x" .}}`, "call each other here without end", "1:26"},
		"loops":                {loops + ends, "no end in sight", "1:1"},
		"loops with a number":  {loops + "{{.Total}}" + ends, "no end in sight", "1:1"},
		"range of a number":    {"x\n{{range 999999999999}}{{end}}", "no end in sight", "2:9"},
		"range in a condition": {"{{if not .Collections}}{{range $i := 999999999999}}{{end}}{{end}}{{range 999999999999}}x{{end}}", "no end in sight", "1:74"},
		"range and continue":   {"{{range 999999999999}}{{continue}}{{end}}", "no end in sight", "1:9"},
		"two calls in each":    {`{{define "x"}}{{if .}}{{template "x" (slice . 1)}}{{template "x" (slice . 1)}}{{end}}{{end}}{{template "x" (printf "%060d" 0)}}`, "no end in sight", "1:15"},
		"text":                 {"{{$x := `aaaaaaaa`}}{{range 60}}{{$x = print $x $x}}{{end}}", "no end in sight", "1:40"},
		"text in a format":     {"{{$x := `aaaaaaaa`}}{{range 60}}{{$x = printf `%[1]s%[1]s` $x}}{{end}}", "no end in sight", "1:40"},
		"text for a script":    {"{{$x := `\\`}}{{range 60}}{{$x = js $x}}{{end}}", "no end in sight", "1:33"},
		"text, written":        {"{{$x := printf `%0900000d` 1}}{{range 9999}}{{$x}}{{end}}", "no end in sight", "1:1"},
		"text that is not":     {"{{$x := printf `%0900000d` 1}}{{range 999999999}}{{$y := html $x}}{{end}}", "no end in sight", "1:58"},
	} {
		fsys := fstest.MapFS{"layout.html": {Data: []byte(`{{define "top"}}{{end}}`)}}
		for _, kind := range Kinds {
			fsys[kind+".html"] = &fstest.MapFile{Data: []byte("x")}
		}
		fsys["home.html"] = &fstest.MapFile{Data: []byte(c.home)}
		ts, err := ParseTemplates(fsys)
		if err != nil {
			t.Fatal(err)
		}
		_, err = (&Renderer{templates: ts}).execute("home", page, 0)
		f := (*Fault)(nil)
		if !errors.As(err, &f) || !strings.Contains(f.Message, c.says) || f.File != "home.html" {
			t.Errorf("%s: the error is %v, want one in home.html: %s", name, err, c.says)
		} else if at := fmt.Sprint(f.Line, ":", max(f.Col, 1)); at != c.at {
			t.Errorf("%s: the fault is placed at %s, want %s", name, at, c.at)
		}
		for _, f := range CheckTemplates(fstest.MapFS{"home.html": fsys["home.html"]}, fsys) {
			if f.File != "home.html" {
				t.Errorf("%s: checking it finds %v", name, f)
			}
		}
	}
}
