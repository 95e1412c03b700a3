package link

import (
	"cmp"
	"fmt"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// path checks a link that is written as a path of the site. An alias is replaced by the page it leads to.
func (r *resolver) path(dest string, from page, at diag.Span) string {
	path, anchor, has := strings.Cut(dest, "#")
	path, _, _ = strings.Cut(path, "?")
	if to, ok := r.m.alias[path]; ok {
		dest, path = to+strings.TrimPrefix(dest, path), to
	}
	if p, ok := r.m.At(path); ok {
		switch {
		case p.Definition != nil:
			r.leads(from, p.Definition)
		case p.Guide != nil && from.definition != nil:
			r.m.toGuide[p.Guide] = once(r.m.toGuide[p.Guide], from.definition)
		}
		if has && !faulty(p) {
			r.anchor(anchor, path, func() []string { return r.m.pageAnchors(p) }, at, path)
		}
		return dest
	}
	if r.m.file(path) || len(r.m.unplaced) > 0 {
		return dest
	}
	if file := r.unreadPath(path); file != "" {
		r.list.Add(diag.Diagnostic{Span: at, ID: "unresolved-link", Message: fmt.Sprintf("there is no page at %s", path), Hint: wouldBe(file), About: []string{diag.AboutUnread(file)}})
		return ""
	}
	if r.unknowablePath(path) {
		return ""
	}
	hint := ""
	trimmed := strings.TrimSuffix(strings.TrimSuffix(path, "/"), ".html")
	if i, ok := r.m.byURL[trimmed]; ok {
		if hint = "write " + r.form(r.m.Pages[i], from); has {
			hint += "#" + anchor
		}
	} else {
		hint = r.nearestPath(path, from)
	}
	r.list.Add(diag.Diagnostic{Span: at, ID: "unresolved-link", Message: fmt.Sprintf("there is no page at %s", path), Hint: hint, About: []string{path}})
	return ""
}

// nearestPath says what may have been meant by a path; see suggest.
func (r *resolver) nearestPath(path string, from page) string {
	const otherwise = "a page that is not part of this site needs its whole address"
	key := from.collection + " " + path // no reference has a space
	hint, known := r.hints[key]
	if known || len(r.hints) >= maxHints {
		return cmp.Or(hint, otherwise)
	}
	all := make([]string, 0, len(r.m.Pages))
	for _, p := range r.m.Pages {
		all = append(all, p.URL)
	}
	if r.hints == nil {
		r.hints = map[string]string{}
	}
	hint = otherwise
	if near := diag.Nearest(path, all); near != "" {
		hint = "did you mean " + near
		if form := r.form(r.m.Pages[r.m.byURL[near]], from); form != near {
			hint += ", which is written " + form
		}
		hint += "?"
	}
	r.hints[key] = hint
	return hint
}

// file reports whether a path is a file that the build writes beside the pages.
func (m *Map) file(path string) bool {
	if m.Site.Static[strings.TrimPrefix(path, "/")] {
		return true
	}
	switch path {
	case "/sitemap.xml", "/robots.txt", "/llms.txt", "/feed.xml", "/opensearch.xml":
		return true
	}
	for _, ending := range []string{".json", ".md"} {
		base, ok := strings.CutSuffix(path, ending)
		if !ok {
			continue
		}
		if p, there := m.At(base); there && (p.Definition != nil || p.Collection != nil && ending == ".json" || p.Guide != nil && ending == ".md") {
			return true
		}
	}
	return false
}

// pageAnchors returns the anchors of any page.
func (m *Map) pageAnchors(p Page) []string {
	switch {
	case p.Definition != nil:
		return p.Definition.Anchors()
	case p.Guide != nil:
		return guideAnchors(p.Guide)
	case p.Collection != nil:
		return GroupAnchors(p.Collection)
	}
	return nil
}

// guideAnchors returns the ids of a guide's headings, and behind them the old ones that are kept.
func guideAnchors(g *catalog.Guide) []string {
	out := make([]string, 0, len(g.Body.Doc.Headings)+len(g.AnchorAliases))
	for _, h := range g.Body.Doc.Headings {
		out = append(out, h.ID)
	}
	for _, a := range g.AnchorAliases {
		if a.From.Value != "" {
			out = append(out, a.From.Value)
		}
	}
	return out
}
