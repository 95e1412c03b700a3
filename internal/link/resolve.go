package link

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"
)

// resolver turns references into edges and links into paths. Of the map it changes nothing but the edges of the definitions that it is given, so that several
// may work at a time; what they find beside that is written into the map by note.
type resolver struct {
	m     *Map
	list  *diag.List
	hints map[string]string // see suggest

	hrefs []hrefs
	leads []lead
	meant map[*catalog.Definition]bool // see mean

	anchors    map[any]*anchorSet // see anchor
	guides     map[string]*catalog.Guide
	guideHints int
}

func (r *resolver) definition(d *catalog.Definition) {
	n := r.m.nodes[d]
	if len(d.AnchorAliases) > 0 {
		r.anchorAliases(d.AnchorAliases, d.Anchors(), d.File)
	}
	var refs []catalog.Text // those of n.related
	for _, rel := range d.Related {
		if rel.Ref.Value == "" {
			continue // load has said so
		}
		to := r.reference(rel.Ref, d)
		if to == nil {
			continue
		}
		if to == d {
			r.list.Add(diag.Diagnostic{Span: rel.Ref.Span(d.File), ID: "self-reference", Message: "an error is not related to itself", Hint: "remove it", About: byAlias(d.Collection.ID, to, rel.Ref)})
			continue
		}
		if i := slices.IndexFunc(n.related, func(e Edge) bool { return e.To == to }); i >= 0 {
			r.list.Add(diag.Diagnostic{Span: rel.Ref.Span(d.File), ID: "duplicate-reference", Message: fmt.Sprintf("%s is among `related` twice", to.Slug),
				Hint: "keep one of the two", About: byAlias(d.Collection.ID, to, rel.Ref, refs[i]), Related: []diag.Related{{Span: refs[i].Span(d.File), Message: "first written here"}}})
			continue
		}
		refs = append(refs, rel.Ref)
		relation := rel.Relation.Value
		if relation == "" {
			relation = "see_also"
		}
		n.related = append(n.related, Edge{From: d, To: to, Relation: relation, Note: rel.Note.Value})
	}
	for _, ref := range d.ReplacedBy {
		if to := r.reference(ref, d); to == d {
			r.list.ErrorHint(ref.Span(d.File), "self-reference", "an error cannot replace itself", "remove it")
		} else if to != nil {
			n.replacedBy = append(n.replacedBy, to)
		}
	}
	d.EachProse(func(_ string, p *catalog.Prose) {
		r.prose(p, page{file: d.File, collection: d.Collection.ID, definition: d})
	})
}

func (r *resolver) guide(g *catalog.Guide) {
	anchors := guideAnchors(g)
	r.anchorAliases(g.AnchorAliases, anchors, g.File)
	r.prose(&g.Body, page{file: g.File, guide: g, anchors: anchors})
}

func (r *resolver) collection(c *catalog.Collection) {
	r.prose(&c.Description, page{file: c.File, collection: c.ID})
	for i := range c.Groups {
		r.prose(&c.Groups[i].Description, page{file: c.File, collection: c.ID})
	}
}

// page is where a link stands.
type page struct {
	file       string
	collection string
	definition *catalog.Definition
	guide      *catalog.Guide
	anchors    []string // of a guide's page
}

// owner is what the page is of.
func (p page) owner() any {
	if p.definition != nil {
		return p.definition
	}
	if p.guide != nil {
		return p.guide
	}
	return p.file
}

// ids returns the anchors of the page. Few definitions have a link to one of their own, so theirs are not kept.
func (p page) ids() []string {
	if p.definition != nil {
		return p.definition.Anchors()
	}
	return p.anchors
}

func (r *resolver) prose(p *catalog.Prose, from page) {
	if p.Doc == nil || len(p.Doc.Links) == 0 {
		return
	}
	to := make([]string, len(p.Doc.Links))
	for i, l := range p.Doc.Links {
		to[i] = r.link(l, from, p.Part(from.file, l.At.Start+schemeLen(l), l.At.End))
	}
	r.hrefs = append(r.hrefs, hrefs{p.Doc, to})
}

