package check

import (
	"slices"

	"errdex/internal/catalog"
)

func holeWithoutParam() rule {
	return warning("hole-without-param", "A hole of the message is not explained, on a page that explains others.", func(p *pass) {
		for d := range p.definitions() {
			if len(d.Params) == 0 {
				continue
			}
			known := make([]string, 0, 8)
			for i := range d.Params {
				known = append(known, d.Params[i].Name.Value)
			}
			messages(d, func(t catalog.Text) {
				for _, part := range parts(t) {
					if !part.Hole || slices.Contains(known, part.Text) {
						continue
					}
					known = append(known, part.Text) // once is enough
					p.report(t.Part(d.File, part.Offset, part.Offset+len(part.Text)+2), "nothing says what {"+part.Text+"} stands for",
						"add `- {name: "+part.Text+", meaning: ...}` to `params`")
				}
			})
		}
	})
}
