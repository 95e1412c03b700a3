package render

import (
	"bytes"
	"html"
	"slices"
	"strconv"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/link"
)

// Index renders the full reference of a collection.
func (r *Renderer) Index(c *catalog.Collection) ([]byte, error) {
	page, err := r.execute("index", r.IndexView(c), 512*len(c.Definitions))
	if err != nil {
		return nil, err
	}
	// A group whose last code was withdrawn has no heading any more; its id was published and stays, as an empty element.
	there := ids(page)
	var missing []byte
	for _, id := range link.GroupAnchors(c) {
		if id = html.EscapeString(id); !there[id] {
			missing = append(append(append(missing, `<span id="`...), id...), `"></span>`...)
		}
	}
	if len(missing) > 0 {
		page = bytes.Replace(page, []byte("</main>"), append(missing, "</main>"...), 1)
	}
	return page, nil
}

// ids are the ids that a page has, as they are written.
func ids(page []byte) map[string]bool {
	out := map[string]bool{}
	for {
		_, rest, found := bytes.Cut(page, []byte(` id="`))
		if !found {
			return out
		}
		id, after, _ := bytes.Cut(rest, []byte(`"`))
		out[string(id)], page = true, after
	}
}

// IndexView fills the struct of a collection's index. Removed codes are left out: their pages are tombstones.
func (r *Renderer) IndexView(c *catalog.Collection) *IndexPage {
	full, stubs := coverage(c)
	description := c.Description.Doc.Plain()
	if description == "" {
		description = "Every " + noun(c) + " with its causes, its fixes and whether to retry: " + strconv.Itoa(full+stubs) + " codes."
	}
	p := &IndexPage{
		Chrome: r.chrome("index", c.Index.Value, c.Title.Value, description),
		Noun:   noun(c), Intro: r.block(c.Description), Total: full + stubs, Full: full, Stubs: stubs,
		CatalogueURL: c.Index.Value + ".json",
	}
	p.Image = r.image[c.ID]
	p.Alternates = []Alternate{{"application/json", p.CatalogueURL, "JSON"}}
	p.Breadcrumbs = []Link{{r.site.Title, link.HomeURL}, {c.Title.Value, c.Index.Value}}
	p.JSONLD = r.breadcrumbLD(&p.Chrome)
	for _, g := range link.Index(c) {
		x := IndexGroup{ID: g.Group.ID.Value, Title: g.Group.Title.Value, Anchor: link.GroupAnchor(g.Group.ID.Value), Description: r.inline(g.Group.Description),
			Rows: make([]Row, 0, len(g.Definitions))}
		if x.ID == "" {
			x.ID, x.Title, x.Anchor = "other", "Other errors", "group-other"
		}
		for _, d := range g.Definitions {
			x.Rows = append(x.Rows, r.row(d))
		}
		p.Groups = append(p.Groups, x)
	}
	p.Facets = facets(p.Groups)
	p.Map = r.indexMap(c, p.Groups)
	return p
}

func noun(c *catalog.Collection) string {
	if c.Noun.Value == "" {
		return "error"
	}
	return c.Noun.Value
}

// coverage counts the pages of a collection that are not tombstones.
func coverage(c *catalog.Collection) (full, stubs int) {
	for _, d := range c.Definitions {
		switch {
		case d.Removed():
		case d.Stub():
			stubs++
		default:
			full++
		}
	}
	return full, stubs
}

func (r *Renderer) row(d *catalog.Definition) Row {
	x := Row{
		Code: d.Code.Value, Title: d.Title.Value, URL: r.m.URL(d), Slug: d.Slug, Summary: d.Summary.Doc.Plain(),
		Severity: d.Severity.Value, Status: d.StatusOr(), Stub: d.Stub(),
	}
	if d.Retry.Policy.Value != "" {
		x.Retry = fact(policies, d.Retry.Policy.Value)
	}
	if d.Attribution.Value != "" {
		x.Attribution = fact(attributions, d.Attribution.Value)
	}
	for _, s := range d.HTTPStatus {
		x.HTTP = strings.TrimSpace(x.HTTP + " " + strconv.Itoa(s.N))
	}
	for _, s := range d.Surfaces {
		if k := s.Kind.Value; !slices.Contains(x.Surfaces, k) {
			x.Surfaces = append(x.Surfaces, k)
		}
	}
	words := make([]string, 0, len(d.Keywords)+len(d.Subcodes))
	for _, k := range d.Keywords {
		words = append(words, k.Value)
	}
	for _, s := range d.Subcodes {
		words = append(words, s.Code.Value)
	}
	x.Keywords = strings.Join(words, " ")
	return x
}

