package verify

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// live says what in a page could run or be fetched from elsewhere, as a real parser builds its tree, with script and without. It shares nothing with the reader that it
// is held against.
func live(page string) string {
	for _, scripting := range []bool{true, false} {
		doc, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(scripting))
		if err != nil {
			return ""
		}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			attr, rels := map[string]string{}, ""
			for _, a := range n.Attr {
				key := a.Key
				if key == "rel" && a.Namespace == "" {
					rels = a.Val
				}
				if a.Namespace != "" {
					key = a.Namespace + ":" + key
				}
				attr[key] = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimFunc(a.Val, func(r rune) bool { return r <= ' ' }))
				if strings.HasPrefix(key, "on") && len(key) > 2 || key == "style" || key == "srcdoc" {
					return key
				}
			}
			elsewhere := func(url string) bool {
				url = strings.ReplaceAll(strings.ToLower(url), `\`, "/")
				return strings.HasPrefix(url, "//") || strings.HasPrefix(url, "http:") || strings.HasPrefix(url, "https:")
			}
			for _, key := range []string{"href", "src", "action", "formaction", "xlink:href"} {
				if strings.HasPrefix(strings.ToLower(attr[key]), "javascript:") {
					return key + " " + attr[key]
				}
			}
			for _, key := range []string{"src", "poster", "action", "formaction", "data", "background"} {
				if elsewhere(attr[key]) {
					return n.Data + " " + attr[key]
				}
			}
			if set, _, _ := strings.Cut(attr["srcset"], " "); elsewhere(set) {
				return n.Data + " " + set
			}
			switch n.Data {
			case "script":
				_, src := attr["src"]
				if t := strings.ToLower(attr["type"]); (!src || n.Namespace == "svg") && t != "application/ld+json" && t != "application/json" {
					return "script"
				}
			case "base", "iframe", "object", "embed", "style", "frame":
				return n.Data
			case "meta":
				if _, ok := attr["http-equiv"]; ok {
					return "meta"
				}
			case "image", "use", "feImage":
				if elsewhere(attr["href"]) || elsewhere(attr["xlink:href"]) {
					return n.Data
				}
			case "link":
				for _, rel := range strings.FieldsFunc(rels, func(r rune) bool { return strings.ContainsRune(" \t\n\f\r", r) }) { // ASCII white space parts them, and nothing else
					if rel = strings.ToLower(rel); elsewhere(attr["href"]) && (rel == "stylesheet" || rel == "icon" || rel == "preload") {
						return "link"
					}
				}
			}
		}
	}
	return ""
}

// slips are pages in which something is live that a careless reader of tags does not see. They are seeds for the fuzzer, too.
var slips = []string{
	`<!--><script>alert(1)</script>-->`, `<!---><script>alert(1)</script>-->`, `<!-- x --!><script>alert(1)</script>-->`, `<!----!><img src=x onerror=alert(1)>-->`, `<!-- <!-- --><script>1</script>-->`,
	`</p title=">"><textarea></p title="</textarea><script>alert(1)</script>">`, `</a title="><textarea>"><script>alert(1)</script></textarea>`, `</ <textarea> ><script>alert(1)</script>`,
	`<script type="application/ld+json"><!--<script></script><textarea>--></script><script>alert(1)</script></textarea>`,
	`<script type="application/ld+json"></scriptx><textarea></script><script>alert(1)</script></textarea>`,
	`<title></titlex></title><script>1</script>`, `<title><!--</title><script>alert(1)</script>-->`, `<textarea><!--</textarea><script>1</script>-->`,
	`<xmp><!--</xmp><script>alert(1)</script>-->`, `<noembed><!--</noembed><script>alert(1)</script>-->`, `<noframes><title></noframes><script>alert(1)</script></title>`, `<noscript><!--</noscript><script>alert(1)</script>-->`,
	`<noscript><img src=x onerror=alert(1)></noscript>`, `<noscript><title></noscript><script>alert(1)</script></title></noscript>`,
	`<svg><title><script>alert(1)</script></title></svg>`, `<svg><style><img src=x onerror=alert(1)></style></svg>`, `<svg><textarea><script>alert(1)</script></textarea></svg>`, `<math><title><img src=x onerror=alert(1)></title></math>`,
	`<svg><p><title><!--</title><script>alert(1)</script>-->`, `<svg><![CDATA[><textarea>]]></svg><script>alert(1)</script></textarea>`, `<svg><desc><xmp></svg><script>1</script></xmp>`,
	`<svg><script src="/assets/site.js">alert(1)</script></svg>`, `<svg><script xlink:href="https://evil.example/x.js"></script></svg>`, `<script href="/x">alert(1)</script>`, `<script/src/>alert(1)</script>`,
	`<img src="https:\\evil.example\x.png">`, `<img src="/\evil.example/x.png">`, "<img src='/\t/evil.example/x.png'>", `<img src=" //evil.example/x.png">`, "<img src='ht\ntps://evil.example/x'>", `<img src="HTTPS:evil.example/x">`,
	`<img srcset="https://evil.example/x.png 2x" src="/p.png" alt="">`, `<table background="//evil.example/x.png">`, `<form action="https://evil.example/">`, `<button formaction="//evil.example/">`, `<video poster="//evil.example/x">`,
	`<link rel="alternate stylesheet" href="https://evil.example/x.css">`, `<link rel="shortcut icon" href="//evil.example/x.ico">`, `<link href="//evil.example/x.css" rel=STYLESHEET>`,
	"<a href='java\tscript:alert(1)'>x</a>", "<a href='\x01javascript:alert(1)'>x</a>", `<a href="javascript&colon;alert(1)">x</a>`, `<a href="java&Tab;script:alert(1)">x</a>`, `<svg><a xlink:href="javascript:alert(1)">x</a></svg>`,
	`<svg><a href="/x" xlink:href="javascript:alert(1)">x</a></svg>`, `<svg><use href="https://evil.example/#x"/></svg>`, `<svg><image xlink:href="//evil.example/x.png"/></svg>`, `<form><button formaction=javascript:alert(1)>x`,
	`<b/onclick=x>`, `<p class="x"onclick=x>`, `<p class="x" onclick=x>`, `<span class="x"onclick=x>`, `</p class="><textarea>"><script>alert(1)</script></textarea>`, `</a =><script>1</script>`, `<a =><script>1</script>`,
	`<p/onclick=alert(1)>`, `<p a="b"onclick=alert(1)>`, `<p a='b'onclick='x'>`, `<p =onclick=1 onclick=x>`, `<p onclick>`, `<p ONfocus=x tabindex=1>`, `<p "onclick=x>`, "<p\fonclick=x>", `<<p onclick=x>`, `<p <p onclick=x>`,
	`<iframe srcdoc="x">`, `<IFRAME>`, `<base target=x>`, `<meta content=0 http-equiv=refresh>`, `<object data=/x>`, `<embed src=/x>`, `<frameset><frame src=/x></frameset>`, `<style>`, `<p style>`,
	`<select><script>alert(1)</script></select>`, `<table><script>alert(1)</script></table>`, `<template><script>alert(1)</script></template>`, `<plaintext><script>`,
}

// TestNothingSlips: what a real parser finds live, verify reports.
func TestNothingSlips(t *testing.T) {
	for _, s := range slips {
		if what := live(s); what != "" && !faulty(s) {
			t.Errorf("%s: %s is live, and nothing is reported", s, what)
		}
	}
}

func faulty(page string) bool {
	c := NewChecker("https://site.example")
	c.File("p.png")
	c.File("assets/site.js")
	c.File("x")
	c.Page("docs/a.html", []byte(page), nil)
	return len(c.Finish()) > 0
}

// FuzzNothingSlips holds the same for pages that are put together from the parts of those above, and from any bytes.
func FuzzNothingSlips(f *testing.F) {
	for _, s := range slips {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2048 || strings.ContainsAny(s, "\x00\r") {
			return // the pages that are published have neither; a parser changes both
		}
		if what := live(s); what != "" && !faulty(s) {
			t.Errorf("%q: %s is live, and nothing is reported", s, what)
		}
	})
}

// TestNothingSlipsMixed shuffles the parts of the slips: tags, quotes, comments and raw text in every order.
func TestNothingSlipsMixed(t *testing.T) {
	var parts []string
	for _, s := range slips {
		for len(s) > 0 {
			i := strings.IndexAny(s[1:], `<>"' `) + 1
			if i == 0 {
				i = len(s)
			}
			parts = append(parts, s[:i])
			s = s[i:]
		}
	}
	n := 200_000
	if testing.Short() {
		n = 20_000
	}
	found, seed := 0, uint64(9)
	if os.Getenv("ERRDEX_SEED") != "" {
		fmt.Sscan(os.Getenv("ERRDEX_SEED"), &seed)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	for range n {
		var b strings.Builder
		for range 2 + r.IntN(14) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		if what := live(b.String()); what != "" {
			found++
			if !faulty(b.String()) {
				t.Fatalf("%q: %s is live, and nothing is reported", b.String(), what)
			}
		}
	}
	t.Logf("%d of %d pages have something live", found, n)
	if found < n/20 {
		t.Error("the pages do not try what they should")
	}
}
