package link

import (
	"slices"
	"strings"
)

// Ledger returns everything that the site publishes and promises to keep: pages with their anchors and twins, indexes with their groups,
// guides with their headings, and the aliases. Nothing in it is sealed; Ledger.Lock records it.
func (m *Map) Ledger() *Ledger {
	l := &Ledger{}
	m.promises(func(path, anchor string, p Page) {
		what, code := p.name()
		if anchor != "" {
			path, code = path+"#"+anchor, ""
		} else if path != escape(p.URL) && m.alias[path] == "" {
			code = "" // a twin
		}
		l.records = append(l.records, record{url: path, what: what, code: code})
	})
	slices.SortFunc(l.records, compareRecords)
	l.records = slices.CompactFunc(l.records, func(a, b record) bool { return compareRecords(a, b) == 0 })
	return l
}

// promises calls f for every path that the site publishes, and for every anchor of it, with the page it belongs to.
func (m *Map) promises(f func(path, anchor string, p Page)) {
	for _, p := range m.Pages {
		url := escape(p.URL)
		f(url, "", p)
		for _, id := range m.pageAnchors(p) {
			f(url, escape(id), p)
		}
		for _, ending := range p.Twins() {
			f(url+ending, "", p)
		}
	}
	for _, a := range m.Redirects {
		if p, ok := m.At(a.To); ok {
			f(escape(a.From), "", p)
		}
	}
}

// name says what a page is about, and the code where it is a definition's.
func (p Page) name() (what, code string) {
	switch {
	case p.Definition != nil:
		return escape(p.Definition.Ref()), escape(p.Definition.Code.Value)
	case p.Guide != nil:
		return "guides/" + escape(p.Guide.Slug), ""
	case p.Collection != nil:
		return escape(p.Collection.ID), ""
	}
	return "home", ""
}

// The endings of a page's twins, by kind of page.
var (
	definitionTwins = []string{".json", ".md"}
	guideTwins      = []string{".md"}
	collectionTwins = []string{".json"}
)

// Twins returns the endings under which the page is published in other formats, beside its URL. The caller must not change it.
func (p Page) Twins() []string {
	switch {
	case p.Definition != nil:
		return definitionTwins
	case p.Guide != nil:
		return guideTwins
	case p.Collection != nil:
		return collectionTwins
	}
	return nil
}

// AllRedirects returns Redirects and, for each of them, the same for the twins of the page it leads to: who kept the address of a
// twin is led to it as well. Sorted by From; a path that is a page or a file of its own is left out.
func (m *Map) AllRedirects() []Redirect {
	out := slices.Clone(m.Redirects)
	for _, r := range m.Redirects {
		p, ok := m.At(r.To)
		if !ok {
			continue
		}
		for _, ending := range p.Twins() {
			from := r.From + ending
			if _, taken := m.At(from); !taken && m.alias[from] == "" && !m.file(from) {
				out = append(out, Redirect{from, r.To + ending})
			}
		}
	}
	slices.SortFunc(out, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
	return out
}