// schemeLen is the length of what stands before a name in error:name and guide:name: where the name is wrong, that is no part of the fault. It is 0 where the
// source has the destination in another spelling, with escapes.
func schemeLen(l markdown.Link) int {
	if l.Image || l.At.End-l.At.Start != len(l.Dest) {
		return 0
	}
	for _, scheme := range [...]string{"error:", "guide:"} {
		if strings.HasPrefix(l.Dest, scheme) && len(l.Dest) > len(scheme) {
			return len(scheme)
		}
	}
	return 0
}

// link returns where one link leads, or "" with a diagnostic.
func (r *resolver) link(l markdown.Link, from page, at diag.Span) string {
	dest := l.Dest
	scheme, rest, _ := strings.Cut(dest, ":")
	switch {
	case l.Image:
		return r.image(dest, at)
	case strings.HasPrefix(dest, "#"):
		if from.definition == nil || !from.definition.Faulty {
			r.anchor(dest[1:], from.owner(), from.ids, at, "this page")
		}
		return dest
	case strings.HasPrefix(dest, "/") && !strings.HasPrefix(dest, "//"):
		return r.path(dest, from, at)
	case scheme == "error":
		return r.errorLink(rest, from, at)
	case scheme == "guide":
		return r.guideLink(rest, from, at)
	case strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"):
		if strings.HasPrefix(rest, "//") && len(rest) > 2 && rest[2] != '/' {
			return dest
		}
		if strings.Contains(dest, ":") {
			hint := "a whole address begins with https:// and the name of a host"
			if address := whole(dest); address != "" {
				hint = "write " + address
			}
			r.list.ErrorHint(at, "unresolved-link", fmt.Sprintf("%q is not a whole address", dest), hint)
			return ""
		}
	case strings.EqualFold(scheme, "mailto") || strings.EqualFold(scheme, "tel"):
		if strings.Contains(dest, ":") {
			return dest
		}
	}
	switch {
	case dest == "":
		r.list.ErrorHint(at, "unresolved-link", "this link leads nowhere", "write its address between the parentheses")
		return ""
	case strings.HasPrefix(dest, "//"):
		r.list.ErrorHint(at, "unresolved-link", fmt.Sprintf("%q leaves the site without saying how", dest), "write https:"+dest+", or one slash for a path of this site")
		return ""
	}
	if !strings.Contains(dest, ":") {
		r.list.ErrorHint(at, "unresolved-link", fmt.Sprintf("%q is a relative link, which would mean another page on every page", dest), r.relativeHint(dest, from))
		return ""
	}
	message, hint := "a link may not use the scheme %q", r.schemeHint(scheme, rest, dest, from)
	if strings.HasPrefix(hint, "did you mean ") { // a slip
		message = "there is no scheme %q"
	}
	r.list.ErrorHint(at, "unsafe-link", fmt.Sprintf(message, scheme), hint)
	return ""
}

func (r *resolver) image(dest string, at diag.Span) string {
	if strings.HasPrefix(dest, "/") && r.m.Site.Static[strings.TrimPrefix(dest, "/")] {
		return dest
	}
	hint := "put the file into static/ and write its path from the root"
	if plain := strings.TrimPrefix(strings.TrimPrefix(dest, "./"), "static/"); !strings.HasPrefix(dest, "/") && !strings.Contains(dest, ":") && fs.ValidPath(plain) && plain != "." {
		if hint = "put the file at static/" + plain + " and write /" + plain; r.m.Site.Static[plain] {
			hint = "write /" + plain
		}
	}
	if strings.HasPrefix(dest, "http") {
		hint = "pages load nothing from other sites: " + hint
	}
	r.list.ErrorHint(at, "missing-image", fmt.Sprintf("there is no image %q", dest), hint)
	return ""
}

