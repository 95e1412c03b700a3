package check

import "errdex/internal/catalog"

func removedReplacement() rule {
	return rule{Rule: fault("removed-replacement", "`replaced_by` names a code that has itself been removed."), definition: func(p *pass, d *catalog.Definition) {
		for _, to := range p.m.ReplacedBy(d) {
			if to.Removed() && to != d {
				p.report(d.At(replacedByRef(d, to)), to.Name()+" has been removed as well", p.instead(to, "name what replaces it: ", "name a code that is still there, or remove it: then nothing takes its place"))
			}
		}
	}}
}
