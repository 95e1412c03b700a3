package link_test

import (
	"strings"
	"testing"

	"errdex/internal/link"
)

// TestLedgerQuestions holds what an author may do to a published question: its words, its place and what stands around it are free; its id is a promise.
func TestLedgerQuestions(t *testing.T) {
	const one, two = "  - {id: how-long, question: \"How long does it last?\", answer: A day.}\n", "  - {id: billing, question: \"Do I pay?\", answer: No.}\n"
	faq := func(entries ...string) func(project) {
		return func(p project) {
			p["content/api/7.yaml"] = definition("7", "aliases: [seven]\n")
			if len(entries) > 0 {
				p["content/api/7.yaml"] += "faq:\n" + strings.Join(entries, "")
			}
		}
	}
	for _, c := range []struct {
		name   string
		change func(project)
		hints  []string // of each lost-anchor, in order; none where nothing is lost
	}{
		{"reworded", faq(strings.ReplaceAll(one, "How long does it last?", "When is it over?"), two), nil},
		{"turned round", faq(two, one), nil},
		{"one before it", faq("  - {question: \"Why me?\", answer: B.}\n", one, two), nil},
		{"one without an id goes again", faq(one, two), nil},
		{"id renamed", faq(strings.ReplaceAll(one, "how-long", "duration"), two), []string{"add `anchor_aliases: [{from: faq-how-long, to: faq-duration}]` to content/api/7.yaml"}},
		{"id mistyped", faq(strings.ReplaceAll(one, "how-long", "how long"), two), nil}, // the rule invalid-anchor speaks of it
		{"id forgotten", faq(strings.ReplaceAll(one, "id: how-long, ", ""), two), []string{"bring it back in content/api/7.yaml, or add `anchor_aliases: [{from: faq-how-long, to: faq}]`"}},
		{"one renamed, one taken away", faq(strings.ReplaceAll(one, "how-long", "how-long-it-lasts")), []string{"{from: faq-how-long, to: faq-how-long-it-lasts}", "{from: faq-billing, to: faq}"}},
		{"taken away", faq(two), []string{"{from: faq-how-long, to: faq}"}},
		{"to another page", func(p project) {
			faq(two)(p)
			p["content/api/190.yaml"] += "faq:\n" + one
		}, []string{"{from: faq-how-long, to: faq}"}},
		{"all taken away", faq(), []string{"", "", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := small()
			faq(one, two, "  - {question: \"No id?\", answer: None.}\n")(p)
			l := read(t, lock(t, &link.Ledger{}, p).Bytes())
			if text := string(l.Bytes()); !strings.Contains(text, "/docs/api-error-7#faq-how-long\t") || strings.Contains(text, "No") {
				t.Fatalf("recorded:\n%s", text)
			}
			c.change(p)
			m, _ := p.try(t)
			var hints []string
			for _, d := range l.Check(m, link.LedgerFile).Sorted() {
				if d.ID == "lost-anchor" {
					hints = append(hints, d.Hint)
				} else if d.ID != "unrecorded-url" {
					t.Errorf("%s: %s", d.ID, d.Message)
				}
			}
			if len(hints) != len(c.hints) {
				t.Fatalf("got %q, want %q", hints, c.hints)
			}
			for i, h := range hints {
				if !strings.Contains(h, c.hints[i]) {
					t.Errorf("got %q, want %q", h, c.hints[i])
				}
			}
		})
	}
}
