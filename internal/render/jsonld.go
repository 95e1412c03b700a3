package render

import (
	"encoding/json"
	"html/template"
	"reflect"

	"errdex/internal/finder"
	"errdex/internal/link"
)

// appendLD appends JSON-LD in its script element. The coder writes <, > and & as escapes, so nothing in a value can end the
// element; the element is data, which no browser runs.
func appendLD(dst []byte, v ldList) []byte {
	dst = append(dst, `<script type="application/ld+json">`...)
	return append(ldCoder.appendCompact(dst, v), `</script>`...)
}

func ld(v ldList) template.HTML { return template.HTML(appendLD(nil, v)) }

var ldCoder = newCoder(reflect.TypeFor[ldList]())

type ldList struct {
	Context string   `json:"@context"`
	Graph   []ldNode `json:"@graph"`
}

type ldNode struct {
	Type          string   `json:"@type"`
	ID            string   `json:"@id,omitempty"`
	Headline      string   `json:"headline,omitempty"`
	Description   string   `json:"description,omitempty"`
	URL           string   `json:"url,omitempty"`
	Language      string   `json:"inLanguage,omitempty"`
	Modified      string   `json:"dateModified,omitempty"`
	Publisher     *ldOrg   `json:"publisher,omitempty"`
	ItemListItems []ldItem `json:"itemListElement,omitempty"`
}

type ldOrg struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type ldItem struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

// articleLD is the structured data of an error page or a guide: schema.org TechArticle and BreadcrumbList. FAQ markup is
// left out on purpose: no search engine shows it any more.
func (r *Renderer) articleLD(c *Chrome, modified string) ldList {
	article := ldNode{Type: "TechArticle", Headline: shorten(c.DocTitle, 110), Description: c.Description, URL: c.Canonical, Language: c.Lang, Modified: modified}
	if name := r.site.Organization.Title; name != "" {
		article.Publisher = &ldOrg{"Organization", name, r.site.Organization.URL}
	}
	return ldList{"https://schema.org", []ldNode{article, r.breadcrumbs(c)}}
}

func (r *Renderer) breadcrumbLD(c *Chrome) template.HTML {
	return ld(ldList{"https://schema.org", []ldNode{r.breadcrumbs(c)}})
}

func (r *Renderer) breadcrumbs(c *Chrome) ldNode {
	list := c.Breadcrumbs
	if len(list) == 0 {
		list = []Link{{r.site.Title, r.site.HomeURL}}
	}
	n := ldNode{Type: "BreadcrumbList", ItemListItems: make([]ldItem, 0, len(list))}
	for i, b := range list {
		n.ItemListItems = append(n.ItemListItems, ldItem{"ListItem", i + 1, b.Title, r.m.Absolute(b.URL)})
	}
	return n
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
