package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"errdex/content"
	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/link"
	"errdex/internal/markdown"
	"errdex/internal/render"
	"errdex/internal/site"
)

type explainCmd struct {
	Code string `arg:"" help:"A code, a slug, COLLECTION/CODE, or the id of a diagnostic of errdex itself."`
	sourceFlags
}

func (explainCmd) Help() string {
	return `Prints a definition of this folder as its page would read. The id of a diagnostic, such as unresolved-reference, is explained from the
reference that errdex carries of itself, wherever it is run.

Examples:
  errdex explain 131047
  errdex explain whatsapp/100-webhook-override
  errdex explain unresolved-reference | less`
}

func (c *explainCmd) Run(a *app) error {
	if slug, ok := strings.CutPrefix(strings.TrimSpace(c.Code), "guides/"); ok && slug != "" {
		return fmt.Errorf("a guide is not explained, it is text already: read content/guides/%s.md", strings.TrimSuffix(slug, ".md"))
	}
	m, found, suggestion, err := a.definitions(c.Source, c.Code)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		var own []*catalog.Definition
		ownMap, own, ownSuggestion, err := ownDefinitions(a.ctx, c.Code)
		if err != nil {
			return err
		}
		if len(own) == 0 {
			if suggestion == "" {
				suggestion = ownSuggestion
			}
			fmt.Fprintf(a.err, "errdex: there is no error %q here%s\n", c.Code, diag.Safe(suggestion))
			if m == nil {
				a.begin()
			}
			return errContent
		}
		m, found = ownMap, own
	}
	_, err = fmt.Fprint(a.out, explain(m, found, markdown.Style{Width: width(a.out), Color: a.colour(a.out)}))
	return err
}

// explain returns the pages of definitions as a terminal shows them.
func explain(m *link.Map, found []*catalog.Definition, style markdown.Style) string {
	md := markdown.NewParser()
	r := render.New(m, nil, nil, render.Site{})
	var b strings.Builder
	for i, d := range found {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(md.Terminal(string(r.Markdown(d)), style))
	}
	return b.String()
}

// definitions finds what a code stands for in a source folder. No folder, or one without content, has no definitions; that is no failure.
func (a *app) definitions(source, code string) (*link.Map, []*catalog.Definition, string, error) {
	root, opt, err := a.open(source)
	if err != nil {
		return nil, nil, "", err
	}
	defer root.Close()
	if _, err := fs.Stat(opt.Source, "content"); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, "", nil
	}
	r, err := site.Check(a.ctx, opt)
	if err != nil {
		return nil, nil, "", err
	}
	found, suggestion := named(r.Map, code)
	if len(found) == 0 {
		if known := r.Ledger.Absent(r.Map, strings.TrimSpace(code)); known != "" {
			suggestion = ": " + known
		}
	}
	return r.Map, found, suggestion, nil
}

// ownDefinitions finds a diagnostic in the reference that the program carries of itself.
func ownDefinitions(ctx context.Context, id string) (*link.Map, []*catalog.Definition, string, error) {
	r, err := site.Check(ctx, site.Options{Source: ownContent{}})
	if err != nil {
		return nil, nil, "", err
	}
	found, suggestion := named(r.Map, id)
	return r.Map, found, suggestion, nil
}

// named looks a code up as a person types it, in any case and with or without its punctuation.
func named(m *link.Map, code string) ([]*catalog.Definition, string) {
	code = strings.Trim(strings.TrimSpace(code), "#()[]:")
	if found := m.Find(code); len(found) > 0 {
		return found, ""
	}
	var all []string
	collection, name, whole := strings.Cut(code, "/")
	for _, c := range m.Site.Collections {
		for _, d := range c.Definitions {
			if strings.EqualFold(d.Slug, code) || strings.EqualFold(d.Code.Value, code) {
				return []*catalog.Definition{d}, ""
			}
			all = append(all, d.Slug)
		}
	}
	for _, c := range m.Site.Collections {
		if !whole || c.ID != collection {
			continue
		}
		slugs := make([]string, len(c.Definitions))
		for i, d := range c.Definitions {
			slugs[i] = d.Slug
		}
		if near := diag.Nearest(name, slugs); near != "" {
			return nil, ": did you mean " + c.ID + "/" + near + "?"
		}
		return nil, ""
	}
	if near := diag.Nearest(code, all); near != "" {
		return nil, ": did you mean " + near + "?"
	}
	return nil, ""
}

// ownContent shows the embedded definitions as a source folder.
type ownContent struct{}

func (ownContent) Open(name string) (fs.File, error) {
	if name == "content" {
		name = "."
	}
	return content.FS.Open(strings.TrimPrefix(name, "content/"))
}
