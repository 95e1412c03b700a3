package check

import (
	"fmt"
	"slices"
	"strings"

	"errdex/internal/catalog"
)

// Whoever pastes a text that two codes print lands on either page, and must be told from there how to know which it is.
// A code and its successor share their text by nature, as do a code and its subcode.
func messageNotUnique() rule {
	return warning("message-not-unique", "Two codes of a collection print the same text, and neither names the other as confused_with.", func(p *pass) {
		for _, c := range p.site.Collections {
			t := texts{p: p, users: make(map[string][]user, 2*len(c.Definitions)), of: make(map[*catalog.Definition][]user, len(c.Definitions))}
			for _, d := range c.Definitions {
				t.add(d)
			}
			for _, d := range c.Definitions {
				t.check(d)
			}
		}
	})
}

// texts are the messages of a collection: who prints which.
type texts struct {
	p     *pass
	users map[string][]user // by skeleton, in the order of the site
	of    map[*catalog.Definition][]user
}

// user is a definition that prints a text.
type user struct {
	d    *catalog.Definition
	text catalog.Text
	key  string
}

func (t *texts) add(d *catalog.Definition) {
	messages(d, func(text catalog.Text) {
		u := user{d, text, skeleton(text)}
		if u.key != "" && !t.prints(d, u.key) {
			t.users[u.key] = append(t.users[u.key], u)
			t.of[d] = append(t.of[d], u)
		}
	})
}

func (t *texts) prints(d *catalog.Definition, key string) bool {
	return slices.ContainsFunc(t.of[d], func(u user) bool { return u.key == key })
}

func (t *texts) check(d *catalog.Definition) {
	var said []*catalog.Definition // a pair is reported once, however many texts it shares
	for _, u := range t.of[d] {
		first := t.users[u.key][0]
		if first.d == d || slices.Contains(said, first.d) || t.tied(d, first.d, u.key) {
			continue
		}
		said = append(said, first.d)
		t.p.report(d.At(u.text), first.d.Name()+" prints the same text",
			fmt.Sprintf("say how to tell them apart: `- {ref: %q, relation: confused_with, note: ...}` in `related`", first.d.Slug),
			related(first.d.At(first.text), "the same text"))
	}
}

// tied reports whether d and one of those that print a text name each other; first is one of them. One is enough: what d
// refers to is looked at, not every page that prints the text.
func (t *texts) tied(d, first *catalog.Definition, key string) bool {
	for _, e := range t.p.m.Related(d) {
		if (e.Relation == "confused_with" || e.Relation == "supersedes") && t.prints(e.To, key) {
			return true
		}
	}
	for _, e := range t.p.m.Incoming(d) {
		if (e.Relation == "confused_with" || e.Relation == "supersedes") && t.prints(e.From, key) {
			return true
		}
	}
	for _, to := range t.p.m.ReplacedBy(d) {
		if t.prints(to, key) {
			return true
		}
	}
	return slices.Contains(t.p.m.ReplacedBy(first), d) || subcodeOf(d, first) || subcodeOf(first, d)
}

// subcodeOf reports whether the code of sub is a subcode of d.
func subcodeOf(sub, d *catalog.Definition) bool {
	for i := range d.Subcodes {
		if d.Subcodes[i].Code.Value == sub.Code.Value {
			return true
		}
	}
	for i := range d.Variants {
		if d.Variants[i].Subcode.Value == sub.Code.Value {
			return true
		}
	}
	return false
}

// skeleton is a message without the names of its holes, its case and its spacing: what a reader compares.
func skeleton(t catalog.Text) string {
	if strings.IndexByte(t.Value, '{') < 0 {
		return strings.ToLower(strings.Join(strings.Fields(t.Value), " "))
	}
	var b strings.Builder
	for _, part := range parts(t) {
		if part.Hole {
			b.WriteString("\x00")
		} else {
			b.WriteString(strings.ToLower(part.Text))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
