package check

func stubWithoutReason() rule {
	return warning("stub-without-reason", "A stub of an active code does not say in `meaning` why it is only a stub.", func(p *pass) {
		for d := range p.definitions() {
			if d.Stub() && d.StatusOr() == "active" && d.Meaning.Doc.Empty() {
				p.report(d.At(d.Depth), "this stub does not say why it is one", "say in `meaning` what is known and what is not, or write the page")
			}
		}
	})
}
