package check

import (
	"strings"

	"errdex/internal/catalog"
)

func removedReplacement() rule {
	return rule{Rule: fault("removed-replacement", "`replaced_by` names a code that has itself been removed."), definition: func(p *pass, d *catalog.Definition) {
		for _, to := range p.m.ReplacedBy(d) {
			if to.Removed() && to != d {
				p.report(d.At(replacedByRef(d, to)), to.Name()+" has been removed as well", p.heirs(to))
			}
		}
	}}
}

// heirs says what to name in the place of a removed replacement.
func (p *pass) heirs(old *catalog.Definition) string {
	var names []string
	for _, r := range p.m.ReplacedBy(old) {
		if !r.Removed() {
			names = append(names, r.Slug)
		}
	}
	if len(names) == 0 {
		return "name a code that is still there, or remove it: then nothing takes its place"
	}
	return "name what replaces it: " + strings.Join(names, ", ")
}
