package render

import (
	"bytes"
	"html/template"

	"errdex/internal/catalog"
)

// Every heading of an error's page is a link to itself. Where its part has an id, of the page or of its author, the link is that anchor, which the ledger keeps
// for ever. The others are found by their words: fixes and questions without an id, and headings that come and go with other pages or with an edit. A number
// would come to mean another part as soon as one is put before it, and a slug of the words would die with the first better wording; the text directive of a
// URL (https://wicg.github.io/scroll-to-text-fragment/) leads to the words while they stand, and to their section when they do not.

// place returns the anchor of a part with the id that its author gave it, or else the words that stand in its heading.
func (r view) place(prefix string, id catalog.Text, heading catalog.Prose) (anchor, words string) {
	if id.Value != "" {
		return r.join(prefix, id.Value), ""
	}
	return "", heading.Doc.Plain()
}

// unlinked returns the HTML of an inline text as it may stand in a link, and whether it had links of its own.
func (r view) unlinked(h template.HTML, p catalog.Prose) (template.HTML, bool) {
	if p.Doc.Empty() || len(p.Doc.Links) == 0 {
		return h, false
	}
	from, linked := len(r.text), false
	for s := []byte(h); len(s) > 0; {
		if bytes.HasPrefix(s, []byte("<a ")) || bytes.HasPrefix(s, []byte("</a>")) { // values in our tags have no bare '>'
			_, s, _ = bytes.Cut(s, []byte(">"))
			linked = true
			continue
		}
		r.text, s = append(r.text, s[0]), s[1:]
	}
	return r.since(from), linked
}
