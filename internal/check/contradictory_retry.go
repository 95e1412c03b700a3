package check

import "errdex/internal/catalog"

func contradictoryRetry() rule {
	return rule{Rule: warning("contradictory-retry", "`retry` says never to try again, and yet when or how often."), definition: func(p *pass, d *catalog.Definition) {
		r := &d.Retry
		if r.Policy.Value != "never" {
			return
		}
		if r.After.Value != "" {
			p.report(d.At(r.After), "`policy` is never, so there is no wait", "remove `after`, or choose another policy")
		}
		if r.MaxAttempts.N > 0 {
			p.report(d.At(r.MaxAttempts.Text), "`policy` is never, so there are no attempts", "remove `max_attempts`, or choose another policy")
		}
	}}
}
