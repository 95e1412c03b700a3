package link_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"errdex/internal/link"
)

// TestLedgerCatchesEveryLoss changes a site at random and compares with what a plain comparison of two lists says is lost.
func TestLedgerCatchesEveryLoss(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	for round := range 60 {
		p := small()
		for i := range 12 {
			code := fmt.Sprint(300 + i)
			p["content/api/"+code+".yaml"] = definition(code, fmt.Sprintf("fixes:\n  - {id: f%d, title: Fix it}\nsections:\n  - {title: Part %d, text: Text.}\n", i, i))
		}
		before := p.link(t)
		locked, _ := (&link.Ledger{}).Lock(before)
		l := read(t, locked.Bytes())
		for range 1 + r.IntN(6) {
			mutate(r, p)
		}
		after, problems := p.try(t)
		if e, _ := problems.Count(); e > 0 {
			continue // an alias on a page, or two files of one slug: linking says so itself
		}
		want := map[string]bool{}
		there := answers(after)
		for u := range answers(before) {
			if !there[u] {
				want[u] = true
			}
		}
		got := map[string]bool{}
		for _, d := range l.Check(after, link.LedgerFile).Sorted() {
			if d.ID == "lost-url" || d.ID == "lost-anchor" {
				got[strings.TrimPrefix(strings.SplitN(d.Message, " is gone", 2)[0], "the anchor ")] = true
			}
		}
		for u := range want {
			path, _, _ := strings.Cut(u, "#")
			page := strings.TrimSuffix(strings.TrimSuffix(path, ".json"), ".md")
			if !got[u] && !got[path] && !got[page] {
				t.Errorf("round %d: %s was lost and not reported", round, u)
			}
		}
		for u := range got {
			if !want[u] {
				t.Errorf("round %d: %s is reported and answers", round, u)
			}
		}
	}
}

// answers lists every URL and anchor of a site, aliases with the anchors of their pages.
func answers(m *link.Map) map[string]bool {
	out := map[string]bool{}
	page := func(url string, p link.Page) {
		out[url] = true
		switch {
		case p.Definition != nil:
			out[url+".json"], out[url+".md"] = true, true
			for _, a := range m.Anchors(p.Definition) {
				out[url+"#"+a] = true
			}
		case p.Guide != nil:
			out[url+".md"] = true
			for _, h := range p.Guide.Body.Doc.Headings {
				out[url+"#"+h.ID] = true
			}
		case p.Collection != nil:
			out[url+".json"] = true
			for _, g := range p.Collection.Groups {
				out[url+"#"+link.GroupAnchor(g.ID.Value)] = true
			}
		}
	}
	for _, p := range m.Pages {
		page(p.URL, p)
	}
	for _, r := range m.Redirects {
		p, _ := m.At(r.To)
		page(r.From, p)
	}
	return out
}

func mutate(r *rand.Rand, p project) {
	var files []string
	for name := range p {
		if strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, "collection.yaml") && !strings.HasSuffix(name, "site.yaml") {
			files = append(files, name)
		}
	}
	slices.Sort(files)
	name := files[r.IntN(len(files))]
	slug := strings.TrimSuffix(filepath.Base(name), ".yaml")
	switch r.IntN(8) {
	case 0:
		delete(p, name)
	case 1:
		p["content/api/"+slug+"-b.yaml"] = p[name]
		delete(p, name)
	case 2:
		p["content/api/"+slug+"-c.yaml"] = strings.ReplaceAll(p[name], "aliases: [", "aliases: ["+slug+", ")
		if !strings.Contains(p[name], "aliases:") {
			p["content/api/"+slug+"-c.yaml"] += "aliases: [" + slug + "]\n"
		}
		delete(p, name)
	case 3:
		p[name] = strings.Replace(p[name], "id: f", "id: g", 1)
	case 4:
		p[name] = strings.Replace(p[name], "title: Part", "title: Bit", 1)
	case 5:
		p["content/guides/tokens.md"] = strings.Replace(p["content/guides/tokens.md"], "How", "Why", 1)
	case 6:
		p["content/api/collection.yaml"] = strings.Replace(p["content/api/collection.yaml"], "/docs/api-error-", "/err/", 1)
	case 7:
		p["content/api/collection.yaml"] = strings.Replace(p["content/api/collection.yaml"], "id: access", "id: entry", 1)
	}
}
