package link

import (
	"slices"
	"strings"

	"errdex/internal/catalog"
)

// What a reference names may be in a file that is not read, or in a part of one that could not be. The first is said in the hint: the file's name is
// the fault, and no other page was meant. The second is no fault of the reference, and nothing is said of it.

// unread returns the file that would be what a reference names if it were read; "" where there is none. collection is empty in a guide.
func (r *resolver) unread(ref, collection string) string {
	id, name, qualified := strings.Cut(ref, "/")
	if !qualified {
		id, name = collection, ref
	}
	for _, u := range r.m.Site.Unread {
		if !u.Guide && u.Slug != "" && u.Slug == name && (u.Collection == "" || id == "" || u.Collection == id) {
			return u.File
		}
	}
	return ""
}

func (r *resolver) unreadGuide(slug string) string {
	for _, u := range r.m.Site.Unread {
		if u.Guide && u.Slug == slug {
			return u.File
		}
	}
	return ""
}

// unreadPath is unread for a path of the site.
func (r *resolver) unreadPath(path string) string {
	for _, u := range r.m.Site.Unread {
		if u.Slug == "" {
			continue
		}
		if u.Guide {
			if r.m.GuideURL(&catalog.Guide{Slug: u.Slug}) == path {
				return u.File
			}
			continue
		}
		for _, c := range r.m.Site.Collections {
			if (u.Collection == "" || u.Collection == c.ID) && strings.ReplaceAll(c.URL.Value, "{slug}", u.Slug) == path {
				return u.File
			}
		}
	}
	return ""
}

// wouldBe is the hint for a reference to a file that is not read.
func wouldBe(file string) string { return "it would be " + file + ", if that were read" }

// unknowable reports whether a reference to an error may lead to what could not be read: to a collection without its collection.yaml, to a file of
// which nothing is known, or to a code or an alias that stands in a part of a file that could not be read.
func (r *resolver) unknowable(ref, collection string) bool {
	id, name, qualified := strings.Cut(ref, "/")
	if !qualified {
		id, name = collection, ref
	}
	for _, u := range r.m.Site.Unread {
		if u.Slug == "" && !u.Guide && (u.Collection == id || id == "") {
			return true
		}
	}
	return r.m.lost[id].holds(name)
}

// unknowablePath is unknowable for a path of the site, which may be an alias.
func (r *resolver) unknowablePath(path string) bool {
	for _, c := range r.m.Site.Collections {
		if alias := aliasFor(path, c.URL.Value); r.m.lost[c.ID] != nil && (alias != path || !r.m.lost[c.ID].all) && r.m.lost[c.ID].holds(alias) {
			return true
		}
	}
	return r.m.lost["guides"].holds(aliasFor(path, r.m.GuideURL(&catalog.Guide{Slug: "{slug}"})))
}

// Unknowable reports whether a reference to d may stand in what could not be read.
func (m *Map) Unknowable(d *catalog.Definition) bool {
	if len(m.Site.Unread) > 0 {
		return true
	}
	all := m.lost[""]
	return all.holds(d.Slug) || all.holds(d.Code.Value) || slices.ContainsFunc(d.Aliases, func(a catalog.Text) bool { return all.holds(a.Value) })
}

// lostText is the text of a collection, of the guides or of the site that could not be read.
type lostText struct {
	all   bool // nothing is known of some file
	text  strings.Builder
	words map[string]bool
}

// gatherLost keeps what could not be read, by collection; "guides" is of the guides and "" of all together. It stays nil where everything was read.
func (m *Map) gatherLost() {
	add := func(where, text string, unread bool) {
		if !unread && text == "" {
			return
		}
		if m.lost == nil {
			m.lost = map[string]*lostText{}
		}
		for _, id := range [...]string{where, ""} {
			l := m.lost[id]
			if l == nil {
				l = &lostText{words: map[string]bool{}}
				m.lost[id] = l
			}
			l.all = l.all || unread
			l.add(text)
		}
	}
	for _, c := range m.Site.Collections {
		for _, d := range c.Definitions {
			if d.Faulty {
				add(c.ID, d.Lost, d.Unread)
			} else {
				add("", d.Lost, false) // what a block of code has taken gives no names, but may refer to some
			}
		}
	}
	for _, g := range m.Site.Guides {
		if g.Faulty {
			add("guides", g.Lost, g.Unread)
		}
	}
}

func (l *lostText) add(text string) {
	l.text.WriteString("\n" + text)
	for _, w := range strings.FieldsFunc(text, func(c rune) bool { return !wordRune(c) }) {
		l.words[strings.Trim(w, ".")] = true
	}
}

// holds reports whether a name may stand in what is lost: as a whole word, or where it is no word anywhere.
func (l *lostText) holds(name string) bool {
	switch {
	case l == nil || name == "":
		return false
	case l.all || l.words[name]:
		return true
	}
	return strings.ContainsFunc(name, func(c rune) bool { return !wordRune(c) }) && strings.Contains(l.text.String(), name)
}

func wordRune(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c == '~' || c >= 0x80
}
