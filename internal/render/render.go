// Package render makes the bytes of every page and file from a linked site: it fills one typed struct for each kind of page
// and hands it to that kind's template. It is given every URL and looks nothing up; it does no I/O and starts no
// goroutine, and a Renderer may be used by many.
package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/template/parse"

	"errdex/internal/catalog"
	"errdex/internal/link"
	"errdex/internal/markdown"
)

// Kinds are the page kinds; each has a template <kind>.html.
var Kinds = []string{"error", "index", "home", "guide", "notfound"}

// Templates are the parsed templates of every page kind, and their programs.
type Templates struct {
	byKind   map[string]*counters
	programs map[string]*program // without those that only html/template can execute
}

// pageTypes are the structs that the kinds are executed with.
var pageTypes = map[string]reflect.Type{
	"error": reflect.TypeFor[*ErrorPage](), "index": reflect.TypeFor[*IndexPage](), "home": reflect.TypeFor[*HomePage](),
	"guide": reflect.TypeFor[*GuidePage](), "notfound": reflect.TypeFor[*NotFoundPage](),
}

// ParseTemplates parses layout.html and the template of every kind from fsys. An error is a *Fault where a template is at fault.
func ParseTemplates(fsys fs.FS) (*Templates, error) {
	t := &Templates{map[string]*counters{}, map[string]*program{}}
	for _, kind := range Kinds {
		tmpl := template.New(kind + ".html").Option("missingkey=error")
		for _, name := range []string{"layout.html", kind + ".html"} {
			if err := parseOne(fsys, tmpl, name); err != nil {
				return nil, err
			}
		}
		bound(tmpl)
		t.byKind[kind] = &counters{set: tmpl}
		if p := compile(count(tmpl), pageTypes[kind]); p != nil {
			t.programs[kind] = p
		}
	}
	return t, nil
}

// CheckTemplates reports the faults of a project's own templates, which lie in over, file by file, over the built-in ones. It takes as long as parsing does.
func CheckTemplates(over, builtin fs.FS) (faults []*Fault) {
	own := map[string]bool{}
	source := func(name string) string {
		data, err := fs.ReadFile(over, name)
		if own[name] = err == nil; err != nil {
			data, _ = fs.ReadFile(builtin, name)
		}
		return string(data)
	}
	broken := map[string]bool{}
	found := func(f *Fault) {
		if f != nil && !slices.ContainsFunc(faults, func(g *Fault) bool { return f.File == g.File && f.Line == g.Line && f.Col == g.Col }) {
			faults = append(faults, f)
		}
	}
	for _, name := range Files() {
		if _, err := template.New(name).Parse(source(name)); err != nil {
			found(parseFault(name, source(name), err))
			broken[name] = true
		}
	}
	if !broken["layout.html"] && own["layout.html"] {
		data, _ := fs.ReadFile(builtin, "layout.html")
		if names := lacking(source("layout.html"), string(data)); len(names) > 0 {
			needed := slices.DeleteFunc(names, func(block string) bool {
				return !slices.ContainsFunc(Files(), func(file string) bool {
					return slices.ContainsFunc(calls.FindAllStringSubmatch(source(file), -1), func(m []string) bool { return m[1] == block })
				}) || slices.ContainsFunc(Files(), func(file string) bool {
					return file != "layout.html" && !slices.Contains(lacking(source(file), `{{define "`+block+`"}}`), block)
				})
			})
			if len(needed) > 0 {
				found(&Fault{File: "layout.html", Line: 1, Col: 1, Message: "this file does not define \"" + strings.Join(needed, "\", \"") + "\", which other templates call",
					Hint: "it replaces the built-in layout.html, so it must define all that is called: `{{define \"" + needed[0] + "\"}}...{{end}}`"})
				return faults
			}
		}
	}
	if broken["layout.html"] {
		return faults
	}
	for _, kind := range Kinds {
		if broken[kind+".html"] {
			continue
		}
		t := template.Must(template.Must(template.New(kind + ".html").Option("missingkey=error").Parse(source(kind + ".html"))).New("layout.html").Parse(source("layout.html"))).Lookup(kind + ".html")
		if own[kind+".html"] && (t.Tree == nil || parse.IsEmptyTree(t.Tree.Root)) {
			found(&Fault{File: kind + ".html", Line: 1, Col: 1, Message: "this template writes nothing",
				Hint: "a page is what stands outside of `{{define}}`: the built-in templates begin with `{{template \"top\" .}}`"})
			continue
		}
		if f := missingTemplate(t, source); f != nil {
			found(f)
			continue
		}
		bound(t)
		found(tryOut(kind, t, pageTypes[kind]))
	}
	return faults
}

