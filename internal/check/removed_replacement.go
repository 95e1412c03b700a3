package check

func removedReplacement() rule {
	return fault("removed-replacement", "`replaced_by` names a code that has itself been removed.", func(p *pass) {
		for d := range p.definitions() {
			for _, to := range p.m.ReplacedBy(d) {
				if to.Removed() && to != d {
					p.report(d.At(replacedByRef(d, to)), to.Name()+" has been removed as well", p.instead(to))
				}
			}
		}
	})
}
