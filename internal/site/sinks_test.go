package site_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"errdex/internal/hosts"
	"errdex/internal/output"
	"errdex/internal/site"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	mdhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

// controls are texts that mean something to what is not HTML: line breaks, characters that terminals and feeds obey, the ends of XML and Markdown.
var controls = []string{
	"a\nX-Injected: 1", "a\r\nLocation: https://evil.example/", "a\rb", "a\x00b", "\x1b[2J\x1b]8;;https://evil.example/\x07x", "\u009b2J", "\u202eevil\u202c", "\u2066x\u2069", "a\u2028b\u2029c", "a\u0085b", "\ufeffa", "\ufffe\uffff",
	"::error::x", "\n::error file=x::y", "::set-output name=x::y", "##[error]x", "]]><script>alert(1)</script>", "--><script>alert(1)</script>", "<?php system('x') ?>", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
	"$(touch x)`touch x`;touch x|touch x&touch x", "' ; touch x; '", `" ; touch x; "`, "-rf /", "%0d%0aX: y", "/x /y 301!", "{} location / { return 301 https://evil.example; }", "${uri} {path} {$HOME} $request_uri",
	"# x\n\n<script>alert(1)</script>", "> x\n\n<img src=x onerror=alert(1)>", "```\n<script>alert(1)</script>\n", "~~~\n", "[x]: javascript:alert(1)\n\n[x]", "x](javascript:alert(1))", "x\n---\n<script>alert(1)</script>",
	"\x1f", "a\x1eb\x1dc", "a\u200bb\u2060c", "%0A::error::x", "x\nUser-agent: *\nDisallow: /", "x\nSitemap: https://evil.example/s.xml", "/* /evil 200", "x\n/*\n  X-Frame-Options: no", "\\\\evil.example\\x", "https://user:pw@evil.example/",
	"https:evil.example", "&#x3c;script&#x3e;", "\\u003c/script\\u003e", "'><iframe src=javascript:alert(1)>", `"/><script xlink:href="data:,alert(1)"/>`, "</title></svg><script>alert(1)</script>", "<!--><script>alert(1)</script>", "<![CDATA[<script>]]>", "${{ github.token }}",
	"x\n    <script>alert(1)</script>", "<scr\x00ipt>alert(1)</script>", "a`b``c```", "| a | b |\n|---|---|", "javascript:alert(1)//", "[click](javascript:alert(1))", "<https://evil.example/x>", "\x7f", "\t\v\f", "\U000E0041\U000E0042", strings.Repeat("a\u0301", 50), "\xff\xfe",
}

