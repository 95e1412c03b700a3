// Package link decides every URL and anchor of a site and resolves every reference between its pages, before any HTML
// exists. A page that is rendered later is handed URLs and cannot fail to find one. It makes no HTML and does no I/O.
package link

import (
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"
)

// HomeURL is the URL of the first page.
const HomeURL = "/"

// Edge is a resolved reference from one definition to another.
type Edge struct {
	From, To *catalog.Definition
	Relation string // one of catalog.Relations; "mention" for a link inside a text
	Note     string
}

// Redirect leads from a path that is kept alive to the page that answers for it.
type Redirect struct{ From, To string }

// Page is what stands at a URL. Exactly one of the pointers is set, none for the home page.
type Page struct {
	URL        string
	Definition *catalog.Definition
	Guide      *catalog.Guide
	Collection *catalog.Collection
}

// Map holds every resolved link of a site. It is not changed after Resolve and may be read from many goroutines.
type Map struct {
	Site      *catalog.Site
	Pages     []Page     // sorted by URL
	Redirects []Redirect // sorted by From

	root    string         // base_url without a slash at its end
	byURL   map[string]int // index into Pages
	alias   map[string]string
	nodes   map[*catalog.Definition]*node
	hrefs   map[*markdown.Doc][]string
	guideIn map[*catalog.Definition][]*catalog.Guide
	toGuide map[*catalog.Guide][]*catalog.Definition
	names   map[string]*names // by collection id
	meant   map[*catalog.Definition]bool
	// unplaced are the collections, and "guides", whose URLs are not known, which is a diagnostic of its own: links to them are not faults as well.
	unplaced map[string]bool
	lost     map[string]*lostText // see gatherLost
}

// Meant reports whether a reference that does not resolve was probably meant for d.
func (m *Map) Meant(d *catalog.Definition) bool { return m.meant[d] }

type node struct {
	url         string
	related     []Edge
	replacedBy  []*catalog.Definition
	incoming    []Edge
	mentions    []Edge
	prev, next  *catalog.Definition
	mentionedBy map[*catalog.Definition]bool
}

// names finds the definitions of one collection.
type names struct {
	collection *catalog.Collection
	slug       map[string]*catalog.Definition
	code       map[string][]*catalog.Definition
	alias      map[string]*catalog.Definition
}

// Resolve links a site. The list holds what does not resolve; the Map is whole all the same, a dead reference is left out.
func Resolve(site *catalog.Site) (*Map, *diag.List) { return ResolveOn(1, site) }

// ResolveOn is Resolve on so many cores; what it returns does not depend on them.
func ResolveOn(cores int, site *catalog.Site) (*Map, *diag.List) {
	definitions := 0
	for _, c := range site.Collections {
		definitions += len(c.Definitions)
	}
	m := &Map{
		Site: site, root: strings.TrimRight(site.BaseURL.Value, "/"), byURL: map[string]int{}, alias: map[string]string{},
		nodes: make(map[*catalog.Definition]*node, definitions), hrefs: map[*markdown.Doc][]string{},
		guideIn: map[*catalog.Definition][]*catalog.Guide{}, toGuide: map[*catalog.Guide][]*catalog.Definition{},
		names: map[string]*names{},
	}
	list := &diag.List{}
	m.place(list)
	m.order()
	m.gatherLost()
	r := m.definitions(cores, list)
	for _, g := range site.Guides {
		r.guide(g)
	}
	for _, c := range site.Collections {
		r.collection(c)
	}
	r.note()
	m.reverse()
	return m, list
}

// reverse records who refers to whom, each referrer once, in the order of the site: declared references before links inside
// texts.
func (m *Map) reverse() {
	for _, c := range m.Site.Collections {
		for _, d := range c.Definitions {
			n := m.nodes[d]
			for _, e := range n.related {
				to := m.nodes[e.To]
				to.incoming = append(to.incoming, e)
			}
		}
	}
	for _, n := range m.nodes {
		n.incoming = append(n.incoming, n.mentions...)
	}
}

// URL returns a definition's path, such as /docs/whatsapp-error-190.
func (m *Map) URL(d *catalog.Definition) string { return m.nodes[d].url }

// GuideURL returns a guide's path.
func (m *Map) GuideURL(g *catalog.Guide) string {
	pattern := m.Site.GuidesURL.Value
	if pattern == "" {
		pattern = "/docs/{slug}"
	}
	return strings.ReplaceAll(pattern, "{slug}", g.Slug)
}

