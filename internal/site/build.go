package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync/atomic"

	"errdex/internal/assets"
	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/hosts"
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
	Stats  Stats
	Same   bool     // nothing has changed since the last build: of Checked, only Diags is there
	Advice []string // what a host will do differently, a line each
}

// Build checks the site and renders every file of it into sink. Where the content has an error, or a warning under strict, or a finished page has a
// fault, the error is ErrContent and the caller must throw away what the sink got.
func Build(ctx context.Context, opt Options, strict bool, sink output.Sink) (*Result, error) {
	type looked struct {
		*look
		err error
	}
	looks := make(chan looked, 1)
	in, err := read(ctx, opt, func() { // linking takes one core; what the site looks like is made ready on another
		go func() {
			l, err := loadLook(opt.Source)
			looks <- looked{l, err}
		}()
	})
	if err != nil {
		return nil, err
	}
	// Most sites have no fault: pages are made while the rules still look. Where those find one it is what counts, whatever came of the pages.
	var c *Checked
	ruled := make(chan struct{})
	making, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer close(ruled)
		if c = checked(opt.workers(), in.m, in.ledger, in.list, opt.Now); c.Diags.Failed(strict) {
			stop()
		}
	}()
	l := <-looks
	err = l.err
	var b *build
	hl := markdown.NewHighlighter()
	hl.Total = markdown.MaxTotal
	if err == nil && !in.list.Failed(false) { // an error ends the build whatever the rules say; a warning may yet be silenced
		b = newBuild(opt, in.m, l.look, hl, indexKeys{})
	}
	t := &tally{sink: sink.Write, compress: opt.Compress}
	var stats Stats
	found := &diag.List{}
	if b != nil {
		t.files = make([]hosts.File, 0, len(b.whole)+3*len(b.m.Pages))
		_, transient := sink.(output.Transient)
		stats, err = b.all(making, opt, found, t.take, transient)
	}
	<-ruled
	r := &Result{Checked: c}
	if c.Diags.Failed(strict) {
		return r, ErrContent
	}
	if f := (*render.Fault)(nil); b != nil && errors.As(err, &f) { // a page that check cannot know of
		c.Diags.Add(templateDiagnostic(f))
		return r, ErrContent
	}
	if err != nil {
		return r, err
	}
	c.Diags.Merge(found)
	r.Stats = stats
	if err := slow(c.Site, hl.Slow()); err != nil {
		return r, err
	}
	n, err := b.hostFiles(t, c.Diags)
	if err != nil {
		return r, err
	}
	r.Stats.Files, r.Advice = len(t.files)+n, t.advice
	if c.Diags.Failed(strict) {
		return r, ErrContent
	}
	return r, nil
}

// all makes every file, hands it to take, which must be safe for concurrent use, and reads the finished pages again: their faults are added to
// the list. Where take holds no bytes after it has returned, those of a page serve the next one.
func (b *build) all(ctx context.Context, opt Options, list *diag.List, take func(output.File) error, transient bool) (Stats, error) {
	checker := verify.NewChecker(b.m.Site.BaseURL.Value)
	chains := min(b.indexes, max(1, opt.workers()/2))
	if transient {
		opt.Workers = 3 * opt.workers() // while one waits for the system to write its file another renders
	}
	var files atomic.Int64
	shared := chains + len(b.whole) - b.indexes
	unit := func(i int) error {
		for _, f := range b.unit(i, chains) {
			data, err := f.bytes()
			if err != nil {
				return err
			}
			if f.page {
				checker.Page(f.path, data, f.promised)
			} else {
				checker.File(f.path)
			}
			files.Add(1)
			if err := take(output.File{Path: f.path, Data: data}); err != nil {
				return err
			}
			if transient && i >= shared {
				b.r.Reuse(data)
			}
		}
		return nil
	}
	workers := rest{heap: opt.Heap}
	workers.begin()
	last := shared + len(b.m.Pages)*9/10 // what is prepared for hosts is not kept for longer than need be
	err := each(ctx, opt, "rendering", shared+len(b.m.Pages)+1, func(i int) error {
		switch {
		case i < shared:
			return unit(i) // it may take as long as thousands of pages, and nobody waits for it
		case i == last:
			if transient {
				b.prepareHosts(opt.Compress)
			}
			return nil
		case i > last:
			i--
		}
		return workers.work(func() error { return unit(i) })
	})
	if err != nil {
		return Stats{}, err
	}
	for _, p := range checker.Finish() {
		list.Add(pageDiagnostic(p))
	}
	s := Stats{Pages: len(b.m.Pages) + 1, Guides: len(b.m.Site.Guides), Files: int(files.Load()), Links: checker.Links()}
	for _, x := range b.m.Site.Collections {
		s.Definitions += len(x.Definitions)
	}
	return s, nil
}

// slow refuses a site with a block of code that could not be coloured within the limit.
func slow(s *catalog.Site, blocks []markdown.Block) error {
	if len(blocks) == 0 {
		return nil
	}
	b := blocks[0]
	where := "a block of code"
	for _, c := range s.Collections {
		for _, d := range c.Definitions {
			for _, x := range d.Examples {
				if strings.EqualFold(x.Language.Value, b.Lang) && strings.TrimRight(x.Body.Value, "\n") == b.Text {
					where = d.File + ": an example"
				}
			}
		}
	}
	return fmt.Errorf("%s in %s that begins with %.40q takes longer than %s to colour, or such blocks longer than %s together, which is the limit: shorten it, or give it the language text", where, b.Lang, b.Text, markdown.MaxBlock, markdown.MaxTotal)
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

// look is what a site looks like apart from its content: static/ in its published form and the parsed templates.
type look struct {
	assets    *assets.Set
	templates *render.Templates
}

func loadLook(source fs.FS) (*look, error) {
	set, err := assets.Load(static.FS, sub(source, "static"))
	if err != nil {
		return nil, err
	}
	parsed, err := render.ParseTemplates(overlay{sub(source, "templates"), templates.FS})
	if err != nil {
		return nil, err
	}
	return &look{set, parsed}, nil
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
