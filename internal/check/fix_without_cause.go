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
		is := func(id string) bool { return slices.Contains(named, id) }
		if len(named) > few {
			set := make(map[string]bool, len(named))
			for _, name := range named {
				set[name] = true
			}
			is = func(id string) bool { return set[id] }
		}
		var wrong []string // of those named
		fixes := fixesOf(d)
		for _, name := range named {
			if !fixes.has(name) && len(wrong) < few {
				wrong = append(wrong, name)
			}
		}
		var idle []catalog.Text
		for i := range d.Fixes {
			if id := d.Fixes[i].ID; id.Value != "" && !is(id.Value) && !meant(wrong, id.Value) {
				idle = append(idle, id)
			}
		}
		if slices.Sort(wrong); len(idle) <= len(slices.Compact(wrong)) {
			return // each may be what a name that is no fix was meant for: unresolved-fix speaks of that
		}
		for _, id := range idle {
			p.report(d.At(id), "no cause names the fix `"+id.Value+"`", "name it in the `fixes` of the cause or subcode that it ends")
		}
	}}
}

// meant reports whether a fix is what one of the names that are no fix was meant for; unresolved-fix speaks of that.
func meant(wrong []string, id string) bool {
	return slices.ContainsFunc(wrong, func(name string) bool { return diag.Nearest(name, []string{id}) != "" })
}
