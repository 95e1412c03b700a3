package link

import (
	"slices"
	"sync"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"
)

// hrefs are where the links of a field lead.
type hrefs struct {
	doc *markdown.Doc
	to  []string
}

// lead is a link in the text of a definition or a guide to another.
type lead struct {
	from, to           *catalog.Definition
	fromGuide, toGuide *catalog.Guide
}

// definitions resolves what definitions refer to, on several cores: each takes a part of them, and what they found is put together in the order of the site.
// Where something does not resolve, one resolver begins again with all of them, since what it has said of one fault bears on what it says of the next. The resolver
// that is returned goes on with the rest of the site.
func (m *Map) definitions(cores int, list *diag.List) *resolver {
	var all []*catalog.Definition
	for _, c := range m.Site.Collections {
		all = append(all, c.Definitions...)
	}
	alone := &resolver{m: m, list: list}
	if cores < 2 || len(all) < 2 {
		alone.definitions(all)
		alone.note()
		return alone
	}
	var parts []*resolver
	var wg sync.WaitGroup
	for part := range slices.Chunk(all, (len(all)+cores-1)/cores) {
		r := &resolver{m: m, list: &diag.List{}}
		parts = append(parts, r)
		wg.Go(func() { r.definitions(part) })
	}
	wg.Wait()
	if !slices.ContainsFunc(parts, func(r *resolver) bool { return r.list.Len() > 0 }) {
		for _, r := range parts {
			r.note()
		}
		return alone
	}
	for _, d := range all {
		n := m.nodes[d]
		n.related, n.replacedBy = nil, nil
	}
	alone.definitions(all)
	alone.note()
	return alone
}

func (r *resolver) definitions(all []*catalog.Definition) {
	for _, d := range all {
		r.definition(d)
	}
}

// note writes what has been found into the map.
func (r *resolver) note() {
	for _, h := range r.hrefs {
		r.m.hrefs[h.doc] = h.to
	}
	for _, l := range r.leads {
		switch {
		case l.toGuide != nil:
			r.m.toGuide[l.toGuide] = once(r.m.toGuide[l.toGuide], l.from)
		case l.from != nil:
			r.mention(l.from, l.to)
		case l.fromGuide != nil:
			r.m.guideIn[l.to] = once(r.m.guideIn[l.to], l.fromGuide)
		}
	}
	for d := range r.meant {
		if r.m.meant == nil {
			r.m.meant = map[*catalog.Definition]bool{}
		}
		r.m.meant[d] = true
	}
	r.hrefs, r.leads, r.meant = nil, nil, nil
}

// lead records that a page links to a definition.
func (r *resolver) lead(from page, to *catalog.Definition) {
	if from.definition != to {
		r.leads = append(r.leads, lead{from: from.definition, fromGuide: from.guide, to: to})
	}
}

// leadToGuide records that a page links to a guide.
func (r *resolver) leadToGuide(from page, g *catalog.Guide) {
	if from.definition != nil {
		r.leads = append(r.leads, lead{from: from.definition, toGuide: g})
	}
}

// once appends who refers to something, unless it has just been appended: all links of one page are resolved before those of the next.
func once[T comparable](list []T, from T) []T {
	if n := len(list); n > 0 && list[n-1] == from {
		return list
	}
	return append(list, from)
}

// mention records a link inside a text; a reference that is declared as related is not recorded twice.
func (r *resolver) mention(from, to *catalog.Definition) {
	n := r.m.nodes[to]
	if n.mentionedBy[from] || slices.ContainsFunc(r.m.nodes[from].related, func(e Edge) bool { return e.To == to }) {
		return
	}
	if n.mentionedBy == nil {
		n.mentionedBy = map[*catalog.Definition]bool{}
	}
	n.mentionedBy[from] = true
	n.mentions = append(n.mentions, Edge{From: from, To: to, Relation: "mention"})
}
