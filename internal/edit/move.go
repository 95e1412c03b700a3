package edit

import (
	"errors"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/load"
)

// slugForm is package link's: what a slug may be made of.
var slugForm = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._~-]*$`)

// page is what is renamed.
type page struct {
	folder, ending string // "whatsapp", ".yaml"
	slug           string
	pattern        string // of its URL, with {slug}
	aliases        []catalog.Text
}

func (p page) file(slug string) string { return "content/" + p.folder + "/" + slug + p.ending }
func (p page) url(slug string) string  { return strings.Replace(p.pattern, "{slug}", slug, 1) }

// Move plans the renaming of a definition, COLLECTION/OLD to COLLECTION/NEW, or of a guide, guides/OLD to guides/NEW: the file gets its new name,
// every reference to it in every file is rewritten, and the old slug becomes an alias, so that every URL that ever led to the page still does. It
// refuses where NEW is taken, by a file, a page or an alias.
func Move(fsys fs.FS, from, to string) (*Plan, error) {
	p, err := read(fsys)
	if err != nil {
		return nil, err
	}
	old, err := p.page(from)
	if err != nil {
		return nil, err
	}
	folder, slug, ok := strings.Cut(to, "/")
	switch {
	case !ok:
		return nil, refuse("write "+old.folder+"/"+to, "%q does not name a definition", to)
	case folder != old.folder:
		return nil, refuse("its group, its relations and its URL belong to "+old.folder, "a page stays in its collection")
	case !slugForm.MatchString(slug):
		return nil, refuse("use letters, digits and . _ ~ -, beginning with a letter or a digit", "%q cannot be part of a URL", slug)
	case slug == old.slug:
		return nil, refuse("", "it is called %s already", slug)
	}
	switch _, err := fs.Stat(fsys, old.file(slug)); {
	case err == nil && !strings.EqualFold(slug, old.slug): // a file system blind to case shows the old file
		return nil, refuse("choose another name", "%s is there already", old.file(slug))
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	if at, ok := p.m.At(old.url(slug)); ok {
		return nil, refuse("choose another name", "a page stands at %s already", at.URL)
	}
	d := newDraft(p)
	d.references(mover{p: p, old: old, slug: slug, known: p.known(old.folder, slug)})
	changes, err := d.changes()
	if err != nil {
		return nil, err
	}
	if changes, err = p.rename(changes, old, slug); err != nil {
		return nil, err
	}
	name := func(s string) string {
		if s == old.folder+"/"+old.slug {
			return old.folder + "/" + slug
		}
		return s
	}
	after, err := read(over(fsys, changes))
	if err != nil {
		return nil, err
	}
	if err := d.same(after, name); err != nil {
		return nil, err
	}
	if err := p.verify(after, name, ""); err != nil {
		return nil, err
	}
	return &Plan{changes}, nil
}

// page finds what is to be renamed.
func (p *project) page(ref string) (page, error) {
	if slug, ok := strings.CutPrefix(ref, "guides/"); ok {
		var slugs []string
		for _, g := range p.site.Guides {
			if g.Slug == slug {
				pattern := p.site.GuidesURL.Value
				if pattern == "" {
					pattern = "/docs/{slug}"
				}
				return page{"guides", ".md", slug, pattern, g.Aliases}, nil
			}
			slugs = append(slugs, g.Slug)
		}
		return page{}, refuse(p.absent(ref, slug, slugs), "there is no guide %q", slug)
	}
	d, err := p.definition(ref)
	if err != nil {
		return page{}, err
	}
	return page{d.Collection.ID, ".yaml", d.Slug, d.Collection.URL.Value, d.Aliases}, nil
}

// known reports whether a collection other than this one has a definition that the name alone would find, from a guide.
func (p *project) known(folder, name string) bool {
	for _, c := range p.site.Collections {
		if c.ID == folder {
			continue
		}
		for _, d := range c.Definitions {
			if d.Slug == name || d.Code.Value == name || slices.ContainsFunc(d.Aliases, func(a catalog.Text) bool { return a.Value == name }) {
				return true
			}
		}
	}
	return false
}

// rename gives the file its new name and the old slug as an alias. Where the new slug was an alias of the page, as when a renaming is taken back, that
// alias becomes the old slug: it would stand where the page does.
func (p *project) rename(changes []Change, old page, slug string) ([]Change, error) {
	i := slices.IndexFunc(changes, func(c Change) bool { return c.Path == old.file(old.slug) })
	if i < 0 {
		data, err := fs.ReadFile(p.fsys, old.file(old.slug))
		if err != nil {
			return nil, err
		}
		i, changes = len(changes), append(changes, Change{Old: data, New: data})
	}
	c := &changes[i]
	c.Path, c.From = old.file(slug), old.file(old.slug)
	f := load.File{Path: c.Path, Slug: slug, Collection: old.folder}
	if old.folder == "guides" {
		f.Collection = ""
	}
	item := p.tree.Parse(f, c.New)
	aliases, lines := old.aliases, []int(nil)
	switch {
	case item.Definition != nil && item.Definition.Collection != nil:
		aliases, lines = item.Definition.Aliases, below(item.Definition, "aliases")
	case item.Guide != nil:
		aliases = item.Guide.Aliases
		for _, t := range []catalog.Text{item.Guide.Description, item.Guide.Title} {
			if t.Set() {
				lines = append(lines, t.Place.At(t.Value, len(t.Value)).Line)
			}
		}
	}
	src := newFile(c.Path, c.New)
	want := maps.Clone(outlineOf(item))
	values := valuesOf(aliases)
	var candidates [][]byte
	if at := slices.IndexFunc(aliases, func(a catalog.Text) bool { return a.Value == slug || a.Value == old.url(slug) }); at >= 0 {
		values[at] = old.slug
		if from, end, ok := src.stretch(aliases[at]); ok {
			candidates = [][]byte{src.with(from, end, scalar(old.slug))}
		}
	} else {
		values = append(values, old.slug)
		candidates = src.add("aliases", aliases, scalar(old.slug), lines)
	}
	want["Aliases"] = texts(values)
	text, ok := p.settle(f, c.New, candidates, want)
	if !ok {
		return nil, refuse("add it by hand, rename the file, and run errdex check", "the alias %s cannot be added to %s in the way it is written", old.slug, c.From)
	}
	c.New = text
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return changes, nil
}