// facets lists what the index can be filtered by, with the number of rows of each value; values that no row has are left out.
func facets(groups []IndexGroup) []Facet {
	counts := map[string]map[string]int{"group": {}, "http": {}, "retry": {}, "attribution": {}, "surface": {}}
	for _, g := range groups {
		for _, row := range g.Rows {
			counts["group"][g.ID]++
			counts["retry"][row.Retry.Key]++
			counts["attribution"][row.Attribution.Key]++
			for _, h := range strings.Fields(row.HTTP) {
				counts["http"][h]++
			}
			for _, s := range row.Surfaces {
				counts["surface"][s]++
			}
		}
	}
	group := Facet{Name: "group", Label: "Group"}
	for _, g := range groups {
		group.Options = append(group.Options, FacetOption{g.ID, g.Title, counts["group"][g.ID]})
	}
	facet := func(name, label string, keys []string, words func(string) string) Facet {
		f := Facet{Name: name, Label: label}
		for _, k := range keys {
			if n := counts[name][k]; n > 0 {
				f.Options = append(f.Options, FacetOption{k, words(k), n})
			}
		}
		return f
	}
	all := []Facet{
		group,
		facet("http", "HTTP status", sorted(counts["http"]), func(k string) string { return k }),
		facet("retry", "Retry", catalog.Policies, func(k string) string { return policies[k].Label }),
		facet("attribution", "Whose move", catalog.Attributions, func(k string) string { return attributions[k].Label }),
		facet("surface", "Seen in", sorted(counts["surface"]), surfaceLabel),
	}
	return slices.DeleteFunc(all, func(f Facet) bool { return len(f.Options) < 2 })
}

func sorted(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Home renders the first page.
func (r *Renderer) Home() ([]byte, error) { return r.execute("home", r.HomeView(), 0) }

// HomeView fills the struct of the home page.
func (r *Renderer) HomeView() *HomePage {
	s := r.m.Site
	description := s.Description.Value
	if description == "" {
		description = s.Title.Value + ": what each error means, whose move it is and what to do next."
	}
	p := &HomePage{Chrome: r.chrome("home", link.HomeURL, s.Title.Value, description)}
	p.JSONLD = r.breadcrumbLD(&p.Chrome)
	p.Image = r.firstImage()
	for _, c := range s.Collections {
		x := HomeCollection{Link: Link{c.Title.Value, c.Index.Value}, Noun: noun(c), Intro: r.block(c.Description), Common: r.common(c, 8)}
		x.Full, x.Stubs = coverage(c)
		x.Total = x.Full + x.Stubs
		for _, g := range link.Index(c) {
			if id := g.Group.ID.Value; id != "" {
				x.Groups = append(x.Groups, GroupCard{g.Group.Title.Value, c.Index.Value + "#" + link.GroupAnchor(id), len(g.Definitions)})
			}
		}
		if len(x.Common) > 0 {
			x.CommonBefore = beforeDash(x.Common[0].Code)
		}
		if len(x.Groups) > 0 {
			x.GroupsBefore = beforeDash(x.Groups[0].Title)
		}
		p.Collections = append(p.Collections, x)
	}
	for _, g := range s.Guides {
		p.Guides = append(p.Guides, Card{g.Title.Value, r.m.GuideURL(g), g.Description.Value})
	}
	return p
}

// beforeDash returns words as a text directive may have them behind its comma: one with a dash in it is no directive to Chromium.
func beforeDash(words string) string {
	words, _, _ = strings.Cut(words, "-")
	return strings.TrimSpace(words)
}

// common returns the n errors that most others refer to.
func (r *Renderer) common(c *catalog.Collection, n int) []Ref {
	ds := slices.DeleteFunc(slices.Clone(c.Definitions), func(d *catalog.Definition) bool { return d.Removed() || d.Stub() })
	slices.SortStableFunc(ds, func(a, b *catalog.Definition) int { return len(r.m.Incoming(b)) - len(r.m.Incoming(a)) })
	var out []Ref
	for _, d := range ds[:min(n, len(ds))] {
		if len(r.m.Incoming(d)) > 0 {
			out = append(out, r.ref(d, ""))
		}
	}
	return out
}

// Guide renders a guide.
func (r *Renderer) Guide(g *catalog.Guide) ([]byte, error) {
	url := r.m.GuideURL(g)
	p := &GuidePage{
		Chrome: r.chrome("guide", url, g.Title.Value, g.Description.Value), Intro: g.Description.Value, Body: linkHeadings(r.block(g.Body), g.Body.Doc.Headings),
		Sources: sources(nil, g.Sources), Verified: g.Verified.Value, EditURL: r.editURL(g.File),
	}
	p.Alternates = []Alternate{{"text/markdown", url + ".md", "Markdown"}}
	p.Image = r.firstImage()
	p.Breadcrumbs = []Link{{r.site.Title, link.HomeURL}, {g.Title.Value, url}}
	p.JSONLD = ld(r.appendArticleLD(nil, &p.Chrome, g.Verified.Value))
	for _, h := range g.Body.Doc.Headings {
		p.TOC = append(p.TOC, TOCItem{h.ID, h.Text, max(2, h.Level)})
	}
	for _, d := range r.m.DefinitionsTo(g) {
		p.From = append(p.From, r.ref(d, ""))
	}
	// What guide.html puts behind the text.
	if len(p.From) > 0 {
		p.TOC = append(p.TOC, TOCItem{"from", "Errors that point here", 2})
	}
	if len(p.Sources) > 0 || p.Verified != "" {
		p.TOC = append(p.TOC, TOCItem{"sources", "Sources", 2})
	}
	page, err := r.execute("guide", p, 0)
	return alsoAt(page, g.AnchorAliases), err
}

// NotFound renders 404.html.
func (r *Renderer) NotFound() ([]byte, error) {
	p := &NotFoundPage{Chrome: r.chrome("notfound", "/404", "Page not found", "There is no page at this address.")}
	p.Canonical, p.NoIndex = "", true
	for _, c := range r.m.Site.Collections {
		p.Catalogues = append(p.Catalogues, Catalogue{c.Title.Value, noun(c), c.Index.Value + ".json", c.Index.Value, c.URL.Value})
	}
	return r.execute("notfound", p, 0)
}
