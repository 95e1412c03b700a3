package check

import (
	"errdex/internal/catalog"
)

func duplicateAnchor() rule {
	var a anchors // used again and again
	return rule{Rule: fault("duplicate-anchor", "Two parts of one page would have the same anchor: ids of causes, fixes and questions, subcodes, groups, and section titles."),
		definition: func(p *pass, d *catalog.Definition) {
			a = anchors{p: p, file: d.File, seen: a.seen[:0], byID: a.byID}
			clear(a.byID)
			for i := range d.Fixes {
				a.add("fix-", d.Fixes[i].ID, "id")
			}
			for i := range d.Causes {
				a.add("cause-", d.Causes[i].ID, "id")
			}
			for i := range d.FAQ {
				a.add("faq-", d.FAQ[i].ID, "id")
			}
			for i := range d.Subcodes {
				a.add("subcode-", d.Subcodes[i].Code, "code")
			}
			for _, s := range d.Sections {
				a.section(s)
			}
		},
		site: func(p *pass) {
			for _, c := range p.site.Collections {
				a = anchors{p: p, file: c.File, seen: a.seen[:0], byID: a.byID}
				clear(a.byID)
				for _, g := range c.Groups {
					a.add("group-", g.ID, "id")
				}
			}
		},
	}
}

// anchors are those of one page, each with the text that asked for it. Pages have few, so a slice is searched; beyond few the rest is in a map.
type anchors struct {
	p    *pass
	file string
	seen []anchor
	byID map[string]catalog.Text
}

const few = 64

type anchor struct {
	prefix, name string
	text         catalog.Text
}

func (a *anchors) add(prefix string, t catalog.Text, key string) {
	if t.Value == "" {
		return
	}
	if first, taken := a.find(prefix, t.Value); taken {
		a.p.report(t.Span(a.file), "the "+key+" `"+t.Value+"` is there twice, and #"+prefix+t.Value+" can be one place only", "choose another "+key,
			related(first.Span(a.file), "first written here"))
		return
	}
	a.keep(anchor{prefix, t.Value, t})
}

func (a *anchors) section(s catalog.Section) {
	id := catalog.SectionAnchor(s)
	if id == "" {
		return
	}
	if fixedAnchor(id) {
		a.p.report(s.Title.Span(a.file), "this title's anchor, #"+id+", is the anchor of a part that every page may have", "choose another title")
		return
	}
	if first, taken := a.find("", id); taken {
		a.p.report(s.Title.Span(a.file), "this title's anchor, #"+id+", is taken", "choose another title",
			related(first.Span(a.file), "it belongs to this"))
		return
	}
	a.keep(anchor{"", id, s.Title})
}

func (a *anchors) keep(x anchor) {
	if len(a.seen) < few {
		a.seen = append(a.seen, x)
		return
	}
	if a.byID == nil {
		a.byID = map[string]catalog.Text{}
	}
	a.byID[x.prefix+x.name] = x.text
}

// find looks for an anchor, whichever way it is cut into prefix and name.
func (a *anchors) find(prefix, name string) (catalog.Text, bool) {
	for i := range a.seen {
		x := &a.seen[i]
		if len(x.prefix)+len(x.name) == len(prefix)+len(name) && (x.prefix == prefix && x.name == name || prefix == "" && x.prefix+x.name == name) {
			return x.text, true
		}
	}
	if len(a.byID) == 0 {
		return catalog.Text{}, false
	}
	t, ok := a.byID[prefix+name]
	return t, ok
}

// fixedAnchor reports whether id is one of the anchors of the contract (DESIGN section 1), or one that the page's frame
// uses for itself.
func fixedAnchor(id string) bool {
	switch id {
	case "summary", "message", "retry", "subcodes", "meaning", "where", "causes", "fixes", "prevention", "examples", "faq", "support", "related", "sources", "reproduce",
		"top", "main", "content", "search", "q":
		return true
	}
	return false
}
