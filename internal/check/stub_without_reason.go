package check

import "errdex/internal/catalog"

func stubWithoutReason() rule {
	return rule{Rule: warning("stub-without-reason", "A stub of an active code does not say in `meaning` why it is only a stub."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		if d.Stub() && d.StatusOr() == "active" && d.Meaning.Doc.Empty() {
			p.report(d.At(d.Depth), "this stub does not say why it is one", "say in `meaning` what is known and what is not, or write the page")
		}
	}}
}
