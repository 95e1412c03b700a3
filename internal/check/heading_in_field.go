package check

import (
	"fmt"
	"regexp"

	"errdex/internal/catalog"
)

func headingInField() rule {
	return rule{Rule: warning("heading-in-field", "A Markdown field has a heading, which would break the outline of its page."),
		definition: func(p *pass, d *catalog.Definition) {
			for _, x := range p.fields(d) {
				p.heading(d.File, x.key, x.Prose, true)
			}
		},
		site: func(p *pass) {
			p.otherProse(func(file, key string, x *catalog.Prose) {
				if key != "body" { // a guide is written in headings
					p.heading(file, key, x, false)
				}
			})
		},
	}
}

// plainTitle is a title that stands in YAML and in Markdown as it is.
var plainTitle = regexp.MustCompile(`^\pL[\pL\pN -]{0,58}[\pL\pN]$`)

// heading reports the first heading of a field; sections tells whether its page may have sections of its own.
func (p *pass) heading(file, key string, x *catalog.Prose, sections bool) {
	if x.Doc == nil || len(x.Doc.Headings) == 0 {
		return
	}
	hint, title := "make it **bold** text", "..."
	if s := x.Doc.Headings[0].Text; plainTitle.MatchString(s) {
		hint, title = "make it bold, **"+s+"**", s
	}
	if sections {
		hint += fmt.Sprintf(", or a section of the page: `sections: [{title: %s, text: ...}]`", title)
	}
	if n := len(x.Doc.Headings); n > 1 {
		hint += fmt.Sprintf("; it is the first of %d in this field", n)
	}
	at := x.Doc.Headings[0].At
	p.report(x.Part(file, at.Start, at.End), "a heading inside `"+key+"` is shown as a bold line", hint)
}
