package site_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/diag"
	"errdex/internal/output"
	"errdex/internal/site"

	"golang.org/x/net/html"
)

// hostile are texts that have broken out of pages of other programs; they are put into every field of a definition.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</script><script>alert(1)</script>`, `</title><script>alert(1)</script>`, `' onmouseover='alert(1)`,
	`[x](javascript:alert(1))`, `[x](JaVaScRiPt:alert(1))`, `[x](java&#115;cript:alert(1))`, "[x](java\\nscript:alert(1))", `[x](data:text/html,<script>alert(1)</script>)`, `[x](//evil.example)`,
	`![x](https://evil.example/x.png)`, `<https://ok.example>`, `<javascript:alert(1)>`, `{{.}}`, `{{template "top" .}}`, `]]>`, `-->`, `<!--`, `&lt;script&gt;`, `</textarea>`, `</style>`, `\u003cscript\u003e`,
	"a\u2028b", "\u202Eevil", `<svg onload=alert(1)>`, `<base href="https://evil.example">`, `<meta http-equiv=refresh content=0>`, "`</code><script>alert(1)</script>`", "```html\n</pre><script>alert(1)</script>\n```",
	`| a |` + "\n|---|\n| <script>alert(1)</script> |", `%0d%0aSet-Cookie: x=1`, `/docs/x /evil 301`, `$(touch x)`, "`touch x`", `{`, `}`, `{x`, `{{x}}`, `{a}{b}`, strings.Repeat(`[`, 300), strings.Repeat(`> `, 200) + "x", strings.Repeat("*a ", 200),
}

// definitionWith puts a text into every place of a definition that takes one.
func definitionWith(s string) string {
	q := func() string { return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"` }()
	return `code: ` + q + `
title: ` + q + `
group: ` + q + `
since: ` + q + `
keywords: [` + q + `]
summary: ` + q + `
first_action: ` + q + `
message: ` + q + `
variants: [` + q + `, {text: ` + q + `, field: ` + q + `, subcode: ` + q + `}]
params: [{name: ` + q + `, meaning: ` + q + `, example: ` + q + `}]
retry: {policy: backoff, note: ` + q + `}
surfaces: [{kind: ` + q + `, where: ` + q + `, path: ` + q + `}]
subcodes: [{code: ` + q + `, title: ` + q + `, text: ` + q + `}]
meaning: ` + q + `
causes: [{text: ` + q + `}]
fixes: [{title: ` + q + `, steps: [` + q + `], verify: ` + q + `, caution: ` + q + `}]
prevention: [` + q + `]
examples: [{title: ` + q + `, kind: code, language: ` + q + `, body: ` + q + `}]
faq: [{id: ` + q + `, question: ` + q + `, answer: ` + q + `}, {question: ` + q + `, answer: ` + q + `}]
support: {reply: ` + q + `, collect: [` + q + `]}
related: [{ref: "1", note: ` + q + `}]
equivalents: [{vendor: ` + q + `, code: ` + q + `, note: ` + q + `}]
sections: [{title: ` + q + `, text: ` + q + `}]
sources: [{title: ` + q + `}]
`
}

func source(definition, guide string) fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"content/site.yaml":         file("title: T\nbase_url: https://a.example\n"),
		"content/a/collection.yaml": file("title: A errors\nnoun: A error\nurl: /docs/a-{slug}\nindex: /docs/a\n"),
		"content/a/1.yaml":          file("code: \"1\"\ntitle: One\nsummary: Words.\nfixes: [Wait]\n"),
		"content/a/x.yaml":          file(definition),
		"content/guides/g.md":       file(guide),
	}
}

// hold demands of any source: diagnostics whose places lie inside their files, or a site in which nothing can run.
func hold(t *testing.T, fsys fs.FS) {
	t.Helper()
	mem := &output.Memory{}
	r, err := site.Build(context.Background(), site.Options{Source: fsys, Workers: 1, Now: day}, false, mem)
	if err != nil && !errors.Is(err, site.ErrContent) {
		t.Fatalf("the machine is blamed: %v", err)
	}
	for _, d := range r.Diags.Sorted() {
		inside(t, fsys, d)
		if finished(d) {
			t.Errorf("a finished page is at fault: %+v", d)
		}
	}
	if err != nil {
		return
	}
	for _, path := range mem.Paths() {
		data, _ := mem.Get(path)
		if strings.HasSuffix(path, ".html") {
			inert(t, path, data)
		}
	}
}