// anchor reports whether a page has an anchor, and says so where it has not. owner is what the page is of, by which its anchors are known again where they are many.
func (r *resolver) anchor(anchor string, owner any, list func() []string, at diag.Span, where string) bool {
	if anchor == "" || anchor == "top" {
		return true
	}
	if d, ok := owner.(*catalog.Definition); ok && parts(d) <= manyAnchors/2 && d.HasAnchor(anchor) {
		return true
	}
	known := r.anchors[owner]
	if known == nil {
		anchors := list()
		if len(anchors) <= manyAnchors && slices.Contains(anchors, anchor) {
			return true
		}
		known = newAnchorSet(anchors)
		if len(anchors) > manyAnchors {
			if r.anchors == nil {
				r.anchors = map[any]*anchorSet{}
			}
			r.anchors[owner] = known
		}
	}
	if known.set[anchor] {
		return true
	}
	d := diag.Diagnostic{Span: at, ID: "unresolved-anchor", Message: fmt.Sprintf("%s has no anchor #%s", where, anchor), Hint: known.hint(anchor)}
	if url := r.urlOf(owner); url != "" {
		d.About = []string{url + "#" + anchor}
	}
	r.list.Add(d)
	return false
}

// parts is how many parts of a definition may have an anchor that its author named.
func parts(d *catalog.Definition) int {
	return len(d.Causes) + len(d.Fixes) + len(d.Subcodes) + len(d.FAQ) + len(d.Sections) + len(d.AnchorAliases)
}

// urlOf is the URL of a page's owner, "" where it has none.
func (r *resolver) urlOf(owner any) string {
	switch x := owner.(type) {
	case *catalog.Definition:
		return r.m.nodes[x].url
	case *catalog.Guide:
		return r.m.GuideURL(x)
	case string: // a path, or the file of a collection
		if strings.HasPrefix(x, "/") {
			return x
		}
	}
	return ""
}

func (r *resolver) errorLink(rest string, from page, at diag.Span) string {
	ref, anchor, has := strings.Cut(rest, "#")
	ref = r.unquoted(ref, "error:", at)
	to := r.one(ref, from, at)
	if to == nil {
		return ""
	}
	url := r.m.nodes[to].url
	if has && !to.Faulty && !r.anchor(anchor, to, to.Anchors, at, to.Name()) {
		r.mean(to)
		return ""
	}
	r.lead(from, to)
	if from.definition == to && has {
		return "#" + anchor
	}
	if has {
		url += "#" + anchor
	}
	return url
}

func (r *resolver) guideLink(rest string, from page, at diag.Span) string {
	slug, anchor, has := strings.Cut(rest, "#")
	slug = r.unquoted(slug, "guide:", at)
	if r.guides == nil {
		r.guides = make(map[string]*catalog.Guide, len(r.m.Site.Guides))
		for _, g := range r.m.Site.Guides {
			r.guides[g.Slug] = g
		}
	}
	g := r.guides[slug]
	if g == nil {
		about := "guide:" + slug
		if file := r.unreadGuide(slug); file != "" {
			about = diag.AboutUnread(file)
		}
		r.list.Add(diag.Diagnostic{Span: at, ID: "unresolved-reference", Message: fmt.Sprintf("there is no guide %q", slug), Hint: r.guideHint(slug), About: []string{about}})
		return ""
	}
	url := r.m.GuideURL(g)
	if has {
		if !g.Faulty && !r.anchor(anchor, g, func() []string { return guideAnchors(g) }, at, "the guide "+slug) {
			return ""
		}
		url += "#" + anchor
	}
	r.leadToGuide(from, g)
	return url
}

// guideHint says which guide may have been meant.
func (r *resolver) guideHint(slug string) string {
	if r.guideHints++; r.guideHints > maxFileHints {
		return "write the name of a file of content/guides/"
	}
	if file := r.unreadGuide(slug); file != "" {
		return wouldBe(file)
	}
	if len(r.m.Site.Guides) == 0 {
		return "there are no guides; write content/guides/" + slug + ".md"
	}
	if g := r.guideForm(baseName(slug)); g != "" {
		return "write " + strings.TrimPrefix(g, "guide:")
	}
	slugs := make([]string, len(r.m.Site.Guides))
	for i, g := range r.m.Site.Guides {
		slugs[i] = g.Slug
	}
	return nearestHint(slug, slugs, "the guides: "+few(slugs))
}

// mean notes what a reference that fails was meant for.
func (r *resolver) mean(d *catalog.Definition) {
	if r.meant == nil {
		r.meant = map[*catalog.Definition]bool{}
	}
	r.meant[d] = true
}

func nearestHint(word string, candidates []string, otherwise string) string {
	if near := diag.Nearest(word, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}
