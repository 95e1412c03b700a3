package edit

import (
	"strings"

	"errdex/internal/catalog"
)

// mover knows how a reference to the renamed page is written, and how it is written from now on.
type mover struct {
	p     *project
	old   page
	slug  string
	known bool // whether the new slug alone, in a guide, would also find a definition of another collection
}

// references notes the rewriting of every reference of the site.
func (d *draft) references(m mover) {
	for _, c := range d.p.site.Collections {
		d.prose(m, &c.Description, c.File, c.ID)
		for i := range c.Groups {
			d.prose(m, &c.Groups[i].Description, c.File, c.ID)
		}
		for _, x := range c.Definitions {
			d.definition(m, x)
		}
	}
	for _, g := range d.p.site.Guides {
		d.prose(m, &g.Body, g.File, "")
		for i := range g.Sources {
			d.url(m, &g.Sources[i].URL, g.File)
		}
	}
}

func (d *draft) definition(m mover, x *catalog.Definition) {
	for i := range x.Related {
		d.ref(m, &x.Related[i].Ref, x.File, x.Collection.ID)
	}
	for i := range x.ReplacedBy {
		d.ref(m, &x.ReplacedBy[i], x.File, x.Collection.ID)
	}
	x.EachProse(func(_ string, p *catalog.Prose) { d.prose(m, p, x.File, x.Collection.ID) })
	for i := range x.Equivalents {
		d.url(m, &x.Equivalents[i].URL, x.File)
	}
	for i := range x.Links {
		d.url(m, &x.Links[i].URL, x.File)
	}
	for i := range x.Sources {
		d.url(m, &x.Sources[i].URL, x.File)
	}
}

// ref rewrites the value of a key such as related. One that names the page by its code or by an alias stays: it is true still.
func (d *draft) ref(m mover, t *catalog.Text, file, collection string) {
	at, text, ok := m.name(t.Value, collection)
	if !ok {
		return
	}
	if f := d.file(file); at == 0 {
		// The whole scalar: what has no quotes may need them now, since 190 is a number and 190-token is not.
		if from, end, ok := f.stretch(*t); ok && end-from == len(t.Value) {
			d.replaceAs(t, file, at, len(t.Value), text, scalar(text))
			return
		}
	}
	d.replace(t, file, at, len(t.Value), text)
}

// prose rewrites the links of a Markdown field.
func (d *draft) prose(m mover, p *catalog.Prose, file, collection string) {
	if p.Doc == nil {
		return
	}
	for _, l := range p.Doc.Links {
		at, end, text, ok := m.link(l.Dest, collection)
		if !ok {
			continue
		}
		if l.At.End > len(p.Value) || p.Value[l.At.Start:l.At.End] != l.Dest {
			d.stuck(p.Part(file, l.At.Start, l.At.End).Start.Line, file, l.Dest)
			continue
		}
		d.replace(&p.Text, file, l.At.Start+at, l.At.Start+end, text)
	}
}

// url rewrites an address of this site that is written out whole.
func (d *draft) url(m mover, t *catalog.Text, file string) {
	if at, end, text, ok := m.absolute(t.Value); ok {
		d.replace(t, file, at, end, text)
	}
}

// replace notes that a part of a text becomes another.
func (d *draft) replace(t *catalog.Text, file string, at, end int, text string) {
	d.replaceAs(t, file, at, end, text, text)
}

// replaceAs is replace for a text that is written otherwise than it reads.
func (d *draft) replaceAs(t *catalog.Text, file string, at, end int, text, written string) {
	if !t.Place.Exact() || !d.file(file).replace(t.Place.At(t.Value, at), t.Value[at:end], written) {
		d.stuck(int(t.Place.Line), file, t.Value[at:end])
		return
	}
	d.touched[t] = append(d.touched[t], splice{at, end, text})
}

func (d *draft) stuck(line int, file, what string) {
	if d.err == nil {
		d.err = refuse("write it plainly there, then try again", "%s:%d: the reference %q is written in a way that cannot be edited in place", file, line, what)
	}
}

// name returns where in a reference the slug begins and what takes its place, where the reference names the page by its slug.
func (m mover) name(ref, collection string) (at int, text string, ok bool) {
	if m.old.folder == "guides" {
		return 0, "", false
	}
	id, name, qualified := strings.Cut(ref, "/")
	if !qualified {
		id, name = collection, ref
	}
	if name != m.old.slug {
		return 0, "", false
	}
	switch {
	case id == m.old.folder:
		return len(ref) - len(name), m.slug, true
	case id == "" && !m.p.known(m.old.folder, name): // in a guide, where the name alone finds it
		if m.known {
			return 0, m.old.folder + "/" + m.slug, true
		}
		return 0, m.slug, true
	}
	return 0, "", false
}

// link returns what of a link's destination is replaced.
func (m mover) link(dest, collection string) (at, end int, text string, ok bool) {
	scheme, rest, _ := strings.Cut(dest, ":")
	ref, _, _ := strings.Cut(rest, "#")
	switch {
	case scheme == "error":
		at, text, ok = m.name(ref, collection)
		begin := len("error:")
		return begin + at, begin + len(ref), text, ok
	case scheme == "guide":
		begin := len("guide:")
		return begin, begin + len(ref), m.slug, m.old.folder == "guides" && ref == m.old.slug
	case strings.HasPrefix(dest, "/"):
		return m.path(dest, 0)
	}
	return m.absolute(dest)
}

// absolute is path for an address with the base URL of the site.
func (m mover) absolute(dest string) (at, end int, text string, ok bool) {
	base := strings.TrimRight(m.p.site.BaseURL.Value, "/")
	if base == "" || !strings.HasPrefix(dest, base+"/") {
		return 0, 0, "", false
	}
	return m.path(dest, len(base))
}

// path returns the old path of the page in a destination that has it from at on, with or without the ending of a twin.
func (m mover) path(dest string, at int) (from, end int, text string, ok bool) {
	url := m.old.url(m.old.slug)
	rest, cut := strings.CutPrefix(dest[at:], url)
	if !cut {
		return 0, 0, "", false
	}
	for _, ending := range []string{".json", ".md"} {
		rest = strings.TrimPrefix(rest, ending)
	}
	if rest != "" && rest[0] != '#' && rest[0] != '?' {
		return 0, 0, "", false
	}
	return at, at + len(url), m.old.url(m.slug), true
}
