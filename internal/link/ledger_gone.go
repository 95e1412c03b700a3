package link

import (
	"fmt"
	"slices"
	"strings"

	"errdex/internal/diag"
)

// GivenUp returns a list in which each dead reference to what the ledger has as given up says so, in place of a guess at what else was meant: who follows
// the guess makes a link that resolves and is wrong. Their About is diag.AboutGivenUp, by which those of one URL belong together.
func (l *Ledger) GivenUp(m *Map, list *diag.List) *diag.List {
	if !slices.ContainsFunc(l.records, func(r record) bool { return r.gone != "" }) {
		return list
	}
	names := l.givenUp(m)
	out := &diag.List{}
	for d := range list.All() {
		if len(d.About) > 0 && (d.ID == "unresolved-reference" || d.ID == "unresolved-link" || d.ID == "unresolved-anchor") {
			if r := names[escape(d.About[0])]; r != nil {
				d.ID, d.Message, d.Hint = "unresolved-reference", r.epitaph(), "remove this reference, or the sentence that it stands in: no other page was meant"
				d.About = []string{diag.AboutGivenUp(r.url)}
				d.Related = append(slices.Clone(d.Related), diag.Related{Span: r.span(LedgerFile), Message: "given up here"})
			}
		}
		out.Add(d)
	}
	return out
}

// givenUp returns what was given up and did not come back, by the names that Diagnostic.About has for it.
func (l *Ledger) givenUp(m *Map) map[string]*record {
	names := map[string]*record{}
	live := l.bound()
	for i := range l.records {
		r := &l.records[i]
		if r.gone == "" || live.has([]byte(r.url)) {
			continue
		}
		names[r.url] = r
		id, slug, nested := strings.Cut(r.what, "/")
		switch {
		case r.anchor() || !nested || pagePath(r.url) != r.url:
		case id == "guides":
			names["guide:"+slug] = r
		default:
			own := m.names[id] != nil && aliasFor(r.url, m.names[id].collection.URL.Value) == slug
			for _, name := range []string{slug, r.code} {
				for _, about := range []string{aboutRef(name, id), aboutRef(name, "")} {
					if names[about] == nil || own { // else it is an alias of it
						names[about] = r
					}
				}
			}
		}
	}
	return names
}

// epitaph says when and why a URL was given up.
func (r *record) epitaph() string {
	name := r.what
	if r.anchor() || name == "home" {
		name = r.url
	}
	day, why, _ := strings.Cut(r.gone, " ")
	if !dated(r.gone) { // which is said of the line
		return name + " was given up"
	}
	return fmt.Sprintf("%s was given up on %s: %s", name, day, strings.TrimSpace(why))
}

// Absent says where a page is that a person calls COLLECTION/NAME, guides/NAME or by its code alone, and that is not there: in a file that is not read, given up, or
// published once; with what is to be done. It is "" where nothing is known of it, and l may be nil.
func (l *Ledger) Absent(m *Map, ref string) string {
	id, name, qualified := strings.Cut(ref, "/")
	if !qualified {
		id, name = "", ref
	}
	r := resolver{m: m}
	file, want := r.unread(name, id), name+".yaml"
	if id == "guides" {
		file, want = r.unreadGuide(name), name+".md"
	}
	if file != "" {
		if folder, base, _ := cutLast(file); base != want && (folder == "content/"+id || id == "") {
			return file + " is not read: rename it to " + want
		}
		return file + " is not read: `errdex check` says where it belongs"
	}
	if l == nil || name == "" {
		return ""
	}
	live := l.bound()
	var found *record
	for i := range l.records {
		r := &l.records[i]
		folder, slug, nested := strings.Cut(r.what, "/")
		if !nested || r.anchor() || pagePath(r.url) != r.url || id != "" && folder != id || id == "" && folder == "guides" {
			continue
		}
		if n := escape(name); slug != n && r.code != n {
			continue
		}
		if n := m.names[folder]; n != nil && len(n.find(slug)) > 0 {
			continue
		}
		if found == nil || found.gone != "" && r.gone == "" {
			found = r
		}
	}
	switch {
	case found == nil:
		return ""
	case found.gone != "" && !live.has([]byte(found.url)):
		return found.epitaph()
	case id == "guides":
		return "it was published at " + found.url + ": bring content/" + found.what + ".md back first, from the repository's history"
	}
	return "it was published at " + found.url + ": bring content/" + found.what + ".yaml back first, from the repository's history"
}

// cutLast parts a path before its last element.
func cutLast(path string) (folder, base string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}
