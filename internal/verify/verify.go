// Package verify reads finished pages and reports what is wrong with them: dead hrefs and srcs, dead anchors, ids that are there
// twice, promised anchors that are missing, and markup that the site's content security policy would block or that could
// run something. It trusts nothing that other packages say of a page; it looks at the bytes that will be published.
//
// Pages are given one at a time and not kept: a Checker remembers hashes of ids and one copy of every distinct target, so its
// memory grows with the number of pages, not with their size.
package verify

import (
	"bytes"
	"cmp"
	"fmt"
	"hash/maphash"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Problem is one fault of a finished page.
type Problem struct {
	Page    string // its file, such as docs/whatsapp-error-190.html
	Line    int    // 1-based, in the finished page
	Col     int
	ID      string // broken-link, broken-anchor, duplicate-id, missing-anchor or unsafe-markup
	Message string
	Count   int // further pages with the same fault
}

// Checker collects what pages say. It is safe for concurrent use.
type Checker struct {
	origin   string // the site's own base URL: absolute links to it are checked too
	seed     maphash.Seed
	scans    sync.Pool // of *page: a scan's lists are used again
	mu       sync.Mutex
	ids      map[string][]uint64 // by page file
	files    map[string]bool
	targets  map[string]*use // what pages link to: "docs/x.html" or "docs/x.html#y"
	problems []Problem
	links    int
}

// use is where a target was seen first.
type use struct {
	page      string
	line, col int
	href      string
	src       bool
	count     int
}

// NewChecker returns an empty Checker for a site that will stand at baseURL.
func NewChecker(baseURL string) *Checker {
	return &Checker{origin: strings.TrimRight(baseURL, "/"), seed: maphash.MakeSeed(), ids: map[string][]uint64{}, files: map[string]bool{}, targets: map[string]*use{}}
}

// File says that there is a file that is not a page.
func (c *Checker) File(path string) {
	c.mu.Lock()
	c.files[path] = true
	c.mu.Unlock()
}

// Page reads a finished page. promised are ids that must be there.
func (c *Checker) Page(path string, html []byte, promised []string) {
	p, _ := c.scans.Get().(*page)
	if p == nil {
		p = &page{}
	}
	defer c.scans.Put(p)
	p.scan(html)
	hashes := make([]uint64, len(p.ids))
	for i, id := range p.ids {
		hashes[i] = maphash.Bytes(c.seed, id.value)
	}
	slices.Sort(hashes)
	var problems []Problem
	where := places{src: html}
	fault := func(at int, id, message string) {
		line, col := where.of(at)
		problems = append(problems, Problem{Page: path, Line: line, Col: col, ID: id, Message: message})
	}
	twice := false
	for i := 1; i < len(hashes); i++ {
		twice = twice || hashes[i] == hashes[i-1]
	}
	if twice {
		seen := map[string]bool{}
		for _, id := range p.ids {
			if seen[string(id.value)] {
				fault(id.at, "duplicate-id", fmt.Sprintf("the id %q is there twice", id.value))
			}
			seen[string(id.value)] = true
		}
	}
	has := func(hash uint64) bool { _, ok := slices.BinarySearch(hashes, hash); return ok }
	for _, id := range promised {
		if !has(maphash.String(c.seed, id)) {
			fault(0, "missing-anchor", fmt.Sprintf("the page has no element with the id %q, which links and the ledger count on", id))
		}
	}
	for _, u := range p.unsafe {
		fault(u.at, "unsafe-markup", string(u.value))
	}
	links := p.links[:0]
	n := len(p.links)
	for _, l := range p.links {
		if len(l.value) == 0 || l.value[0] != '#' {
			links = append(links, l)
		} else if frag := unescapeFragment(l.value[1:]); len(frag) > 0 && string(frag) != "top" && !has(maphash.Bytes(c.seed, frag)) {
			fault(l.at, "broken-anchor", fmt.Sprintf("there is no %s on this page", l.value))
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.links += n
	c.ids[path] = hashes
	c.files[path] = true
	c.problems = append(c.problems, problems...)
	for _, l := range links {
		c.target(path, &where, l)
	}
}

// target records a link that leads to another page; it is looked up when all pages are known.
func (c *Checker) target(page string, where *places, l attr) {
	href := l.value
	if l.own && c.origin != "" {
		if rest, ok := bytes.CutPrefix(href, []byte(c.origin)); ok && (len(rest) == 0 || rest[0] == '/') {
			if href = rest; len(href) == 0 {
				href = []byte("/")
			}
		}
	}
	if len(href) == 0 || href[0] != '/' || bytes.HasPrefix(href, []byte("//")) {
		if !external(href) {
			line, col := where.of(l.at)
			c.problems = append(c.problems, Problem{Page: page, Line: line, Col: col, ID: "broken-link", Message: fmt.Sprintf("%q is neither a path from the root nor an address", href)})
		}
		return
	}
	u, ok := c.targets[string(href)] // without a copy of it: nearly all are there
	if !ok {
		u = &use{page: page, href: string(l.value), src: l.src}
		u.line, u.col = where.of(l.at)
		c.targets[string(href)] = u
		return
	}
	u.count++
	if page < u.page { // whichever worker came first, the first page by name is the one that is reported
		u.page, u.src = page, l.src
		if u.href != string(l.value) {
			u.href = string(l.value)
		}
		u.line, u.col = where.of(l.at)
	}
}

func external(href []byte) bool {
	scheme, _, ok := bytes.Cut(href, []byte(":"))
	if !ok || len(scheme) > len("mailto") { // none of those has more letters
		return false
	}
	switch string(bytes.ToLower(scheme)) {
	case "http", "https", "mailto", "tel":
		return true
	}
	return false
}

// unescapeFragment returns the id that a fragment names. What follows :~: is a directive to the browser, which takes it off before it looks for the id
// (https://wicg.github.io/scroll-to-text-fragment/#fragment-directive-delimiter).
func unescapeFragment(s []byte) []byte {
	if until(inFragment, s, 0) == len(s) {
		return s
	}
	s, _, _ = bytes.Cut(s, []byte(":~:"))
	if bytes.IndexByte(s, '%') < 0 {
		return s
	}
	if u, err := url.PathUnescape(string(s)); err == nil {
		return []byte(u)
	}
	return s
}

// Links returns how many links have been checked.
func (c *Checker) Links() int { return c.links }

// Finish looks up every target and returns all problems, by page and place.
func (c *Checker) Finish() []Problem {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := slices.Clone(c.problems)
	for href, u := range c.targets {
		if message, id := c.lookup(href, u); message != "" {
			out = append(out, Problem{Page: u.page, Line: u.line, Col: u.col, ID: id, Message: message, Count: u.count})
		}
	}
	slices.SortFunc(out, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.Page, b.Page), a.Line-b.Line, a.Col-b.Col, strings.Compare(a.ID, b.ID), strings.Compare(a.Message, b.Message))
	})
	return fold(out)
}

