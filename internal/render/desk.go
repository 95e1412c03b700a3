package render

import (
	"html/template"
	"unsafe"

	"errdex/internal/catalog"
)

// desk is what one error page is made on: its struct and all that hangs on it. It is used for the next page, since a page is gone when
// its bytes are there, and a build of ten thousand would leave half a gigabyte of such structs to the garbage collector. What lies on it from a page before is not
// wiped off: it is written over, and keeps nothing alive but texts of the site that the Renderer has anyway.
type desk struct {
	page       ErrorPage
	prev, next Ref
	group      Link
	alternates [2]Alternate
	text       []byte // the HTML of the page's fields, and texts that are put together
	htmls      slab[template.HTML]

	facts       slab[Fact]
	surfaces    slab[Surface]
	parts       slab[Part]
	variants    slab[Variant]
	params      slab[Param]
	fixes       slab[Fix]
	fixRefs     slab[FixRef]
	causes      slab[Cause]
	causeRefs   slab[CauseRef]
	subcodes    slab[Subcode]
	examples    slab[Example]
	questions   slab[Question]
	sections    slab[Section]
	equivalents slab[Equivalent]
	links       slab[Link]
	sources     slab[Source]
	groups      slab[RelatedGroup]
	refs        slab[Ref]
	toc         slab[TOCItem]
}

func (r *Renderer) desk() *desk {
	if d, ok := r.desks.Get().(*desk); ok {
		return d
	}
	return &desk{}
}

// clear takes a desk back. What was made on it must not be looked at again.
func (r *Renderer) clear(d *desk) {
	d.text = d.text[:0]
	d.htmls.reset()
	d.facts.reset()
	d.surfaces.reset()
	d.parts.reset()
	d.variants.reset()
	d.params.reset()
	d.fixes.reset()
	d.fixRefs.reset()
	d.causes.reset()
	d.causeRefs.reset()
	d.subcodes.reset()
	d.examples.reset()
	d.questions.reset()
	d.sections.reset()
	d.equivalents.reset()
	d.links.reset()
	d.sources.reset()
	d.groups.reset()
	d.refs.reset()
	d.toc.reset()
	r.desks.Put(d)
}

// view makes a page on a desk.
type view struct {
	*Renderer
	*desk
}

// block renders a Markdown field as blocks, inline without its only paragraph.
func (r view) block(p catalog.Prose) template.HTML {
	if p.Doc.Empty() {
		return ""
	}
	from := len(r.text)
	r.text = p.Doc.AppendHTML(r.text, r.href(p.Doc), r.highlight)
	return r.since(from)
}

func (r view) inline(p catalog.Prose) template.HTML {
	if p.Doc.Empty() {
		return ""
	}
	if s, ok := p.Doc.Verbatim(); ok {
		return template.HTML(s)
	}
	from := len(r.text)
	r.text = p.Doc.AppendInline(r.text, r.href(p.Doc), r.highlight)
	return r.since(from)
}

func (r view) inlines(ps []catalog.Prose) []template.HTML {
	out := r.htmls.list(len(ps))
	for _, p := range ps {
		out = append(out, r.inline(p))
	}
	return out
}

// join puts a text together.
func (r view) join(parts ...string) string {
	from := len(r.text)
	for _, s := range parts {
		r.text = append(r.text, s...)
	}
	return string(r.since(from))
}

// name is the definition's own Name.
func (r view) name(d *catalog.Definition) string {
	parts := d.NameParts()
	return r.join(parts[:]...)
}

func (r view) ref(d *catalog.Definition, note string) Ref { return r.named(d, r.name(d), note) }

// since returns the text from an offset on without a copy: nothing writes there again before the desk is cleared, and where the text had to move to a
// larger place the old one stays as it is.
func (r view) since(from int) template.HTML {
	b := r.text[from:]
	return template.HTML(unsafe.String(unsafe.SliceData(b), len(b)))
}
