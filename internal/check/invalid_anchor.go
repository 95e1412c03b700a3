package check

import (
	"fmt"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"
)

func invalidAnchor() rule {
	return rule{Rule: fault("invalid-anchor", "An id or a subcode has characters that cannot stand in an anchor."),
		definition: func(p *pass, d *catalog.Definition) {
			for i := range d.Fixes {
				if id := d.Fixes[i].ID; id.Value != "" && !anchorForm(id.Value) {
					if meant, at := fixNamedLike(d, id.Value); at > 0 {
						p.report(id.Span(d.File), "this id cannot be an anchor", fmt.Sprintf("write `id: %s`, as line %d names it", meant, at))
						continue
					}
				}
				p.anchor(d.File, d.Fixes[i].ID, "id")
			}
			for i := range d.Causes {
				p.anchor(d.File, d.Causes[i].ID, "id")
			}
			for i := range d.FAQ {
				p.anchor(d.File, d.FAQ[i].ID, "id")
			}
			for i := range d.Subcodes {
				p.anchor(d.File, d.Subcodes[i].Code, "code")
			}
		},
		site: func(p *pass) {
			for _, c := range p.site.Collections {
				for _, g := range c.Groups {
					p.anchor(c.File, g.ID, "id")
				}
			}
		},
	}
}

// fixNamedLike returns a name that causes or subcodes have for a fix, near to an id that is none, and its line; 0 where there is none.
func fixNamedLike(d *catalog.Definition, id string) (name string, line int) {
	own := fixesOf(d)
	see := func(refs []catalog.Text) {
		for _, ref := range refs {
			if line == 0 && anchorForm(ref.Value) && !own.has(ref.Value) && diag.Nearest(ref.Value, []string{id}) != "" {
				name, line = ref.Value, int(ref.Place.Line)
			}
		}
	}
	for i := range d.Causes {
		see(d.Causes[i].Fixes)
	}
	for i := range d.Subcodes {
		see(d.Subcodes[i].Fixes)
	}
	return name, line
}

func (p *pass) anchor(file string, t catalog.Text, what string) {
	if t.Value == "" || anchorForm(t.Value) {
		return
	}
	hint := "it becomes part of a URL: use letters, digits and . _ ~ -"
	if slug := markdown.Slug(t.Value); anchorForm(slug) {
		hint += ", such as " + slug
	}
	p.report(t.Span(file), "this "+what+" cannot be an anchor", hint)
}

// anchorForm reports whether s needs no encoding in a URL's fragment and is one word: RFC 3986's unreserved characters.
func anchorForm(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '~' || c == '-') {
			return false
		}
	}
	return s != ""
}
