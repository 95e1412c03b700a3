package check

import (
	"errdex/internal/catalog"
)

func paramWithoutHole() rule {
	return rule{Rule: warning("param-without-hole", "A param explains a hole that no message has."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		if len(d.Params) == 0 {
			return
		}
		holes := make([]string, 0, 8)
		for _, m := range p.messages(d) {
			for _, hole := range m.holes {
				holes = append(holes, hole.Text)
			}
		}
		set := namesOf(holes)
		missed := 0
		for i := range d.Params {
			name := d.Params[i].Name
			if name.Value == "" || set.has(name.Value) {
				continue
			}
			missed++
			hint := "write {" + name.Value + "} where it stands in `message`, or remove it"
			if near := nearFew(name.Value, holes, missed); near != "" {
				hint = "did you mean `" + near + "`?"
			}
			p.report(d.At(name), "no message has a hole {"+name.Value+"}", hint)
		}
	}}
}
