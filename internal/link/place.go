package link

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// slugForm is what may stand in a URL and a file name on every system without being encoded: RFC 3986's unreserved
// characters, not starting with a dot or a hyphen.
var slugForm = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._~-]*$`)

// pathForm is a site path of such segments.
var pathForm = regexp.MustCompile(`^(/[A-Za-z0-9_][A-Za-z0-9._~-]*)+$`)

// hostForm is the name of a host, or an address, with a port: what may stand in every host's configuration.
var hostForm = regexp.MustCompile(`^([\pL\pN]([\pL\pM\pN.-]*[\pL\pM\pN])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$`)

// reserved are the paths that the build itself writes.
var reserved = []string{"/index", "/404", "/sitemap", "/robots", "/llms", "/feed", "/opensearch", "/_redirects", "/_headers"}

// place gives every page its URL and every alias its redirect, and reports what clashes.
func (m *Map) place(list *diag.List) {
	p := placer{m: m, list: list, owner: map[string]claim{}}
	p.baseURL()
	p.claim(HomeURL, Page{URL: HomeURL}, diag.Span{File: m.Site.File})
	for _, c := range m.Site.Collections {
		p.collection(c)
	}
	if g := m.Site.GuidesURL; g.Value != "" && !p.pattern(g, m.Site.File, "guides_url") || g.Value == "" && m.Site.Faulty {
		p.unplaced("guides")
	}
	guides := make(map[string]string, len(m.Site.Guides)) // the file of each name in lower case
	for _, g := range m.Site.Guides {
		p.slug(g.Slug, g.File)
		p.sameButCase(guides, g.Slug, g.File)
		if !m.unplaced["guides"] || m.Site.GuidesURL.Value == "" { // a pattern that is none would put all of them at one place
			p.claim(m.GuideURL(g), Page{URL: m.GuideURL(g), Guide: g}, diag.Span{File: g.File})
		}
	}
	p.aliases()
	for url, c := range p.owner {
		if !c.alias {
			m.Pages = append(m.Pages, c.page)
		} else {
			m.Redirects = append(m.Redirects, Redirect{url, c.page.URL})
			m.alias[url] = c.page.URL
		}
	}
	slices.SortFunc(m.Pages, func(a, b Page) int { return strings.Compare(a.URL, b.URL) })
	slices.SortFunc(m.Redirects, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
	for i, page := range m.Pages {
		m.byURL[page.URL] = i
	}
	m.static(list)
}

type claim struct {
	page  Page
	at    diag.Span
	alias bool
}

type placer struct {
	m     *Map
	list  *diag.List
	owner map[string]claim
}

func (p *placer) collection(c *catalog.Collection) {
	if !slugForm.MatchString(c.ID) {
		p.list.ErrorHint(diag.Span{File: c.File}, "invalid-slug", fmt.Sprintf("%q cannot be part of a URL", c.ID), folderHint(c.ID))
	}
	sound := p.pattern(c.URL, c.File, "url")
	if !sound || !pathForm.MatchString(c.Index.Value) {
		p.unplaced(c.ID)
	}
	if c.Index.Set() && !pathForm.MatchString(c.Index.Value) {
		p.list.ErrorHint(c.Index.Span(c.File), "invalid-url", fmt.Sprintf("%q is not a site path", c.Index.Value), sitePathHint(c.Index.Value, "write it as /docs/whatsapp-errors"))
	}
	p.claim(c.Index.Value, Page{URL: c.Index.Value, Collection: c}, c.Index.Span(c.File))
	n := &names{c, make(map[string]*catalog.Definition, len(c.Definitions)), make(map[string][]*catalog.Definition, len(c.Definitions)), map[string]*catalog.Definition{}}
	p.m.names[c.ID] = n
	folded := make(map[string]string, len(c.Definitions))
	for _, d := range c.Definitions {
		p.slug(d.Slug, d.File)
		p.sameButCase(folded, d.Slug, d.File)
		url := strings.ReplaceAll(c.URL.Value, "{slug}", d.Slug)
		p.m.nodes[d] = &node{url: url}
		n.slug[d.Slug] = d
		n.code[d.Code.Value] = append(n.code[d.Code.Value], d)
		if sound { // a pattern that is none would put all of them at one place
			p.claim(url, Page{URL: url, Definition: d}, diag.Span{File: d.File})
		}
	}
}

// aliases come after every page: an alias never takes a page's place.
func (p *placer) aliases() {
	for _, c := range p.m.Site.Collections {
		n := p.m.names[c.ID]
		for _, d := range c.Definitions {
			for _, a := range d.Aliases {
				if !strings.HasPrefix(a.Value, "/") {
					if n.alias[a.Value] == nil {
						n.alias[a.Value] = d
					}
				}
				if !p.m.unplaced[c.ID] {
					p.alias(a, c.URL.Value, d.File, Page{URL: p.m.nodes[d].url, Definition: d})
				}
			}
		}
	}
	pattern := p.m.Site.GuidesURL.Value
	if pattern == "" {
		pattern = "/docs/{slug}"
	}
	for _, g := range p.m.Site.Guides {
		for _, a := range g.Aliases {
			if !p.m.unplaced["guides"] {
				p.alias(a, pattern, g.File, Page{URL: p.m.GuideURL(g), Guide: g})
			}
		}
	}
}

func (p *placer) alias(a catalog.Text, pattern, file string, page Page) {
	at := a.Span(file)
	from := a.Value
	switch {
	case strings.HasPrefix(from, "/"):
		if !pathForm.MatchString(from) {
			p.list.ErrorHint(at, "invalid-url", fmt.Sprintf("%q is not a site path", from), "a path has letters, digits and . _ ~ - between its slashes")
			return
		}
	case !slugForm.MatchString(from):
		hint := "an alias is a slug, or a site path that begins with a slash"
		if path, own := strings.CutPrefix(from, strings.TrimSuffix(p.m.Site.BaseURL.Value, "/")); own && p.m.Site.BaseURL.Value != "" && pathForm.MatchString(path) {
			hint = "write " + path + ", the path alone"
		} else if better := asSlug(from); better != "" && !strings.Contains(from, "/") {
			hint += ", such as " + better
		}
		p.list.ErrorHint(at, "invalid-url", fmt.Sprintf("%q cannot be part of a URL", from), hint)
		return
	default:
		from = strings.ReplaceAll(pattern, "{slug}", from)
	}
	if first, taken := p.owner[from]; taken {
		what, id := "is a page of its own", "alias-shadows-page"
		if first.alias {
			what, id = "already leads to "+first.page.URL, "duplicate-alias"
			if first.page.URL == page.URL {
				what = "is there twice"
			}
		} else if first.page.URL == page.URL {
			what = "is this very page"
		}
		p.list.Add(diag.Diagnostic{Span: at, ID: id, Message: fmt.Sprintf("the alias %s %s", from, what), Hint: "remove it, or choose another",
			Related: []diag.Related{{Span: first.at, Message: "this is what stands there"}}})
		return
	}
	p.owner[from] = claim{page: page, at: at, alias: true}
}

func (p *placer) claim(url string, page Page, at diag.Span) {
	if url == "" {
		return // collection.yaml lacks it, which is a diagnostic of its own
	}
	if first, taken := p.owner[url]; taken {
		p.list.Add(diag.Diagnostic{Span: at, ID: "duplicate-url", Message: "two pages would stand at " + url, Hint: "rename one of them, or change the URL pattern",
			Related: []diag.Related{{Span: first.at, Message: "the other"}}})
		return
	}
	if slices.Contains(reserved, url) || strings.HasPrefix(url, "/assets/") {
		p.list.ErrorHint(at, "duplicate-url", url+" is written by the build itself", "choose another name")
		return
	}
	p.owner[url] = claim{page: page, at: at}
}

// baseURL refuses a base URL with a path: every path of the site counts from the root of its host.
func (p *placer) baseURL() {
	t := p.m.Site.BaseURL
	u, err := url.Parse(t.Value)
	if t.Value == "" || err != nil || u.Host == "" {
		return // the loader has said so
	}
	if !hostForm.MatchString(u.Host) || u.User != nil {
		p.list.ErrorHint(t.Span(p.m.Site.File), "invalid-url", fmt.Sprintf("`base_url` has %q where the name of a host belongs", u.Host), "write it as https://docs.example.com")
		return
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		p.list.ErrorHint(t.Span(p.m.Site.File), "invalid-url", "`base_url` has more than a scheme and a host",
			"write "+u.Scheme+"://"+u.Host+"; the path belongs into the URL patterns (`url`, `index`, `guides_url`), and a site cannot stand below a path of its host")
	}
}

func (p *placer) slug(slug, file string) {
	if !slugForm.MatchString(slug) && utf8.ValidString(slug) { // a name that is not UTF-8 cannot be opened, which load has said
		hint := "name the file with letters, digits and . _ ~ -, beginning with a letter or a digit"
		if better := asSlug(slug); better != "" {
			hint = "rename it to " + better + file[strings.LastIndexByte(file, '.'):] + "; a name has letters, digits and . _ ~ -"
		}
		p.list.ErrorHint(diag.Span{File: file}, "invalid-slug", fmt.Sprintf("%q cannot be part of a URL", slug), hint)
	}
}

func (p *placer) unplaced(what string) {
	if p.m.unplaced == nil {
		p.m.unplaced = map[string]bool{}
	}
	p.m.unplaced[what] = true
}

// sameButCase reports a file whose name another of its folder has in other letters.
func (p *placer) sameButCase(seen map[string]string, slug, file string) {
	low := strings.ToLower(slug)
	if first, clash := seen[low]; clash {
		p.list.Add(diag.Diagnostic{Span: diag.Span{File: file}, ID: "duplicate-slug",
			Message: "this file's name differs from another only by case, which many systems cannot keep apart", Hint: "rename one of them",
			Related: []diag.Related{{Span: diag.Span{File: first}, Message: "the other"}}})
	}
	seen[low] = file
}

func (p *placer) pattern(t catalog.Text, file, key string) bool {
	if !t.Set() {
		return false
	}
	probe := strings.ReplaceAll(t.Value, "{slug}", "x")
	if !pathForm.MatchString(probe) || strings.Count(t.Value, "{slug}") != 1 {
		example := "/docs/whatsapp-error-{slug}"
		if key == "guides_url" {
			example = "/docs/{slug}"
		}
		p.list.ErrorHint(t.Span(file), "invalid-url", fmt.Sprintf("%q is not a URL pattern", t.Value),
			patternHint(t.Value, "`"+key+"` is a path from the root with one {slug}, such as "+example))
		return false
	}
	return true
}

// asSlug is a name that can be part of a URL and is like one that cannot; "" where nothing is left.
func asSlug(name string) string {
	slug := strings.Trim(strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '~' || c == '-':
			return c
		case c == ' ' || c == '/' || c == ':' || c == '(' || c == ')' || c == ',':
			return '-'
		}
		return '%' // to leave it out might make it the name of another
	}, strings.TrimSpace(name)), "-.")
	if !slugForm.MatchString(slug) {
		return ""
	}
	return slug
}

func folderHint(id string) string {
	if better := asSlug(id); better != "" {
		return "rename the folder to " + better + "; a name has letters, digits and . _ ~ -"
	}
	return "name the folder with letters, digits and . _ ~ -, beginning with a letter or a digit"
}

// sitePathHint writes what was meant as a path of the site as one.
func sitePathHint(s, otherwise string) string {
	if path := asPath(s); pathForm.MatchString(path) {
		return "write " + path
	}
	return otherwise
}

var hole = regexp.MustCompile(`\{[a-z_]*\}|:slug|\$slug|<slug>|\*`)

// patternHint is sitePathHint for a pattern, whose hole may have another name.
func patternHint(s, otherwise string) string {
	path := asPath(hole.ReplaceAllString(s, "{slug}"))
	if strings.Count(path, "{slug}") == 1 && pathForm.MatchString(strings.ReplaceAll(path, "{slug}", "x")) {
		return "write " + path
	}
	return otherwise
}

// asPath takes scheme, host and the slash at the end from an address, and gives it the slash at its start.
func asPath(s string) string {
	for _, scheme := range []string{"https://", "http://"} {
		if rest, ok := strings.CutPrefix(s, scheme); ok {
			_, s, _ = strings.Cut(rest, "/")
		}
	}
	return "/" + strings.Trim(s, "/")
}
