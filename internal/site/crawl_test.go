package site_test

import (
	"bytes"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"errdex/internal/site"
	"errdex/internal/verify"

	"golang.org/x/net/html"
)

// TestCrawl walks over the real site as a visitor with a real parser: from the home page along every link of its own, with nothing of verify. It finds every page, no link that
// leads nowhere, no anchor that is missing, and nothing live; verify finds as little.
func TestCrawl(t *testing.T) {
	mem := realSite(t)
	const base = "https://dualhook.com"
	trees, ids := map[string]*html.Node{}, map[string]map[string]bool{}
	checker := verify.NewChecker(base)
	for _, path := range mem.Paths() {
		data, _ := mem.Get(path)
		if !strings.HasSuffix(path, ".html") {
			checker.File(path)
			continue
		}
		checker.Page(path, data, nil)
		inert(t, path, data)
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		trees[path], ids[path] = doc, map[string]bool{}
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "id" {
					if ids[path][a.Val] {
						t.Errorf("%s: the id %s is there twice", path, a.Val)
					}
					ids[path][a.Val] = true
				}
			}
		}
	}
	if problems := checker.Finish(); len(problems) > 0 {
		t.Errorf("verify: %+v", problems)
	}
	links, seen, todo := 0, map[string]bool{"index.html": true}, []string{"index.html"}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		here, _ := url.Parse(base + "/" + strings.TrimSuffix(strings.TrimSuffix(path, ".html"), "index"))
		for n := range trees[path].Descendants() {
			for _, a := range n.Attr {
				if n.Type != html.ElementNode || a.Key != "href" && a.Key != "src" {
					continue
				}
				u, err := here.Parse(a.Val)
				if err != nil {
					t.Errorf("%s: %q: %v", path, a.Val, err)
					continue
				}
				if u.Scheme+"://"+u.Host != base {
					continue
				}
				links++
				to := strings.TrimPrefix(u.Path, "/")
				page := site.PagePath("/" + to)
				switch _, isFile := mem.Get(to); {
				case trees[page] == nil && !isFile:
					t.Errorf("%s: %s leads nowhere", path, a.Val)
				case trees[page] != nil:
					// What follows :~: is for the browser, which takes it off before it looks for the place.
					if place, _, _ := strings.Cut(u.Fragment, ":~:"); u.Fragment != "" && place != "top" && !ids[page][place] {
						t.Errorf("%s: %s has no such anchor", path, a.Val)
					}
					if !seen[page] {
						seen[page], todo = true, append(todo, page)
					}
				}
			}
		}
	}
	for path := range trees {
		if !seen[path] && path != "404.html" {
			t.Errorf("%s cannot be reached", path)
		}
	}
	t.Logf("%d pages, %d links", len(seen), links)
	if links < 10_000 {
		t.Error("the crawl did not get far")
	}
}

// TestCrawlSeesAttacks puts live markup into pages of the real site, anywhere between two tags: what the parser says is live, verify reports.
func TestCrawlSeesAttacks(t *testing.T) {
	mem := realSite(t)
	var pages []string
	for _, path := range mem.Paths() {
		if strings.HasSuffix(path, ".html") {
			pages = append(pages, path)
		}
	}
	r := rand.New(rand.NewPCG(3, 3))
	found := 0
	for range 1500 {
		path := pages[r.IntN(len(pages))]
		data, _ := mem.Get(path)
		attack := hostile[r.IntN(len(hostile))]
		at := r.IntN(len(data))
		if i := bytes.IndexAny(data[at:], `<>"`); i >= 0 && r.IntN(4) > 0 {
			at += i + r.IntN(2)
		}
		page := string(data[:at]) + attack + string(data[at:])
		if !isLive(page) {
			continue
		}
		found++
		c := verify.NewChecker("https://dualhook.com")
		for _, p := range mem.Paths() {
			c.File(p)
		}
		c.Page(path, []byte(page), nil)
		bad := false
		for _, p := range c.Finish() {
			bad = bad || p.ID == "unsafe-markup"
		}
		if !bad {
			t.Errorf("%s: %q at %d (%.60q) is live, and verify does not report it", path, attack, at, data[max(0, at-30):])
		}
	}
	t.Logf("%d pages had something live", found)
	if found < 150 {
		t.Error("the attacks do not try what they should")
	}
}

// isLive reports whether a real parser finds in a page what inert forbids.
func isLive(page string) bool {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return false
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		var src, kind string
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on") && len(a.Key) > 2, a.Key == "style", a.Key == "srcdoc", a.Key == "http-equiv" && n.Data == "meta":
				return true
			case a.Key == "src":
				src = a.Val
			case a.Key == "type":
				kind = a.Val
			}
		}
		if n.Data == "base" || n.Data == "iframe" || n.Data == "object" || n.Data == "style" || n.Data == "script" && src == "" && kind != "application/ld+json" && kind != "application/json" {
			return true
		}
	}
	return false
}
