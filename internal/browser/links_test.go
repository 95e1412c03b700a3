package browser

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// pageLinks is what a page offers and asks for.
type pageLinks struct {
	ids   map[string]bool
	links []string
}

// readLinks reads the ids and the links of a finished page.
func readLinks(data []byte) (pageLinks, error) {
	out := pageLinks{ids: map[string]bool{"": true}}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return out, err
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				if out.ids[a.Val] {
					return out, fmt.Errorf("the id %q is there twice", a.Val)
				}
				out.ids[a.Val] = true
			case "href", "src", "data-engine", "data-catalogue":
				out.links = append(out.links, a.Val)
			case "data-index": // the finder's rules and its data
				out.links = append(out.links, strings.Fields(a.Val)...)
			}
		}
	}
	return out, nil
}

// deadLinks follows all links of all pages, as a host answers them, and returns those that lead nowhere.
func deadLinks(site *website, base string) (dead []string, followed int) {
	pages := map[string]pageLinks{}
	for name, data := range site.files {
		if strings.HasSuffix(name, ".html") {
			p, err := readLinks(data)
			if err != nil {
				dead = append(dead, fmt.Sprintf("%s: %v", name, err))
			}
			pages[name] = p
		}
	}
	for from, p := range pages {
		at := "/" + strings.TrimSuffix(strings.TrimSuffix(from, ".html"), "index")
		for _, raw := range p.links {
			u, err := url.Parse(strings.TrimPrefix(raw, base))
			if err != nil {
				dead = append(dead, fmt.Sprintf("%s: %q: %v", from, raw, err))
				continue
			}
			if u.Host != "" || u.Scheme != "" || raw == "" {
				continue
			}
			followed++
			name, status := site.resolve(u.Path)
			if u.Path == "" || u.Path == at {
				name, status = from, http.StatusOK
			}
			switch {
			case status != http.StatusOK:
				dead = append(dead, fmt.Sprintf("%s: %s leads nowhere", from, raw))
			case strings.HasSuffix(name, ".html") && !pages[name].ids[placeOf(u)]:
				dead = append(dead, fmt.Sprintf("%s: %s has no place %q", from, raw, u.Fragment))
			case strings.HasSuffix(u.Path, ".html"):
				dead = append(dead, fmt.Sprintf("%s: %s names a file and not a page", from, raw))
			}
		}
	}
	slices.Sort(dead)
	return dead, followed
}

// placeOf is the place in a page that an address names. What follows :~: is for the browser, which takes it off before it looks for the place.
func placeOf(u *url.URL) string {
	place, _, _ := strings.Cut(u.Fragment, ":~:")
	return place
}

// TestEveryLink follows all links of the site. The build checks its links from its own model; this reads nothing but the finished
// bytes. So that it is known to see something, it looks again at a site that lacks a page and a place.
func TestEveryLink(t *testing.T) {
	site := realSite(t)
	dead, followed := deadLinks(site, "https://dualhook.com")
	report(t, "links", dead)
	if followed < 5000 {
		t.Errorf("only %d links were followed", followed)
	}
	maimed := &website{files: maps.Clone(site.files)}
	delete(maimed.files, "docs/whatsapp-error-131031.html")
	maimed.files["docs/whatsapp-error-190.html"] = bytes.ReplaceAll(maimed.files["docs/whatsapp-error-190.html"], []byte(` id="causes"`), nil)
	maimed.files["docs/whatsapp-error-190.html"] = bytes.ReplaceAll(maimed.files["docs/whatsapp-error-190.html"], []byte(` id=causes`), nil)
	dead, _ = deadLinks(maimed, "https://dualhook.com")
	for _, want := range []string{"131031 leads nowhere", `#causes has no place "causes"`} {
		if !slices.ContainsFunc(dead, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("a site without it is not said to lack: %s", want)
		}
	}
}
