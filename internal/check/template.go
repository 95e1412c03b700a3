package check

import (
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/finder"
)

// message is a text that the API prints, with its holes.
type message struct {
	catalog.Text
	holes []finder.Part
}

// messages returns the message of a definition and its variants. Several rules ask, one after the other, so the last answer
// is kept. A text that is no template has no holes.
func (p *pass) messages(d *catalog.Definition) []message {
	if p.printer == d {
		return p.printed
	}
	p.printer, p.printed, p.holes = d, p.printed[:0], p.holes[:0]
	add := func(t catalog.Text) {
		if t.Value == "" {
			return
		}
		m := message{Text: t}
		if strings.IndexByte(t.Value, '{') >= 0 {
			if parsed, err := finder.ParseTemplate(t.Value); err == nil {
				first := len(p.holes)
				for _, part := range parsed.Parts {
					if part.Hole {
						p.holes = append(p.holes, part)
					}
				}
				m.holes = p.holes[first:]
			}
		}
		p.printed = append(p.printed, m)
	}
	add(d.Message)
	for i := range d.Variants {
		add(d.Variants[i].Text)
	}
	return p.printed
}
