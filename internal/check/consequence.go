package check

import "errdex/internal/diag"

// withoutConsequences returns a list without what follows from another finding of it and leads away from the mend: from a code that is not the one that
// its page was published with, what else does not fit the code; from a fix that was renamed in one place only, the places that have its old name, which that
// finding shows. It is asked after `allow`, so that a finding that is silenced hides nothing.
func withoutConsequences(list *diag.List) *diag.List {
	codes := map[string]bool{}     // files
	places := map[diag.Span]bool{} // of old names
	for d := range list.All() {
		switch {
		case d.ID == "changed-code":
			codes[d.Span.File] = true
		case d.ID == "lost-anchor":
			places[d.Span] = true
			for _, r := range d.Related {
				places[r.Span] = true
			}
		}
	}
	if len(codes) == 0 && len(places) == 0 {
		return list
	}
	return list.Filter(func(d diag.Diagnostic) bool {
		switch d.ID {
		case "payload-without-code":
			return !codes[d.Span.File]
		case "duplicate-code":
			if codes[d.Span.File] {
				return false
			}
			for _, r := range d.Related {
				if codes[r.Span.File] {
					return false
				}
			}
		case "unresolved-fix":
			return !places[d.Span]
		}
		return true
	})
}
