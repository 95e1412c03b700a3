package link

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// Replace returns the map of site for a small part of what Resolve costs. site is the site of m with one definition read again: now stands where
// old stood. m, which stays as it was, must have been made without a problem. The list holds what does not resolve in now. ok is false where more
// may have changed than where now's own links lead (its names, its place in the index, an anchor that it lost): then Resolve has to be asked.
func (m *Map) Replace(site *catalog.Site, old, now *catalog.Definition) (next *Map, problems *diag.List, ok bool) {
	before := m.nodes[old]
	if before == nil || old.Faulty || now.Faulty || !sameOutline(old, now) || lost(old.Anchors(), now.Anchors()) {
		return nil, nil, false
	}
	next = m.fork(site, old, now)
	problems = &diag.List{}
	r := resolver{m: next, list: problems}
	r.definition(now)
	r.note()

	order := siteOrder(site)
	n := next.nodes[now]
	for d, t := range next.nodes {
		from := func(e Edge) bool { return e.From == old }
		to := func(e Edge) bool { return e.To == d }
		if t.mentionedBy[now] || slices.ContainsFunc(t.incoming, from) || slices.ContainsFunc(n.related, to) {
			t.refer(old, slices.DeleteFunc(slices.Clone(n.related), func(e Edge) bool { return e.To != d }), order)
		}
	}
	for g, all := range next.toGuide {
		if !slices.Contains(all, old) && !slices.Contains(all, now) {
			continue
		}
		if all = slices.DeleteFunc(slices.Clone(all), func(d *catalog.Definition) bool { return d == old }); len(all) == 0 {
			delete(next.toGuide, g)
			continue
		}
		slices.SortFunc(all, order)
		next.toGuide[g] = all
	}
	return next, problems, true
}

// sameOutline reports whether two readings of a definition have the same place and the same names.
func sameOutline(a, b *catalog.Definition) bool {
	return a.File == b.File && a.Slug == b.Slug && a.Collection.ID == b.Collection.ID && a.Code.Value == b.Code.Value &&
		a.Group.Value == b.Group.Value && a.Removed() == b.Removed() &&
		slices.EqualFunc(a.Aliases, b.Aliases, func(x, y catalog.Text) bool { return x.Value == y.Value })
}

// lost reports whether an anchor of before is not in after.
func lost(before, after []string) bool {
	return slices.ContainsFunc(before, func(id string) bool { return !slices.Contains(after, id) })
}

// siteOrder compares definitions as Resolve meets them.
func siteOrder(site *catalog.Site) func(a, b *catalog.Definition) int {
	place := make(map[string]int, len(site.Collections))
	for i, c := range site.Collections {
		place[c.ID] = i
	}
	return func(a, b *catalog.Definition) int {
		return cmp.Or(place[a.Collection.ID]-place[b.Collection.ID], strings.Compare(a.File, b.File))
	}
}

// refer makes a node's incoming references anew: without those of old, with those that its new reading declares; what it mentions is in
// mentions already. The order is that of reverse.
func (n *node) refer(old *catalog.Definition, declared []Edge, order func(a, b *catalog.Definition) int) {
	gone := func(e Edge) bool { return e.From == old }
	byOrder := func(a, b Edge) int { return order(a.From, b.From) }
	n.mentions = slices.DeleteFunc(slices.Clone(n.mentions), gone)
	slices.SortStableFunc(n.mentions, byOrder)
	for _, e := range n.incoming {
		if e.Relation != "mention" && !gone(e) {
			declared = append(declared, e)
		}
	}
	slices.SortStableFunc(declared, byOrder)
	n.incoming = append(declared, n.mentions...)
}

// fork copies m for site with now in the place of old. The copy's nodes may be changed; what they point to is shared, so it must be copied first.
// now has no links of its own yet, and those of old are still counted where they lead.
func (m *Map) fork(site *catalog.Site, old, now *catalog.Definition) *Map {
	next := *m
	next.Site = site
	next.hrefs = maps.Clone(m.hrefs)
	old.EachProse(func(_ string, p *catalog.Prose) { delete(next.hrefs, p.Doc) })
	next.guideIn = maps.Clone(m.guideIn)
	if in, ok := next.guideIn[old]; ok {
		delete(next.guideIn, old)
		next.guideIn[now] = in
	}
	next.toGuide = make(map[*catalog.Guide][]*catalog.Definition, len(m.toGuide))
	for g, from := range m.toGuide {
		next.toGuide[g] = slices.Clip(from)
	}
	next.forkNames(old, now)
	next.forkPages(old, now)
	next.forkNodes(old, now)
	return &next
}

