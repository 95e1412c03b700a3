package render

import (
	"bytes"
	"html"
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/finder"
	"errdex/internal/link"
)

// Error renders a definition's page.
func (r *Renderer) Error(d *catalog.Definition) ([]byte, error) {
	desk := r.desk()
	defer r.clear(desk)
	page, err := r.execute("error", view{r, desk}.error(d), 0)
	if err != nil || len(d.AnchorAliases) == 0 {
		return page, err
	}
	return alsoAt(page, d.AnchorAliases), nil
}

// alsoAt puts empty elements with old ids into the elements that have the new ones, so that links to either end in the same place. It works on
// the finished page, since every template has ids and none should have to think of this. Where no element has the id the page stays as it is,
// and verify says what is missing. The page is gone through once, however many aliases there are.
func alsoAt(page []byte, aliases []catalog.AnchorAlias) []byte {
	if len(aliases) == 0 {
		return page
	}
	spans := make(map[string][]byte, len(aliases)) // by the new id, as it is written in the page
	for i := len(aliases) - 1; i >= 0; i-- {
		id := html.EscapeString(aliases[i].To.Value)
		spans[id] = append(spans[id], `<span id="`+html.EscapeString(aliases[i].From.Value)+`"></span>`...)
	}
	const before = ` id="`
	out := make([]byte, 0, len(page)+len(page)/4)
	for len(spans) > 0 {
		at := bytes.Index(page, []byte(before))
		if at < 0 {
			break
		}
		value, _, _ := bytes.Cut(page[at+len(before):], []byte(`"`))
		end := at + len(before)
		if span, ok := spans[string(value)]; ok {
			close := bytes.IndexByte(page[at:], '>') // values in our pages have no bare '>'
			if close < 0 {
				break
			}
			delete(spans, string(value)) // the first element that has it
			end = at + close + 1
			out = append(append(out, page[:end]...), span...)
		} else {
			out = append(out, page[:end]...)
		}
		page = page[end:]
	}
	return append(out, page...)
}

// error fills the struct of a definition's page. It is good until the desk is cleared.
func (r view) error(d *catalog.Definition) *ErrorPage {
	url, name, summary := r.m.URL(d), r.name(d), d.Summary.Doc.Plain()
	p := &r.page
	*p = ErrorPage{
		Chrome:     r.chrome("error", url, r.join(name, ": ", d.Title.Value), summary),
		Name:       name,
		Code:       d.Code.Value,
		Noun:       d.Collection.Noun.Value,
		Collection: Link{d.Collection.Title.Value, d.Collection.Index.Value},
		Stub:       d.Stub(), Removed: d.Removed(), Deprecated: d.Status.Value == "deprecated",
		Status: fact(statuses, d.StatusOr()), Since: d.Since.Value, Deprecation: d.DeprecatedSince.Value, RemovedIn: d.RemovedIn.Value,
		Summary: r.inline(d.Summary), FirstAction: r.inline(d.FirstAction),
		Meaning: r.block(d.Meaning), Where: r.block(d.Where), Reproduce: r.block(d.Reproduce),
		Prevention: r.inlines(d.Prevention), Verified: d.Verified.Value, EditURL: r.editURL(d.File),
	}
	p.Chrome.Title = d.Title.Value
	p.NoIndex = d.Removed()
	p.Image = r.image[d.Collection.ID]
	p.Alternates = append(r.alternates[:0], Alternate{"application/json", r.join(url, ".json"), "JSON"}, Alternate{"text/markdown", r.join(url, ".md"), "Markdown"})
	p.Breadcrumbs = append(r.links.list(4), Link{r.site.Title, link.HomeURL}, p.Collection)
	if g, ok := d.Collection.Group(d.Group.Value); ok && !d.Removed() {
		r.group = Link{g.Title.Value, r.join(d.Collection.Index.Value, "#", link.GroupAnchor(g.ID.Value))}
		p.Group = &r.group
		p.Breadcrumbs = append(p.Breadcrumbs, r.group)
	}
	p.Breadcrumbs = append(p.Breadcrumbs, Link{name, url})
	r.decision(p, d)
	r.recognition(p, d)
	r.help(p, d)
	r.references(p, d)
	p.TOC = errorTOC(r.toc.list(24), p)
	p.Ticket = r.ticket(d, p, summary)
	from := len(r.text)
	r.text = r.appendArticleLD(r.text, &p.Chrome, d.Verified.Value)
	p.JSONLD = r.since(from)
	return p
}

