package render

import (
	"encoding/xml"
	"slices"
	"strings"

	"errdex/internal/catalog"
)

// xmlText escapes a text for XML; characters that XML cannot hold become U+FFFD.
func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// Sitemap renders sitemap.xml (sitemaps.org, protocol 0.9) without the pages of removed codes. lastmod is the day the facts were
// last checked; it comes from the content, so that two builds agree.
func (r *Renderer) Sitemap() []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, p := range r.m.Pages {
		modified := ""
		switch {
		case p.Definition != nil && p.Definition.Removed():
			continue
		case p.Definition != nil:
			modified = p.Definition.Verified.Value
		case p.Guide != nil:
			modified = p.Guide.Verified.Value
		case p.Collection != nil:
			modified = newest(p.Collection)
		}
		b.WriteString("<url><loc>" + xmlText(r.m.Absolute(p.URL)) + "</loc>")
		if modified != "" {
			b.WriteString("<lastmod>" + xmlText(modified) + "</lastmod>")
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return []byte(b.String())
}

func newest(c *catalog.Collection) string {
	day := ""
	for _, d := range c.Definitions {
		day = max(day, d.Verified.Value)
	}
	return day
}

// Robots renders robots.txt.
func (r *Renderer) Robots() []byte {
	return []byte("User-agent: *\nAllow: /\n\nSitemap: " + r.m.Absolute("/sitemap.xml") + "\n")
}

// OpenSearch renders opensearch.xml (OpenSearch 1.1), by which a browser's address bar can ask the site. A short name has at most
// 16 characters by that specification.
func (r *Renderer) OpenSearch() []byte {
	name := []rune(r.m.Site.Title.Value)
	return []byte(xmlHead + `<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">` + "\n" +
		"<ShortName>" + xmlText(string(name[:min(16, len(name))])) + "</ShortName>\n" +
		"<Description>" + xmlText(shorten("Find an error by its code in "+r.m.Site.Title.Value, 1024)) + "</Description>\n" +
		"<InputEncoding>UTF-8</InputEncoding>\n" +
		`<Url type="text/html" template="` + xmlText(r.m.Absolute("/?q={searchTerms}")) + `"/>` + "\n" +
		"</OpenSearchDescription>\n")
}

// Feed renders feed.xml, an Atom feed (RFC 4287) of the pages whose facts were checked last, newest first, at most fifty. Times are the
// dates of the content at midnight UTC.
func (r *Renderer) Feed() []byte {
	entries := r.recent(50)
	updated := "1970-01-01"
	if len(entries) > 0 {
		updated = entries[0].Verified.Value
	}
	site := r.m.Site
	var b strings.Builder
	b.WriteString(xmlHead + `<feed xmlns="http://www.w3.org/2005/Atom">` + "\n")
	b.WriteString("<title>" + xmlText(site.Title.Value) + "</title>\n<id>" + xmlText(r.m.Absolute("/")) + "</id>\n<updated>" + updated + "T00:00:00Z</updated>\n")
	b.WriteString(`<link rel="self" href="` + xmlText(r.m.Absolute("/feed.xml")) + `"/>` + "\n" + `<link href="` + xmlText(r.m.Absolute("/")) + `"/>` + "\n")
	author := site.Organization.Name.Value
	if author == "" {
		author = site.Title.Value
	}
	b.WriteString("<author><name>" + xmlText(author) + "</name></author>\n")
	for _, d := range entries {
		url := xmlText(r.m.Absolute(r.m.URL(d)))
		b.WriteString("<entry><title>" + xmlText(d.Name()+": "+d.Title.Value) + "</title><id>" + url + `</id><link href="` + url + `"/><updated>` + d.Verified.Value +
			"T00:00:00Z</updated><summary>" + xmlText(d.Summary.Doc.Plain()) + "</summary></entry>\n")
	}
	b.WriteString("</feed>\n")
	return []byte(b.String())
}

// recent returns the n definitions that were verified last, newest first and by URL among equals.
func (r *Renderer) recent(n int) []*catalog.Definition {
	var ds []*catalog.Definition
	for _, p := range r.m.Pages {
		if d := p.Definition; d != nil && d.Verified.Value != "" && !d.Removed() {
			ds = append(ds, d)
		}
	}
	slices.SortStableFunc(ds, func(a, b *catalog.Definition) int { return strings.Compare(b.Verified.Value, a.Verified.Value) })
	return ds[:min(n, len(ds))]
}
