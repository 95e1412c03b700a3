package check

import "errdex/internal/catalog"

func futureDate() rule {
	return rule{Rule: warning("future-date", "`verified` or `retrieved` is a day that has not come yet."),
		definition: func(p *pass, d *catalog.Definition) {
			p.future(d.File, d.Verified)
			for i := range d.Sources {
				p.future(d.File, d.Sources[i].Retrieved)
			}
		},
		site: func(p *pass) {
			for _, g := range p.site.Guides {
				p.future(g.File, g.Verified)
				for i := range g.Sources {
					p.future(g.File, g.Sources[i].Retrieved)
				}
			}
		},
	}
}

func (p *pass) future(file string, t catalog.Text) {
	// Days of one form sort as text.
	if t.Value > p.tomorrow && p.tomorrow != "" {
		p.report(t.Span(file), t.Value+" has not come yet", "write the day on which it was read")
	}
}