func (r view) decision(p *ErrorPage, d *catalog.Definition) {
	p.HTTPStatus, p.Surfaces = r.facts.list(len(d.HTTPStatus)), r.surfaces.list(len(d.Surfaces))
	for _, s := range d.HTTPStatus {
		p.HTTPStatus = append(p.HTTPStatus, httpFact(s.N))
	}
	set := func(f *Fact, words map[string]Fact, key string) {
		if key != "" {
			*f = fact(words, key)
		}
	}
	set(&p.Attribution, attributions, d.Attribution.Value)
	set(&p.Severity, severities, d.Severity.Value)
	set(&p.SideEffects, sideEffects, d.SideEffects.Value)
	set(&p.BlastRadius, blastRadii, d.BlastRadius.Value)
	set(&p.Retry.Fact, policies, d.Retry.Policy.Value)
	p.Retry.After, p.Retry.MaxAttempts, p.Retry.Note = wait(d.Retry.After.Value), d.Retry.MaxAttempts.N, r.inline(d.Retry.Note)
	for _, s := range d.Surfaces {
		p.Surfaces = append(p.Surfaces, Surface{s.Kind.Value, surfaceLabel(s.Kind.Value), r.inline(s.Where), s.Path.Value})
	}
}

func (r view) recognition(p *ErrorPage, d *catalog.Definition) {
	p.Message = r.message(d.Message.Value)
	p.Variants, p.Params = r.variants.list(len(d.Variants)), r.params.list(len(d.Params))
	for _, v := range d.Variants {
		p.Variants = append(p.Variants, Variant{r.message(v.Text.Value), v.Field.Value, knownSubcode(d, v.Subcode.Value)})
	}
	if len(p.Variants) > 4 {
		p.Variants, p.MoreVariants = p.Variants[:3], p.Variants[3:]
	}
	for _, x := range d.Params {
		p.Params = append(p.Params, Param{x.Name.Value, r.inline(x.Meaning), x.Example.Value})
	}
}

// knownSubcode returns the subcode where the page has an entry for it that can be linked to.
func knownSubcode(d *catalog.Definition, code string) string {
	for _, s := range d.Subcodes {
		if s.Code.Value == code {
			return code
		}
	}
	return ""
}

func (r view) message(s string) []Part {
	if s == "" {
		return nil
	}
	if strings.IndexByte(s, '{') < 0 {
		return append(r.parts.list(1), Part{Text: s})
	}
	t, err := finder.ParseTemplate(s)
	if err != nil { // the rule malformed-hole has spoken of it
		return append(r.parts.list(1), Part{Text: s})
	}
	out := r.parts.list(len(t.Parts))
	for _, x := range t.Parts {
		if x.Hole {
			out = append(out, Part{Hole: x.Text})
		} else {
			out = append(out, Part{Text: x.Text})
		}
	}
	return out
}

