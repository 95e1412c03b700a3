package check

import (
	"fmt"
	"time"

	"errdex/internal/catalog"
)

func staleFacts() rule {
	return warning("stale-facts", "`verified` is older than `review_after` of site.yaml allows.", func(p *pass) {
		days := p.site.ReviewAfter.Days
		if days == 0 {
			return
		}
		today := p.now.UTC()
		oldest := today.AddDate(0, 0, -days).Format(time.DateOnly)
		check := func(file string, t catalog.Text) {
			if t.Value == "" || t.Value >= oldest {
				return
			}
			then, err := time.Parse(time.DateOnly, t.Value)
			if err != nil {
				return // load has said so
			}
			p.report(t.Span(file), fmt.Sprintf("these facts were verified %d days ago, `review_after` is %d", int(today.Sub(then).Hours()/24), days),
				"hold the page against its sources and write today's date")
		}
		for d := range p.definitions() {
			check(d.File, d.Verified)
		}
		for _, g := range p.site.Guides {
			check(g.File, g.Verified)
		}
	})
}
