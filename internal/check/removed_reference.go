package check

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
)

// A page that supersedes a removed code, or is named as its replacement, speaks of it for a reason; and a page that is
// itself history may tell history.
func removedReference() rule {
	return rule{Rule: warning("removed-reference", "A reference or a link leads to a code that has been removed."), site: func(p *pass) {
		if !p.anyRemoved() {
			return
		}
		for d := range p.definitions() {
			if d.StatusOr() != "active" {
				continue
			}
			for _, e := range p.m.Related(d) {
				if e.Relation != "supersedes" && p.gone(d, e.To) {
					p.report(d.At(relatedRef(d, e.To)), e.To.Name()+" has been removed", p.instead(e.To, refer, fmt.Sprintf("remove this item of `related`; where this page's code took the place of %s, write `{ref: %q, relation: supersedes}`", called(d, e.To), called(d, e.To))))
				}
			}
			for _, x := range p.fields(d) {
				p.removedLinks(d, x.Prose)
			}
		}
	}}
}

func (p *pass) removedLinks(d *catalog.Definition, x *catalog.Prose) {
	if x.Doc == nil || len(x.Doc.Links) == 0 {
		return
	}
	href := p.m.Href(x.Doc)
	for i, l := range x.Doc.Links {
		path, _, _ := strings.Cut(href(i), "#")
		if page, ok := p.m.At(path); ok && page.Definition != nil && p.gone(d, page.Definition) && !p.relates(d, page.Definition, "supersedes") {
			p.report(x.Part(d.File, l.At.Start, l.At.End), page.Definition.Name()+" has been removed", p.instead(page.Definition, refer, fmt.Sprintf("remove this link; where this page's code took the place of %s, add `{ref: %q, relation: supersedes}` to its `related`",
				called(d, page.Definition), called(d, page.Definition))))
		}
	}
}

func (p *pass) anyRemoved() bool {
	for d := range p.definitions() {
		if d.Removed() {
			return true
		}
	}
	return false
}

// gone reports whether to has been removed and d is not what took its place.
func (p *pass) gone(d, to *catalog.Definition) bool {
	if !to.Removed() {
		return false
	}
	for _, r := range p.m.ReplacedBy(to) {
		if r == d {
			return false
		}
	}
	return true
}

const refer = "refer to what replaces it: "

// instead says what to name in the place of a removed code: its heirs, or what is said otherwise.
func (p *pass) instead(old *catalog.Definition, heirs, otherwise string) string {
	var names []string
	for _, r := range p.m.ReplacedBy(old) {
		if !r.Removed() {
			names = append(names, r.Slug)
		}
	}
	if len(names) == 0 {
		return otherwise
	}
	return heirs + strings.Join(names, ", ")
}

// called is how a definition refers to another one.
func called(d, to *catalog.Definition) string {
	if d.Collection != to.Collection {
		return to.Ref()
	}
	return to.Slug
}

// relatedRef returns the text of `related` that leads to a definition.
func relatedRef(d, to *catalog.Definition) catalog.Text {
	for i := range d.Related {
		if refersTo(d.Related[i].Ref, to) {
			return d.Related[i].Ref
		}
	}
	return d.Code
}

// replacedByRef returns the text of `replaced_by` that leads to a definition.
func replacedByRef(d, to *catalog.Definition) catalog.Text {
	for _, t := range d.ReplacedBy {
		if refersTo(t, to) {
			return t
		}
	}
	return d.Code
}

// refersTo reports whether a reference that resolved can have led to a definition: by its slug, its code or an alias.
func refersTo(ref catalog.Text, to *catalog.Definition) bool {
	name := ref.Value
	if collection, rest, ok := strings.Cut(name, "/"); ok {
		if collection != to.Collection.ID {
			return false
		}
		name = rest
	}
	if name == to.Slug || name == to.Code.Value {
		return true
	}
	for _, a := range to.Aliases {
		if a.Value == name {
			return true
		}
	}
	return false
}
