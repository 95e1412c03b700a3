package render

import (
	"encoding/json"
	"html/template"

	"errdex/internal/finder"
	"errdex/internal/link"
)

// The structured data of a page: schema.org, as JSON-LD in a script element. What is written has <, > and & as escapes, so nothing in a value can end the
// element; the element is data, which no browser runs.

// beginLD begins the list of what a page says of itself, endLD ends it.
func beginLD(dst []byte) jsonFile {
	w := jsonFile{sheet: sheet{append(dst, `<script type="application/ld+json">`...)}, flat: true}
	w.begin("", '{')
	w.text("@context", "https://schema.org")
	w.begin("@graph", '[')
	return w
}

func endLD(w *jsonFile) []byte {
	w.end(']')
	w.end('}')
	return append(w.b, `</script>`...)
}

func ld(element []byte) template.HTML { return template.HTML(element) }

// appendArticleLD appends the structured data of an error page or a guide: schema.org TechArticle and BreadcrumbList. FAQ markup is
// left out on purpose: no search engine shows it any more.
func (r *Renderer) appendArticleLD(dst []byte, c *Chrome, modified string) []byte {
	w := beginLD(dst)
	w.begin("", '{')
	w.text("@type", "TechArticle")
	w.some("headline", shorten(c.DocTitle, 110))
	w.some("description", c.Description)
	w.some("url", c.Canonical)
	w.some("inLanguage", c.Lang)
	w.some("dateModified", modified)
	if name := r.site.Organization.Title; name != "" {
		w.begin("publisher", '{')
		w.text("@type", "Organization")
		w.text("name", name)
		w.some("url", r.site.Organization.URL)
		w.end('}')
	}
	w.end('}')
	r.breadcrumbs(&w, c)
	return endLD(&w)
}

func (r *Renderer) breadcrumbLD(c *Chrome) template.HTML {
	w := beginLD(nil)
	r.breadcrumbs(&w, c)
	return ld(endLD(&w))
}

func (r *Renderer) breadcrumbs(w *jsonFile, c *Chrome) {
	crumbs := c.Breadcrumbs
	if len(crumbs) == 0 {
		crumbs = []Link{{r.site.Title, r.site.HomeURL}}
	}
	w.begin("", '{')
	w.text("@type", "BreadcrumbList")
	w.begin("itemListElement", '[')
	for i, b := range crumbs {
		w.begin("", '{')
		w.text("@type", "ListItem")
		w.number("position", i+1)
		w.text("name", b.Title)
		w.texts("item", r.m.Root(), b.URL)
		w.end('}')
	}
	w.end(']')
	w.end('}')
}

// routes tells the search box how a collection's URLs are made, so that a code can be opened before the index is there.
func (r *Renderer) routes() string {
	type route struct {
		Collection string `json:"collection"`
		Noun       string `json:"noun"`
		URL        string `json:"url"`
	}
	out := []route{}
	for _, c := range r.m.Site.Collections {
		out = append(out, route{c.ID, noun(c), c.URL.Value})
	}
	data, _ := json.Marshal(out)
	return string(data)
}

// Entries returns what the finder knows of the site, in the order of the site. Removed codes are kept: a log is old, and
// the tombstone says what took the code's place.
func Entries(m *link.Map) []finder.Entry {
	n := 0
	for _, c := range m.Site.Collections {
		n += len(c.Definitions)
	}
	out := make([]finder.Entry, 0, n)
	var texts slab[string]
	var messages slab[finder.Message]
	var subcodes slab[finder.Subcode]
	for _, c := range m.Site.Collections {
		for _, d := range c.Definitions {
			e := finder.Entry{
				Collection: c.ID, Noun: noun(c), Slug: d.Slug, Code: d.Code.Value, Title: d.Title.Value, URL: m.URL(d),
				Status: d.StatusOr(), Popularity: len(m.Incoming(d)), Keywords: texts.list(len(d.Keywords)), Aliases: texts.list(len(d.Aliases)),
				Messages: messages.list(1 + len(d.Variants)), Subcodes: subcodes.list(len(d.Subcodes)), Examples: texts.list(len(d.Examples)),
			}
			for _, k := range d.Keywords {
				e.Keywords = append(e.Keywords, k.Value)
			}
			for _, a := range d.Aliases {
				e.Aliases = append(e.Aliases, a.Value)
			}
			if d.Message.Value != "" {
				e.Messages = append(e.Messages, finder.Message{Text: d.Message.Value, Field: "message"})
			}
			for _, v := range d.Variants {
				e.Messages = append(e.Messages, finder.Message{Text: v.Text.Value, Field: v.Field.Value, Subcode: v.Subcode.Value})
			}
			for _, s := range d.Subcodes {
				e.Subcodes = append(e.Subcodes, finder.Subcode{Code: s.Code.Value, Title: s.Title.Value, Text: s.Text.Doc.Plain()})
			}
			for _, x := range d.Examples {
				if x.Kind.Value == "payload" {
					e.Examples = append(e.Examples, x.Body.Value)
				}
			}
			out = append(out, e)
		}
	}
	return out
}
