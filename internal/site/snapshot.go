package site

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"errdex/internal/diag"
	"errdex/internal/hosts"
	"errdex/internal/link"
	"errdex/internal/load"
	"errdex/internal/output"
	"errdex/internal/verify"
)

// snapshot is the live site of one moment. It implements serve.Site. Pages of definitions and guides are rendered each time somebody asks, which takes less
// than a millisecond and no memory; what stands for a whole collection takes long and is kept.
type snapshot struct {
	b         *build
	whole     map[string]func() ([]byte, error)
	redirects func() []link.Redirect // sorted by From
}

func newSnapshot(b *build) *snapshot {
	s := &snapshot{b: b, whole: make(map[string]func() ([]byte, error), len(b.whole)), redirects: sync.OnceValue(b.m.AllRedirects)}
	for _, f := range b.whole {
		s.whole[f.path] = sync.OnceValues(f.bytes)
	}
	return s
}

// File implements serve.Site.
func (s *snapshot) File(path string) ([]byte, error) {
	if get := s.whole[path]; get != nil {
		return get()
	}
	if i := strings.LastIndexByte(path, '.'); i > 0 {
		if p, ok := s.b.m.At("/" + path[:i]); ok {
			for _, f := range s.b.files(p) {
				if f.path == path {
					return f.bytes()
				}
			}
		}
	}
	return nil, fs.ErrNotExist
}

// Redirect implements serve.Site.
func (s *snapshot) Redirect(from string) (string, bool) {
	all := s.redirects()
	i, ok := slices.BinarySearchFunc(all, from, func(r link.Redirect, from string) int { return strings.Compare(r.From, from) })
	if !ok {
		return "", false
	}
	return all[i].To, true
}

// Headers implements serve.Site.
func (s *snapshot) Headers(path string) [][2]string {
	out := [][2]string{{"Content-Security-Policy", hosts.CSP}, {"Referrer-Policy", "strict-origin-when-cross-origin"}, {"Cross-Origin-Opener-Policy", "same-origin"}}
	if strings.HasPrefix(path, "/assets/") {
		out = append(out, [2]string{"Cache-Control", "public, max-age=31536000, immutable"})
	}
	return out
}

// try renders a page of each kind, so that a template that fails is known before its site is shown.
func (b *build) try() error {
	seen := map[string]bool{}
	for _, f := range b.whole {
		if f.page {
			if _, err := f.bytes(); err != nil {
				return err
			}
		}
	}
	for _, p := range b.m.Pages {
		kind := "guide"
		if p.Definition != nil {
			kind = "error"
		}
		if files := b.files(p); len(files) > 0 && !seen[kind] {
			seen[kind] = true
			if _, err := files[0].bytes(); err != nil {
				return err
			}
		}
	}
	return nil
}

// debt is what has changed since finished pages were last read and found in order.
type debt struct {
	mu    sync.Mutex
	turn  int
	whole bool            // any page
	files map[string]bool // the pages of these source files
}

func (d *debt) add(w work, items []load.Item) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn++
	d.whole = d.whole || w.scan || w.look
	if d.files == nil || d.whole {
		d.files = map[string]bool{}
	}
	for p := range w.paths {
		d.files[p] = true
	}
}

// verification returns what reads the pages that are owed, for serve.Update. Where any page may have changed it reads all of them, on one core;
// otherwise those that did, in which it looks for everything but links to other pages: those were resolved before.
func (d *debt) verification(opt Options, b *build) func(context.Context) (*diag.List, error) {
	d.mu.Lock()
	turn, whole, files := d.turn, d.whole, maps.Clone(d.files)
	d.mu.Unlock()
	opt.Workers, opt.Progress = 1, nil
	return func(ctx context.Context) (list *diag.List, err error) {
		list = &diag.List{}
		if whole {
			_, err = b.all(ctx, opt, list, func(output.File) error { return nil }, false)
		} else {
			err = b.some(files, list)
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		if err == nil && list.Len() == 0 && turn == d.turn {
			d.whole, d.files = false, nil
		}
		return list, err
	}
}

// some reads the pages of these source files.
func (b *build) some(sources map[string]bool, list *diag.List) error {
	checker := verify.NewChecker(b.m.Site.BaseURL.Value)
	for _, p := range b.m.Pages {
		switch {
		case p.Definition != nil && sources[p.Definition.File]:
		case p.Guide != nil && sources[p.Guide.File]:
		default:
			continue
		}
		f := b.files(p)[0]
		data, err := f.bytes()
		if err != nil {
			return err
		}
		checker.Page(f.path, data, f.promised)
	}
	for _, p := range checker.Finish() {
		if p.ID != "broken-link" {
			list.Add(pageDiagnostic(p))
		}
	}
	return nil
}
