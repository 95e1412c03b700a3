package check

import "errdex/internal/catalog"

// Only a collection whose pages refer to each other has orphans: in one that does not, the index is the way in, and the
// rule would speak of every page.
func orphanPage() rule {
	return rule{Rule: warning("orphan-page", "No other page refers to this one, in a collection whose pages refer to each other."), site: func(p *pass) {
		heirs := map[*catalog.Definition]bool{} // the page of a code that they replace leads to them
		for d := range p.definitions() {
			for _, to := range p.m.ReplacedBy(d) {
				heirs[to] = heirs[to] || to != d
			}
		}
		for _, c := range p.site.Collections {
			linked := 0
			var orphans []*catalog.Definition
			for _, d := range c.Definitions {
				if len(p.m.Incoming(d)) > 0 || len(p.m.GuidesTo(d)) > 0 || heirs[d] || p.m.Meant(d) || p.m.Unknowable(d) {
					linked++
				} else if !d.Stub() && d.StatusOr() == "active" {
					orphans = append(orphans, d)
				}
			}
			if 2*linked < len(c.Definitions) {
				continue
			}
			for _, d := range orphans {
				p.report(at(d), "no page refers to this one", "name it in `related` of an error that it is confused with or leads to")
			}
		}
	}}
}
