package check

import (
	"slices"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func paramWithoutHole() rule {
	return warning("param-without-hole", "A param explains a hole that no message has.", func(p *pass) {
		for d := range p.definitions() {
			if len(d.Params) == 0 {
				continue
			}
			var holes []string
			messages(d, func(t catalog.Text) {
				for _, part := range parts(t) {
					if part.Hole {
						holes = append(holes, part.Text)
					}
				}
			})
			for i := range d.Params {
				name := d.Params[i].Name
				if name.Value == "" || slices.Contains(holes, name.Value) {
					continue
				}
				hint := "write {" + name.Value + "} where it stands in `message`, or remove it"
				if near := diag.Nearest(name.Value, holes); near != "" {
					hint = "did you mean `" + near + "`?"
				}
				p.report(d.At(name), "no message has a hole {"+name.Value+"}", hint)
			}
		}
	})
}
