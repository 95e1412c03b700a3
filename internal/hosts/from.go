package hosts

import "errdex/internal/link"

// From fills an Input from a linked site; files are those that were written. Hosts, Compressed, HSTS and Read are the caller's to set.
func From(m *link.Map, files []File) Input {
	in := Input{BaseURL: m.Absolute(""), Files: files}
	redirects := m.AllRedirects()
	in.Redirects = make([]Redirect, 0, len(redirects))
	for _, r := range redirects {
		in.Redirects = append(in.Redirects, Redirect{r.From, r.To})
	}
	for _, c := range m.Site.Collections {
		x := Collection{ID: c.ID, Index: c.Index.Value, Pattern: c.URL.Value, Entries: make([]Entry, 0, len(c.Definitions))}
		for _, d := range c.Definitions {
			x.Entries = append(x.Entries, Entry{Slug: d.Slug, Code: d.Code.Value, URL: m.URL(d), Removed: d.Removed()})
		}
		in.Collections = append(in.Collections, x)
	}
	for _, h := range m.Site.Hosts {
		in.Hosts = append(in.Hosts, h.Value)
	}
	return in
}