// everywhere returns source folders with a text in every place that takes one: the definition's fields, those of the guide, the site and the collection, and names of
// files. What is refused is taken out of a source until the rest is built, so that each text gets as far as it can.
func everywhere(s string) map[string]fstest.MapFS {
	q := func(s string) string { b, _ := json.Marshal(strings.ToValidUTF8(s, "\ufffd")); return string(b) }
	v := q(s)
	plain := "title: Plain\nsummary: Words.\nfixes: [Wait]\nverified: 2026-01-02\n"
	out := map[string]fstest.MapFS{}
	add := func(what string, files map[string]string) {
		f := map[string]string{
			"content/site.yaml":         "title: T\nbase_url: https://a.example\nhosts: [" + strings.Join(hosts.Names, ", ") + "]\n",
			"content/a/collection.yaml": "title: A errors\nnoun: A error\nurl: /docs/a-{slug}\nindex: /docs/a\n",
			"content/a/1.yaml":          "code: \"1\"\n" + plain,
			"content/guides/g.md":       "---\ntitle: G\n---\nWords.\n",
		}
		for name, text := range files {
			f[name] = text
		}
		fsys := fstest.MapFS{}
		for name, text := range f {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		out[what] = fsys
	}
	for i, line := range strings.Split(strings.TrimSpace(definitionLines(v)), "\n") {
		add(fmt.Sprintf("definition, line %d", i+1), map[string]string{"content/a/x.yaml": "code: x7\n" + without1(plain, line) + line + "\n"})
	}
	add("code", map[string]string{"content/a/x.yaml": "code: " + v + "\n" + plain})
	for _, line := range []string{"title: " + v, "organization: {name: " + v + ", url: " + q("https://o.example/"+s) + "}", "edit_url: " + q("https://e.example/"+s+"{path}"), "language: " + v, "base_url: " + q("https://a.example"+s), "guides_url: " + q("/"+s+"/{slug}"), "hosts: [" + v + "]",
		"organization: {name: O, url: " + v + "}", "edit_url: " + v, "edit_url: " + q("https://e.example/{path}"+s), "review_after: " + v} {
		add("site: "+line, map[string]string{"content/site.yaml": without1("title: T\nbase_url: https://a.example\n", line) + line + "\n"})
	}
	for _, line := range []string{"title: " + v, "noun: " + v, "url: " + q("/docs/"+s+"/{slug}"), "index: " + q("/docs/"+s), "groups: [{id: g, title: " + v + ", description: " + v + "}]", "groups: [{id: " + v + ", title: G}]", "description: " + v} {
		add("collection: "+line, map[string]string{"content/a/collection.yaml": without1("title: A\nnoun: A\nurl: /docs/a-{slug}\nindex: /docs/a\n", line) + line + "\n"})
	}
	for _, line := range []string{"title: " + v, "description: " + v, "aliases: [" + v + "]"} {
		add("guide: "+line[:6], map[string]string{"content/guides/g.md": "---\n" + without1("title: G\n", line) + line + "\n---\n\nWords.\n"})
	}
	add("guide's body", map[string]string{"content/guides/g.md": "---\ntitle: G\n---\n\n" + s + "\n\n## " + strings.ReplaceAll(s, "\n", " ") + "\n"})
	if name := strings.NewReplacer("/", "_", "\x00", "").Replace(s); name != "" && name != "." && name != ".." && utf8.ValidString(name) {
		add("slug", map[string]string{"content/a/" + name + ".yaml": "code: \"9\"\n" + plain})
		add("collection's id", map[string]string{"content/" + name + "/collection.yaml": "title: B\nnoun: B\nurl: /docs/b-{slug}\nindex: /docs/b\n", "content/" + name + "/1.yaml": "code: \"9\"\n" + plain})
		add("guide's slug", map[string]string{"content/guides/" + name + ".md": "---\ntitle: G\n---\nWords.\n"})
		add("static", map[string]string{"static/" + name: "x", "static/" + name + ".txt": "x"})
	}
	return out
}

// without1 drops the line of a text that sets the key of another line.
func without1(text, line string) string {
	key, _, _ := strings.Cut(line, ":")
	var out strings.Builder
	for l := range strings.Lines(text) {
		if !strings.HasPrefix(l, key+":") {
			out.WriteString(l)
		}
	}
	return out.String()
}

func definitionLines(v string) string {
	return strings.ReplaceAll(`title: V
since: V
keywords: [V]
aliases: [V]
summary: V
first_action: V
message: V
variants: [V, {text: V, field: V, subcode: V}]
params: [{name: x, meaning: V, example: V}]
retry: {policy: backoff, note: V}
surfaces: [{kind: response, where: V, path: V}]
subcodes: [{code: "7", title: V, text: V}]
subcodes: [{code: V, title: T, text: T}]
meaning: V
where: V
causes: [{id: c, text: V}]
causes: [V]
fixes: [{id: f, title: V, steps: [V], verify: V, caution: V}]
fixes: [{id: V, title: T}]
prevention: [V]
reproduce: V
examples: [{title: V, kind: code, language: text, body: V}]
examples: [{title: T, kind: code, language: V, body: T}]
faq: [{question: V, answer: V}]
support: {reply: V, collect: [V]}
related: [{ref: "1", note: V}]
equivalents: [{vendor: V, code: V, note: V}]
equivalents: [{vendor: X, code: Y, url: V}]
sections: [{title: V, text: V}]
sources: [{title: V, url: V}]
links: [{title: V, url: "https://x.example"}]
links: [{title: T, url: V}]
deprecated_since: V
verified: V
removed_in: V
status: V
severity: V
group: V
replaced_by: [V]
params: [{name: V, meaning: x}]
retry: {policy: backoff, after: V}
http_status: V
surfaces: [{kind: V, where: x}]
subcodes: [{code: "7", title: T, fixes: [V]}]
causes: [{id: c, text: T, fixes: [V]}]
examples: [{title: T, kind: payload, language: json, body: V}]
related: [{ref: V}]
sources: [{title: T, url: "https://s.example", retrieved: V}]
sources: [{title: V, url: "https://s.example", retrieved: 2026-01-01}]
anchor_aliases: [{from: V, to: fixes}]
anchor_aliases: [{from: old, to: V}]
allow: [{rule: V, reason: x}]
allow: [{rule: orphan-page, reason: V}]
support: {collect: [V]}
`, "V", v)
}

// sinks demands of every file of a built site that it is still of its form, and that nothing in it can run, be fetched or be obeyed.
func sinks(t *testing.T, what string, mem *output.Memory) {
	t.Helper()
	for _, path := range mem.Paths() {
		data, _ := mem.Get(path)
		fault := func(format string, args ...any) { t.Errorf("%s: %q: "+format, append([]any{what, path}, args...)...) }
		if strings.HasPrefix(path, "assets/") || path == "x" || strings.Contains(path, "moved.") {
			continue // not made of content, but for the finder's index, which the finder's tests hold
		}
		switch {
		case strings.HasSuffix(path, ".html"):
			inert(t, what+": "+path, data)
			jsonLD(t, what+": "+path, data)
		case strings.HasSuffix(path, ".json"):
			if !json.Valid(data) {
				fault("is no JSON")
			}
			if err := formed(path, data, map[string]bool{}); err != nil && strings.HasPrefix(path, "docs/") {
				fault("%v", err)
			}
			if bytes.ContainsAny(data, "<>\u2028\u2029") && strings.HasPrefix(path, "docs/") {
				fault("holds < or > or a line separator, which would end a script element it is put into")
			}
		case strings.HasSuffix(path, ".xml"):
			wellFormed(t, what+": "+path, data)
		case strings.HasSuffix(path, ".md"), path == "llms.txt":
			var page bytes.Buffer
			md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(mdhtml.WithUnsafe()))
			if err := md.Convert(data, &page); err != nil {
				t.Fatal(err)
			}
			inertMarkdown(t, what+": "+path, page.Bytes())
		case path == "robots.txt":
			for line := range strings.Lines(string(data)) {
				if !robotsLine.MatchString(line) {
					fault("%q", line)
				}
			}
		case strings.HasSuffix(path, ".png"):
			for _, chunk := range chunks(data) {
				if !strings.Contains(" IHDR PLTE tRNS IDAT IEND ", " "+chunk+" ") {
					fault("has a chunk %q, which could hold text", chunk)
				}
			}
		case path == "_redirects":
			for line := range strings.Lines(string(data)) {
				if f := strings.Fields(line); !strings.HasPrefix(line, "#") && strings.TrimSpace(line) != "" && (len(f) != 3 || f[0][0] != '/' || f[1][0] != '/' || strings.HasPrefix(f[1], "//")) {
					fault("%q", line)
				}
			}
		case path == "_headers":
			for line := range strings.Lines(string(data)) {
				if !headerLine.MatchString(line) {
					fault("%q", line)
				}
			}
		}
		if strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".xml") || strings.HasSuffix(path, ".txt") || path[0] == '_' || strings.HasPrefix(path, ".hosts/") && !strings.HasSuffix(path, ".json") || strings.HasSuffix(path, ".md") {
			if !utf8.Valid(data) {
				fault("is no UTF-8")
			}
			for i, r := range string(data) {
				if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
					fault("holds %U at %d", r, i)
					break
				}
			}
		}
		if bytes.Contains(data, []byte("\nX-Injected")) && !strings.HasSuffix(path, ".md") && !strings.HasSuffix(path, ".html") {
			fault("has a line that the content made")
		}
	}
}

