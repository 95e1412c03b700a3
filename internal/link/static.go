package link

import (
	"maps"
	"slices"
	"strings"

	"errdex/internal/diag"
)

// static reports files of static/ that would stand where the build puts a page or a file of its own. Which of the two won was a matter of
// luck, and the other was lost without a word.
func (m *Map) static(list *diag.List) {
	for _, name := range slices.Sorted(maps.Keys(m.Site.Static)) {
		if m.makes("/" + name) {
			list.Add(diag.Diagnostic{Span: diag.Span{File: "static/" + name}, ID: "duplicate-url", Message: "/" + name + " is written by the build itself",
				Hint: "give this file another name"})
		}
	}
}

// makes reports whether the build writes a file at path.
func (m *Map) makes(path string) bool {
	switch path {
	case "/index.html", "/404.html", "/sitemap.xml", "/robots.txt", "/llms.txt", "/feed.xml", "/opensearch.xml", "/_redirects", "/_headers", "/vercel.json":
		return true
	}
	for _, ending := range []string{".html", ".json", ".md", ".png"} {
		base, ok := strings.CutSuffix(path, ending)
		i, there := m.byURL[base]
		if !ok || !there {
			continue
		}
		page := m.Pages[i]
		switch ending {
		case ".html":
			return true
		case ".json":
			return page.Definition != nil || page.Collection != nil
		case ".md":
			return page.Definition != nil || page.Guide != nil
		}
		return page.Collection != nil // its preview picture
	}
	return false
}
