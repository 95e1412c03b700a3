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
		set := namesOf(known)
		missed := 0
		for _, m := range p.messages(d) {
			for _, hole := range m.holes {
				if set.has(hole.Text) {
					continue
				}
				set.add(hole.Text) // once is enough
				if missed++; missed <= few && misspelt(d, hole.Text) {
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

// names is a set of names, in a slice as long as there are few.
type names struct {
	list []string
	set  map[string]bool
}

// namesOf is the set of the names in list, which it may hold on to.
func namesOf(list []string) names {
	if len(list) <= few {
		return names{list: slices.Clip(list)}
	}
	n := names{}
	for _, name := range list {
		n.add(name)
	}
	return n
}

func (n *names) has(name string) bool { return n.set[name] || slices.Contains(n.list, name) }

func (n *names) add(name string) {
	if len(n.list) < few {
		n.list = append(n.list, name)
		return
	}
	if n.set == nil {
		n.set = map[string]bool{}
	}
	n.set[name] = true
}

// nearFew is diag.Nearest for the first of many wrong names; see nearest.
func nearFew(name string, names []string, missed int) string {
	if missed > few {
		return ""
	}
	return diag.Nearest(name, names)
}
