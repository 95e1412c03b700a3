package verify

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestFaults gives each fault a page that has it, and the same page without it.
func TestFaults(t *testing.T) {
	for _, tc := range []struct{ name, html, want string }{
		{"clean", `<h1 id="a">x</h1><a href="#a">x</a><a href="/docs/b#c">x</a><a href="/docs/b.json">x</a><a href="/">x</a><img src="/p.png" alt="">`, ""},
		{"dead page", `<a href="/docs/x">x</a>`, "broken-link"},
		{"page by its file", `<a href="/docs/b.html">x</a>`, "broken-link"},
		{"trailing slash", `<a href="/docs/b/">x</a>`, "broken-link"},
		{"dead file", `<img src="/q.png" alt="">`, "broken-link"},
		{"relative", `<a href="b">x</a>`, "broken-link"},
		{"empty", `<a href="">x</a>`, "broken-link"},
		{"dead anchor here", `<a href="#b">x</a>`, "broken-anchor"},
		{"dead anchor there", `<a href="/docs/b#d">x</a>`, "broken-anchor"},
		{"anchor in code", `<pre>&lt;p id="x"&gt;</pre><a href="#x">x</a>`, "broken-anchor"},
		{"id in a comment", `<!-- <p id="x"> --><a href="#x">x</a>`, "broken-anchor"},
		{"id in a script", `<script type="application/ld+json">{"a":"<p id='x'>"}</script><a href="#x">x</a>`, "broken-anchor"},
		{"twice", `<p id="a"></p><p id='a'></p>`, "duplicate-id"},
		{"script", `<script>1</script>`, "unsafe-markup"},
		{"script with a type", `<script type="text/javascript">1</script>`, "unsafe-markup"},
		{"script elsewhere", `<script src="https://x.example/a.js"></script>`, "unsafe-markup"},
		{"protocol-relative", `<img src="//x.example/a.png" alt="">`, "unsafe-markup"},
		{"style", `<style>p{}</style>`, "unsafe-markup"},
		{"style attribute", `<p style="color:red">x</p>`, "unsafe-markup"},
		{"handler", `<p ONCLICK="x()">x</p>`, "unsafe-markup"},
		{"javascript", `<a href="JavaScript:x()">x</a>`, "unsafe-markup"},
		{"javascript as entity", `<a href="javascript&#58;x()">x</a>`, "unsafe-markup"},
		{"base", `<base href="/docs/b">`, "unsafe-markup"},
		{"refresh", `<meta http-equiv="refresh" content="0">`, "unsafe-markup"},
		{"iframe", `<iframe src="/docs/b"></iframe>`, "unsafe-markup"},
		{"stylesheet elsewhere", `<link rel="stylesheet" href="https://x.example/a.css">`, "unsafe-markup"},
		{"own absolute", `<link rel="canonical" href="https://site.example/docs/b">`, ""},
		{"dead own absolute", `<link rel="canonical" href="https://site.example/docs/x">`, "broken-link"},
		{"other site", `<a href="https://x.example/a">x</a><a href="mailto:a@b.example">x</a>`, ""},
		{"odd scheme", `<a href="data:text/html,x">x</a>`, "broken-link"},
		{"encoded anchor", `<p id="é"></p><a href="#%C3%A9">x</a>`, ""},
		{"unquoted", `<a href=/docs/x>x</a>`, "broken-link"},
		{"greater-than in a value", `<a title="a > b" href="/docs/x">x</a>`, "broken-link"},
		{"cut off", `<a href="/docs/b`, "broken-link"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := NewChecker("https://site.example/")
			c.Page("docs/a.html", []byte(tc.html), nil)
			c.Page("docs/b.html", []byte(`<p id="c"></p>`), nil)
			c.Page("index.html", nil, nil)
			c.File("docs/b.json")
			c.File("p.png")
			var got []string
			for _, p := range c.Finish() {
				got = append(got, p.ID)
			}
			if tc.name == "cut off" {
				return // what a browser makes of it is not a link; only that it ends
			}
			if strings.Join(got, " ") != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestPromises(t *testing.T) {
	c := NewChecker("")
	c.Page("a.html", []byte("<p>\n<h1 id=x>"), []string{"x", "y"})
	got := c.Finish()
	if len(got) != 1 || got[0].ID != "missing-anchor" || !strings.Contains(got[0].Message, `"y"`) {
		t.Errorf("got %+v", got)
	}
}

func TestPlaceAndCount(t *testing.T) {
	c := NewChecker("")
	for i := range 3 {
		c.Page(fmt.Sprintf("p%d.html", i), []byte("<p>\n  <a href=\"/gone\">x</a>"), nil)
	}
	got := c.Finish()
	if len(got) != 1 || got[0].Page != "p0.html" || got[0].Line != 2 || got[0].Col != 3 || got[0].Count != 2 {
		t.Errorf("got %+v", got)
	}
}

// FuzzScan holds the reader of tags to a real tokenizer: on any bytes both see the same ids and the same hrefs and srcs.
func FuzzScan(f *testing.F) {
	for _, s := range []string{
		`<a href="/x" id=y>`, `<A HREF='/x'>`, `<a href=/x/>`, `<p id="a" id="b">`, `<!--><p id=x>-->`, `<!-- -- ><p id=x>-->`, `<script><p id=x></script><p id=y>`,
		`<title><p id=x></title><p id=y>`, `</p id=x>`, `<p/id=x>`, `<p id = x >`, `<p ="x" id=y>`, `<a href="/x&amp;y">`, `<<p id=x>`, `<p<id=x>`, `<p id="x`, `<textarea><p id=x></TEXTAREA ><p id=y>`,
		`<span class="k">x</span><span class="k" id="z">`, "<p\fid=x>", `<p id>`, `<p id=>`, `<!doctype html><p id=x>`, `<?php <p id=x>?>`, `<!><p id=x>`, `<!--><p id=x>`, `<!---><p id=x>`,
		`<b><p id=x></b><i/ id=y><hr/><br ><li>`, `</b ><p id=x></b/><p id=y></b"><p id=z>`, `</p ">" id=x><p id=y>`, `<p =><p id=x>`, `<p =id=y id=x>`, `<p class="x"id=y>`, `<p class="x" id=y><p class='x' id=z>`,
		`<p class="x`, `<p class = "x" id=y>`, `<p CLASS="x" Id=y ID=z>`, `<p a=1 class="><p id=x>" id=y>`, `<span class="x"id=y>`, `<span class=">" id=y>`, `<a`, `<a>`, `<ab>`, `</a`, `</a>`, `</ab>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "\x00\r") || strings.Contains(s, "<![CDATA[") || strings.Contains(strings.ToLower(s), "<plaintext") || len(s) > 4096 {
			return // our pages have no NUL and no CR, and a CDATA section is a fault in itself
		}
		for _, raw := range []string{"<script", "<style", "<xmp", "<iframe", "<noembed", "<noframes", "<noscript", "<title", "<textarea"} {
			if strings.Contains(strings.ToLower(s), raw) {
				return // a tokenizer without a tree treats these by rules of its own
			}
		}
		var got page
		got.scan([]byte(s))
		var ids, want []string
		for _, a := range got.ids {
			ids = append(ids, string(a.value))
		}
		z := html.NewTokenizer(strings.NewReader(s))
		for {
			tt := z.Next()
			if tt == html.ErrorToken {
				break
			}
			if tt != html.StartTagToken && tt != html.SelfClosingTagToken {
				continue
			}
			seen := map[string]bool{}
			for _, a := range z.Token().Attr {
				if a.Key == "id" && !seen["id"] {
					want = append(want, a.Val)
				}
			}
		}
		// A tag that never ends is no tag for a browser, and is read all the same here: nothing can be lost by that.
		if n := len(want); len(ids) > n && got.ids[n].at == got.ids[len(ids)-1].at && unended(s[got.ids[n].at:]) {
			ids = ids[:n]
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%q: ids %q, a tokenizer sees %q", s, ids, want)
		}
	})
}

// unended reports whether the tag at the beginning of s has no end.
func unended(s string) bool { return html.NewTokenizer(strings.NewReader(s)).Next() == html.ErrorToken }

func BenchmarkPage(b *testing.B) {
	var s strings.Builder
	for i := range 400 {
		fmt.Fprintf(&s, `<p id="p%d"><a href="/docs/x%d#y">x</a> <span class="nt">&#34;code&#34;</span><span class="mi">190</span> some text that is not markup</p>`, i, i)
	}
	page := []byte(s.String())
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		NewChecker("").Page("a.html", page, nil)
	}
}
