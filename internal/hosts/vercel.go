package hosts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// vercel.com/docs/routing/redirects/configuration-redirects: 2,048 redirects of 4,096 characters. The schema counts all routes of a deployment
// against that number, and header rules and clean URLs are routes too, so a few are left for them.
const vercelRedirects = 2048 - 48

type (
	vercelConfig struct {
		Schema        string           `json:"$schema"`
		CleanURLs     bool             `json:"cleanUrls"`
		TrailingSlash bool             `json:"trailingSlash"`
		Redirects     []vercelRedirect `json:"redirects"`
		Headers       []vercelHeaders  `json:"headers"`
	}
	vercelRedirect struct {
		Source      string `json:"source"`
		Destination string `json:"destination"`
		Status      int    `json:"statusCode"`
	}
	vercelHeaders struct {
		Source  string         `json:"source"`
		Headers []vercelHeader `json:"headers"`
	}
	vercelHeader struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	}
)

// vercel writes vercel.json for a deployment of the finished folder. Sources are patterns of path-to-regexp, in which a site path means itself.
func (w *writer) vercel() {
	c := vercelConfig{Schema: "https://openapi.vercel.sh/vercel.json", CleanURLs: true, Redirects: []vercelRedirect{}}
	forgive, dynamic := w.routes.forgive, []pattern(nil)
	if len(w.routes.kept)+len(forgive) > vercelRedirects {
		forgive, dynamic = w.routes.compact(), w.routes.dynamic
	}
	room := vercelRedirects - len(dynamic)
	for _, r := range w.routes.kept {
		c.Redirects = append(c.Redirects, vercelRedirect{r.From, r.To, 301})
	}
	kept := len(c.Redirects)
	for _, r := range forgive {
		c.Redirects = append(c.Redirects, vercelRedirect{r.From, r.To, 302})
	}
	if n := len(c.Redirects); n > room {
		note := Note{Host: "vercel", Message: fmt.Sprintf("%d of %d redirects are left out, Vercel takes %d", n-room, n, room), Hint: "those left out only forgive how a URL is written"}
		if kept > room {
			note.Lost, note.Hint = true, fmt.Sprintf("%d of them are URLs that were published: use Bulk Redirects, or publish to another host", kept-room)
		}
		w.note(note)
		c.Redirects = c.Redirects[:room]
	}
	for _, p := range dynamic {
		c.Redirects = append(c.Redirects, vercelRedirect{p.prefix + ":slug", strings.Replace(p.to, "{slug}", ":slug", 1), 302})
	}
	all := vercelHeaders{Source: "/(.*)"}
	for _, h := range w.in.security() {
		all.Headers = append(all.Headers, vercelHeader{h.name, h.value})
	}
	c.Headers = append(c.Headers, all,
		vercelHeaders{"/assets/(.*)", []vercelHeader{{"Cache-Control", cacheAssets}}},
		vercelHeaders{"/(.*)\\.md", []vercelHeader{{"Content-Type", contentType("x.md")}}})
	for _, s := range special {
		c.Headers = append(c.Headers, vercelHeaders{"/" + s.path, []vercelHeader{{"Content-Type", contentType(s.path)}}})
	}
	w.file("vercel.json", pretty(c))
	w.compressedInVain("vercel")
}

// pretty returns v as indented JSON with a line break at its end. Angle brackets and ampersands stay: no HTML is near.
func pretty(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic("internal error: " + err.Error()) // structs of strings
	}
	return b.Bytes()
}
