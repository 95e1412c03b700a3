package site_test

import (
	"context"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"errdex/internal/catalog"
	"errdex/internal/site"
)

var checkedReal = sync.OnceValues(func() (*site.Checked, error) {
	return site.Check(context.Background(), site.Options{Source: os.DirFS(root), Now: day})
})

var (
	codeText = regexp.MustCompile("(?s)```.*?```|`[^`]*`|\\]\\([^)]*\\)")
	wordForm = regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}'’_.-]*`)
)

// prose returns the words of a definition that a person wrote, API strings in code font aside.
func prose(d *catalog.Definition) []string {
	var b strings.Builder
	d.EachProse(func(_ string, p *catalog.Prose) { b.WriteString(codeText.ReplaceAllString(p.Value, " ") + " \n") })
	return wordForm.FindAllString(strings.ToLower(b.String()), -1)
}

func fullPages(t *testing.T, collections ...string) []*catalog.Definition {
	t.Helper()
	c, err := checkedReal()
	if err != nil {
		t.Fatal(err)
	}
	var out []*catalog.Definition
	for _, x := range c.Site.Collections {
		for _, d := range x.Definitions {
			if !d.Stub() && strings.Contains(strings.Join(collections, " "), x.ID) {
				out = append(out, d)
			}
		}
	}
	return out
}

// TestCoverage holds the reference to its size: 189 full pages and 30 stubs of WhatsApp, eleven of Dualhook, seven guides.
func TestCoverage(t *testing.T) {
	c, err := checkedReal()
	if err != nil {
		t.Fatal(err)
	}
	if errors, _ := c.Diags.Count(); errors > 0 {
		t.Errorf("the real content has errors: %v", c.Diags.Sorted())
	}
	for _, x := range c.Site.Collections {
		full, stubs := 0, 0
		for _, d := range x.Definitions {
			if d.Stub() {
				stubs++
			} else {
				full++
			}
		}
		switch x.ID {
		case "whatsapp":
			if full != 189 || stubs != 30 {
				t.Errorf("whatsapp: %d full, %d stubs", full, stubs)
			}
		case "dualhook":
			if full != 11 || stubs != 0 {
				t.Errorf("dualhook: %d full, %d stubs", full, stubs)
			}
		}
	}
	if len(c.Site.Guides) != 7 {
		t.Errorf("%d guides", len(c.Site.Guides))
	}
}

// TestEachPageItsOwn fails when two full pages share more than 15 % of their runs of eight words: a page whose text is its neighbour's with the
// number changed helps nobody.
func TestEachPageItsOwn(t *testing.T) {
	pages := fullPages(t, "whatsapp", "dualhook", "errdex")
	runs := make([]map[string]bool, len(pages))
	for i, d := range pages {
		words := prose(d)
		runs[i] = map[string]bool{}
		for j := 0; j+8 <= len(words); j++ {
			runs[i][strings.Join(words[j:j+8], " ")] = true
		}
	}
	worst := 0.0
	for i := range pages {
		for j := i + 1; j < len(pages); j++ {
			small, large := runs[i], runs[j]
			if len(large) < len(small) {
				small, large = large, small
			}
			shared := 0
			for r := range small {
				if large[r] {
					shared++
				}
			}
			share := float64(shared) / float64(max(1, len(small)))
			worst = max(worst, share)
			if share > 0.15 {
				t.Errorf("%s and %s share %.0f %% of their runs of eight words", pages[i].File, pages[j].File, 100*share)
			}
		}
	}
	t.Logf("%d pages, the closest pair shares %.1f %%", len(pages), 100*worst)
}

// TestFullPagesAreFull holds `depth: full` to what it owes a reader (of the references of APIs; errdex's own pages are short by nature).
func TestFullPagesAreFull(t *testing.T) {
	c, err := checkedReal()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range fullPages(t, "whatsapp", "dualhook") {
		if n := len(prose(d)); n < 250 || n > 720 {
			t.Errorf("%s: %d words of prose, 250 to 700 are right", d.File, n)
		}
		for part, there := range map[string]bool{
			"summary": !d.Summary.Doc.Empty(), "first_action": !d.FirstAction.Doc.Empty(), "meaning": !d.Meaning.Doc.Empty(), "where": !d.Where.Doc.Empty(),
			"causes": len(d.Causes) > 0, "fixes": len(d.Fixes) > 0, "prevention": len(d.Prevention) > 0, "faq": len(d.FAQ) > 0, "examples": len(d.Examples) > 0,
			"retry.policy": d.Retry.Policy.Value != "", "attribution": d.Attribution.Value != "", "severity": d.Severity.Value != "",
			"side_effects": d.SideEffects.Value != "", "blast_radius": d.BlastRadius.Value != "", "sources": len(d.Sources) > 0, "verified": d.Verified.Value != "",
			"related": len(c.Map.Related(d)) > 1,
		} {
			if !there {
				t.Errorf("%s is a full page without %s", d.File, part)
			}
		}
		for _, f := range d.Fixes {
			if len(f.Steps) == 0 || f.Verify.Doc.Empty() {
				t.Errorf("%s: the fix %q has no steps or no way to see that it worked", d.File, f.ID.Value)
			}
		}
		if from := len(c.Map.Incoming(d)); from < 2 {
			t.Errorf("%s is linked from %d other errors, two are owed", d.File, from)
		}
	}
}
