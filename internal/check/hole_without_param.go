package check

import (
	"slices"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func holeWithoutParam() rule {
	return rule{Rule: warning("hole-without-param", "A hole of the message is not explained, on a page that explains others."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		if len(d.Params) == 0 {
			return
		}
		known := make([]string, 0, 8)
		for i := range d.Params {
			known = append(known, d.Params[i].Name.Value)
		}
		for _, m := range p.messages(d) {
			for _, hole := range m.holes {
				if slices.Contains(known, hole.Text) {
					continue
				}
				known = append(known, hole.Text) // once is enough
				if misspelt(d, hole.Text) {
					continue // param-without-hole speaks of the param that was meant
				}
				p.report(m.Part(d.File, hole.Offset, hole.Offset+len(hole.Text)+2), "nothing says what {"+hole.Text+"} stands for",
					"add `- {name: "+hole.Text+", meaning: ...}` to `params`")
			}
		}
	}}
}

// misspelt reports whether a param is named so much like a hole that it is the hole's.
func misspelt(d *catalog.Definition, hole string) bool {
	for i := range d.Params {
		if name := d.Params[i].Name.Value; name != hole && diag.Nearest(name, []string{hole}) != "" {
			return true
		}
	}
	return false
}
