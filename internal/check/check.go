// Package check holds the rules about a linked site: what loads and links and is all the same a fault, or doubtful. One
// file holds one rule, with its id, its severity and its sentence. The package reads a catalog and its links and changes
// nothing; what cannot be read or does not resolve is the business of load and link.
//
// Every rule costs time in proportion to the site, so that ten thousand definitions are checked in a blink.
package check

import (
	"iter"
	"sync"
	"time"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/finder"
	"errdex/internal/link"
)

// rule is one rule: what looks at a definition by itself, what looks at the rest of the site or at all of it, or both.
type rule struct {
	diag.Rule
	definition func(*pass, *catalog.Definition)
	site       func(*pass)
	// sound: definition is not asked about a file with an error. What seems to be missing there may stand under a misspelt key.
	sound bool
}

// pass is what a rule sees.
type pass struct {
	m    *link.Map
	site *catalog.Site
	now  time.Time
	list *diag.List
	rule diag.Rule

	tomorrow string // the day that has come nowhere yet; empty where it is not known what day it is
	printer  *catalog.Definition
	printed  []message // see messages
	holes    []finder.Part
	writer   *catalog.Definition
	written  []field // see fields
	body     []byte  // room for an example
}

// field is a Markdown field of a definition, with its key.
type field struct {
	key string
	*catalog.Prose
}

// fields returns the Markdown of a definition that is not empty. Several rules ask, one after the other, so the last answer is kept.
func (p *pass) fields(d *catalog.Definition) []field {
	if p.writer != d {
		p.writer, p.written = d, p.written[:0]
		d.EachProse(func(key string, x *catalog.Prose) {
			if x.Value != "" {
				p.written = append(p.written, field{key, x})
			}
		})
	}
	return p.written
}

// Run applies every rule to a linked site and returns what they find. now is the day that dates are compared with; the
// zero time leaves those rules out. The authors' `allow` keys are not obeyed yet: Silence does that, when the findings of
// all stages are together.
func Run(m *link.Map, now time.Time) *diag.List { return RunOn(1, m, now) }

// RunOn is Run on several cores, for who waits for it and has nothing else to do.
func RunOn(cores int, m *link.Map, now time.Time) *diag.List {
	tomorrow := ""
	if !now.IsZero() {
		tomorrow = now.UTC().Add(14 * time.Hour).Format(time.DateOnly) // the easternmost zone is 14 hours ahead
	}
	// A rule may keep what it saw of one definition for the next, so it is rules that are shared out and not definitions.
	all := rules()
	lists := make([]diag.List, cores)
	var wg sync.WaitGroup
	for i := range lists {
		wg.Go(func() {
			var mine []rule
			for j := i; j < len(all); j += len(lists) {
				mine = append(mine, all[j])
			}
			p := &pass{m: m, site: m.Site, now: now, tomorrow: tomorrow, list: &lists[i]}
			p.apply(mine)
		})
	}
	wg.Wait()
	list := &diag.List{}
	for i := range lists {
		list.Merge(&lists[i])
	}
	return list
}

// apply looks at every definition with all rules before the next one is looked at: it is then in the processor's cache for all but the
// first, which is twice as fast with ten thousand.
func (p *pass) apply(rules []rule) {
	for d := range p.definitions() {
		for i := range rules {
			if r := &rules[i]; r.definition != nil && !(r.sound && d.Faulty) {
				p.rule = r.Rule
				r.definition(p, d)
			}
		}
	}
	for _, r := range rules {
		if r.site != nil {
			p.rule = r.Rule
			r.site(p)
		}
	}
}

// rules lists the rules of this package by id. A new rule is a file and a line here.
func rules() []rule {
	return []rule{
		brokenMarkdown(),
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
		unclosedCode(),
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

// otherProse calls f for the Markdown that no definition has: of collections, groups and guides.
func (p *pass) otherProse(f func(file, key string, x *catalog.Prose)) {
	for _, c := range p.site.Collections {
		f(c.File, "description", &c.Description)
		for i := range c.Groups {
			f(c.File, "description", &c.Groups[i].Description)
		}
	}
	for _, g := range p.site.Guides {
		f(g.File, "body", &g.Body)
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

func warning(id, doc string) diag.Rule { return diag.Rule{ID: id, Severity: diag.Warning, Doc: doc} }

func fault(id, doc string) diag.Rule { return diag.Rule{ID: id, Severity: diag.Error, Doc: doc} }
