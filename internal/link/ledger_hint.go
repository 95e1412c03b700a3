package link

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// urlHint says how a lost URL is kept: by the alias that the place of the page, or of its code, suggests; else by a tombstone.
func (c *ledgerCheck) urlHint(path string, r *record) string {
	id, slug, nested := strings.Cut(r.what, "/")
	switch {
	case nested && id == "guides":
		return c.guideHint(path, slug)
	case !nested:
		if x := c.collection(r.what); x != nil {
			return fmt.Sprintf("set `index` in %s back to %s", x.File, path)
		}
		return "bring content/" + r.what + "/collection.yaml back"
	}
	n := c.m.names[id]
	if n == nil {
		return fmt.Sprintf("bring content/%s back; its codes are withdrawn one by one with `errdex retire`", id)
	}
	alias := aliasFor(path, n.collection.URL.Value)
	if d := n.slug[slug]; d != nil {
		return fmt.Sprintf("%s is at %s now: add %q to `aliases` in %s", r.what, c.m.URL(d), alias, d.File)
	}
	if ds := n.codeOf(r.code); len(ds) == 1 {
		return fmt.Sprintf("%s has the same code: add %q to `aliases` in it, or rename with `errdex mv`, which does so", ds[0].File, alias)
	}
	return fmt.Sprintf("bring content/%s.yaml back and withdraw it with `errdex retire %s`, which keeps a tombstone, or add %q to `aliases` of the definition that answers for it",
		r.what, r.what, alias)
}

func (n *names) codeOf(escaped string) []*catalog.Definition {
	var out []*catalog.Definition
	for _, d := range n.collection.Definitions {
		if escape(d.Code.Value) == escaped {
			out = append(out, d)
		}
	}
	return out
}

func (c *ledgerCheck) collection(id string) *catalog.Collection {
	if n := c.m.names[id]; n != nil {
		return n.collection
	}
	return nil
}

func (c *ledgerCheck) guideHint(path, slug string) string {
	pattern := c.m.Site.GuidesURL.Value
	if pattern == "" {
		pattern = "/docs/{slug}"
	}
	alias := aliasFor(path, pattern)
	for _, g := range c.m.Site.Guides {
		if g.Slug == slug {
			return fmt.Sprintf("the guide is at %s now: add %q to `aliases` in %s", c.m.GuideURL(g), alias, g.File)
		}
	}
	return fmt.Sprintf("bring content/guides/%s.md back, or add %q to `aliases` of the guide that took its place", slug, alias)
}

// aliasFor is how a path is written as an alias under a URL pattern: the slug where the pattern makes the path of it, else the path.
func aliasFor(path, pattern string) string {
	before, after, ok := strings.Cut(pattern, "{slug}")
	if slug, cut := strings.CutPrefix(path, before); ok && cut {
		if slug, cut = strings.CutSuffix(slug, after); cut && slugForm.MatchString(slug) {
			return slug
		}
	}
	return path
}

// anchorHint says how a lost anchor is kept.
func (c *ledgerCheck) anchorHint(r *record, p Page) string {
	_, id := r.split()
	anchors := c.m.pageAnchors(p)
	if p.Collection != nil {
		return fmt.Sprintf("give the group in %s its id back: %s", p.Collection.File, strings.TrimPrefix(id, GroupAnchor("")))
	}
	if p.Guide != nil {
		return fmt.Sprintf("bring the heading back in %s as it was; an anchor that nobody can have used is given up with `gone DATE REASON` at the end of this line", p.Guide.File)
	}
	if p.Definition == nil {
		return "bring it back"
	}
	to := diag.Nearest(id, anchors)
	if to == "" {
		to = nearestOfKind(id, anchors)
	}
	if to == "" {
		to = "..."
	}
	return fmt.Sprintf("bring it back in %s, or add `anchor_aliases: [{from: %s, to: %s}]` there", p.Definition.File, id, to)
}

// nearestOfKind returns the section that an anchor belongs to: fixes for fix-rotate.
func nearestOfKind(id string, anchors []string) string {
	kind, _, ok := strings.Cut(id, "-")
	for _, a := range anchors {
		if ok && (a == kind+"s" || a == kind+"es") {
			return a
		}
	}
	return ""
}
