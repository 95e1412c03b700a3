package render

import (
	"html"
	"html/template"
	"strings"

	"errdex/internal/markdown"
)

// linkHeadings turns every heading of a guide into a link to itself, as the templates do with those of an error's page. A heading that has
// a link already gets one behind it, since links do not nest.
func linkHeadings(body template.HTML, headings []markdown.Heading) template.HTML {
	rest := string(body)
	var b strings.Builder
	for _, h := range headings {
		id := html.EscapeString(h.ID)
		at := strings.Index(rest, ` id="`+id+`">`)
		if h.ID == "" || at < 0 {
			continue
		}
		at += len(` id="` + id + `">`)
		end := strings.Index(rest[at:], "</h")
		if end < 0 {
			break
		}
		text := rest[at : at+end]
		b.WriteString(rest[:at])
		if strings.Contains(text, "<a ") {
			b.WriteString(text + ` <a href="#` + id + `" aria-label="Link to this section">#</a>`)
		} else {
			b.WriteString(`<a href="#` + id + `">` + text + `</a>`)
		}
		rest = rest[at+end:]
	}
	b.WriteString(rest)
	return template.HTML(b.String())
}
