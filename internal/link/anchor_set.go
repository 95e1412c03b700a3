package link

import "errdex/internal/diag"

// manyAnchors is above how many the anchors of a page are kept in a set for the next link to it. Making them anew for each of thousands of links to a page of thousands
// would take as long as the one times the other; nearly every page has fewer, and few of its anchors are linked to.
const manyAnchors = 100

type anchorSet struct {
	list   []string
	set    map[string]bool
	missed int
}

func newAnchorSet(list []string) *anchorSet {
	a := &anchorSet{list: list, set: make(map[string]bool, len(list))}
	for _, id := range list {
		a.set[id] = true
	}
	return a
}

// hint says which anchor may have been meant.
func (a *anchorSet) hint(anchor string) string {
	if len(a.list) == 0 {
		return "it has no anchors"
	}
	if a.missed++; a.missed > maxFileHints {
		return "write an anchor of that page"
	}
	if near := diag.Nearest(anchor, a.list); near != "" {
		return "did you mean #" + near + "?"
	}
	return "its anchors: " + few(a.list)
}
