package check

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
)

// One code may need two pages: an API uses 100 for a bad parameter and for a webhook override that fails. Then the slugs
// say so (100, 100-webhook-override), and a reader can tell the pages apart: each has a message of its own, or they
// name each other as confused_with.
func duplicateCode() rule {
	return rule{Rule: warning("duplicate-code", "Two definitions of a collection have one code, and nothing tells them apart."), site: func(p *pass) {
		for _, c := range p.site.Collections {
			first := make(map[string]*catalog.Definition, len(c.Definitions))
			for _, d := range c.Definitions {
				other := first[d.Code.Value]
				if other == nil || d.Code.Value == "" {
					first[d.Code.Value] = d
					continue
				}
				if named(d) && named(other) && (d.Faulty || other.Faulty || p.confused(d, other) || hasMessage(d) && hasMessage(other)) {
					continue
				}
				if !p.misnamed(d) && !p.misnamed(other) {
					p.sameCode(d, other)
				}
				if named(d) && !named(other) {
					first[d.Code.Value] = d // one report for the file whose name is wrong
				}
			}
		}
	}}
}

// sameCode reports two definitions of one code, at the one whose name does not begin with it where that is the fault.
func (p *pass) sameCode(d, other *catalog.Definition) {
	hint := "give each a `message` or `variants`, or name the other in `related` as confused_with"
	if !named(d) || !named(other) {
		hint = "remove one, or name the files by the code and what tells them apart, as in " + d.Code.Value + "-webhook.yaml"
	}
	if named(d) && !named(other) {
		d, other = other, d
	}
	p.report(at(d), fmt.Sprintf("%s has the code %s as well", other.File, d.Code.Value), hint, related(at(other), "the other"))
}

// named reports whether the slug is the code, or the code and what tells it apart.
func named(d *catalog.Definition) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(d.Slug), strings.ToLower(d.Code.Value))
	return ok && (rest == "" || strings.ContainsRune("-_.~", rune(rest[0])))
}

func hasMessage(d *catalog.Definition) bool { return d.Message.Value != "" || len(d.Variants) > 0 }

// confused reports whether one of the two names the other as confused_with.
func (p *pass) confused(a, b *catalog.Definition) bool {
	return p.relates(a, b, "confused_with") || p.relates(b, a, "confused_with")
}

func (p *pass) relates(from, to *catalog.Definition, relation string) bool {
	for _, e := range p.m.Related(from) {
		if e.To == to && e.Relation == relation {
			return true
		}
	}
	return false
}
