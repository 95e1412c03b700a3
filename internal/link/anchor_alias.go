package link

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// anchorAliases checks the aliases of a page's anchors: each leads to an anchor that the page has, and takes the place of none. anchors are those
// of the page with the aliases themselves at the end.
func (r *resolver) anchorAliases(aliases []catalog.AnchorAlias, anchors []string, file string) {
	if len(aliases) == 0 {
		return
	}
	own := anchors
	for _, a := range aliases {
		if a.From.Value != "" {
			own = own[:len(own)-1]
		}
	}
	has := make(map[string]bool, len(own))
	for _, id := range own {
		has[id] = true
	}
	first := make(map[string]catalog.Text, len(aliases))
	bad := 0
	for _, a := range aliases {
		switch from := a.From.Value; {
		case from == "":
		case strings.ContainsAny(from, " \t\r\n#%<>\"'`&\\"):
			r.list.ErrorHint(a.From.Span(file), "invalid-anchor", fmt.Sprintf("%q cannot be an anchor", from), "an anchor is written as in the URL, without #")
		case has[from]:
			r.list.ErrorHint(a.From.Span(file), "duplicate-alias", "the page has an anchor #"+from+" of its own", "remove the alias")
		default:
			if was, ok := first[from]; ok {
				r.list.Add(diag.Diagnostic{Span: a.From.Span(file), ID: "duplicate-alias", Message: "the anchor alias " + from + " is there twice", Hint: "keep one of the two",
					Related: []diag.Related{{Span: was.Span(file), Message: "first written here"}}})
			} else {
				first[from] = a.From
			}
		}
		if to := a.To.Value; to != "" && !has[to] {
			hint := "write an anchor of this page"
			if bad++; bad <= maxFileHints {
				hint = nearestHint(to, own, "its anchors: "+few(own))
			}
			r.list.ErrorHint(a.To.Span(file), "unresolved-anchor", "this page has no anchor #"+to, hint)
		}
	}
}

// maxFileHints is for how many wrong names of one file the nearest of its own are looked for: a file with more has one fault and not so many.
const maxFileHints = 50

// few lists names in a hint, not all of thousands.
func few(names []string) string {
	const some = 40
	if len(names) <= some {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:some], ", "), len(names)-some)
}

// ExtraIDs returns, for each anchor of a definition's page, the ids of old that must be found at the same place: a template puts an empty
// element with such an id right before the one that has the anchor. It is nil where there are none.
func (m *Map) ExtraIDs(d *catalog.Definition) map[string][]string { return extraIDs(d.AnchorAliases) }

func extraIDs(aliases []catalog.AnchorAlias) map[string][]string {
	if len(aliases) == 0 {
		return nil
	}
	out := make(map[string][]string, len(aliases))
	for _, a := range aliases {
		out[a.To.Value] = append(out[a.To.Value], a.From.Value)
	}
	return out
}

// GroupAnchors returns the ids that a collection's index promises: one for each group of collection.yaml. A group whose last code was withdrawn
// has no heading any more and keeps its id all the same, as an empty element: it was published, and tombstones link to it.
func GroupAnchors(c *catalog.Collection) []string {
	var out []string
	for _, g := range c.Groups {
		if g.ID.Value != "" {
			out = append(out, GroupAnchor(g.ID.Value))
		}
	}
	return out
}
