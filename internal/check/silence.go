package check

import (
	"fmt"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// Silence obeys the authors' `allow` keys: it returns the list without what they silence, and with what is wrong with them.
// list holds the findings of every stage, so that an allow that silences nothing is known for one.
func Silence(site *catalog.Site, list *diag.List) *diag.List {
	known := map[string]Rule{}
	var ids []string
	for _, r := range Rules() {
		known[r.ID] = r
		ids = append(ids, r.ID)
	}
	type key struct{ file, rule string }
	used := map[key]int{}
	for _, c := range site.Collections {
		for _, d := range c.Definitions {
			for _, a := range d.Allow {
				if r, ok := known[a.Rule.Value]; ok && !r.Fixed {
					used[key{d.File, a.Rule.Value}] = 0
				}
			}
		}
	}
	out := list.Filter(func(d diag.Diagnostic) bool {
		k := key{d.Span.File, d.ID}
		_, silent := used[k]
		if silent {
			used[k]++
		}
		return !silent
	})
	for _, c := range site.Collections {
		for _, d := range c.Definitions {
			for _, a := range d.Allow {
				judge(out, d, a.Rule, known, ids, used[key{d.File, a.Rule.Value}])
			}
		}
	}
	return withoutConsequences(out)
}

// judge says what is wrong with an allow that names rule and has silenced n findings.
func judge(out *diag.List, d *catalog.Definition, rule catalog.Text, known map[string]Rule, ids []string, n int) {
	r, ok := known[rule.Value]
	switch {
	case rule.Value == "":
	case !ok:
		hint := "a rule's id stands in brackets behind its message"
		if near := diag.Nearest(rule.Value, ids); near != "" {
			hint = "did you mean " + near + "?"
		}
		out.ErrorHint(d.At(rule), "unknown-rule", fmt.Sprintf("there is no rule %q", rule.Value), hint)
	case r.Fixed:
		out.ErrorHint(d.At(rule), "forbidden-allow", r.ID+" cannot be silenced", "mend what it speaks of; without that the page cannot stand")
	case n == 0 && !d.Faulty: // in a file that was half read it may only not have been found
		out.Warn(d.At(rule), "unused-allow", r.ID+" finds nothing here", "remove it")
	}
}
