package link

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// reference resolves the ref of a key such as `related`.
func (r *resolver) reference(ref catalog.Text, d *catalog.Definition) *catalog.Definition {
	return r.one(ref.Value, page{file: d.File, collection: d.Collection.ID, definition: d}, ref.Span(d.File))
}

// one resolves a reference to exactly one definition, or says why it cannot.
func (r *resolver) one(ref string, from page, at diag.Span) *catalog.Definition {
	found := r.find(ref, from.collection)
	switch {
	case len(found) == 1:
		return found[0]
	case len(found) > 1:
		const some = 20
		options := make([]string, min(len(found), some))
		for i, d := range found[:len(options)] {
			if options[i] = d.Slug; from.collection == "" || d.Collection.ID != from.collection {
				options[i] = d.Ref()
			}
		}
		hint := "write the slug: " + strings.Join(options, " or ")
		if more := len(found) - len(options); more > 0 {
			hint += fmt.Sprintf(", or one of %d more", more)
		}
		r.list.ErrorHint(at, "ambiguous-reference", fmt.Sprintf("%q is the code of %d definitions", ref, len(found)), hint)
		return nil
	}
	if file := r.unread(ref, from.collection); file != "" {
		r.list.Add(diag.Diagnostic{Span: at, ID: "unresolved-reference", Message: r.missing(ref), Hint: wouldBe(file), About: []string{diag.AboutUnread(file)}})
	} else if !r.unknowable(ref, from.collection) {
		r.list.Add(diag.Diagnostic{Span: at, ID: "unresolved-reference", Message: r.missing(ref), Hint: r.suggest(ref, from.collection), About: []string{aboutRef(ref, from.collection)}})
	}
	return nil
}

// aboutRef names an error as diag.Diagnostic.About does: by its collection, which is empty for one that a guide names without it, and by its slug, code or alias.
func aboutRef(ref, collection string) string {
	if !strings.Contains(ref, "/") {
		ref = collection + "/" + ref
	}
	return "error:" + ref
}

// byAlias is the About of a finding that follows where one of the references leads to a definition by an alias that it should not have; nil where none does.
func byAlias(collection string, to *catalog.Definition, refs ...catalog.Text) []string {
	for _, ref := range refs {
		if name := ref.Value[strings.IndexByte(ref.Value, '/')+1:]; name != to.Slug && name != to.Code.Value {
			return []string{aboutRef(ref.Value, collection)}
		}
	}
	return nil
}

// find looks a reference up: collection/name, or a slug, a code or an alias of the collection it stands in. Without a
// collection (in a guide) every collection is asked.
func (r *resolver) find(ref, collection string) (found []*catalog.Definition) {
	if id, name, ok := inCollection(ref); ok {
		if n := r.m.names[id]; n != nil {
			return n.find(name)
		}
		return nil
	}
	if collection != "" {
		return r.m.names[collection].find(ref)
	}
	for _, c := range r.m.Site.Collections {
		found = append(found, r.m.names[c.ID].find(ref)...)
	}
	return found
}

// inCollection cuts a reference that names a collection.
func inCollection(ref string) (id, name string, ok bool) {
	id, name, ok = strings.Cut(ref, "/")
	return id, name, ok && !strings.Contains(ref, "://")
}

// missing says what a reference that finds nothing asked for.
func (r *resolver) missing(ref string) string {
	id, name, ok := inCollection(ref)
	switch {
	case !ok || id == "" && r.m.names[id] == nil:
		return fmt.Sprintf("there is no error %q", ref)
	case r.m.names[id] == nil:
		return fmt.Sprintf("there is no collection %q", id)
	}
	return fmt.Sprintf("the collection %s has no error %q", id, name)
}

func (n *names) find(name string) []*catalog.Definition {
	if d := n.slug[name]; d != nil {
		return []*catalog.Definition{d}
	}
	if ds := n.code[name]; len(ds) > 0 && name != "" {
		return ds
	}
	if d := n.alias[name]; d != nil {
		return []*catalog.Definition{d}
	}
	return nil
}

// maxHints is how many different names are compared with all there are: each costs as much as the site has names, and a
// site with more dead references than this has one fault and not so many.
const maxHints = 500

