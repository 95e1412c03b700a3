package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"sync/atomic"

	"errdex/internal/assets"
	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/finder"
	"errdex/internal/link"
	"errdex/internal/markdown"
	"errdex/internal/output"
	"errdex/internal/render"
	"errdex/internal/verify"
	"errdex/static"
	"errdex/templates"
)

// ErrContent says that the content has problems and nothing was written; they are in the list.
var ErrContent = errors.New("the content has problems")

// Stats counts what a build made.
type Stats struct {
	Pages, Definitions, Guides, Files, Links int
}

// Result is what a build made of a checked site.
type Result struct {
	*Checked
	Stats Stats
}

// Build checks the site and renders every file of it into sink. Where the content has an error, or a warning under strict, nothing
// is rendered; where a finished page has a fault, the error is ErrContent too and the caller must throw away what the sink got.
func Build(ctx context.Context, opt Options, strict bool, sink output.Sink) (*Result, error) {
	c, err := Check(ctx, opt)
	if err != nil {
		return nil, err
	}
	r := &Result{Checked: c}
	if c.Diags.Failed(strict) {
		return r, ErrContent
	}
	b, err := newBuild(opt, c, sink)
	if err != nil {
		return r, err
	}
	if err := each(ctx, opt, "rendering", len(b.tasks), func(i int) error { return b.tasks[i]() }); err != nil {
		return r, err
	}
	for _, p := range b.checker.Finish() {
		c.Diags.Add(pageDiagnostic(p))
	}
	r.Stats = Stats{Pages: len(c.Map.Pages) + 1, Guides: len(c.Site.Guides), Files: int(b.files.Load()), Links: b.checker.Links()}
	for _, x := range c.Site.Collections {
		r.Stats.Definitions += len(x.Definitions)
	}
	if c.Diags.Failed(strict) {
		return r, ErrContent
	}
	return r, nil
}

func pageDiagnostic(p verify.Problem) diag.Diagnostic {
	d := diag.Diagnostic{
		Span: diag.Span{File: p.Page, Start: diag.Pos{Line: p.Line, Col: p.Col}}, ID: p.ID, Message: p.Message,
		Hint: "the content was fine, so the template that made this page is at fault",
	}
	if p.Count > 0 {
		d.Message += fmt.Sprintf(", and in %d more places", p.Count)
	}
	return d
}

// build holds the tasks of one build; each makes and writes the files of one page.
type build struct {
	sink    output.Sink
	r       *render.Renderer
	m       *link.Map
	checker *verify.Checker
	tasks   []func() error
	files   atomic.Int64
}

func newBuild(opt Options, c *Checked, sink output.Sink) (*build, error) {
	set, err := assets.Load(static.FS, sub(opt.Source, "static"))
	if err != nil {
		return nil, err
	}
	templates, err := render.ParseTemplates(overlay{sub(opt.Source, "templates"), templates.FS})
	if err != nil {
		return nil, err
	}
	b := &build{sink: sink, m: c.Map, checker: verify.NewChecker(c.Site.BaseURL.Value)}
	entries := render.Entries(c.Map)
	index := "assets/" + assets.Hashed("finder.txt", fingerprint(entries, set.URLs["finder.js"]))
	b.r = render.New(c.Map, templates, markdown.NewHighlighter(), render.Site{
		CSS: set.URLs["site.css"], Favicon: set.URLs["favicon.svg"], ThemeJS: set.URLs["theme.js"], SiteJS: set.URLs["site.js"],
		FindboxJS: set.URLs["findbox.js"], FinderJS: set.URLs["finder.js"], FinderIndex: "/" + index,
		OpenSearch: "/opensearch.xml", FeedURL: "/feed.xml", Version: opt.Version,
	})
	// The index of the finder takes as long as thousands of pages: it goes first, beside them.
	b.data(index, func() ([]byte, error) { return finder.Build(entries).Encode(), nil })
	for _, x := range c.Site.Collections {
		b.collection(x)
	}
	for _, g := range c.Site.Guides {
		b.page(c.Map.GuideURL(g), headings(g), func() ([]byte, error) { return b.r.Guide(g) })
		b.data(c.Map.GuideURL(g)[1:]+".md", func() ([]byte, error) { return b.r.GuideMarkdown(g), nil })
	}
	b.page(link.HomeURL, nil, b.r.Home)
	b.page("/404", nil, b.r.NotFound)
	for _, f := range set.Files {
		b.data(f.Path, func() ([]byte, error) { return f.Data, nil })
	}
	for name, make := range map[string]func() []byte{
		"sitemap.xml": b.r.Sitemap, "robots.txt": b.r.Robots, "llms.txt": b.r.LLMs, "feed.xml": b.r.Feed, "opensearch.xml": b.r.OpenSearch,
	} {
		b.data(name, func() ([]byte, error) { return make(), nil })
	}
	return b, nil
}

