package link

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// lose reports the anchors that a page has lost.
func (c *ledgerCheck) lose(page Page, lost []*record) {
	if d := page.Definition; d != nil && d.StatusOr() == "removed" && len(lost) > 1 {
		c.buried(page, lost)
		return
	}
	var found []diag.Diagnostic
	var aliases []string // the entry that each of them asks for
	for _, r := range lost {
		_, id := r.split()
		if c.renamed == nil {
			c.renamed = map[string]bool{}
		}
		c.renamed[page.URL+" "+kindOf(id)] = true
		d := diag.Diagnostic{Span: c.at(r), ID: "lost-anchor", Message: "the anchor " + r.url + " is gone", Hint: "bring it back", About: []string{r.url}}
		alias := ""
		if c.missed++; c.missed <= maxFileHints {
			var to string
			d.Hint, to, alias = c.anchorHint(r, page, lost)
			if to != "" && page.Definition != nil {
				c.atRenamed(&d, r, page.Definition, to)
			} else if page.Collection != nil {
				c.atGroup(&d, r, page.Collection, to)
			} else if page.Definition != nil {
				c.atNamed(&d, r, page)
			}
		}
		found, aliases = append(found, d), append(aliases, alias)
	}
	var entries []string
	for _, alias := range aliases {
		if alias != "" {
			entries = append(entries, alias)
		}
	}
	for i, d := range found {
		if aliases[i] != "" && len(entries) > 1 && len(entries) <= maxEntries { // the key stands once
			d.Hint = strings.Replace(d.Hint, aliases[i], strings.Join(entries, ", "), 1) + ", once for the whole page"
		}
		c.list.Add(d)
	}
}

// buried reports the anchors that a tombstone has not, in one: they were left out together, and the one part that it surely has answers for all of them.
func (c *ledgerCheck) buried(page Page, lost []*record) {
	d := page.Definition
	path, _ := lost[0].split()
	var ids, entries, about []string
	for _, r := range lost {
		_, id := r.split()
		about = append(about, r.url)
		if ids = append(ids, id); aliasable.MatchString(id) {
			entries = append(entries, fmt.Sprintf("{from: %s, to: summary}", yamlWord(id)))
		}
	}
	const most = 16 // what a message and a hint have room for
	names := strings.Join(ids[:min(len(ids), most)], ", ")
	if len(ids) > most {
		names += ", ..."
	}
	all := strings.Join(entries[:min(len(entries), most)], ", ")
	hint := "bring their parts back from the page as it was"
	switch {
	case len(entries) == 0:
	case len(d.AnchorAliases) > 0:
		hint += fmt.Sprintf(", or add `%s` to its `anchor_aliases`", all)
	default:
		hint += fmt.Sprintf(", or add `anchor_aliases: [%s]`", all)
	}
	if len(entries) > most {
		hint += ", and the same for the others"
	}
	at := d.At(d.Status)
	c.list.Add(diag.Diagnostic{Span: at, ID: "lost-anchor", Message: fmt.Sprintf("%d anchors of %s are gone: %s", len(lost), path, names), Hint: hint, About: about,
		Related: []diag.Related{{Span: c.at(lost[0]), Message: "the first of them is recorded here"}}})
}

// maxEntries is how many entries of anchor_aliases a hint spells out.
const maxEntries = 5

// atNamed points a lost anchor of a fix to the first place that still names it, where it is not sure which of the new fixes it was.
func (c *ledgerCheck) atNamed(d *diag.Diagnostic, r *record, p Page) {
	path, anchor := r.split()
	id, ok := strings.CutPrefix(anchor, "fix-")
	if !ok {
		return
	}
	refs := fixRefs(p.Definition, id)
	if len(refs) == 0 {
		return
	}
	var lines []string
	for i := range p.Definition.Fixes {
		if x := p.Definition.Fixes[i].ID; x.Value != "" && !c.recorded(p, path, "fix-"+x.Value) {
			lines = append(lines, fmt.Sprint(x.Place.Line))
		}
	}
	d.Hint = fmt.Sprintf("give the fix that it was its id back: `id: %s`", id)
	if n := len(lines); n > 1 && n <= maxEntries {
		d.Hint += ", in line " + strings.Join(lines[:n-1], ", ") + " or " + lines[n-1]
	} else if n == 1 {
		d.Hint += ", in line " + lines[0]
	} else if n == 0 {
		d.Hint = fmt.Sprintf("bring the fix `%s` back, or take its name away here and add `anchor_aliases: [{from: fix-%s, to: fixes}]`", id, id)
		if len(p.Definition.AnchorAliases) > 0 {
			d.Hint = fmt.Sprintf("bring the fix `%s` back, or take its name away here and add `{from: fix-%s, to: fixes}` to the `anchor_aliases`", id, id)
		}
	}
	d.Related = append(d.Related, diag.Related{Span: d.Span, Message: "recorded here"})
	d.Span = p.Definition.At(refs[0])
	c.named(d, p.Definition, refs[1:])
}

// atGroup points the lost anchor of a group to the group that was probably renamed.
func (c *ledgerCheck) atGroup(d *diag.Diagnostic, r *record, x *catalog.Collection, to string) {
	_, anchor := r.split()
	d.About = append(d.About, AboutGroup(x, strings.TrimPrefix(anchor, GroupAnchor(""))))
	for i := range x.Groups {
		if id := x.Groups[i].ID; to != "" && GroupAnchor(id.Value) == to {
			d.Related = append(d.Related, diag.Related{Span: d.Span, Message: "recorded here"})
			d.Span = id.Span(x.File)
		}
	}
}

// AboutGroup names a group of a collection as diag.Diagnostic.About does.
func AboutGroup(x *catalog.Collection, id string) string { return "group:" + x.ID + "/" + id }

// named adds the places that still name a lost fix.
func (c *ledgerCheck) named(d *diag.Diagnostic, def *catalog.Definition, refs []catalog.Text) {
	for _, ref := range refs[:min(len(refs), maxRefs)] {
		d.Related = append(d.Related, diag.Related{Span: def.At(ref), Message: "named here"})
	}
}