func (r view) help(p *ErrorPage, d *catalog.Definition) {
	p.Fixes, p.Causes, p.FAQ = r.fixes.list(len(d.Fixes)), r.causes.list(len(d.Causes)), r.questions.list(len(d.FAQ))
	p.Subcodes, p.Examples, p.Sections = r.subcodes.list(len(d.Subcodes)), r.examples.list(len(d.Examples)), r.sections.list(len(d.Sections))
	p.Equivalents, p.Links = r.equivalents.list(len(d.Equivalents)), r.links.list(len(d.Links))
	for i, f := range d.Fixes {
		x := Fix{Number: i + 1, Title: r.inline(f.Title), Steps: r.inlines(f.Steps), Verify: r.block(f.Verify), Caution: r.block(f.Caution)}
		x.Anchor, x.Words = r.place("fix-", f.ID, f.Title)
		x.Label, x.Linked = r.unlinked(x.Title, f.Title)
		p.Fixes = append(p.Fixes, x)
	}
	fixNumber := fixNumbers(d)
	refs := func(ids []catalog.Text, cause *CauseRef) []FixRef {
		out := r.fixRefs.list(len(ids))
		for _, id := range ids {
			if i := fixNumber(id.Value); i >= 0 {
				out = append(out, FixRef{p.Fixes[i].Anchor, p.Fixes[i].Label, p.Fixes[i].Number})
				if cause != nil {
					if p.Fixes[i].Causes == nil {
						p.Fixes[i].Causes = r.causeRefs.list(min(len(d.Causes), 8)) // more may follow: room for all of them at each would be the square of it
					}
					p.Fixes[i].Causes = append(p.Fixes[i].Causes, *cause)
				}
			}
		}
		return out
	}
	for i, c := range d.Causes {
		x := Cause{Number: i + 1, Text: r.inline(c.Text)}
		if c.Likelihood.Value != "" {
			x.Likelihood = fact(likelihoods, c.Likelihood.Value)
		}
		if c.ID.Value != "" {
			x.Anchor = r.join("cause-", c.ID.Value)
		}
		x.Fixes = refs(c.Fixes, &CauseRef{x.Anchor, x.Number})
		p.Causes = append(p.Causes, x)
	}
	for _, s := range d.Subcodes {
		p.Subcodes = append(p.Subcodes, Subcode{s.Code.Value, r.join("subcode-", s.Code.Value), s.Title.Value, r.inline(s.Text), refs(s.Fixes, nil)})
	}
	for _, e := range d.Examples {
		from := len(r.text)
		r.text = r.hl.Append(r.text, e.Language.Value, e.Body.Value)
		code := r.since(from)
		p.Examples = append(p.Examples, Example{e.Title.Value, e.Kind.Value, e.Language.Value, code})
	}
	for _, q := range d.FAQ {
		x := Question{Question: r.inline(q.Question), Answer: r.block(q.Answer)}
		x.Anchor, x.Words = r.place("faq-", q.ID, q.Question)
		_, x.Linked = r.unlinked(x.Question, q.Question)
		p.FAQ = append(p.FAQ, x)
	}
	for _, s := range d.Sections {
		p.Sections = append(p.Sections, Section{catalog.SectionAnchor(s), s.Title.Value, r.block(s.Text)})
	}
	if !d.Support.Reply.Doc.Empty() || len(d.Support.Collect) > 0 {
		p.Support = &Support{r.block(d.Support.Reply), r.inlines(d.Support.Collect)}
	}
	for _, e := range d.Equivalents {
		p.Equivalents = append(p.Equivalents, Equivalent{e.Vendor.Value, e.Code.Value, e.URL.Value, r.inline(e.Note)})
	}
	for _, l := range d.Links {
		p.Links = append(p.Links, Link{l.Title.Value, l.URL.Value})
	}
	p.Sources = sources(r.sources.list(len(d.Sources)), d.Sources)
}

// fixNumbers returns a function that gives the index of the fix with an id, the last where two have it, or -1.
func fixNumbers(d *catalog.Definition) func(id string) int {
	const few = 32
	if len(d.Fixes) > few {
		at := make(map[string]int, len(d.Fixes))
		for i, f := range d.Fixes {
			at[f.ID.Value] = i
		}
		return func(id string) int {
			if i, ok := at[id]; ok && id != "" {
				return i
			}
			return -1
		}
	}
	return func(id string) int {
		for i := len(d.Fixes) - 1; i >= 0 && id != ""; i-- {
			if d.Fixes[i].ID.Value == id {
				return i
			}
		}
		return -1
	}
}

// sources appends to out what a list of sources comes to.
func sources(out []Source, list []catalog.Source) []Source {
	for _, s := range list {
		out = append(out, Source{s.Title.Value, s.URL.Value, s.Retrieved.Value})
	}
	return out
}

