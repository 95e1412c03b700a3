package browser

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestSentHeadings follows the link of every heading of a page, as an address that somebody was sent. Each puts its heading into the window, also that of a
// part without an id, whose words the page has before.
func TestSentHeadings(t *testing.T) {
	long := strings.Repeat("  A line that makes the page long enough to scroll, as real ones are.\n\n", 30)
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	site, _, err := build(fstest.MapFS{
		"content/site.yaml":         file("title: T\nbase_url: https://a.example\n"),
		"content/a/collection.yaml": file("title: A errors\nnoun: A error\nurl: /docs/a-{slug}\nindex: /docs/a\n"),
		"content/a/1.yaml":          file("code: \"1\"\ntitle: One\nsummary: Words.\nfixes: [Wait]\nrelated: [\"8\"]\n"),
		"content/a/8.yaml":          file("code: \"8\"\ntitle: Eight\nsummary: Words.\nfixes: [Wait]\nrelated: [\"7\"]\n"),
		"content/guides/g.md":       file("---\ntitle: G\n---\n\nSee [7](error:a/7).\n"),
		"content/a/7.yaml": file(`code: "7"
title: Upgrade
summary: Upgrade, then wait, and see also the guides. Is it my fault?
message: m
variants: [n]
causes: [{text: Upgrade it., fixes: [two]}]
fixes:
  - title: Upgrade
    steps: ["` + strings.Repeat("Go on. ", 200) + `"]
  - {id: two, title: Wait}
meaning: |
` + long + `faq:
  - {question: "Is it my fault - or theirs, & why?", answer: No.}
  - {id: again, question: "Again?", answer: No.}
  - {question: "Does ` + "`a_b`" + ` help [here](https://a.example)?", answer: No.}
support: {collect: [The time.]}
related: [{ref: "1", relation: confused_with}]
equivalents: [{vendor: Other, code: "1"}]
links: [{title: More, url: "https://a.example"}]
`)})
	if err != nil {
		t.Fatal(err)
	}
	h := serve(t, site)
	p := open(t, h, view{width: 390, height: 600})
	p.visit("/docs/a-7")
	const self = `() => [...document.querySelectorAll(':is(h2, h3) > a[href^="#"]')].map(a => a.getAttribute('href'))`
	hrefs := eval[[]string](p, self)
	if words := strings.Count(strings.Join(hrefs, " "), ":~:"); len(hrefs) != len(eval[[]string](p, "() => [...document.querySelectorAll('h2, h3')].map(h => h.id)")) || words != 6 {
		t.Fatalf("%d by words of %q", words, hrefs)
	}
	const seen = `href => { const r = document.querySelector(` + "`:is(h2, h3) > a[href=\"${href}\"]`" + `).getBoundingClientRect(); return r.top >= -1 && r.bottom <= innerHeight; }`
	for _, href := range hrefs {
		p.visit("/docs/a-8")
		p.visit("/docs/a-7" + href)
		if !p.within(patience/5, seen, href) {
			p.keepShot()
			t.Errorf("%s does not put its heading into the window", href)
		}
	}
}