var robotsLine = regexp.MustCompile(`^(#.*|User-agent: \*|Allow: /|Disallow:( /[a-z?=/]*)?|Sitemap: https://a\.example\S*/sitemap\.xml|)\n$`)

// chunks names the parts of a PNG.
func chunks(data []byte) (names []string) {
	for rest := data[min(8, len(data)):]; len(rest) >= 12; {
		size := int(binary.BigEndian.Uint32(rest))
		names = append(names, string(rest[4:8]))
		rest = rest[min(len(rest), 12+size):]
	}
	return names
}

var headerLine = regexp.MustCompile(`^(#.*|/[A-Za-z0-9._~/*:-]*|  [A-Z][A-Za-z-]*: [\x20-\x7e]+|  ! [A-Z][A-Za-z-]*|)\n$`)

func wellFormed(t *testing.T, what string, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", what, err)
			return
		}
		switch x := tok.(type) {
		case xml.StartElement:
			if !strings.Contains(" urlset url loc lastmod feed title id updated link author name entry summary OpenSearchDescription ShortName Description InputEncoding Url ", " "+x.Name.Local+" ") {
				t.Errorf("%s: an element %s", what, x.Name.Local)
			}
			for _, a := range x.Attr {
				if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "https://a.example") {
					t.Errorf("%s: href %q", what, a.Value)
				}
			}
		case xml.Directive:
			t.Errorf("%s: a directive %q", what, x)
		case xml.ProcInst:
			if x.Target != "xml" {
				t.Errorf("%s: an instruction %q", what, x.Target)
			}
		}
	}
}

