package check

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func unresolvedFix() rule {
	return rule{Rule: fault("unresolved-fix", "A cause or a subcode names a fix that the page does not have."), definition: func(p *pass, d *catalog.Definition) {
		fixes := fixesOf(d)
		var wrong wrongNames
		for i := range d.Causes {
			wrong.see(&fixes, d.Causes[i].Fixes)
		}
		for i := range d.Subcodes {
			wrong.see(&fixes, d.Subcodes[i].Fixes)
		}
		for _, refs := range wrong.all {
			if d.Faulty && strings.Contains(d.Lost, refs[0].Value) {
				continue // the fix may stand in what could not be read
			}
			if fixes.misspelt(refs[0].Value) {
				continue // invalid-anchor says of the fix what its id should be
			}
			p.noFix(d, &fixes, refs)
		}
	}}
}

// wrongNames are the names that are no fix's, each with its places: one renamed fix is one fault, in however many causes it stands.
type wrongNames struct {
	all   [][]catalog.Text
	index map[string]int
}

func (w *wrongNames) see(fixes *fixes, refs []catalog.Text) {
	for _, ref := range refs {
		if fixes.has(ref.Value) {
			continue
		}
		i, again := w.index[ref.Value]
		if !again {
			if w.index == nil {
				w.index = map[string]int{}
			}
			i, w.all = len(w.all), append(w.all, nil)
			w.index[ref.Value] = i
		}
		w.all[i] = append(w.all[i], ref)
	}
}

// mostPlaces is how many further places of a wrong name are shown.
const mostPlaces = 8

func (p *pass) noFix(d *catalog.Definition, fixes *fixes, refs []catalog.Text) {
	name := refs[0].Value
	ids := fixes.ids()
	hint := "give the fix an id: `- {id: " + name + ", title: ...}`"
	if len(ids) > 0 {
		fixes.missed++
		hint = nearest(name, ids, "fixes of this page: ", fixes.missed)
		if strings.HasPrefix(hint, "fixes of this page: ") && fixes.missed <= few {
			hint = fixes.hint(name)
		}
	}
	var also []diag.Related
	for _, ref := range refs[1:min(len(refs), 1+mostPlaces)] {
		also = append(also, related(d.At(ref), "and here"))
	}
	p.report(d.At(refs[0]), fmt.Sprintf("this page has no fix %q", name), hint, also...)
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

// misspelt reports whether a name is near to the id of a fix that no anchor can be made of.
func (f *fixes) misspelt(name string) bool {
	for i := range f.d.Fixes {
		if id := f.d.Fixes[i].ID.Value; id != "" && !anchorForm(id) && diag.Nearest(name, []string{id}) != "" {
			return true
		}
	}
	return false
}

// hint is for a name that resembles no fix. Where it is the only one that is no fix, and one fix only has no cause, that fix was probably renamed, and
// either place can follow the other: which, the ledger knows.
func (f *fixes) hint(name string) string {
	if id := f.renamed(name); id.Value != "" {
		return fmt.Sprintf("did you rename it? write `%s` here, or `id: %s` in line %d if links to it are out", id.Value, name, id.Place.Line)
	}
	ids := f.ids()
	if len(ids) > fewTitles {
		return some("fixes of this page: ", ids)
	}
	var titled []string
	for i := range f.d.Fixes {
		x := &f.d.Fixes[i]
		if x.ID.Value == "" {
			continue
		}
		title := x.Title.Value
		if len(title) > 60 || strings.Contains(title, "\n") {
			title = ""
		}
		if title != "" {
			title = " (" + title + ")"
		}
		titled = append(titled, x.ID.Value+title)
	}
	return "fixes of this page: " + strings.Join(titled, ", ")
}

// renamed returns the id of the only fix that nothing names, where name is the only name that is no fix.
func (f *fixes) renamed(name string) (id catalog.Text) {
	named := map[string]bool{}
	other := false
	see := func(refs []catalog.Text) {
		for _, ref := range refs {
			named[ref.Value] = true
			other = other || ref.Value != name && !f.has(ref.Value)
		}
	}
	for i := range f.d.Causes {
		see(f.d.Causes[i].Fixes)
	}
	for i := range f.d.Subcodes {
		see(f.d.Subcodes[i].Fixes)
	}
	for i := range f.d.Fixes {
		if x := f.d.Fixes[i].ID; x.Value != "" && !named[x.Value] {
			if id.Value != "" {
				return catalog.Text{}
			}
			id = x
		}
	}
	if other {
		return catalog.Text{}
	}
	return id
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

// fewTitles is how many fixes a hint lists with their titles, which make a line long.
const fewTitles = 5

// fewNames is how many names a hint lists: more are not read.
const fewNames = 8

// some lists names, not all of many.
func some(lead string, names []string) string {
	if len(names) > fewNames {
		return lead + strings.Join(names[:fewNames], ", ") + fmt.Sprintf(" and %d more", len(names)-fewNames)
	}
	return lead + strings.Join(names, ", ")
}