// suggest names what may have been meant. The same question is answered once.
func (r *resolver) suggest(ref, collection string) string {
	key := collection + "/" + ref
	hint, known := r.hints[key]
	if known {
		return hint
	}
	if len(r.hints) >= maxHints {
		return "write a code or slug that has a file"
	}
	if r.hints == nil {
		r.hints = map[string]string{}
	}
	r.hints[key] = r.nearest(ref, collection)
	return r.hints[key]
}

// nearest is the nearest slug or code of the same collection, then the same name in another.
func (r *resolver) nearest(ref, collection string) string {
	ref = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(ref, "error:"), ".yaml"), ".yml")
	for strings.HasPrefix(ref, "../") || strings.HasPrefix(ref, "./") {
		_, ref, _ = strings.Cut(ref, "/")
	}
	if i, ok := r.m.byURL[ref]; ok {
		if form, is := strings.CutPrefix(r.form(r.m.Pages[i], page{collection: collection}), "error:"); is {
			return "write " + form
		}
	}
	if web := webHint(r.m, ref); web != "" {
		return web
	}
	for _, c := range r.m.Site.Collections {
		if c.ID != collection && collection != "" {
			continue
		}
		for _, d := range c.Definitions {
			if d.Title.Value == "" || !strings.EqualFold(d.Title.Value, ref) {
				continue
			}
			r.mean(d)
			if collection == "" {
				return "that is its title: write " + d.Ref()
			}
			return "that is its title: write " + d.Slug
		}
	}
	if i := strings.LastIndexByte(ref, ' '); i >= 0 { // as in API error 7
		if found := r.find(ref[i+1:], collection); len(found) == 1 {
			ref = ref[i+1:]
		}
	}
	id, name, qualified := strings.Cut(ref, "/")
	if !qualified {
		id, name = collection, ref
	}
	if n := r.m.names[id]; n != nil {
		if near := diag.Nearest(name, n.all()); near != "" {
			if d := n.find(near); len(d) == 1 {
				r.mean(d[0])
			}
			if qualified {
				near = id + "/" + near
			}
			return "did you mean " + near + "?"
		}
	}
	var everywhere, ids []string
	for _, c := range r.m.Site.Collections {
		ids = append(ids, c.ID)
		if found := r.m.names[c.ID].find(name); len(found) > 0 {
			r.mean(found[0])
			return "did you mean " + found[0].Ref() + "?"
		}
		if collection == "" {
			everywhere = append(everywhere, r.m.names[c.ID].all()...)
		}
	}
	if qualified && r.m.names[id] == nil {
		return nearestHint(id, ids, "the collections: "+strings.Join(ids, ", "))
	}
	if near := diag.Nearest(name, everywhere); near != "" {
		return "did you mean " + near + "?"
	}
	file := "content/" + id + "/" + name + ".yaml"
	switch {
	case !slugForm.MatchString(name):
		return "write a code or slug that has a file"
	case id == "":
		file = name + ".yaml"
	}
	return "write a code or slug that has a file, or add " + file
}

// webHint is the hint for an address in place of a name, "" for anything else.
func webHint(m *Map, ref string) string {
	if !strings.HasPrefix(ref, "https://") && !strings.HasPrefix(ref, "http://") {
		return ""
	}
	if path, own := strings.CutPrefix(ref, strings.TrimSuffix(m.Site.BaseURL.Value, "/")); own && m.Site.BaseURL.Value != "" {
		path, _, _ = strings.Cut(path, "#")
		if to, is := m.alias[path]; is {
			path = to
		}
		if i, is := m.byURL[strings.TrimSuffix(path, ".html")]; is && m.Pages[i].Definition != nil {
			return "write " + m.Pages[i].Definition.Ref()
		}
	}
	return "this names an error of this site; an address elsewhere belongs into `links`, as `{title: ..., url: ...}`"
}

// all returns the names of a collection; slugs and the codes that are not slugs.
func (n *names) all() []string {
	out := make([]string, 0, len(n.slug))
	for _, d := range n.collection.Definitions {
		out = append(out, d.Slug)
		if d.Code.Value != d.Slug {
			out = append(out, d.Code.Value)
		}
	}
	return out
}

// Find returns what a reference stands for when it is looked up in every collection: none, one, or several definitions.
func (m *Map) Find(ref string) []*catalog.Definition {
	r := resolver{m: m}
	found := r.find(ref, "")
	return found
}
