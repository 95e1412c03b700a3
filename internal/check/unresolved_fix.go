package check

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func unresolvedFix() rule {
	return rule{Rule: fault("unresolved-fix", "A cause or a subcode names a fix that the page does not have."), sound: true, definition: func(p *pass, d *catalog.Definition) {
		fixes := fixesOf(d)
		for i := range d.Causes {
			p.fixRefs(d, &fixes, d.Causes[i].Fixes)
		}
		for i := range d.Subcodes {
			p.fixRefs(d, &fixes, d.Subcodes[i].Fixes)
		}
	}}
}

func (p *pass) fixRefs(d *catalog.Definition, fixes *fixes, refs []catalog.Text) {
	for _, ref := range refs {
		if fixes.has(ref.Value) {
			continue
		}
		ids := fixes.ids()
		hint := "give the fix an id: `- {id: " + ref.Value + ", title: ...}`"
		if len(ids) > 0 {
			fixes.missed++
			hint = nearest(ref.Value, ids, "fixes of this page: ", fixes.missed)
		}
		p.report(d.At(ref), fmt.Sprintf("this page has no fix %q", ref.Value), hint)
	}
}

// fixes are those of a definition. Where there are few they are looked through.
type fixes struct {
	d      *catalog.Definition
	set    map[string]bool
	all    []string
	missed int
}

func fixesOf(d *catalog.Definition) fixes {
	f := fixes{d: d}
	if len(d.Fixes) > few {
		f.set = make(map[string]bool, len(d.Fixes))
		for i := range d.Fixes {
			f.set[d.Fixes[i].ID.Value] = true
		}
	}
	return f
}

func (f *fixes) has(id string) bool {
	if f.set != nil {
		return id != "" && f.set[id]
	}
	for i := range f.d.Fixes {
		if f.d.Fixes[i].ID.Value == id {
			return id != ""
		}
	}
	return false
}

func (f *fixes) ids() []string {
	if f.all == nil {
		f.all = []string{}
		for i := range f.d.Fixes {
			if id := f.d.Fixes[i].ID.Value; id != "" {
				f.all = append(f.all, id)
			}
		}
	}
	return f.all
}

// nearest is the hint for a wrong name: the nearest of the right ones, or some of them. missed is how many wrong ones there were; comparing thousands with thousands
// would take as long as the one times the other, and they have one fault and not thousands.
func nearest(name string, names []string, lead string, missed int) string {
	const most = 50
	if missed > most {
		return lead + fmt.Sprintf("%d names", len(names))
	}
	if near := diag.Nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	return some(lead, names)
}

// some lists names, not all of thousands.
func some(lead string, names []string) string {
	const most = 40
	if len(names) > most {
		return lead + strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return lead + strings.Join(names, ", ")
}
