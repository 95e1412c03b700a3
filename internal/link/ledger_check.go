package link

import (
	"fmt"
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// Check holds a site to the ledger. file is where diagnostics point, LedgerFile relative to the source folder. The list has an error lost-url
// for a recorded URL that nothing answers any more, lost-anchor for an anchor that its page has no longer, changed-code for a URL that came to
// stand for another code, each with what to do; and one warning unrecorded-url where the site publishes what the ledger does not know.
// What hangs on a lost page, its anchors and its twins, is counted with it.
func (l *Ledger) Check(m *Map, file string) *diag.List {
	c := ledgerCheck{m: m, file: file, list: &diag.List{}, live: l.bound(), gone: map[string]bool{}, lost: map[string]bool{}}
	for i := range l.records {
		if r := &l.records[i]; r.gone != "" && !r.anchor() {
			c.gone[r.url] = true
		}
	}
	for rest := c.live.records; len(rest) > 0; {
		path, _ := rest[0].split()
		n := 1
		for n < len(rest) && samePath(rest[n].url, path) {
			n++
		}
		c.path(path, rest[:n])
		rest = rest[n:]
	}
	if len(m.unplaced) == 0 { // else what is new is not known
		c.unrecorded()
	}
	return c.list
}

func samePath(url, path string) bool {
	return strings.HasPrefix(url, path) && (len(url) == len(path) || url[len(path)] == '#')
}

type ledgerCheck struct {
	m    *Map
	file string
	list *diag.List
	live index
	gone map[string]bool // paths that were given up
	lost map[string]bool // paths that are reported
	// renamed are the pages' URLs, each with a space and the kind of an anchor that the page lost: what is new of that kind there may be the lost one renamed,
	// and to record it would make the slip last.
	renamed map[string]bool

	codes  map[*names]map[string][]*catalog.Definition // by escaped code
	missed int                                         // anchors
}

func (c *ledgerCheck) at(r *record) diag.Span { return r.span(c.file) }

// span is the place of a record in its file, by the line where it was read.
func (r *record) span(file string) diag.Span {
	s := diag.Span{File: file}
	if r.line > 0 {
		s.Start = diag.Pos{Line: r.line, Col: 1}
		s.End = diag.Pos{Line: r.line, Col: len(r.url) + 1}
	}
	return s
}

// path checks the records of one path: the page first, since # sorts before all that a path may hold, then its anchors.
func (c *ledgerCheck) path(path string, records []record) {
	page, ok := c.m.answer(path)
	if !ok {
		c.missing(path, records)
		return
	}
	if unread(page) {
		return
	}
	var lost []*record
	anchors := map[string]bool(nil) // escaped
	for i := range records {
		r := &records[i]
		path, id := r.split()
		if path == r.url {
			if !c.code(r, page) {
				return // that it has not the parts of the other code follows
			}
			continue
		}
		if faulty(page) {
			continue // the part that it names may be there
		}
		if anchors == nil {
			all := c.m.pageAnchors(page)
			anchors = make(map[string]bool, len(all))
			for _, a := range all {
				anchors[escape(a)] = true
			}
		}
		if anchors[id] {
			continue
		}
		if p := page.Definition; p != nil && saidOfPart(p, id) {
			continue
		}
		lost = append(lost, r)
	}
	c.lose(page, lost)
}

// unread reports whether a page's file could not be read as what it is, which is a diagnostic of its own: its anchors are not known.
func unread(p Page) bool {
	return p.Definition != nil && !p.Definition.Code.Set() && !p.Definition.Title.Set() || p.Guide != nil && !p.Guide.Title.Set() ||
		p.Collection != nil && p.Collection.Faulty
}

// faulty reports whether a page's file was read in part only, which is a diagnostic of its own.
func faulty(p Page) bool {
	return p.Definition != nil && p.Definition.Faulty || p.Guide != nil && p.Guide.Faulty || p.Collection != nil && p.Collection.Faulty
}

// excused reports whether what a path names may be there: its place is not known, or its file, which may give it as an alias, was read in part.
func (c *ledgerCheck) excused(what string) bool {
	id, slug, _ := strings.Cut(what, "/")
	if c.m.unplaced[id] {
		return true
	}
	for _, u := range c.m.Site.Unread {
		if u.Guide && id == "guides" && u.Slug == slug || !u.Guide && (u.Collection == id || u.Collection == "") && (u.Slug == slug || u.Slug == "") {
			return true
		}
	}
	if id == "guides" {
		return slices.ContainsFunc(c.m.Site.Guides, func(g *catalog.Guide) bool { return g.Slug == slug && g.Faulty })
	}
	n := c.m.names[id]
	return n != nil && n.slug[slug] != nil && n.slug[slug].Faulty
}

// missing reports a path that nothing answers, once for a page and its twins.
func (c *ledgerCheck) missing(path string, records []record) {
	base, ending := path, ""
	for _, e := range definitionTwins {
		if b, cut := strings.CutSuffix(path, e); cut {
			base, ending = b, e
		}
	}
	if c.gone[path] || c.gone[base] {
		return
	}
	if c.excused(records[0].what) {
		return
	}
	if ending != "" && c.live.has([]byte(base)) {
		if _, there := c.m.answer(base); !there {
			return // said of the page
		}
		c.list.ErrorHint(c.at(&records[0]), "lost-url", path+" is gone, though "+base+" is there", "this version of errdex no longer writes it: tell its makers")
		return
	}
	r := &records[0]
	what := r.what
	if r.code != "" {
		what += ", code " + r.code
	}
	message := fmt.Sprintf("%s is gone, which named %s", path, what)
	if n := len(records) - 1; n > 0 {
		message += fmt.Sprintf(" and had %d %s", n, plural(n, "anchor"))
	}
	d := diag.Diagnostic{Span: c.at(r), ID: "lost-url", Message: message, Hint: c.urlHint(path, r), About: []string{path}}
	if id, slug, nested := strings.Cut(r.what, "/"); nested && id == "guides" {
		d.About = append(d.About, "guide:"+slug)
	} else if nested {
		for _, name := range []string{slug, r.code} {
			if n := c.m.names[id]; name != "" && (n == nil || len(n.find(name)) == 0) {
				d.About = append(d.About, aboutRef(name, id), aboutRef(name, ""))
			}
		}
	}
	c.list.Add(d)
}

// code reports a path that stands for another code than the one it was published for, and whether it stands for that one.
func (c *ledgerCheck) code(r *record, p Page) bool {
	if r.code == "" {
		return true
	}
	now := "a page without a code"
	if p.Definition != nil {
		if code := p.Definition.Code.Value; code == "" || escape(code) == r.code { // that there is none is said of its file
			return true
		}
		now = "code " + p.Definition.Code.Value
	}
	d := diag.Diagnostic{Span: c.at(r), ID: "changed-code", Message: fmt.Sprintf("%s was published for code %s and now leads to %s", r.url, r.code, now),
		Hint: c.codeHint(r, p.Definition)}
	if p.Definition != nil && escape(p.URL) == r.url { // the slip is in the file; for an alias it may be in either
		d.Related = []diag.Related{{Span: d.Span, Message: "recorded here"}}
		d.Span = p.Definition.At(p.Definition.Code)
	} else if id, _, nested := strings.Cut(r.what, "/"); nested && p.Definition != nil {
		name := aliasFor(r.url, p.Definition.Collection.URL.Value)
		d.About = []string{aboutRef(name, id), aboutRef(name, "")}
	}
	c.list.Add(d)
	return false
}

// answer returns the page that answers at a path of the site, through aliases and for twins; the zero Page for a file that is no page.
func (m *Map) answer(path string) (Page, bool) {
	if p, ok := m.At(path); ok {
		return p, true
	}
	if to, ok := m.alias[path]; ok {
		return m.At(to)
	}
	for _, ending := range definitionTwins {
		base, cut := strings.CutSuffix(path, ending)
		if !cut {
			continue
		}
		p, ok := m.At(base)
		if to, alias := m.alias[base]; !ok && alias {
			p, ok = m.At(to)
		}
		if ok && hasTwin(p, ending) {
			return Page{}, true
		}
	}
	return Page{}, m.file(path)
}

func hasTwin(p Page, ending string) bool {
	for _, e := range p.Twins() {
		if e == ending {
			return true
		}
	}
	return false
}

// unrecorded warns of what the site publishes beyond the ledger, in one line.
func (c *ledgerCheck) unrecorded() {
	var pages, anchors, others int
	var first []string
	var key []byte
	c.m.promises(func(path, anchor string, p Page) {
		key = append(key[:0], path...)
		if anchor != "" {
			key = append(append(key, '#'), anchor...)
		}
		if c.live.has(key) || anchor != "" && c.renamed[p.URL+" "+kindOf(anchor)] {
			return
		}
		if p.Definition != nil && !slugForm.MatchString(p.Definition.Slug) {
			return // its file must be renamed
		}
		if kindOf(anchor) != "" && !anchorForm.MatchString(anchor) {
			return // the rule invalid-anchor says that it cannot be one
		}
		isPage := anchor == "" && path == p.URL
		switch {
		case isPage:
			pages++
		case anchor != "":
			anchors++
		default:
			others++
		}
		// Pages speak for what hangs on them.
		if len(first) < 3 && (isPage || c.live.has([]byte(pagePath(path)))) {
			first = append(first, string(key))
		}
	})
	if pages+anchors+others == 0 {
		return
	}
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{pages + others, "new URL"}, {anchors, "new anchor"}} {
		switch x.n {
		case 0:
		case 1:
			parts = append(parts, "1 "+x.what)
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", x.n, x.what))
		}
	}
	message := "not recorded yet: " + strings.Join(parts, " and ")
	if n := pages + others + anchors; len(first) > 0 {
		message += " (" + strings.Join(first, ", ")
		if n > len(first) {
			message += ", ..."
		}
		message += ")"
	}
	c.list.Warn(diag.Span{File: c.file}, "unrecorded-url", message, "run `errdex lock` and commit "+LedgerFile+" when they are published")
}
