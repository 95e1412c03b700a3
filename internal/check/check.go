// Package check holds the rules about a linked site: what loads and links and is all the same a fault, or doubtful. One
// file holds one rule, with its id, its severity and its sentence. The package reads a catalog and its links and changes
// nothing; what cannot be read or does not resolve is the business of load and link.
//
// Every rule costs time in proportion to the site, so that ten thousand definitions are checked in a blink.
package check

import (
	"iter"
	"time"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/link"
)

// rule is one rule. Its run function looks at the whole site and reports what it finds.
type rule struct {
	diag.Rule
	run func(*pass)
}

// pass is what a rule sees.
type pass struct {
	m    *link.Map
	site *catalog.Site
	now  time.Time
	list *diag.List
	rule diag.Rule
}

// Run applies every rule to a linked site and returns what they find. now is the day that dates are compared with. The
// authors' `allow` keys are not obeyed yet: Silence does that, when the findings of all stages are together.
func Run(m *link.Map, now time.Time) *diag.List {
	list := &diag.List{}
	for _, r := range rules() {
		r.run(&pass{m: m, site: m.Site, now: now, list: list, rule: r.Rule})
	}
	return list
}

// rules lists the rules of this package by id. A new rule is a file and a line here.
func rules() []rule {
	return []rule{
		causeWithoutFix(),
		contradictoryRetry(),
		deprecatedWithoutReplacement(),
		duplicateAnchor(),
		duplicateCode(),
		fixWithoutCause(),
		futureDate(),
		headingInField(),
		holeWithoutParam(),
		invalidAnchor(),
		malformedHole(),
		messageNotUnique(),
		orphanPage(),
		paramWithoutHole(),
		payloadNotJSON(),
		payloadWithoutCode(),
		phoneNumberInExample(),
		rawHTML(),
		removedReference(),
		removedReplacement(),
		replacementLoop(),
		secretInExample(),
		staleFacts(),
		stubWithoutReason(),
		summaryTooLong(),
		summaryWithLink(),
		unknownGroup(),
		unknownHost(),
		unresolvedFix(),
		unsourcedPage(),
		unverifiedPage(),
	}
}

// report adds a finding of the rule that runs.
func (p *pass) report(at diag.Span, message, hint string, related ...diag.Related) {
	p.list.Add(diag.Diagnostic{Span: at, Severity: p.rule.Severity, ID: p.rule.ID, Message: message, Hint: hint, Related: related})
}

// definitions yields every definition, by collection and slug.
func (p *pass) definitions() iter.Seq[*catalog.Definition] {
	return func(yield func(*catalog.Definition) bool) {
		for _, c := range p.site.Collections {
			for _, d := range c.Definitions {
				if !yield(d) {
					return
				}
			}
		}
	}
}

// prose calls f for every Markdown field of the site, with its file. Bodies of guides, which are pages of their own, are
// left out.
func (p *pass) prose(f func(file, key string, x *catalog.Prose)) {
	for _, c := range p.site.Collections {
		f(c.File, "description", &c.Description)
		for i := range c.Groups {
			f(c.File, "description", &c.Groups[i].Description)
		}
		for _, d := range c.Definitions {
			d.EachProse(func(key string, x *catalog.Prose) {
				if x.Doc != nil {
					f(d.File, key, x)
				}
			})
		}
	}
}

// at returns where a definition's own problem is shown: at its code, which every definition has.
func at(d *catalog.Definition) diag.Span {
	if !d.Code.Set() {
		return diag.Span{File: d.File}
	}
	return d.At(d.Code)
}

// related shows a second place of a finding.
func related(at diag.Span, message string) diag.Related {
	return diag.Related{Span: at, Message: message}
}

func warning(id, doc string, run func(*pass)) rule {
	return rule{diag.Rule{ID: id, Severity: diag.Warning, Doc: doc}, run}
}

func fault(id, doc string, run func(*pass)) rule {
	return rule{diag.Rule{ID: id, Severity: diag.Error, Doc: doc}, run}
}
