package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/link"
	"errdex/internal/site"
)

type newCmd struct {
	Ref  string `arg:"" help:"COLLECTION/CODE, such as whatsapp/131099."`
	Slug string `help:"The file's name and the end of the URL, where the code itself cannot be one." placeholder:"SLUG"`
	sourceFlags
}

func (newCmd) Help() string {
	return `Writes content/COLLECTION/CODE.yaml with every part a full page owes, for you to fill in, and says what to do next. An existing file is never touched.

Examples:
  errdex new whatsapp/131099
  errdex new whatsapp/100 --slug 100-media-id`
}

var fileSlug = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._~-]*$`)

func (c *newCmd) Run(a *app) error {
	id, code, ok := strings.Cut(c.Ref, "/")
	if !ok || id == "" || code == "" {
		return fmt.Errorf("%q is not COLLECTION/CODE: write it as whatsapp/131099", c.Ref)
	}
	if id == "guides" {
		return fmt.Errorf("a guide is a Markdown file and no definition: write content/guides/%s.md, which begins with the lines ---, title: ..., ---", strings.TrimSuffix(code, ".md"))
	}
	slug := code
	if c.Slug != "" {
		slug = c.Slug
	}
	if !fileSlug.MatchString(slug) {
		return fmt.Errorf("%q cannot be the end of a URL: choose letters, digits and . _ ~ - with --slug", slug)
	}
	root, opt, err := a.open(c.Source)
	if err != nil {
		return err
	}
	defer root.Close()
	r, err := site.Check(a.ctx, opt)
	if err != nil {
		return err
	}
	col, err := collectionNamed(r.Site, id)
	if err != nil {
		return err
	}
	for _, d := range col.Definitions {
		if strings.EqualFold(d.Slug, slug) {
			return fmt.Errorf("%s is there already: open it, or name another with --slug", d.File)
		}
	}
	if err := free(r.Map, col, code, slug, c.Slug != ""); err != nil {
		return err
	}
	name := filepath.Join("content", id, slug+".yaml")
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: open it, or name another with --slug", filepath.ToSlash(name))
	}
	if err != nil {
		return err
	}
	before := r.Ledger.Absent(r.Map, id+"/"+slug)
	_, schemaErr := fs.Stat(opt.Source, ".schema/definition.json")
	if _, err := f.WriteString(blank(col, code, schemaErr == nil)); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s\n", diag.Safe(filepath.ToSlash(name)))
	if before != "" {
		fmt.Fprintf(a.err, "Before you write it anew: %s.\n", diag.Safe(before))
	}
	fmt.Fprintf(a.err, `Next:
  1. Fill in what is empty; remove the keys that you have nothing for.
  2. errdex check names what must be filled in and is not, with its line.
  3. errdex serve shows the page, which will be %s.
  4. errdex lock records its URL when it is published.
`, diag.Safe(strings.ReplaceAll(col.URL.Value, "{slug}", slug)))
	return nil
}

// free refuses a definition whose code another file has, or whose URL another page has or once had: after `errdex mv` the old name is an alias. One code for two
// errors is allowed; who wants that says so with --slug.
func free(m *link.Map, col *catalog.Collection, code, slug string, chosen bool) error {
	for _, d := range col.Definitions {
		if d.Code.Value == code && !chosen {
			return fmt.Errorf("%s has the code %s already: open it; another error with the same code gets a name of its own, such as --slug %s-webhook", d.File, code, slug)
		}
	}
	url := strings.ReplaceAll(col.URL.Value, "{slug}", slug)
	for _, r := range m.Redirects {
		if r.From == url {
			return fmt.Errorf("%s is an alias, which leads to %s%s: choose another name with --slug", url, r.To, fileOf(m, r.To))
		}
	}
	if _, ok := m.At(url); ok {
		return fmt.Errorf("a page stands at %s already%s: choose another name with --slug", url, fileOf(m, url))
	}
	return nil
}

// fileOf names the file of the page at a URL, in brackets.
func fileOf(m *link.Map, url string) string {
	p, _ := m.At(url)
	switch {
	case p.Definition != nil:
		return " (" + p.Definition.File + ")"
	case p.Guide != nil:
		return " (" + p.Guide.File + ")"
	case p.Collection != nil:
		return " (" + p.Collection.File + ")"
	}
	return ""
}

func collectionNamed(s *catalog.Site, id string) (*catalog.Collection, error) {
	var ids []string
	for _, c := range s.Collections {
		if c.ID == id {
			return c, nil
		}
		ids = append(ids, c.ID)
	}
	if near := diag.Nearest(id, ids); near != "" {
		return nil, fmt.Errorf("there is no collection %q: did you mean %s?", id, near)
	}
	here := "here are " + strings.Join(ids, ", ")
	if len(ids) == 0 {
		here = "there is none yet"
	}
	if fileSlug.MatchString(id) {
		here += fmt.Sprintf("; it begins with content/%s/collection.yaml, which has title, noun, url and index (errdex schema collection says what else)", id)
	}
	return nil, fmt.Errorf("there is no collection %q: %s", id, here)
}

// blank is a definition with its blanks. Empty values are errors to check, so nothing half-written can be published.
func blank(c *catalog.Collection, code string, schema bool) string {
	var b strings.Builder
	if schema {
		b.WriteString("# yaml-language-server: $schema=../../.schema/definition.json\n# $schema: ../../.schema/definition.json\n")
	}
	quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(code) + `"`
	groups := make([]string, 0, len(c.Groups))
	for _, g := range c.Groups {
		groups = append(groups, g.ID.Value)
	}
	fmt.Fprintf(&b, "code: %s\ntitle: \"\" # what it is, in a few plain words\n", quoted)
	if len(groups) > 0 {
		fmt.Fprintf(&b, "group: \"\" # one of: %s\n", diag.Safe(strings.Join(groups, ", ")))
	}
	fmt.Fprintf(&b, `summary: "" # what it is and what to do, at most 300 characters
first_action: "" # one imperative sentence
message: "" # the text the API prints, with {holes} for what varies
attribution: %s # whose move: %s
severity: error # %s
retry:
  policy: unknown # %s
meaning: "" # what the API is telling you, and what it is not; for more than a line write | and the text below it, indented
causes:
  - id: first-cause
    text: "" # a condition that a person can observe
    likelihood: common # %s
    fixes: [first-fix]
fixes:
  - id: first-fix
    title: ""
    steps:
      - "" # the exact call, screen or field
    verify: "" # how to see that it worked
# faq: [{id: how-long, question: "", answer: ""}] # in the words people type; the id is its link, however the question is reworded
related: [] # - {ref: "190", relation: confused_with, note: why it matters here}
sources: [] # - {title: "", url: "https://...", retrieved: 2026-01-31}
# verified: 2026-01-31 # the day the facts were held against the sources
`, "caller", strings.Join(catalog.Attributions, ", "), strings.Join(catalog.Severities, ", "), strings.Join(catalog.Policies, ", "), strings.Join(catalog.Likelihoods, ", "))
	return b.String()
}
