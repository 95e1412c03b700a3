package check

import (
	"time"

	"errdex/internal/catalog"
)

func futureDate() rule {
	return warning("future-date", "`verified` or `retrieved` is a day that has not come yet.", func(p *pass) {
		// Somewhere it is tomorrow already.
		limit := p.now.UTC().Add(14 * time.Hour).Format(time.DateOnly)
		check := func(file string, t catalog.Text) {
			if t.Value > limit && t.Value != "" { // days of one form sort as text
				p.report(t.Span(file), t.Value+" has not come yet", "write the day on which it was read")
			}
		}
		for d := range p.definitions() {
			check(d.File, d.Verified)
			for i := range d.Sources {
				check(d.File, d.Sources[i].Retrieved)
			}
		}
		for _, g := range p.site.Guides {
			check(g.File, g.Verified)
			for i := range g.Sources {
				check(g.File, g.Sources[i].Retrieved)
			}
		}
	})
}
