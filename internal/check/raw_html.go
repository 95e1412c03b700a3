package check

import (
	"regexp"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/markdown"
)

func rawHTML() rule {
	return rule{Rule: warning("raw-html", "A Markdown text has HTML, which is shown as text."),
		definition: func(p *pass, d *catalog.Definition) {
			for _, x := range p.fields(d) {
				p.html(d.File, x.Prose)
			}
		},
		site: func(p *pass) {
			p.otherProse(func(file, _ string, x *catalog.Prose) { p.html(file, x) })
		},
	}
}

func (p *pass) html(file string, x *catalog.Prose) {
	if x.Doc == nil || len(x.Doc.RawHTML) == 0 {
		return
	}
	for _, r := range tags(x.Doc) {
		hint := "a placeholder such as <TOKEN> belongs in `code font`; for the rest use Markdown"
		if form := asMarkdown(x.Doc.Source[r.Start:]); form != "" {
			if hint = "write " + form; r.Start == 0 {
				hint += "; a text that begins with it stands in quotes or below a `|`"
			}
		}
		p.report(x.Part(file, r.Start, r.End), "HTML is shown as it is written", hint)
	}
}

// signs are what Markdown has for elements that people write as HTML.
var signs = map[string]string{"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`", "del": "~~", "s": "~~"}

// element is an element without attributes around a few words.
var element = regexp.MustCompile(`^<([A-Za-z]+)>([^<>\n]{1,60})</([A-Za-z]+)>`)

// asMarkdown writes the element that a text begins with as Markdown, "" where that is not sure.
func asMarkdown(s string) string {
	m := element.FindStringSubmatch(s)
	if m == nil || !strings.EqualFold(m[1], m[3]) {
		return ""
	}
	sign, inner := signs[strings.ToLower(m[1])], m[2]
	if sign == "" || strings.TrimSpace(inner) != inner || strings.ContainsAny(inner, "*`~") {
		return ""
	}
	return sign + inner + sign
}

// tags returns the HTML of a text, comments included (they are shown like the rest). Closing tags are left out: the one
// that opens has been named.
func tags(d *markdown.Doc) []markdown.Range {
	out := d.RawHTML[:0:0]
	for _, r := range d.RawHTML {
		if !strings.HasPrefix(d.Source[r.Start:r.End], "</") {
			out = append(out, r)
		}
	}
	return out
}
