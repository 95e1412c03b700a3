package check

import (
	"fmt"

	"errdex/internal/catalog"
	"errdex/internal/markdown"
)

// unclosedCode is an error where its like in broken-markdown are warnings: it is not a sign too many that readers see, the rest of the text is lost to
// them, and its links with it.
func unclosedCode() rule {
	return rule{Rule: fault("unclosed-code", "A block of code in a Markdown text has no end, and takes the rest of the text with it."),
		definition: func(p *pass, d *catalog.Definition) {
			for _, x := range p.fields(d) {
				p.fences(d.File, x.Prose)
			}
		},
		site: func(p *pass) {
			p.otherProse(func(file, _ string, x *catalog.Prose) { p.fences(file, x) })
		},
	}
}

func (p *pass) fences(file string, x *catalog.Prose) {
	if x.Doc != nil && len(x.Doc.Slips) > 0 {
		p.reportFences(file, x)
	}
}

func (p *pass) reportFences(file string, x *catalog.Prose) {
	for _, s := range x.Doc.Slips {
		at, message := x.Part(file, s.At.Start, s.At.End), "this block of code is not closed: all that follows is code"
		switch s.Kind {
		case markdown.OpenFence:
		case markdown.NextFence:
			message = "this block of code is not closed before the next one begins"
		default:
			continue
		}
		if s.Other == (markdown.Range{}) {
			p.report(at, message, "write a line "+s.Meant+" where it ends, indented like this one")
			continue
		}
		other := x.Part(file, s.Other.Start, s.Other.End)
		if s.Ends {
			p.report(at, message, fmt.Sprintf("write line %d as %s, with nothing behind it and indented like this one", other.Start.Line, s.Meant), related(other, "this does not end it"))
		} else {
			p.report(at, message, fmt.Sprintf("write a line %s where it ends, indented like this one and above line %d", s.Meant, other.Start.Line), related(other, "the next one was to begin here"))
		}
	}
}
