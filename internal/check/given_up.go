package check

import (
	"fmt"
	"slices"

	"errdex/internal/diag"
)

// together returns a list in which the references to a URL that was given up are one finding each: the first of them in the order of files, which shows the next ones
// and says how many there are.
func together(list *diag.List) *diag.List {
	byURL := map[string]*diag.List{}
	for d := range list.All() {
		if d.IsGivenUp() {
			if byURL[d.About[0]] == nil {
				byURL[d.About[0]] = &diag.List{}
			}
			byURL[d.About[0]].Add(d)
		}
	}
	if len(byURL) == 0 {
		return list
	}
	out := list.Filter(func(d diag.Diagnostic) bool { return !d.IsGivenUp() })
	for _, same := range byURL { // in any order: a list is sorted when it is printed
		all := same.Sorted()
		d := all[0]
		d.Related = slices.Clone(d.Related)
		for _, x := range all[1:min(len(all), fewPlaces+1)] {
			d.Related = append(d.Related, related(x.Span, "this refers to it too"))
		}
		if n := len(all); n > 1 {
			d.Hint = fmt.Sprintf("remove these %d references, or the sentences that they stand in: no other page was meant", n)
		}
		out.Add(d)
	}
	return out
}