func (r view) references(p *ErrorPage, d *catalog.Definition) {
	related := r.m.Related(d)
	for _, relation := range relationOrder {
		var items []Ref
		for i, e := range related {
			if e.Relation == relation {
				if items == nil {
					items = r.refs.list(len(related) - i)
				}
				items = append(items, r.ref(e.To, e.Note))
			}
		}
		if items != nil {
			if p.Related == nil {
				p.Related = r.groups.list(len(relationOrder))
			}
			p.Related = append(p.Related, RelatedGroup{relation, relations[relation], items})
		}
	}
	for _, to := range r.m.ReplacedBy(d) {
		p.ReplacedBy = append(p.ReplacedBy, r.ref(to, ""))
	}
	incoming := r.m.Incoming(d)
	p.LinkedFrom = r.refs.list(len(incoming))
	for _, e := range incoming { // link names each referrer once
		if e.From != d && !slices.ContainsFunc(related, func(own link.Edge) bool { return own.To == e.From }) {
			p.LinkedFrom = append(p.LinkedFrom, r.ref(e.From, e.Note))
		}
	}
	for _, g := range r.m.GuidesTo(d) {
		p.GuidesFrom = append(p.GuidesFrom, Link{g.Title.Value, r.m.GuideURL(g)})
	}
	prev, next := r.m.Neighbours(d)
	if prev != nil {
		r.prev = r.ref(prev, "")
		p.Prev = &r.prev
	}
	if next != nil {
		r.next = r.ref(next, "")
		p.Next = &r.next
	}
}

// errorTOC appends to out the sections that the page has, in the order of error.html.
func errorTOC(out []TOCItem, p *ErrorPage) []TOCItem {
	add := func(there bool, anchor, title string) {
		if there {
			out = append(out, TOCItem{anchor, title, 2})
		}
	}
	add(len(p.Message) > 0 || len(p.Variants) > 0, "message", "Message")
	add(len(p.Causes) > 0, "causes", "Causes")
	add(len(p.Fixes) > 0, "fixes", "Fixes")
	add(p.Retry.Note != "" || p.Retry.Explain != "", "retry", "Retrying")
	add(p.Meaning != "", "meaning", "What it means")
	add(p.Where != "" || len(p.Surfaces) > 0, "where", "Where you see it")
	add(len(p.Subcodes) > 0, "subcodes", "Subcodes")
	add(len(p.Examples) > 0, "examples", "Examples")
	add(len(p.Prevention) > 0, "prevention", "Prevention")
	add(p.Reproduce != "", "reproduce", "Reproduce it")
	add(len(p.FAQ) > 0, "faq", "Questions")
	for _, s := range p.Sections {
		add(s.Anchor != "", s.Anchor, s.Title)
	}
	add(p.Support != nil, "support", "For support")
	add(len(p.Related) > 0 || len(p.Equivalents) > 0 || len(p.LinkedFrom) > 0 || len(p.GuidesFrom) > 0, "related", "Related errors")
	add(len(p.Sources) > 0 || len(p.Links) > 0 || p.Verified != "", "sources", "Sources")
	return out
}

// ticket is what "Copy for ticket" puts on the clipboard: a few plain lines that stand on their own.
func (r view) ticket(d *catalog.Definition, p *ErrorPage, summary string) string {
	from := len(r.text)
	add := func(parts ...string) {
		for _, s := range parts {
			r.text = append(r.text, s...)
		}
	}
	add(p.Name, ": ", d.Title.Value, "\n", summary, "\n")
	if first := d.FirstAction.Doc.Plain(); first != "" {
		add("First action: ", first, "\n")
	}
	if whose := p.Attribution.Label; whose != "" {
		add("Whose move: ", whose, "\n")
	}
	if retry := p.Retry.Label; retry != "" {
		add("Retry: ", retry, after(", first wait ", p.Retry.After, ""), "\n")
	}
	add(p.Canonical)
	return string(r.since(from))
}
