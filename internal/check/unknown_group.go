package check

import (
	"fmt"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/link"
)

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
			var wrong []string
			in := map[string][]*catalog.Definition{}
			for _, d := range c.Definitions {
				name := d.Group.Value
				if name == "" || known[name] {
					continue
				}
				if in[name] == nil {
					wrong = append(wrong, name)
				}
				in[name] = append(in[name], d)
			}
			for i, name := range wrong {
				hint := "collection.yaml has no groups yet: add them, or remove this"
				if len(ids) > 0 {
					hint = nearest(name, ids, "groups of this collection: ", i+1)
				}
				p.noGroup(c, name, hint, in[name])
			}
		}
	}}
}

// noGroup reports a name that is no group: one fault, in however many definitions it stands.
func (p *pass) noGroup(c *catalog.Collection, name, hint string, in []*catalog.Definition) {
	d := diag.Diagnostic{Span: in[0].At(in[0].Group), Severity: p.rule.Severity, ID: p.rule.ID, Message: fmt.Sprintf("there is no group %q", name), Hint: hint, About: []string{link.AboutGroup(c, name)}}
	if len(in) > 1 {
		d.Message += fmt.Sprintf(", which %d definitions name", len(in))
	}
	for _, other := range in[1:min(len(in), 1+mostPlaces)] {
		d.Related = append(d.Related, related(other.At(other.Group), "and here"))
	}
	p.list.Add(d)
}
