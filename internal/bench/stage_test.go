package main_test

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/bench/corpus"
	"errdex/internal/catalog"
	"errdex/internal/finder"
	"errdex/internal/link"
	"errdex/internal/load"
	"errdex/internal/markdown"
	"errdex/internal/output"
	"errdex/internal/render"
	"errdex/internal/site"
	"errdex/internal/verify"
	"errdex/templates"
)

// stage is a generated site at every point of its way, made once for a size.
type stage struct {
	source fs.FS
	tree   *load.Tree
	site   *catalog.Site
	m      *link.Map
	r      *render.Renderer
	files  []output.File
}

var stages sync.Map // by number of definitions

func at(tb testing.TB, n int) *stage {
	if s, ok := stages.Load(n); ok {
		return s.(*stage)
	}
	source := fstest.MapFS{}
	for name, data := range corpus.Files(corpus.Config{Definitions: n, Seed: 1}) {
		source[name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	s := &stage{source: source}
	s.tree, s.site = read(tb, source)
	m, problems := link.Resolve(s.site)
	if problems.Failed(true) {
		tb.Fatalf("the corpus does not link: %+v", problems.Sorted()[0])
	}
	s.m = m
	s.r = renderer(tb, m)
	s.files = pages(tb, s.r, m)
	stages.Store(n, s)
	return s
}

func read(tb testing.TB, source fs.FS) (*load.Tree, *catalog.Site) {
	tree, err := load.Scan(source)
	if err != nil {
		tb.Fatal(err)
	}
	items := make([]load.Item, len(tree.Files()))
	for i := range items {
		items[i] = tree.Read(i)
	}
	s, problems := tree.Assemble(items)
	if problems.Failed(true) {
		tb.Fatalf("the corpus does not load: %+v", problems.Sorted()[0])
	}
	return tree, s
}

func renderer(tb testing.TB, m *link.Map) *render.Renderer {
	t, err := render.ParseTemplates(templates.FS)
	if err != nil {
		tb.Fatal(err)
	}
	return render.New(m, t, markdown.NewHighlighter(), render.Site{CSS: "/assets/site.css", SiteJS: "/assets/site.js"})
}

// pages renders every definition with its twins.
func pages(tb testing.TB, r *render.Renderer, m *link.Map) []output.File {
	var out []output.File
	for d := range definitions(m.Site) {
		html, err := r.Error(d)
		if err != nil {
			tb.Fatal(err)
		}
		json, err := r.JSON(d)
		if err != nil {
			tb.Fatal(err)
		}
		path := m.URL(d)[1:]
		out = append(out, output.File{Path: path + ".html", Data: html}, output.File{Path: path + ".json", Data: json}, output.File{Path: path + ".md", Data: r.Markdown(d)})
	}
	return out
}

func definitions(s *catalog.Site) func(func(*catalog.Definition) bool) {
	return func(yield func(*catalog.Definition) bool) {
		for _, c := range s.Collections {
			for _, d := range c.Definitions {
				if !yield(d) {
					return
				}
			}
		}
	}
}

// sizes runs one stage at three sizes and reports its cost for one definition, which must not grow with their number.
func sizes(b *testing.B, f func(b *testing.B, s *stage)) {
	for _, n := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprintf("%d", n), func(b *testing.B) {
			s := at(b, n)
			b.ReportAllocs()
			start := cpu()
			f(b, s)
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/def")
			b.ReportMetric(float64((cpu()-start).Microseconds())/float64(b.N)/float64(n), "cpu-µs/def")
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	sizes(b, func(b *testing.B, s *stage) {
		for b.Loop() {
			read(b, s.source)
		}
	})
}

func BenchmarkMarkdown(b *testing.B) {
	sizes(b, func(b *testing.B, s *stage) {
		var fields []string
		for d := range definitions(s.site) {
			d.EachProse(func(_ string, p *catalog.Prose) { fields = append(fields, p.Value) })
		}
		md := markdown.NewParser()
		for b.Loop() {
			for _, f := range fields {
				md.Parse(f, markdown.Options{})
			}
		}
	})
}

func BenchmarkHighlight(b *testing.B) {
	sizes(b, func(b *testing.B, s *stage) {
		buf := make([]byte, 0, 16<<10)
		for b.Loop() {
			hl := markdown.NewHighlighter() // so that nothing is remembered from the round before
			for d := range definitions(s.site) {
				for _, e := range d.Examples {
					buf = hl.Append(buf[:0], e.Language.Value, e.Body.Value)
				}
			}
		}
	})
}

func BenchmarkLink(b *testing.B) {
	sizes(b, func(b *testing.B, s *stage) {
		for b.Loop() {
			link.Resolve(s.site)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	sizes(b, func(b *testing.B, s *stage) {
		for b.Loop() {
			pages(b, renderer(b, s.m), s.m)
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	sizes(b, func(b *testing.B, s *stage) {
		dir := filepath.Join(b.TempDir(), "site")
		for b.Loop() {
			f, err := output.Open(dir)
			if err != nil {
				b.Fatal(err)
			}
			for _, file := range s.files {
				if err := f.Write(file); err != nil {
					b.Fatal(err)
				}
			}
			if _, err := f.Commit(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	sizes(b, func(b *testing.B, s *stage) {
		for b.Loop() {
			c := verify.NewChecker(s.site.BaseURL.Value)
			for i, d := 0, s.m.Pages; i < len(d); i++ {
				c.File(d[i].URL)
			}
			for _, f := range s.files {
				if filepath.Ext(f.Path) == ".html" {
					c.Page(f.Path, f.Data, nil)
				}
			}
			c.Finish()
		}
	})
}

func BenchmarkFinder(b *testing.B) {
	sizes(b, func(b *testing.B, s *stage) {
		entries := render.Entries(s.m)
		for b.Loop() {
			finder.Build(entries).Encode()
		}
	})
}

// BenchmarkBuild is the whole way in memory: everything but the disk.
func BenchmarkBuild(b *testing.B) {
	sizes(b, func(b *testing.B, s *stage) {
		for b.Loop() {
			r, err := site.Build(context.Background(), site.Options{Source: s.source, Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}, true, &output.Memory{})
			if err != nil {
				b.Fatalf("%v: %+v", err, r.Diags.Sorted())
			}
		}
	})
}
