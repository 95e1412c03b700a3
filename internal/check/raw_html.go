package check

import (
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/markdown"
)

func rawHTML() rule {
	return rule{Rule: warning("raw-html", "A Markdown text has HTML, which is shown as text."),
		definition: func(p *pass, d *catalog.Definition) {
			d.EachProse(func(_ string, x *catalog.Prose) { p.html(d.File, x) })
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
		p.report(x.Part(file, r.Start, r.End), "HTML is shown as it is written",
			"a placeholder such as <TOKEN> belongs in `code font`; for the rest use Markdown")
	}
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
