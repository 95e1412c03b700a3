package check

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func unresolvedFix() rule {
	return rule{Rule: fault("unresolved-fix", "A cause or a subcode names a fix that the page does not have."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		for i := range d.Causes {
			p.fixRefs(d, d.Causes[i].Fixes)
		}
		for i := range d.Subcodes {
			p.fixRefs(d, d.Subcodes[i].Fixes)
		}
	}}
}

func (p *pass) fixRefs(d *catalog.Definition, refs []catalog.Text) {
	for _, ref := range refs {
		if hasFix(d, ref.Value) {
			continue
		}
		var ids []string
		for i := range d.Fixes {
			if id := d.Fixes[i].ID.Value; id != "" {
				ids = append(ids, id)
			}
		}
		hint := "fixes of this page: " + strings.Join(ids, ", ")
		if near := diag.Nearest(ref.Value, ids); near != "" {
			hint = "did you mean " + near + "?"
		} else if len(ids) == 0 {
			hint = "give the fix an id: `- {id: " + ref.Value + ", title: ...}`"
		}
		p.report(d.At(ref), fmt.Sprintf("this page has no fix %q", ref.Value), hint)
	}
}

func hasFix(d *catalog.Definition, id string) bool {
	for i := range d.Fixes {
		if d.Fixes[i].ID.Value == id {
			return id != ""
		}
	}
	return false
}
