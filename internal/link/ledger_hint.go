package link

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
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
	if ds := c.codeOf(n, r.code); len(ds) == 1 {
		return renamedHint(ds[0], alias)
	}
	return fmt.Sprintf("deleted by mistake: bring content/%s.yaml back; the API dropped the code: bring it back, then run `errdex retire %s`; %s", r.what, r.what, GiveUp)
}

// GiveUp ends the hint of a lost URL that has no other page. Who counts the references to it adds that they have to go.
const GiveUp = "to give the URL up: add `gone DATE REASON` behind its line"

// renamedHint says how the URL is kept of a definition whose file was renamed by hand.
func renamedHint(d *catalog.Definition, alias string) string {
	if len(d.Aliases) > 0 {
		return fmt.Sprintf("%s has the same code: add %q to its `aliases`", d.File, alias)
	}
	return fmt.Sprintf("%s has the same code: add `aliases: [%q]` to it", d.File, alias)
}

// codeHint says what is to be done about a URL that leads to another code than before. The likeliest is a code that was mistyped, or a file that was
// pasted into another. The other ways are on the rule's page: a hint that lists them all is not read.
func (c *ledgerCheck) codeHint(r *record, d *catalog.Definition) string {
	if d == nil {
		return "give the page that is there now a URL of its own"
	}
	const others = "; other ways: `errdex explain changed-code`"
	var there []*catalog.Definition
	if id, _, _ := strings.Cut(r.what, "/"); c.m.names[id] != nil {
		there = c.codeOf(c.m.names[id], r.code)
	}
	alias := aliasFor(r.url, d.Collection.URL.Value)
	own := escape(c.m.URL(d)) == r.url
	switch {
	case own && len(there) > 0:
		return fmt.Sprintf("%s has code %s: give %s another name and add %q to the `aliases` of %s", there[0].File, r.code, d.File, alias, there[0].File)
	case own && escape(d.Slug) == r.code:
		return fmt.Sprintf("write `code: %q`, as the file is named and its URL was published%s", d.Slug, others)
	case own:
		return fmt.Sprintf("put `code: %q` back%s", r.code, others)
	case len(there) > 0:
		return fmt.Sprintf("move %q from the `aliases` of %s to those of %s, which has code %s", alias, d.File, there[0].File, r.code)
	}
	return fmt.Sprintf("take %q out of the `aliases` of %s, bring content/%s.yaml back with its code and withdraw it with `errdex retire %s`%s", alias, d.File, r.what, r.what, others)
}

// codeOf returns the definitions of a code as it is written in a URL.
func (c *ledgerCheck) codeOf(n *names, escaped string) []*catalog.Definition {
	byCode := c.codes[n]
	if byCode == nil {
		byCode = make(map[string][]*catalog.Definition, len(n.collection.Definitions))
		for _, d := range n.collection.Definitions {
			code := escape(d.Code.Value)
			byCode[code] = append(byCode[code], d)
		}
		if c.codes == nil {
			c.codes = map[*names]map[string][]*catalog.Definition{}
		}
		c.codes[n] = byCode
	}
	return byCode[escaped]
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