func (b *build) collection(c *catalog.Collection) {
	b.page(c.Index.Value, groups(c), func() ([]byte, error) { return b.r.Index(c) })
	b.data(c.Index.Value[1:]+".json", func() ([]byte, error) { return b.r.Catalogue(c) })
	for _, d := range c.Definitions {
		b.definition(d)
	}
}

// definition makes the page and its twins in one task: they share what is warm.
func (b *build) definition(d *catalog.Definition) {
	url := b.m.URL(d)
	b.tasks = append(b.tasks, func() error {
		html, err := b.r.Error(d)
		if err != nil {
			return fmt.Errorf("%s: %w", d.File, err)
		}
		if err := b.writePage(url, html, b.m.Anchors(d)); err != nil {
			return err
		}
		json, err := b.r.JSON(d)
		if err != nil {
			return fmt.Errorf("%s: %w", d.File, err)
		}
		if err := b.write(url[1:]+".json", json); err != nil {
			return err
		}
		return b.write(url[1:]+".md", b.r.Markdown(d))
	})
}

func (b *build) page(url string, promised []string, make func() ([]byte, error)) {
	b.tasks = append(b.tasks, func() error {
		html, err := make()
		if err != nil {
			return fmt.Errorf("the page %s: %w", url, err)
		}
		return b.writePage(url, html, promised)
	})
}

func (b *build) data(path string, make func() ([]byte, error)) {
	b.tasks = append(b.tasks, func() error {
		data, err := make()
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return b.write(path, data)
	})
}

func (b *build) writePage(url string, html []byte, promised []string) error {
	path := PagePath(url)
	b.checker.Page(path, html, promised)
	b.files.Add(1)
	return b.sink.Write(output.File{Path: path, Data: html})
}

func (b *build) write(path string, data []byte) error {
	b.checker.File(path)
	b.files.Add(1)
	return b.sink.Write(output.File{Path: path, Data: data})
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
	return out
}

func groups(c *catalog.Collection) []string {
	var out []string
	for _, g := range link.Index(c) {
		if id := g.Group.ID.Value; id != "" {
			out = append(out, link.GroupAnchor(id))
		}
	}
	return out
}

// overlay is a project's own templates over the built-in ones, file by file.
type overlay struct{ over, under fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	if o.over != nil {
		if f, err := o.over.Open(name); !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return o.under.Open(name)
}

// fingerprint stands for everything the finder's index is made of, so that the pages can name its file before it is encoded.
func fingerprint(entries []finder.Entry, engine string) []byte {
	var b []byte
	add := func(fields ...string) {
		for _, f := range fields {
			b = append(append(b, f...), 0)
		}
		b = append(b, 1)
	}
	add(engine)
	for _, e := range entries {
		add(e.Collection, e.Noun, e.Slug, e.Code, e.Title, e.URL, e.Status, strconv.Itoa(e.Popularity))
		add(e.Keywords...)
		add(e.Aliases...)
		add(e.Examples...)
		for _, m := range e.Messages {
			add(m.Text, m.Field, m.Subcode)
		}
		for _, s := range e.Subcodes {
			add(s.Code, s.Title, s.Text)
		}
	}
	return b
}
