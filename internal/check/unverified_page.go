package check

import (
	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func unverifiedPage() rule {
	return rule{Rule: warning("unverified-page", "A page that says it is full does not say when its facts were checked."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		if p.owesFacts(d) && d.Verified.Value == "" {
			p.report(factsAt(d), "this page does not say when its facts were checked", "hold the page against its sources and add `verified:` with the day")
		}
	}}
}

func factsAt(d *catalog.Definition) diag.Span {
	if d.Depth.Set() {
		return d.At(d.Depth)
	}
	return at(d)
}
