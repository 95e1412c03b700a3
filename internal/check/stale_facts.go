package check

import (
	"fmt"
	"time"

	"errdex/internal/catalog"
)

func staleFacts() rule {
	return rule{Rule: warning("stale-facts", "`verified` is older than `review_after` of site.yaml allows."),
		definition: func(p *pass, d *catalog.Definition) { p.stale(d.File, d.Verified) },
		site: func(p *pass) {
			for _, g := range p.site.Guides {
				p.stale(g.File, g.Verified)
			}
		},
	}
}

func (p *pass) stale(file string, t catalog.Text) {
	days := p.site.ReviewAfter.Days
	if days == 0 || p.now.IsZero() || t.Value == "" {
		return
	}
	then, err := time.Parse(time.DateOnly, t.Value)
	if err != nil {
		return // load has said so
	}
	if age := int(p.now.UTC().Sub(then).Hours() / 24); age > days {
		p.report(t.Span(file), fmt.Sprintf("these facts were verified %d days ago, `review_after` is %d", age, days),
			"hold the page against its sources and write today's date")
	}
}