// jsonLD demands that what is in the data elements of a page is JSON as a browser cuts it out.
func jsonLD(t *testing.T, what string, page []byte) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "script" && n.FirstChild != nil && !json.Valid([]byte(n.FirstChild.Data)) {
			t.Errorf("%s: no JSON in a script element: %q", what, n.FirstChild.Data)
		}
	}
}

// inertMarkdown demands that a Markdown text brings no element of its own when it is rendered with HTML allowed, and no link that runs or image.
func inertMarkdown(t *testing.T, what string, page []byte) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode {
			t.Errorf("%s: a comment %q", what, n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if !strings.Contains(" html head body h1 h2 h3 h4 h5 h6 p a em strong del code pre ul ol li blockquote hr br table thead tbody tr th td input img ", " "+n.Data+" ") {
			t.Errorf("%s: <%s> in %.300q", what, n.Data, page)
		}
		for _, a := range n.Attr {
			scheme, _, ok := strings.Cut(strings.ToLower(a.Val), ":")
			switch {
			case a.Key == "src" && !strings.HasPrefix(a.Val, "https://a.example/"):
				t.Errorf("%s: an image from %q", what, a.Val)
			case a.Key == "href" && ok && scheme != "https" && scheme != "http" && scheme != "mailto" && scheme != "tel":
				t.Errorf("%s: a link to %q", what, a.Val)
			case strings.HasPrefix(a.Key, "on"), a.Key == "style":
				t.Errorf("%s: an attribute %s", what, a.Key)
			}
		}
	}
}

// TestSinks puts every hostile text into every place. It is refused by a diagnostic, or it is harmless in every file that is made.
func TestSinks(t *testing.T) {
	texts := append(append([]string{}, hostile...), controls...)
	built, refused := 0, 0
	for i, s := range texts {
		all := everywhere(s)
		for j, what := range slices.Sorted(maps.Keys(all)) {
			if testing.Short() && (i+j)%5 != 0 {
				continue
			}
			fsys := all[what]
			mem := &output.Memory{}
			r, err := site.Build(context.Background(), site.Options{Source: fsys, Workers: 1, Now: day, Version: "test"}, false, mem)
			if err != nil {
				if !errors.Is(err, site.ErrContent) {
					t.Errorf("%s: %q: the machine is blamed: %v", what, s, err)
				}
				refused++
				for _, d := range r.Diags.Sorted() {
					if finished(d) {
						t.Errorf("%s: %q: a finished page is at fault: %+v", what, s, d)
					}
				}
				continue
			}
			built++
			sinks(t, fmt.Sprintf("%s: %q", what, s), mem)
		}
	}
	t.Logf("%d sites were built, %d were refused", built, refused)
	if built < 5*len(texts) || refused < len(texts) {
		t.Error("the texts do not try what they should")
	}
}

// FuzzSinks does the same with any text.
func FuzzSinks(f *testing.F) {
	for _, s := range controls {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, where uint8) {
		if len(s) > 1<<10 {
			return
		}
		all := everywhere(s)
		i := 0
		for _, what := range slices.Sorted(maps.Keys(all)) {
			if i++; i != int(where)%len(all)+1 {
				continue
			}
			mem := &output.Memory{}
			if _, err := site.Build(context.Background(), site.Options{Source: all[what], Workers: 1, Now: day}, false, mem); err == nil {
				sinks(t, what, mem)
			} else if !errors.Is(err, site.ErrContent) {
				t.Errorf("%s: the machine is blamed: %v", what, err)
			}
		}
	})
}
