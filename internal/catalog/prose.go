package catalog

import "errdex/internal/markdown"

// SectionAnchor is the id of an extra section: a slug of its title.
func SectionAnchor(s Section) string { return markdown.Slug(s.Title.Value) }

// EachProse calls f for every Markdown field of the definition, in the order of the page, with the key it stands under.
func (d *Definition) EachProse(f func(key string, p *Prose)) {
	f("summary", &d.Summary)
	f("first_action", &d.FirstAction)
	for i := range d.Params {
		f("params", &d.Params[i].Meaning)
	}
	f("retry", &d.Retry.Note)
	for i := range d.Surfaces {
		f("surfaces", &d.Surfaces[i].Where)
	}
	for i := range d.Subcodes {
		f("subcodes", &d.Subcodes[i].Text)
	}
	f("meaning", &d.Meaning)
	f("where", &d.Where)
	for i := range d.Causes {
		f("causes", &d.Causes[i].Text)
	}
	for i := range d.Fixes {
		x := &d.Fixes[i]
		f("fixes", &x.Title)
		for j := range x.Steps {
			f("fixes", &x.Steps[j])
		}
		f("fixes", &x.Verify)
		f("fixes", &x.Caution)
	}
	for i := range d.Prevention {
		f("prevention", &d.Prevention[i])
	}
	f("reproduce", &d.Reproduce)
	for i := range d.FAQ {
		f("faq", &d.FAQ[i].Question)
		f("faq", &d.FAQ[i].Answer)
	}
	f("support", &d.Support.Reply)
	for i := range d.Support.Collect {
		f("support", &d.Support.Collect[i])
	}
	for i := range d.Equivalents {
		f("equivalents", &d.Equivalents[i].Note)
	}
	for i := range d.Sections {
		f("sections", &d.Sections[i].Text)
	}
}
