package link_test

import (
	"strings"
	"testing"

	"errdex/internal/link"
)

// TestLedgerHints holds that a hint names what can be done in the case at hand, and that a fault of a file is not reported of its URLs too.
func TestLedgerHints(t *testing.T) {
	replace := func(file, old, new string) func(project) {
		return func(p project) { p[file] = strings.ReplaceAll(p[file], old, new) }
	}
	rename := func(from, to, more string) func(project) {
		return func(p project) { p[to] = p[from] + more; delete(p, from) }
	}
	for _, c := range []struct {
		name   string
		change func(project)
		id     string // "" where nothing may be found but what is not recorded
		want   []string
		not    string
	}{
		{"mistyped code", replace("content/api/190.yaml", `code: "190"`, `code: "1900"`), "changed-code",
			[]string{"write `code: \"190\"`, as the file is named", "errdex explain changed-code"}, "retire"},
		{"quotes of print", replace("content/api/190.yaml", `code: "190"`, `code: “190”`), "", nil, ""},
		{"name taken over", func(p project) {
			p["content/api/190-old.yaml"] = p["content/api/190.yaml"]
			p["content/api/190.yaml"] = definition("8", "fixes: [{id: rotate, title: R}]\n")
		}, "changed-code", []string{"content/api/190-old.yaml has code 190", `add "190" to the `}, "put `code"},
		{"alias moved", func(p project) {
			replace("content/api/7.yaml", "aliases: [seven]\n", "")(p)
			p["content/api/190.yaml"] += "aliases: [seven]\n"
		}, "changed-code", []string{`move "seven" from the ` + "`aliases` of content/api/190.yaml to those of content/api/7.yaml"}, ""},
		{"quote left open", replace("content/api/190.yaml", `code: "190"`, `code: "190`), "", nil, ""},
		{"code empty", replace("content/api/190.yaml", `code: "190"`, `code:`), "", nil, ""},
		{"code misspelt", replace("content/api/190.yaml", `code: "190"`, `kode: "190"`), "", nil, ""},
		{"renamed by hand", rename("content/api/190.yaml", "content/api/190-token.yaml", ""), "lost-url",
			[]string{"add `aliases: [\"190\"]` to it"}, "errdex mv"},
		{"renamed, with another alias", rename("content/api/190.yaml", "content/api/190-token.yaml", "aliases: [token]\n"), "lost-url",
			[]string{"add \"190\" to its `aliases`"}, "aliases: ["},
		{"alias renamed away", func(p project) {
			p["content/api/7-x.yaml"] = definition("7", "aliases: [\"7\"]\n")
			delete(p, "content/api/7.yaml")
		}, "lost-url", []string{"add \"seven\" to its `aliases`"}, "errdex mv"},
		{"fix renamed", replace("content/api/190.yaml", "id: rotate", "id: renew"), "lost-anchor", []string{"{from: fix-rotate, to: fix-renew}"}, "to: fixes"},
		{"fix taken away", func(p project) { p["content/api/190.yaml"] = definition("190", "group: access\nfixes: [Plain]\n") }, "lost-anchor",
			[]string{"{from: fix-rotate, to: fixes}"}, ""},
		{"second alias", func(p project) {
			replace("content/api/190.yaml", "id: rotate", "id: renew")(p)
			p["content/api/190.yaml"] += "anchor_aliases: [{from: fix-old, to: fixes}]\n"
		}, "lost-anchor", []string{"add `{from: fix-rotate, to: fix-renew}` to the `anchor_aliases` of content/api/190.yaml"}, "fix-old"},
		{"id that is no anchor", replace("content/api/190.yaml", "id: rotate", `id: "a b"`), "", nil, ""},
		{"id missing, and named", func(p project) {
			p["content/api/190.yaml"] = strings.ReplaceAll(strings.ReplaceAll(p["content/api/190.yaml"], "id: rotate, ", ""), "happened.}", "happened., fixes: [rotate]}")
		}, "", nil, ""},
		{"id missing, and not named", replace("content/api/190.yaml", "id: rotate, ", ""), "lost-anchor", []string{"to: fixes"}, ""},
		{"heading renamed", replace("content/guides/tokens.md", "How they expire", "Renewal"), "lost-anchor",
			[]string{"add `anchor_aliases: [{from: how-they-expire, to: renewal}]` between the first two lines --- of content/guides/tokens.md"}, "bring"},
		{"heading taken away", replace("content/guides/tokens.md", "## How they expire", ""), "lost-anchor", []string{"bring the heading back"}, "anchor_aliases"},
		{"two headings for one", replace("content/guides/tokens.md", "## How they expire", "## 2024\n\n## Sums"), "lost-anchor",
			[]string{"to: ...}", "anchors that it can lead to: 2024, sums"}, ""},
		{"a number for a heading", replace("content/guides/tokens.md", "How they expire", "2024"), "lost-anchor", []string{`to: "2024"}`}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := small()
			l := read(t, lock(t, &link.Ledger{}, p).Bytes())
			c.change(p)
			m, _ := p.try(t)
			found := 0
			for _, d := range l.Check(m, link.LedgerFile).Sorted() {
				if d.ID == "unrecorded-url" {
					continue
				}
				if found++; d.ID != c.id {
					t.Errorf("%s: %s (%s)", d.ID, d.Message, d.Hint)
				}
				for _, w := range c.want {
					if !strings.Contains(d.Hint, w) {
						t.Errorf("no %q in %s", w, d.Hint)
					}
				}
				if c.not != "" && strings.Contains(d.Hint, c.not) {
					t.Errorf("%q in %s", c.not, d.Hint)
				}
			}
			if want := min(len(c.id), 1); found != want {
				t.Errorf("%d diagnostics, want %d", found, want)
			}
		})
	}
}