func (m *Map) forkNames(old, now *catalog.Definition) {
	m.names = maps.Clone(m.names)
	for _, c := range m.Site.Collections {
		n := *m.names[c.ID]
		n.collection = c
		if c.ID == now.Collection.ID {
			n.slug, n.code, n.alias = maps.Clone(n.slug), maps.Clone(n.code), maps.Clone(n.alias)
			n.slug[now.Slug] = now
			n.code[now.Code.Value] = swapped(n.code[now.Code.Value], old, now)
			for _, a := range now.Aliases {
				if n.alias[a.Value] == old {
					n.alias[a.Value] = now
				}
			}
		}
		m.names[c.ID] = &n
	}
}

// forkPages also points the pages of collections to those of the new site, which hold the new definition.
func (m *Map) forkPages(old, now *catalog.Definition) {
	m.Pages = slices.Clone(m.Pages)
	if i, ok := m.byURL[m.nodes[old].url]; ok && m.Pages[i].Definition == old {
		m.Pages[i].Definition = now
	}
	for _, c := range m.Site.Collections {
		if i, ok := m.byURL[c.Index.Value]; ok && m.Pages[i].Collection != nil && m.Pages[i].Collection.ID == c.ID {
			m.Pages[i].Collection = c
		}
	}
}

func (m *Map) forkNodes(old, now *catalog.Definition) {
	nodes := m.nodes
	m.nodes = make(map[*catalog.Definition]*node, len(nodes))
	store := make([]node, 0, len(nodes))
	for d, n := range nodes {
		c := *n
		c.mentions = slices.Clip(c.mentions)
		c.mentionedBy = nil // it serves while one definition is resolved
		if slices.Contains(c.replacedBy, old) {
			c.replacedBy = swapped(c.replacedBy, old, now)
		}
		if d == old {
			d = now
			c.related, c.replacedBy = nil, nil
			c.incoming, c.mentions = leadTo(c.incoming, now), leadTo(c.mentions, now)
		}
		store = append(store, c)
		m.nodes[d] = &store[len(store)-1]
	}
	n := m.nodes[now]
	if n.prev != nil {
		m.nodes[n.prev].next = now
	}
	if n.next != nil {
		m.nodes[n.next].prev = now
	}
	for _, e := range n.incoming {
		from := m.nodes[e.From]
		for i := range from.related {
			if from.related[i].To == old {
				from.related = slices.Clone(from.related)
				from.related[i].To = now
			}
		}
	}
}

// swapped returns a copy of list with now in the place of old.
func swapped(list []*catalog.Definition, old, now *catalog.Definition) []*catalog.Definition {
	out := slices.Clone(list)
	for i := range out {
		if out[i] == old {
			out[i] = now
		}
	}
	return out
}

// leadTo returns a copy of edges that leads to d.
func leadTo(edges []Edge, d *catalog.Definition) []Edge {
	out := slices.Clone(edges)
	for i := range out {
		out[i].To = d
	}
	return out
}

// Definition returns the definition of a collection by its slug, or nil.
func (m *Map) Definition(collection, slug string) *catalog.Definition {
	if n := m.names[collection]; n != nil {
		return n.slug[slug]
	}
	return nil
}

// Only returns m with a smaller site, which has the definitions of ds and no others; they must be definitions of m. What m knows of their
// surroundings stays: URL, Incoming and the like answer as before.
func (m *Map) Only(ds []*catalog.Definition) *Map {
	wanted := make(map[*catalog.Definition]bool, len(ds))
	for _, d := range ds {
		wanted[d] = true
	}
	site := *m.Site
	site.Collections = make([]*catalog.Collection, len(m.Site.Collections))
	for i, c := range m.Site.Collections {
		part := *c
		part.Definitions = slices.DeleteFunc(slices.Clone(c.Definitions), func(d *catalog.Definition) bool { return !wanted[d] })
		site.Collections[i] = &part
	}
	out := *m
	out.Site = &site
	return &out
}
