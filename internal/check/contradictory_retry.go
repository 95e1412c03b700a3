package check

func contradictoryRetry() rule {
	return warning("contradictory-retry", "`retry` says never to try again, and yet when or how often.", func(p *pass) {
		for d := range p.definitions() {
			r := &d.Retry
			if r.Policy.Value != "never" {
				continue
			}
			if r.After.Value != "" {
				p.report(d.At(r.After), "`policy` is never, so there is no wait", "remove `after`, or choose another policy")
			}
			if r.MaxAttempts.N > 0 {
				p.report(d.At(r.MaxAttempts.Text), "`policy` is never, so there are no attempts", "remove `max_attempts`, or choose another policy")
			}
		}
	})
}
