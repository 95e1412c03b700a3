package browser

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/output"
	"errdex/internal/site"
)

// kind is a sort of page and the URL of one of them.
type kind struct {
	name, url string
	status    int
}

// build makes a site from a source folder.
func build(source fs.FS) (*website, *site.Result, error) {
	var mem output.Memory
	r, err := site.Build(context.Background(), site.Options{Source: source, Version: "test"}, false, &mem)
	if err != nil {
		if r != nil {
			for _, d := range r.Diags.Sorted() {
				if d.Severity == diag.Error {
					err = fmt.Errorf("%w\n%s:%d: %s", err, d.Span.File, d.Span.Start.Line, d.Message)
				}
			}
		}
		return nil, r, err
	}
	s := &website{files: map[string][]byte{}}
	for _, name := range mem.Paths() {
		s.files[name], _ = mem.Get(name)
		if page, ok := strings.CutSuffix(name, ".html"); ok && page != "404" {
			s.pages = append(s.pages, "/"+strings.TrimSuffix(page, "index"))
		}
	}
	return s, r, nil
}

// buildReal builds the content of this repository and picks a page of every kind.
func (s *shared) buildReal() (*website, error) {
	w, r, err := build(os.DirFS(s.root))
	if err != nil {
		return nil, err
	}
	add := func(name, url string) { w.kinds = append(w.kinds, kind{name, url, 200}) }
	first := func(name string, fits func(*catalog.Definition) bool) {
		for _, c := range r.Site.Collections {
			for _, d := range c.Definitions {
				if fits(d) {
					add(name, r.Map.URL(d))
					return
				}
			}
		}
		err = errors.Join(err, fmt.Errorf("the real content has no page of the kind %q", name))
	}
	add("home", "/")
	first("full", func(d *catalog.Definition) bool { return d.Slug == "190" && len(d.Subcodes) > 0 && len(d.Examples) > 0 })
	first("stub", func(d *catalog.Definition) bool { return d.Depth.Value == "stub" && d.Status.Value != "deprecated" })
	first("deprecated", func(d *catalog.Definition) bool { return d.Status.Value == "deprecated" && len(d.ReplacedBy) > 0 })
	first("string", func(d *catalog.Definition) bool { return len(d.Code.Value) > 20 && len(d.Fixes) > 0 })
	for i, c := range r.Site.Collections[:min(2, len(r.Site.Collections))] {
		add(fmt.Sprintf("index%d", i+1), c.Index.Value)
	}
	for _, g := range r.Site.Guides {
		html := w.files[site.PagePath(r.Map.GuideURL(g))]
		if strings.Contains(string(html), "<table") && strings.Contains(string(html), "<pre") {
			add("guide", r.Map.GuideURL(g))
			break
		}
	}
	w.kinds = append(w.kinds, kind{"404", "/docs/nothing-is-here", 404})
	if !slices.ContainsFunc(w.kinds, func(k kind) bool { return k.name == "guide" }) {
		err = errors.Join(err, errors.New("the real content has no guide with a table and code"))
	}
	if len(r.Site.Collections) < 2 {
		err = errors.Join(err, errors.New("the real content has fewer than two collections"))
	}
	return w, err
}

// realSite returns the finished site of the real content.
func realSite(t testing.TB) *website {
	t.Helper()
	w, err := lab.real()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// url returns the URL of the page of a kind.
func (s *website) url(name string) string {
	for _, k := range s.kinds {
		if k.name == name {
			return k.url
		}
	}
	panic("internal error: no kind " + name)
}

// largeCount is how many definitions the large site has; the index must stay quick with so many.
const largeCount = 4000

// buildLarge builds a reference of 4,000 errors in 20 groups, with every value of every filter.
func (s *shared) buildLarge() (*website, error) {
	source := fstest.MapFS{}
	put := func(name, text string) { source["content/"+name] = &fstest.MapFile{Data: []byte(text)} }
	put("site.yaml", "title: Large\nbase_url: https://large.example\nlanguage: en\n")
	var groups strings.Builder
	for g := range 20 {
		fmt.Fprintf(&groups, "  - {id: group-%d, title: Group %d, description: The errors of part %d of the system.}\n", g, g, g)
	}
	put("api/collection.yaml", "title: API errors\nnoun: API error\nurl: /docs/api-error-{slug}\nindex: /docs/api-errors\ngroups:\n"+groups.String())
	things := []string{"token", "template", "media file", "webhook", "payment method", "phone number", "flow", "catalog", "account", "upload"}
	faults := []string{"has expired", "is missing", "was rejected", "is too large", "is not allowed here"}
	statuses := []int{400, 401, 403, 404, 409, 429, 500, 503}
	for i := range largeCount {
		thing, fault := things[i%len(things)], faults[i/len(things)%len(faults)]
		put(fmt.Sprintf("api/%d.yaml", 10000+i), fmt.Sprintf(`code: "%d"
title: The %s of step %d %s
group: group-%d
summary: The call needs a %s for step %d and it %s.
http_status: %d
attribution: %s
retry: {policy: %s}
keywords: [%s]
surfaces: [{kind: %s, where: every call, path: error.code}]
causes: ["The %s %s."]
fixes: ["Send a %s that fits."]
`, 10000+i, thing, i, fault, i%20, thing, i, fault, statuses[i%len(statuses)], catalog.Attributions[i%len(catalog.Attributions)],
			catalog.Policies[i%len(catalog.Policies)], strings.Fields(thing)[0], []string{"response", "webhook"}[i%2], thing, fault, thing))
	}
	w, _, err := build(source)
	return w, err
}

func largeSite(t testing.TB) *website {
	t.Helper()
	w, err := lab.large()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// script says whether the site publishes a script under this name, so that tests of a part that is not there can say so.
func (s *website) script(name string) bool {
	shape := regexp.MustCompile(`^assets/` + regexp.QuoteMeta(name) + `\.[a-z2-7]+\.js$`)
	for file := range s.files {
		if shape.MatchString(file) {
			return true
		}
	}
	return false
}
