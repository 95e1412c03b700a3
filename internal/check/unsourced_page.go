package check

import "errdex/internal/catalog"

func unsourcedPage() rule {
	return rule{Rule: warning("unsourced-page", "A page that says it is full names no source."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		if p.owesFacts(d) && len(d.Sources) == 0 {
			p.report(factsAt(d), "this page names no source", "add `sources` with title, url and the day it was read")
		}
	}}
}

// owesFacts reports whether a page must say what its facts rest on: it calls itself full, or the site has set a term after
// which facts are looked at again. Elsewhere nobody has asked for it, and the rule would speak of every page.
func (p *pass) owesFacts(d *catalog.Definition) bool {
	return d.Depth.Value == "full" || d.Depth.Value == "" && p.site.ReviewAfter.Days > 0
}
