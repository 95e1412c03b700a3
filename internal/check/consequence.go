package check

import (
	"fmt"
	"slices"
	"strings"

	"errdex/internal/diag"
	"errdex/internal/link"
)

// withoutConsequences returns a list without what follows from another finding of it and leads away from the mend: from a code that is not the one that
// its page was published with, what else does not fit the code; from a file's name that cannot be one, that nobody refers to it; from a fix that was renamed in one place only, the places that have its old name, which that
// finding shows. It is asked after `allow`, so that a finding that is silenced hides nothing.
func withoutConsequences(list *diag.List) *diag.List {
	codes := map[string]bool{}     // files
	misnamed := map[string]bool{}  // files
	places := map[diag.Span]bool{} // of old names
	for d := range list.All() {
		switch {
		case d.ID == "changed-code":
			codes[d.Span.File] = true
		case d.ID == "invalid-slug":
			misnamed[d.Span.File] = true
		case d.ID == "lost-anchor":
			places[d.Span] = true
			for _, r := range d.Related {
				places[r.Span] = true
			}
		}
	}
	list = together(followed(list))
	if len(codes) == 0 && len(places) == 0 && len(misnamed) == 0 {
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
		case "orphan-page":
			return !misnamed[d.Span.File]
		}
		return true
	})
}

// causes are the findings that others follow from, by what they are about.
var causes = map[string]bool{"lost-url": true, "lost-anchor": true, "changed-code": true, "stray-file": true}

// followed returns a list without the dead references to what another finding of it says was published and is gone, or is in a file that is not read: that finding shows the
// first of them and says how many there are. It is an error then, whatever it was.
func followed(list *diag.List) *diag.List {
	gone := map[string]int{} // the finding, by what it is about
	var all []diag.Diagnostic
	for d := range list.All() {
		if causes[d.ID] {
			for _, about := range d.About {
				gone[about] = len(all)
			}
		}
		all = append(all, d)
	}
	if len(gone) == 0 {
		return list
	}
	follow := map[int]*diag.List{}
	leads := func(d diag.Diagnostic) (cause int, ok bool) {
		if len(d.About) == 0 || causes[d.ID] {
			return 0, false
		}
		cause, ok = gone[d.About[0]]
		return cause, ok
	}
	for _, d := range all {
		if i, ok := leads(d); ok && d.ID != "duplicate-reference" { // which may stand at the other of the two
			if follow[i] == nil {
				follow[i] = &diag.List{}
			}
			follow[i].Add(d)
		}
	}
	out := &diag.List{}
	for i, d := range all {
		if _, ok := leads(d); ok {
			continue
		}
		if follow[i] != nil {
			after := follow[i].Sorted()
			d.Related, d.Severity = slices.Clone(d.Related), diag.Error
			for _, x := range after[:min(len(after), fewPlaces)] {
				d.Related = append(d.Related, related(x.Span, "this refers to it"))
			}
			if strings.HasSuffix(d.Hint, link.GiveUp) {
				d.Hint += " and remove the " + references(len(after)) + " to it"
			} else if more := len(after) - fewPlaces; more == 1 {
				d.Hint += "; one more place refers to it"
			} else if more > 1 {
				d.Hint += fmt.Sprintf("; %d more places refer to it", more)
			}
		}
		out.Add(d)
	}
	return out
}

// references is "reference", or how many they are.
func references(n int) string {
	if n == 1 {
		return "reference"
	}
	return fmt.Sprint(n, " references")
}

// fewPlaces is how many of the references to what is gone are shown.
const fewPlaces = 3
