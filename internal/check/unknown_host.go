package check

import (
	"fmt"
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func unknownHost() rule {
	return rule{Rule: fault("unknown-host", "`hosts` of site.yaml names a host for which nothing can be written."), site: func(p *pass) {
		for _, h := range p.site.Hosts {
			if slices.Contains(catalog.Hosts, h.Value) {
				continue
			}
			hint := "one of: " + strings.Join(catalog.Hosts, ", ")
			if near := diag.Nearest(h.Value, catalog.Hosts); near != "" {
				hint = "did you mean " + near + "?"
			}
			p.report(h.Span(p.site.File), fmt.Sprintf("there is no host %q", h.Value), hint)
		}
	}}
}