// Renderer renders the pages of one linked site.
type Renderer struct {
	m         *link.Map
	templates *Templates
	hl        *markdown.Highlighter
	site      Site
	image     map[string]string // preview picture by collection id
	highlight markdown.Highlight
	parser    *markdown.Parser // for what is put together from many fields
	buffers   sync.Pool        // of *[]byte, given back by Reuse
	reused    atomic.Bool      // whether Reuse is called at all
	usual     atomic.Int64     // the size of the last error page
	scratch   sync.Pool        // of *[]byte, for parts of them
	desks     sync.Pool        // of *desk
}

// New returns a renderer. site holds the asset URLs; what it says of the content is filled in here.
func New(m *link.Map, t *Templates, hl *markdown.Highlighter, site Site) *Renderer {
	r := &Renderer{m: m, templates: t, hl: hl, site: site, parser: markdown.NewParser(), image: map[string]string{}}
	r.scratch.New = func() any { return new([]byte) }
	r.highlight = hl.Append
	r.site.Title = m.Site.Title.Value
	r.site.HomeURL = link.HomeURL
	r.site.Organization = Link{m.Site.Organization.Name.Value, m.Site.Organization.URL.Value}
	for _, c := range m.Site.Collections {
		r.site.Collections = append(r.site.Collections, Link{c.Title.Value, c.Index.Value})
		r.image[c.ID] = m.Absolute(PicturePath(c))
	}
	for _, g := range m.Site.Guides {
		r.site.Guides = append(r.site.Guides, Link{g.Title.Value, m.GuideURL(g)})
	}
	r.site.Routes = r.routes()
	return r
}

// maxUsual bounds the room that is made for a page because the one before was large: one page of megabytes must not cost as much with every other.
const maxUsual = 128 << 10

// execute runs the template of a kind. The page is expected to have so many bytes, or as many as the last error page.
func (r *Renderer) execute(kind string, page any, expected int) ([]byte, error) {
	buf := r.buffer(max(expected, int(r.usual.Load())))
	if p := r.templates.programs[kind]; p != nil {
		out, ok, err := p.execute(buf, page)
		if err != nil {
			return nil, endless(kind)
		}
		if ok {
			if kind == "error" {
				r.usual.Store(int64(min(len(out), maxUsual)))
			}
			return r.fit(out), nil
		}
	}
	w := &limited{*bytes.NewBuffer(buf[:0])}
	if err := r.templates.byKind[kind].execute(w, page); err != nil {
		if errors.Is(err, errTooLong) {
			return nil, endlessAt(kind, err)
		}
		if f := executionFault(err); f != nil {
			return nil, f
		}
		return nil, fmt.Errorf("templates: %w", err)
	}
	return r.fit(w.page.Bytes()), nil
}

// endless is the fault of a template of a kind whose execution was ended; where in it nobody knows.
func endless(kind string) *Fault {
	return &Fault{File: kind + ".html", Line: 1, Message: "a page that this template makes has no end in sight",
		Hint: "it is longer than 512 MB or goes through lists within lists too often: take a loop out"}
}

// endlessAt is the same where html/template ended it, which knows in what loop or template that was.
func endlessAt(kind string, err error) *Fault {
	f := endless(kind)
	if in := executionFault(err); in != nil {
		f.File, f.Line, f.Col = in.File, in.Line, in.Col
		f.Hint = "what is repeated here goes on for too long, or a text becomes too long (16 MB): take a loop or a call out"
	}
	return f
}

