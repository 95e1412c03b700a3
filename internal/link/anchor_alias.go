package link

import (
	"fmt"
	"slices"
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
	for i, a := range aliases {
		switch from := a.From.Value; {
		case from == "":
		case strings.ContainsAny(from, " \t\r\n#%<>\"'`&\\"):
			r.list.ErrorHint(a.From.Span(file), "invalid-anchor", fmt.Sprintf("%q cannot be an anchor", from), "an anchor is written as in the URL, without #")
		case slices.Contains(own, from):
			r.list.ErrorHint(a.From.Span(file), "duplicate-alias", "the page has an anchor #"+from+" of its own", "remove the alias")
		case slices.ContainsFunc(aliases[:i], func(b catalog.AnchorAlias) bool { return b.From.Value == from }):
			first := aliases[slices.IndexFunc(aliases, func(b catalog.AnchorAlias) bool { return b.From.Value == from })]
			r.list.Add(diag.Diagnostic{Span: a.From.Span(file), ID: "duplicate-alias", Message: "the anchor alias " + from + " is there twice", Hint: "keep one of the two",
				Related: []diag.Related{{Span: first.From.Span(file), Message: "first written here"}}})
		}
		if to := a.To.Value; to != "" && !slices.Contains(own, to) {
			hint := "its anchors: " + strings.Join(own, ", ")
			if near := diag.Nearest(to, own); near != "" {
				hint = "did you mean " + near + "?"
			}
			r.list.ErrorHint(a.To.Span(file), "unresolved-anchor", "this page has no anchor #"+to, hint)
		}
	}
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
