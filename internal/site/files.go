package site

import (
	"fmt"
	"strings"
	"sync"

	"errdex/internal/assets"
	"errdex/internal/catalog"
	"errdex/internal/finder"
	"errdex/internal/hosts"
	"errdex/internal/link"
	"errdex/internal/markdown"
	"errdex/internal/render"
)

// file is a file of the site: where it will stand and how it is made.
type file struct {
	path     string
	of       string // what it is about, for an error
	make     func() ([]byte, error)
	page     bool     // an HTML page, which verify reads
	promised []string // ids that the page must have
}

func (f file) bytes() ([]byte, error) {
	data, err := f.make()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.of, err)
	}
	return data, nil
}

// build knows how every file of a linked site is made, and makes none before it is asked: a cold build asks for all of them, the live site for
// those that somebody looks at.
type build struct {
	r     *render.Renderer
	m     *link.Map
	whole []file // what stands for the whole site or a collection; the rest belongs to a page, see files

	indexes int // the first files of whole that are the finder's data

	hosts *hosts.Input // what hosts need, prepared; nil where that was not
}

func newBuild(opt Options, m *link.Map, l *look, hl *markdown.Highlighter, keys indexKeys) *build {
	b := &build{m: m}
	urls := l.assets.URLs
	rules := assets.Hashed("finder-rules.txt", finder.Rules())
	index := []string{"/assets/" + rules}
	fingerprints, known := keys.fingerprints(m, urls["finder.js"])
	for _, f := range fingerprints {
		index = append(index, "/assets/"+assets.Hashed("finder.txt", f))
	}
	b.r = render.New(m, l.templates, hl, render.Site{
		CSS: urls["site.css"], Favicon: urls["favicon.svg"], ThemeJS: urls["theme.js"], SiteJS: urls["site.js"],
		FindboxJS: urls["findbox.js"], FinderJS: urls["finder.js"], FinderIndex: strings.Join(index, " "),
		OpenSearch: "/opensearch.xml", FeedURL: "/feed.xml", Version: opt.Version,
	})
	// The index of the finder takes as long as thousands of pages: it goes first, beside them.
	entries := &entryList{m: m, all: known, files: len(fingerprints)}
	for i, path := range index[1:] {
		b.data(path[1:], func() ([]byte, error) { return finder.Build(finder.Shards(entries.take())[i]).Encode(), nil })
	}
	b.indexes = len(b.whole)
	b.data("assets/"+rules, func() ([]byte, error) { return finder.Rules(), nil })
	for _, c := range m.Site.Collections {
		b.page(c.Index.Value, link.GroupAnchors(c), func() ([]byte, error) { return b.r.Index(c) })
		b.data(c.Index.Value[1:]+".json", func() ([]byte, error) { return b.r.Catalogue(c) })
		b.data(render.PicturePath(c)[1:], func() ([]byte, error) { return b.r.Picture(c) })
	}
	b.page(link.HomeURL, nil, b.r.Home)
	b.page("/404", nil, b.r.NotFound)
	for _, f := range l.assets.Files {
		b.data(f.Path, func() ([]byte, error) { return f.Data, nil })
	}
	b.text("sitemap.xml", b.r.Sitemap)
	b.text("robots.txt", b.r.Robots)
	b.text("llms.txt", b.r.LLMs)
	b.text("feed.xml", b.r.Feed)
	b.text("opensearch.xml", b.r.OpenSearch)
	return b
}

// entryList holds what the finder knows of the site until each of its files has been made: it is large, and nobody else asks.
type entryList struct {
	m           *link.Map
	mu          sync.Mutex
	all         []finder.Entry // nil where it has to be made
	files, made int
}

func (l *entryList) take() []finder.Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all == nil {
		l.all, l.made = render.Entries(l.m), 0
	}
	all := l.all
	if l.made++; l.made == l.files {
		l.all = nil
	}
	return all
}

func (b *build) page(url string, promised []string, make func() ([]byte, error)) {
	b.whole = append(b.whole, file{path: PagePath(url), of: "the page " + url, make: make, page: true, promised: promised})
}

func (b *build) data(path string, make func() ([]byte, error)) {
	b.whole = append(b.whole, file{path: path, of: path, make: make})
}

func (b *build) text(path string, make func() []byte) {
	b.data(path, func() ([]byte, error) { return make(), nil })
}

// unit returns the files that are made one after the other. The first units, chains of them, are the finder's data: a file of it needs a hundred megabytes while it is made,
// which serve the next one. Then comes each other file of the whole site, and last the pages with their twins, which share what is warm.
func (b *build) unit(i, chains int) []file {
	if i < chains {
		var chain []file
		for ; i < b.indexes; i += chains {
			chain = append(chain, b.whole[i])
		}
		return chain
	}
	if i += b.indexes - chains; i < len(b.whole) {
		return b.whole[i : i+1]
	}
	return b.files(b.m.Pages[i-len(b.whole)])
}

// files returns the page of a definition or a guide with its twins. The other pages are in whole.
func (b *build) files(p link.Page) []file {
	paths := twins(p)
	switch {
	case p.Definition != nil:
		d := p.Definition
		return []file{
			{path: paths[0], of: d.File, page: true, promised: b.m.Anchors(d), make: func() ([]byte, error) { return b.r.Error(d) }},
			{path: paths[1], of: d.File, make: func() ([]byte, error) { return b.r.JSON(d) }},
			{path: paths[2], of: d.File, make: func() ([]byte, error) { return b.r.Markdown(d), nil }},
		}
	case p.Guide != nil:
		g := p.Guide
		return []file{
			{path: paths[0], of: g.File, page: true, promised: headings(g), make: func() ([]byte, error) { return b.r.Guide(g) }},
			{path: paths[1], of: g.File, make: func() ([]byte, error) { return b.r.GuideMarkdown(g), nil }},
		}
	}
	return nil
}

// twins returns the paths of files: that of the page first, then those of its twins.
func twins(p link.Page) []string {
	base := p.URL[1:]
	switch {
	case p.Definition != nil:
		return []string{PagePath(p.URL), base + ".json", base + ".md"}
	case p.Guide != nil:
		return []string{PagePath(p.URL), base + ".md"}
	}
	return nil
}

// PagePath returns the file of the page at a URL: docs/x.html for /docs/x.
func PagePath(url string) string {
	if url == link.HomeURL {
		return "index.html"
	}
	return url[1:] + ".html"
}

func headings(g *catalog.Guide) []string {
	var out []string
	for _, h := range g.Body.Doc.Headings {
		out = append(out, h.ID)
	}
	for _, a := range g.AnchorAliases {
		out = append(out, a.From.Value)
	}
	return out
}
