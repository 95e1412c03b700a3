package check

import (
	"fmt"
	"slices"
	"strings"

	"errdex/internal/diag"
)

// hosts are those for which the build writes redirects and headers: both read `_redirects` and `_headers`.
var hosts = []string{"cloudflare", "netlify"}

func unknownHost() rule {
	return fault("unknown-host", "`hosts` of site.yaml names a host for which nothing can be written.", func(p *pass) {
		for _, h := range p.site.Hosts {
			if slices.Contains(hosts, h.Value) {
				continue
			}
			hint := "one of: " + strings.Join(hosts, ", ")
			if near := diag.Nearest(h.Value, hosts); near != "" {
				hint = "did you mean " + near + "?"
			}
			p.report(h.Span(p.site.File), fmt.Sprintf("there is no host %q", h.Value), hint)
		}
	})
}
