package check

import (
	"slices"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func fixWithoutCause() rule {
	return rule{Rule: warning("fix-without-cause", "A fix is named by no cause and no subcode, on a page where others are."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		named := make([]string, 0, 16)
		for i := range d.Causes {
			for _, f := range d.Causes[i].Fixes {
				named = append(named, f.Value)
			}
		}
		for i := range d.Subcodes {
			for _, f := range d.Subcodes[i].Fixes {
				named = append(named, f.Value)
			}
		}
		if len(named) == 0 {
			return // this page does not tie causes to fixes at all
		}
		for i := range d.Fixes {
			if id := d.Fixes[i].ID; id.Value != "" && !slices.Contains(named, id.Value) && !meant(d, named, id.Value) {
				p.report(d.At(id), "no cause names the fix `"+id.Value+"`", "name it in the `fixes` of the cause or subcode that it ends")
			}
		}
	}}
}

// meant reports whether a fix is what one of the names that are no fix was meant for; unresolved-fix speaks of that.
func meant(d *catalog.Definition, named []string, id string) bool {
	return slices.ContainsFunc(named, func(name string) bool { return !hasFix(d, name) && diag.Nearest(name, []string{id}) != "" })
}