// limited is the room for a page that html/template executes.
type limited struct{ page bytes.Buffer }

func (l *limited) Write(data []byte) (int, error) {
	if l.page.Len()+len(data) > maxPage {
		return 0, errTooLong
	}
	return l.page.Write(data)
}

// lengthOnly is the same for a page that nobody wants to see.
type lengthOnly int

func (l *lengthOnly) Write(data []byte) (int, error) {
	if int(*l)+len(data) > maxPage {
		return 0, errTooLong
	}
	*l += lengthOnly(len(data))
	return len(data), nil
}

// buffer returns an empty slice to render into: one that Reuse was given, or a new one of about the size that is expected.
func (r *Renderer) buffer(expected int) []byte {
	if buf, ok := r.buffers.Get().(*[]byte); ok {
		return (*buf)[:0]
	}
	return make([]byte, 0, expected+expected/16)
}

// fit returns data without more than an eighth of unused room behind it, since it may be kept for days. Buffers that go round are
// too large for most of what they hold, and stay as they are.
func (r *Renderer) fit(data []byte) []byte {
	if r.reused.Load() || cap(data)-len(data) <= len(data)/8 {
		return data
	}
	return bytes.Clone(data)
}

// Reuse gives back what Error, JSON or Markdown returned. The caller must not look at it again.
func (r *Renderer) Reuse(data []byte) {
	r.reused.Store(true)
	data = data[:0]
	r.buffers.Put(&data)
}

// block renders a Markdown field as blocks, inline without its only paragraph.
func (r *Renderer) block(p catalog.Prose) template.HTML {
	if p.Doc.Empty() {
		return ""
	}
	return r.html(func(dst []byte) []byte { return p.Doc.AppendHTML(dst, r.href(p.Doc), r.highlight) })
}

func (r *Renderer) inline(p catalog.Prose) template.HTML {
	if p.Doc.Empty() {
		return ""
	}
	if s, ok := p.Doc.Verbatim(); ok {
		return template.HTML(s)
	}
	return r.html(func(dst []byte) []byte { return p.Doc.AppendInline(dst, r.href(p.Doc), r.highlight) })
}

// href is nil for the many fields without a link.
func (r *Renderer) href(doc *markdown.Doc) markdown.Href {
	if len(doc.Links) == 0 {
		return nil
	}
	return r.m.Href(doc)
}

// html lets a function append to a buffer that is used again, so that only what it wrote is allocated.
func (r *Renderer) html(write func(dst []byte) []byte) template.HTML {
	buf := r.scratch.Get().(*[]byte)
	defer r.scratch.Put(buf)
	*buf = write((*buf)[:0])
	return template.HTML(*buf)
}

func (r *Renderer) chrome(kind, url, title, description string) Chrome {
	c := Chrome{
		Lang: r.m.Site.Language, Kind: kind, Title: title, CardTitle: title, Description: shorten(description, 300),
		Canonical: r.m.Absolute(url), OGType: "website", Site: r.site,
	}
	if kind == "error" || kind == "guide" {
		c.OGType = "article"
	}
	c.DocTitle = title
	if title != r.site.Title {
		c.DocTitle += " · " + r.site.Title
	}
	return c
}

func (r *Renderer) editURL(file string) string {
	pattern := r.m.Site.EditURL.Value
	if pattern == "" {
		return ""
	}
	return strings.ReplaceAll(pattern, "{path}", file)
}

func (r *Renderer) ref(d *catalog.Definition, note string) Ref { return r.named(d, d.Name(), note) }

func (r *Renderer) named(d *catalog.Definition, name, note string) Ref {
	return Ref{Code: d.Code.Value, Title: d.Title.Value, URL: r.m.URL(d), Name: name, Note: note, Stub: d.Stub(), Removed: d.Removed()}
}

// shorten cuts a text at a word so that it has at most n characters.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	cut := string(runes[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,.;:") + "…"
}