// finished reports whether a diagnostic is of verify, about a finished page.
func finished(d diag.Diagnostic) bool {
	return strings.HasPrefix(d.ID, "broken-") && d.ID != "broken-markdown" || d.ID == "unsafe-markup"
}

func inside(t *testing.T, fsys fs.FS, d diag.Diagnostic) {
	t.Helper()
	data, err := fs.ReadFile(fsys, d.Span.File)
	if err != nil || d.Span.Start.Line == 0 {
		return // about a file that is missing, or a finished page
	}
	lines := bytes.Split(data, []byte("\n"))
	for _, p := range []diag.Pos{d.Span.Start, d.Span.End} {
		if p.Line == 0 {
			continue
		}
		if p.Line > len(lines) || p.Col < 1 || p.Col > len(lines[p.Line-1])+1 {
			t.Errorf("%s: %d:%d lies outside the file: %s", d.Span.File, p.Line, p.Col, d.Message)
		}
	}
}

// inert parses a page as a browser does and demands that nothing in it can run or be fetched from elsewhere.
func inert(t *testing.T, path string, page []byte) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
				t.Errorf("%s: <%s %s=%q>", path, n.Data, a.Key, a.Val)
			}
		}
		switch n.Data {
		case "script":
			if src := attr["src"]; !strings.HasPrefix(src, "/assets/") && attr["type"] != "application/ld+json" {
				t.Errorf("%s: a script that is not ours: %v", path, attr)
			}
		case "base", "iframe", "object", "embed", "style", "math":
			t.Errorf("%s: <%s>", path, n.Data)
		case "meta":
			if attr["http-equiv"] != "" {
				t.Errorf("%s: meta %v", path, attr)
			}
		case "img":
			if !strings.HasPrefix(attr["src"], "/") && attr["src"] != "" || strings.HasPrefix(attr["src"], "//") {
				t.Errorf("%s: img %v", path, attr)
			}
		case "a", "link":
			if h := strings.ToLower(strings.TrimSpace(attr["href"])); h != "" && !strings.HasPrefix(h, "/") && !strings.HasPrefix(h, "#") && !strings.HasPrefix(h, "https:") &&
				!strings.HasPrefix(h, "http:") && !strings.HasPrefix(h, "mailto:") && !strings.HasPrefix(h, "tel:") || strings.HasPrefix(h, "//") {
				t.Errorf("%s: href %q", path, attr["href"])
			}
		}
	}
}

// TestHostileTexts puts every hostile text into every field. Where a text is a fault in itself the build says so; where it is not,
// it must be shown and nothing else.
func TestHostileTexts(t *testing.T) {
	for _, s := range hostile {
		hold(t, source(definitionWith(s), "---\ntitle: G\n---\n\n"+s+"\n\n## "+strings.ReplaceAll(s, "\n", " ")+"\n"))
		// Once more with a code that lets the page be built.
		safe := strings.Replace(definitionWith(s), definitionWith(s)[:strings.IndexByte(definitionWith(s), '\n')], `code: "7"`, 1)
		var kept []string
		for line := range strings.Lines(safe) {
			if !strings.HasPrefix(line, "group:") && !strings.HasPrefix(line, "subcodes:") {
				kept = append(kept, line)
			}
		}
		hold(t, source(strings.Join(kept, ""), "---\ntitle: G\n---\n\ntext\n"))
	}
}

// FuzzBuild holds the whole way to the same promise on any bytes.
func FuzzBuild(f *testing.F) {
	for _, s := range hostile {
		f.Add(definitionWith(s), "---\ntitle: G\n---\n"+s)
	}
	f.Add("code: \"1\"\n", "")
	f.Add("a: &a [*a]\n", "---\n---\n")
	f.Add("0", "---\n: G\n---\n`<")
	f.Add("related: [x, 1, a/1, b/1]\nmeaning: |\n  [x](error:1#y)\n", "---\ntitle: G\n---\n[x]: error:1\n[x]\n")
	f.Fuzz(func(t *testing.T, definition, guide string) {
		if len(definition)+len(guide) > 1<<14 {
			return
		}
		hold(t, source(definition, guide))
	})
}
