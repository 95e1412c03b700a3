package check

import (
	"fmt"

	"errdex/internal/catalog"
)

func headingInField() rule {
	return rule{Rule: warning("heading-in-field", "A Markdown field has a heading, which would break the outline of its page."),
		definition: func(p *pass, d *catalog.Definition) {
			d.EachProse(func(key string, x *catalog.Prose) { p.heading(d.File, key, x) })
		},
		site: func(p *pass) {
			p.otherProse(func(file, key string, x *catalog.Prose) {
				if key != "body" { // a guide is written in headings
					p.heading(file, key, x)
				}
			})
		},
	}
}

// heading reports the first heading of a field.
func (p *pass) heading(file, key string, x *catalog.Prose) {
	if x.Doc == nil || len(x.Doc.Headings) == 0 {
		return
	}
	hint := "make it **bold** text, or give it a page section of its own under `sections`"
	if n := len(x.Doc.Headings); n > 1 {
		hint += fmt.Sprintf("; it is the first of %d in this field", n)
	}
	at := x.Doc.Headings[0].At
	p.report(x.Part(file, at.Start, at.End), "a heading inside `"+key+"` is shown as a bold line", hint)
}