// TestLedgerHintsOfTwo holds that a hint does not guess which of two new anchors took the place of which of two lost ones, and tells them where their
// names do.
func TestLedgerHintsOfTwo(t *testing.T) {
	for _, c := range []struct{ before, after, first, second string }{
		{"rotate ask", "renew write", "to: ...}` there; new on this page: fix-renew, fix-write", "to: ...}` there; new on this page: fix-renew, fix-write"},
		{"a c", "b d", "to: ...", "to: ..."},
		{"rotate-token ask-support", "rotate-tokens ask-suport", "{from: fix-rotate-token, to: fix-rotate-tokens}", "{from: fix-ask-support, to: fix-ask-suport}"},
		{"rotate ask", "renew", "to: ...", "to: ..."},
	} {
		p := small()
		fixes := func(ids string) string {
			text := "fixes:\n"
			for _, id := range strings.Fields(ids) {
				text += "  - {id: " + id + ", title: F}\n"
			}
			return definition("190", "group: access\n"+text)
		}
		p["content/api/190.yaml"] = fixes(c.before)
		l := read(t, lock(t, &link.Ledger{}, p).Bytes())
		p["content/api/190.yaml"] = fixes(c.after)
		m, _ := p.try(t)
		ids := strings.Fields(c.before)
		found := 0
		for _, d := range l.Check(m, link.LedgerFile).Sorted() {
			if d.ID != "lost-anchor" {
				continue
			}
			found++
			want := c.first
			if strings.HasSuffix(d.Message, "#fix-"+ids[1]+" is gone") {
				want = c.second
			}
			if !strings.Contains(strings.ReplaceAll(d.Hint, "}]`", "}`"), want) || strings.Contains(d.Hint, "to: fixes") {
				t.Errorf("%s to %s: %s (%s)", c.before, c.after, d.Message, d.Hint)
			}
		}
		if found != 2 {
			t.Errorf("%s to %s: %d anchors lost", c.before, c.after, found)
		}
	}
}