// fold keeps the first of the problems that say the same of different pages and counts the others: a fault of a template is on every page.
func fold(sorted []Problem) []Problem {
	type same struct{ id, message string }
	first := make(map[same]int, len(sorted))
	out := sorted[:0]
	for _, p := range sorted {
		k := same{p.ID, p.Message}
		if i, ok := first[k]; ok {
			out[i].Count += p.Count + 1
			continue
		}
		first[k] = len(out)
		out = append(out, p)
	}
	return out
}

func (c *Checker) lookup(href string, u *use) (message, id string) {
	path, frag, has := strings.Cut(href, "#")
	path, _, _ = strings.Cut(path, "?")
	name := strings.TrimPrefix(path, "/")
	if unescaped, err := url.PathUnescape(name); err == nil {
		name = unescaped
	}
	page := name + ".html"
	if name == "" {
		page = "index.html"
	}
	ids, isPage := c.ids[page]
	if !isPage {
		if c.files[name] && name != "" && !strings.HasSuffix(name, ".html") {
			return "", ""
		}
		if u.src {
			return fmt.Sprintf("%s is loaded here and is not part of the site", u.href), "broken-link"
		}
		return fmt.Sprintf("%s leads to no page or file of the site", u.href), "broken-link"
	}
	if !has || frag == "" || frag == "top" {
		return "", ""
	}
	if _, found := slices.BinarySearch(ids, maphash.Bytes(c.seed, unescapeFragment([]byte(frag)))); !found {
		return fmt.Sprintf("%s has no #%s", path, frag), "broken-anchor"
	}
	return "", ""
}
