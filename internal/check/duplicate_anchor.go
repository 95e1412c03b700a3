package check

import (
	"errdex/internal/catalog"
)

func duplicateAnchor() rule {
	var a anchors // used again and again
	return rule{Rule: fault("duplicate-anchor", "Two parts of one page would have the same anchor: ids of causes, fixes and questions, subcodes, groups, and section titles."),
		definition: func(p *pass, d *catalog.Definition) {
			a = anchors{p: p, file: d.File, seen: a.seen[:0]}
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
				a = anchors{p: p, file: c.File, seen: a.seen[:0]}
				for _, g := range c.Groups {
					a.add("group-", g.ID, "id")
				}
			}
		},
	}
}

// anchors are those of one page, each with the text that asked for it. Pages have few, so a slice is searched.
type anchors struct {
	p    *pass
	file string
	seen []anchor
}

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
	a.seen = append(a.seen, anchor{prefix, t.Value, t})
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
	for _, x := range a.seen {
		if x.prefix+x.name == id {
			a.p.report(s.Title.Span(a.file), "this title's anchor, #"+id+", is taken", "choose another title",
				related(x.text.Span(a.file), "it belongs to this"))
			return
		}
	}
	a.seen = append(a.seen, anchor{"", id, s.Title})
}

func (a *anchors) find(prefix, name string) (catalog.Text, bool) {
	for _, x := range a.seen {
		if x.prefix == prefix && x.name == name {
			return x.text, true
		}
	}
	return catalog.Text{}, false
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
