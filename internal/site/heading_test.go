package site_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"errdex/internal/output"
	"errdex/internal/site"

	"golang.org/x/net/html"
)

// headings looks at every h2 and h3 of a page: each is a link to itself, or has one, that lands on it. By an anchor it does where the id is the heading's own
// or its part's; by words it does where the first place of its section's page that has them is in it. It returns how many there are of either kind.
func headings(t *testing.T, path string, page []byte) (anchored, byWords int) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]*html.Node{}
	for n := range doc.Descendants() {
		if id := attr(n, "id"); id != "" {
			ids[id] = n
		}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "h2" && n.Data != "h3" {
			continue
		}
		self := ""
		for a := range n.Descendants() {
			if a.Data != "a" {
				continue
			}
			if strings.TrimSpace(textOf(a)) == "" {
				t.Errorf("%s: %q: an empty link, as a parser makes where links nest", path, textOf(n))
			}
			if href := attr(a, "href"); strings.HasPrefix(href, "#") {
				self = href[1:]
			}
		}
		place, words, found := strings.Cut(self, ":~:text=")
		at := ids[place]
		if prefix, rest, ok := strings.Cut(words, "-,"); ok { // what stands before the words
			words = prefix + " " + rest
		}
		words, err := url.PathUnescape(words)
		switch {
		case at == nil || err != nil:
			t.Errorf("%s: %q is no link to itself: %q", path, textOf(n), self)
		case !found && at != n && at != n.Parent:
			t.Errorf("%s: %q leads to another place: %s", path, textOf(n), self)
		case found && (!under(at.Parent, n) || !strings.Contains(plain(n), plainText(words))):
			t.Errorf("%s: %q is not found by %q", path, textOf(n), self)
		case found:
			byWords++
		default:
			anchored++
		}
	}
	return anchored, byWords
}

func under(section, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == section {
			return section.Data == "section"
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func plain(n *html.Node) string { return plainText(textOf(n)) }
func plainText(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestHeadings: every heading of the real pages can be linked to, and what its author gave an id by it.
func TestHeadings(t *testing.T) {
	mem := realSite(t)
	anchored, questions := 0, 0
	for _, path := range mem.Paths() {
		if page, _ := mem.Get(path); strings.HasSuffix(path, ".html") && strings.Contains(path, "-error-") {
			n, _ := headings(t, path, page)
			anchored += n
			if strings.Contains(string(page), "#faq:~:") {
				t.Errorf("%s has a question without an id", path)
			}
			questions += strings.Count(string(page), `<h3 id="faq-`)
		}
	}
	if anchored < 2000 || questions < 500 {
		t.Errorf("%d anchors, %d of questions: the test sees too little", anchored, questions)
	}
}

// TestHeadingsWithoutIDs: parts without an id are found by their words; links in a title stay links, and none holds another.
func TestHeadingsWithoutIDs(t *testing.T) {
	fsys := source(`code: "7"
title: Seven
summary: What it is.
causes: [{text: A cause., fixes: [linked]}]
fixes:
  - "Turn it off - and on, & wait"
  - {id: linked, title: "Read [the *page*](https://a.example) and https://b.example <b>"}
faq:
  - {question: "Why does `+"`a<b` & 100 % [fail](https://a.example)"+`?", answer: It does.}
  - {id: again, question: "Why [again](https://a.example)?", answer: It does.}
  - {question: 'Does "naïve" text,with-marks help?', answer: It does.}
`, "---\ntitle: G\n---\n## One\n\n### [Two](https://a.example) and more\n")
	mem := &output.Memory{}
	if r, err := site.Build(context.Background(), site.Options{Source: fsys, Workers: 1, Now: day}, false, mem); err != nil {
		t.Fatal(err, r.Diags.Sorted())
	}
	pages := 0
	for _, path := range mem.Paths() {
		if !strings.HasSuffix(path, "docs/a-x.html") {
			continue
		}
		pages++
		page, _ := mem.Get(path)
		if a, w := headings(t, path, page); a < 5 || w != 3 {
			t.Errorf("%d headings with an anchor, %d by words:\n%s", a, w, page)
		}
		for _, want := range []string{`>Fix 2: Read the <em>page</em> and https://b.example &lt;b&gt;</a>`, `<h3><a href="#fix-linked"><b>2</b></a> Read <a href="https://a.example"`} {
			if !strings.Contains(string(page), want) {
				t.Errorf("the page lacks %s", want)
			}
		}
	}
	if pages != 1 {
		t.Fatalf("%d pages", pages)
	}
}
