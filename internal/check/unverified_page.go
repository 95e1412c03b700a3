package check

import (
	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func unverifiedPage() rule {
	return warning("unverified-page", "A page that says it is full does not say when its facts were checked.", func(p *pass) {
		for d := range p.definitions() {
			if p.owesFacts(d) && d.Verified.Value == "" {
				p.report(factsAt(d), "this page does not say when its facts were checked", "add `verified: "+p.now.UTC().Format("2006-01-02")+"` once they have been")
			}
		}
	})
}

func factsAt(d *catalog.Definition) diag.Span {
	if d.Depth.Set() {
		return d.At(d.Depth)
	}
	return at(d)
}
