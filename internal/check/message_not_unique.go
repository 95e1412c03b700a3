package check

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/link"
)

// Whoever pastes a text that two codes print lands on either page, and must be told from there how to know which it is.
// A code and its successor share their text by nature, as do a code and its subcode.
func messageNotUnique() rule {
	t := texts{by: map[string]*printed{}, of: map[*catalog.Definition][]user{}}
	return rule{Rule: warning("message-not-unique", "Two codes of a collection print the same text, and neither names the other as confused_with."),
		definition: func(p *pass, d *catalog.Definition) {
			for _, m := range p.messages(d) {
				t.add(d, m)
			}
		},
		site: func(p *pass) {
			if len(t.of) == 0 {
				return
			}
			for d := range p.definitions() {
				t.check(p, d)
			}
		},
	}
}

// texts are the messages of the site: who prints which.
type texts struct {
	by   map[string]*printed            // by collection and skeleton
	of   map[*catalog.Definition][]user // of those that share one
	buf  []byte
	room []printed
}

// printed is a text: who prints it first in the order of the site, and who was seen to print it last.
type printed struct {
	first  user
	last   *catalog.Definition
	shared bool
}

// user is a definition that prints a text.
type user struct {
	d    *catalog.Definition
	text catalog.Text
	*printed
}

func (t *texts) add(d *catalog.Definition, m message) {
	t.skeleton(d.Collection.ID, m)
	x := t.by[string(t.buf)]
	if x == nil {
		if len(t.room) == 0 {
			t.room = make([]printed, 128)
		}
		x, t.room = &t.room[0], t.room[1:]
		x.first, x.last = user{d, m.Text, x}, d
		t.by[string(t.buf)] = x
		return
	}
	if x.last == d {
		return
	}
	x.last = d
	if !x.shared {
		x.shared = true
		t.of[x.first.d] = append(t.of[x.first.d], x.first)
	}
	t.of[d] = append(t.of[d], user{d, m.Text, x})
}

func (t *texts) prints(d *catalog.Definition, x *printed) bool {
	return slices.ContainsFunc(t.of[d], func(u user) bool { return u.printed == x })
}

func (t *texts) check(p *pass, d *catalog.Definition) {
	var said []*catalog.Definition // a pair is reported once, however many texts it shares
	for _, u := range t.of[d] {
		first := u.first
		if byFaulty(p, d) || byFaulty(p, first.d) {
			continue // what ties the two may not have been read
		}
		if first.d == d || slices.Contains(said, first.d) || t.tied(p, d, first.d, u.printed) {
			continue
		}
		said = append(said, first.d)
		p.report(d.At(u.text), first.d.Name()+" prints the same text",
			fmt.Sprintf("say how to tell them apart: `- {ref: %q, relation: confused_with, note: ...}` in `related`", first.d.Slug),
			related(first.d.At(first.text), "the same text"))
	}
}

// byFaulty reports whether a definition, or one that it is tied to, was read in part only.
func byFaulty(p *pass, d *catalog.Definition) bool {
	return d.Faulty || slices.ContainsFunc(p.m.Related(d), func(e link.Edge) bool { return e.To.Faulty }) ||
		slices.ContainsFunc(p.m.Incoming(d), func(e link.Edge) bool { return e.From.Faulty }) ||
		slices.ContainsFunc(p.m.ReplacedBy(d), func(to *catalog.Definition) bool { return to.Faulty })
}

// tied reports whether d and one of those that print a text name each other; first is one of them. One is enough: what d
// refers to is looked at, not every page that prints the text.
func (t *texts) tied(p *pass, d, first *catalog.Definition, x *printed) bool {
	for _, e := range p.m.Related(d) {
		if (e.Relation == "confused_with" || e.Relation == "supersedes") && t.prints(e.To, x) {
			return true
		}
	}
	for _, e := range p.m.Incoming(d) {
		if (e.Relation == "confused_with" || e.Relation == "supersedes") && t.prints(e.From, x) {
			return true
		}
	}
	for _, to := range p.m.ReplacedBy(d) {
		if t.prints(to, x) {
			return true
		}
	}
	return slices.Contains(p.m.ReplacedBy(first), d) || subcodeOf(d, first) || subcodeOf(first, d)
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

// skeleton puts a message without the names of its holes, its case and its spacing into the buffer: what a reader compares.
func (t *texts) skeleton(collection string, m message) {
	b := append(append(t.buf[:0], collection...), '\n')
	at := 0
	for _, hole := range m.holes {
		b = appendFolded(b, m.Value[at:hole.Offset])
		b = append(b, 0)
		at = hole.Offset + len(hole.Text) + 2
	}
	t.buf = bytes.TrimRight(appendFolded(b, m.Value[at:]), " ")
}

// appendFolded appends a text in lower case, with one space for each run of white space and none behind a line break. dst is
// not empty.
func appendFolded(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return append(dst, strings.ToLower(s[i:])...)
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			if dst[len(dst)-1] == ' ' || dst[len(dst)-1] == '\n' {
				continue
			}
			c = ' '
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}
