package check

import "fmt"

func unknownGroup() rule {
	return rule{Rule: fault("unknown-group", "`group` names a group that collection.yaml does not have."), site: func(p *pass) {
		for _, c := range p.site.Collections {
			if c.Faulty {
				continue // its groups may be there
			}
			ids := make([]string, 0, len(c.Groups))
			known := make(map[string]bool, len(c.Groups))
			for _, g := range c.Groups {
				ids = append(ids, g.ID.Value)
				known[g.ID.Value] = true
			}
			missed := 0
			for _, d := range c.Definitions {
				if d.Group.Value == "" || known[d.Group.Value] {
					continue
				}
				hint := "collection.yaml has no groups yet: add them, or remove this"
				if len(ids) > 0 {
					missed++
					hint = nearest(d.Group.Value, ids, "groups of this collection: ", missed)
				}
				p.report(d.At(d.Group), fmt.Sprintf("there is no group %q", d.Group.Value), hint)
			}
		}
	}}
}