// Root returns the site's own address, without a slash at its end.
func (m *Map) Root() string { return m.root }

// Absolute returns the URL of a path on the published site.
func (m *Map) Absolute(path string) string {
	return m.root + path
}

// Anchors returns the ids that a definition's page promises.
func (m *Map) Anchors(d *catalog.Definition) []string { return d.Anchors() }

// Related returns the definition's own references, in the author's order.
func (m *Map) Related(d *catalog.Definition) []Edge { return m.nodes[d].related }

// ReplacedBy returns what takes the place of a deprecated or removed definition.
func (m *Map) ReplacedBy(d *catalog.Definition) []*catalog.Definition { return m.nodes[d].replacedBy }

// Incoming returns the references of other definitions to d: first the declared ones, then links inside their texts.
func (m *Map) Incoming(d *catalog.Definition) []Edge { return m.nodes[d].incoming }

// GuidesTo returns the guides that link to d.
func (m *Map) GuidesTo(d *catalog.Definition) []*catalog.Guide { return m.guideIn[d] }

// DefinitionsTo returns the definitions whose texts link to g.
func (m *Map) DefinitionsTo(g *catalog.Guide) []*catalog.Definition { return m.toGuide[g] }

// Neighbours returns the definitions before and after d in the index; either may be nil.
func (m *Map) Neighbours(d *catalog.Definition) (prev, next *catalog.Definition) {
	n := m.nodes[d]
	return n.prev, n.next
}

// Href returns where the links of a field lead, for markdown.Doc.
func (m *Map) Href(doc *markdown.Doc) markdown.Href {
	to := m.hrefs[doc]
	return func(i int) string {
		if i < len(to) {
			return to[i]
		}
		return ""
	}
}

// At returns the page at a path.
func (m *Map) At(url string) (Page, bool) {
	i, ok := m.byURL[url]
	if !ok {
		return Page{}, false
	}
	return m.Pages[i], true
}

// GroupAnchor is the id of a group on the index page.
func GroupAnchor(id string) string { return "group-" + id }

// order sets who stands before and after whom within a group: the groups of the collection in their order, and in a group
// by code, with numbers counted as numbers.
func (m *Map) order() {
	for _, c := range m.Site.Collections {
		var prev *catalog.Definition
		for _, group := range Index(c) {
			prev = nil
			for _, d := range group.Definitions {
				if prev != nil {
					m.nodes[prev].next = d
					m.nodes[d].prev = prev
				}
				prev = d
			}
		}
	}
}

// IndexGroup is a group of the index with its definitions in order.
type IndexGroup struct {
	Group       catalog.Group
	Definitions []*catalog.Definition
}

// Index returns a collection's groups in the order of collection.yaml, with their definitions by code. A last group without
// an id holds what names no group. Removed codes, whose pages are tombstones, and empty groups are left out.
func Index(c *catalog.Collection) []IndexGroup {
	place := make(map[string]int, len(c.Groups))
	out := make([]IndexGroup, len(c.Groups)+1)
	for i, g := range c.Groups {
		place[g.ID.Value] = i
		out[i].Group = g
	}
	for _, d := range c.Definitions {
		if d.Removed() {
			continue
		}
		i, ok := place[d.Group.Value]
		if !ok {
			i = len(c.Groups)
		}
		out[i].Definitions = append(out[i].Definitions, d)
	}
	for _, g := range out {
		slices.SortStableFunc(g.Definitions, func(a, b *catalog.Definition) int {
			if n := CompareCodes(a.Code.Value, b.Code.Value); n != 0 {
				return n
			}
			return CompareCodes(a.Slug, b.Slug)
		})
	}
	return slices.DeleteFunc(out, func(g IndexGroup) bool { return len(g.Definitions) == 0 })
}

// CompareCodes orders codes as people do: runs of digits by their value, all else by its bytes; 99 before 100, E7 before
// E10.
func CompareCodes(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if digit(x[0]) && digit(y[0]) {
			i, j := digits(x), digits(y)
			n, k := strings.TrimLeft(x[:i], "0"), strings.TrimLeft(y[:j], "0")
			if len(n) != len(k) {
				return len(n) - len(k)
			}
			if c := strings.Compare(n, k); c != 0 {
				return c
			}
			x, y = x[i:], y[j:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(a, b)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func digits(s string) int {
	i := 0
	for i < len(s) && digit(s[i]) {
		i++
	}
	return i
}
