package render

import (
	"strconv"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/link"
)

// Markdown renders a definition's .md twin: the whole page as a text that stands on its own, with absolute links.
func (r *Renderer) Markdown(d *catalog.Definition) []byte {
	w := mdWriter{b: r.buffer(d.Size)}
	w.line("# ", escapeMD(d.Name()), ": ", escapeMD(d.Title.Value))
	switch {
	case d.Removed():
		w.line("> **Removed.** The API no longer raises this code", after(" (", escapeMD(d.RemovedIn.Value), ")"), "; this page stays for old logs.", r.instead(d))
	case d.Status.Value == "deprecated":
		w.line("> **Deprecated**", after(" since ", escapeMD(d.DeprecatedSince.Value), ""), ".", r.instead(d))
	}
	if d.Stub() {
		w.line("> **This entry is a stub.** What is known about the code stands here.")
	}
	w.block(r.md(d.Summary))
	if a := r.md(d.FirstAction); a != "" {
		w.block("**Do this first:** " + a)
	}
	r.mdFacts(&w, d)
	r.mdMessage(&w, d)
	r.mdHelp(&w, d)
	r.mdRest(&w, d)
	w.block("Page: " + r.m.Absolute(r.m.URL(d)))
	return r.fit(w.inert(r.parser))
}

func (r *Renderer) instead(d *catalog.Definition) string {
	var refs []string
	for _, to := range r.m.ReplacedBy(d) {
		refs = append(refs, r.mdRef(to))
	}
	return after(" Look at ", strings.Join(refs, ", "), " instead.")
}

func (r *Renderer) mdRef(d *catalog.Definition) string {
	return "[" + escapeMD(d.Code.Value+" "+d.Title.Value) + "](" + r.m.Absolute(r.m.URL(d)) + ")"
}

func (r *Renderer) mdFacts(w *mdWriter, d *catalog.Definition) {
	var items []string
	add := func(label, text string) {
		if text != "" {
			items = append(items, label+": "+text)
		}
	}
	if k := d.Attribution.Value; k != "" {
		add("Whose move", fact(attributions, k).Label)
	}
	if x := d.Retry; x.Policy.Value != "" {
		text := fact(policies, x.Policy.Value).Label + after(", first wait ", wait(x.After.Value), "")
		if x.MaxAttempts.N > 0 {
			text += ", at most " + strconv.Itoa(x.MaxAttempts.N) + " attempts"
		}
		add("Retry", text+after(". ", r.md(x.Note), ""))
	}
	var status []string
	for _, s := range d.HTTPStatus {
		status = append(status, httpFact(s.N).Label)
	}
	add("HTTP status", strings.Join(status, ", "))
	if k := d.Severity.Value; k != "" {
		add("Severity", fact(severities, k).Label)
	}
	if k := d.SideEffects.Value; k != "" {
		add("Side effects", fact(sideEffects, k).Label)
	}
	if k := d.BlastRadius.Value; k != "" {
		add("Stops working", fact(blastRadii, k).Label)
	}
	add("Since", escapeMD(d.Since.Value))
	w.list("-", items)
}

func (r *Renderer) mdMessage(w *mdWriter, d *catalog.Definition) {
	w.heading(d.Message.Value != "" || len(d.Variants) > 0, "Message")
	if d.Message.Value != "" {
		w.fence("", d.Message.Value)
	}
	var items []string
	for _, x := range d.Params {
		items = append(items, codeSpan("{"+x.Name.Value+"}")+after(": ", r.md(x.Meaning), "")+after(" (for example ", escapeMD(x.Example.Value), ")"))
	}
	w.list("-", items)
	items = nil
	for _, v := range d.Variants {
		items = append(items, codeSpan(v.Text.Value)+after(" in ", escapeMD(v.Field.Value), "")+after(", subcode ", escapeMD(v.Subcode.Value), ""))
	}
	if len(items) > 0 {
		w.block("Also printed as:")
		w.list("-", items)
	}
}

func (r *Renderer) mdHelp(w *mdWriter, d *catalog.Definition) {
	titles := map[string]string{}
	for _, f := range d.Fixes {
		titles[f.ID.Value] = escapeMD(f.Title.Doc.Plain())
	}
	fixes := func(ids []catalog.Text) string {
		var out []string
		for _, id := range ids {
			if t := titles[id.Value]; t != "" {
				out = append(out, t)
			}
		}
		return after(" Fix: ", strings.Join(out, "; "), ".")
	}
	w.heading(len(d.Causes) > 0, "Causes")
	var items []string
	for _, c := range d.Causes {
		items = append(items, r.md(c.Text)+fixes(c.Fixes))
	}
	w.list("1.", items)
	w.heading(len(d.Fixes) > 0, "Fixes")
	for i, f := range d.Fixes {
		w.block("### " + strconv.Itoa(i+1) + ". " + escapeMD(f.Title.Doc.Plain()))
		w.list("1.", r.mds(f.Steps))
		w.block(after("**How to see that it worked:** ", r.md(f.Verify), ""))
		w.block(after("**Caution:** ", r.md(f.Caution), ""))
	}
	w.heading(!d.Meaning.Doc.Empty(), "What it means")
	w.block(r.md(d.Meaning))
	w.heading(!d.Where.Doc.Empty() || len(d.Surfaces) > 0, "Where you see it")
	items = nil
	for _, s := range d.Surfaces {
		items = append(items, surfaceLabel(s.Kind.Value)+after(": ", r.md(s.Where), "")+code(" at ", s.Path.Value))
	}
	w.list("-", items)
	w.block(r.md(d.Where))
	w.heading(len(d.Subcodes) > 0, "Subcodes")
	items = nil
	for _, s := range d.Subcodes {
		items = append(items, "**"+escapeMD(s.Code.Value)+"**"+after(" ", escapeMD(s.Title.Value), "")+after(": ", r.md(s.Text), "")+fixes(s.Fixes))
	}
	w.list("-", items)
}

func (r *Renderer) mdRest(w *mdWriter, d *catalog.Definition) {
	w.heading(len(d.Examples) > 0, "Examples")
	for _, e := range d.Examples {
		w.block(after("", escapeMD(e.Title.Value), ":"))
		w.fence(e.Language.Value, e.Body.Value)
	}
	w.heading(len(d.Prevention) > 0, "Prevention")
	w.list("-", r.mds(d.Prevention))
	w.heading(!d.Reproduce.Doc.Empty(), "Reproduce it")
	w.block(r.md(d.Reproduce))
	w.heading(len(d.FAQ) > 0, "Questions")
	for _, q := range d.FAQ {
		w.block("**" + escapeMD(q.Question.Doc.Plain()) + "**")
		w.block(r.md(q.Answer))
	}
	for _, s := range d.Sections {
		w.block("## " + escapeMD(s.Title.Value))
		w.block(r.md(s.Text))
	}
	w.heading(!d.Support.Reply.Doc.Empty() || len(d.Support.Collect) > 0, "For support")
	if reply := r.md(d.Support.Reply); reply != "" {
		w.block("> " + strings.ReplaceAll(reply, "\n", "\n> "))
	}
	if len(d.Support.Collect) > 0 {
		w.block("Collect before escalating:")
		w.list("-", r.mds(d.Support.Collect))
	}
	related := r.m.Related(d)
	w.heading(len(related) > 0 || len(d.Equivalents) > 0, "Related errors")
	var items []string
	for _, e := range related {
		items = append(items, r.mdRef(e.To)+after(": ", escapeMD(e.Note), "")+" ("+strings.ToLower(relations[e.Relation])+")")
	}
	for _, e := range d.Equivalents {
		items = append(items, escapeMD(e.Vendor.Value+" "+e.Code.Value)+after(": ", r.md(e.Note), ""))
	}
	w.list("-", items)
	w.heading(len(d.Sources) > 0 || len(d.Links) > 0, "Sources")
	items = nil
	for _, s := range d.Sources {
		items = append(items, mdLink(s.Title.Value, s.URL.Value)+after(", read ", s.Retrieved.Value, ""))
	}
	for _, l := range d.Links {
		items = append(items, mdLink(l.Title.Value, l.URL.Value))
	}
	w.list("-", items)
	w.block(after("Checked against the sources on ", d.Verified.Value, "."))
}

// GuideMarkdown renders a guide's .md twin.
func (r *Renderer) GuideMarkdown(g *catalog.Guide) []byte {
	w := mdWriter{}
	w.line("# ", escapeMD(g.Title.Value))
	w.block(escapeMD(g.Description.Value))
	w.block(g.Body.Doc.Resolved(r.absolute(g.Body.Doc)))
	w.block("Page: " + r.m.Absolute(r.m.GuideURL(g)))
	return w.inert(r.parser)
}

// LLMs renders llms.txt: what the site is and where everything stands, for programs that read text.
func (r *Renderer) LLMs() []byte {
	w := mdWriter{}
	s := r.m.Site
	w.line("# ", escapeMD(s.Title.Value))
	w.block("> " + escapeMD(r.HomeView().Description))
	w.block("Every error page has a Markdown twin (.md) and a JSON twin (.json) at the same address.")
	for _, c := range s.Collections {
		w.block("## " + escapeMD(c.Title.Value))
		items := []string{"[All of them as JSON](" + r.m.Absolute(c.Index.Value) + ".json)"}
		for _, g := range link.Index(c) {
			for _, d := range g.Definitions {
				items = append(items, "["+escapeMD(d.Code.Value)+"]("+r.m.Absolute(r.m.URL(d))+".md): "+escapeMD(d.Title.Value))
			}
		}
		w.list("-", cut(items, 40_000/max(1, len(s.Collections))))
	}
	if len(s.Guides) > 0 {
		w.block("## Guides")
		var items []string
		for _, g := range s.Guides {
			items = append(items, "["+escapeMD(g.Title.Value)+"]("+r.m.Absolute(r.m.GuideURL(g))+".md): "+escapeMD(g.Description.Value))
		}
		w.list("-", items)
	}
	return w.inert(r.parser)
}

// cut keeps a list within a number of bytes: readers of llms.txt stop at about 50,000 characters, and the JSON catalogue that the
// first item names has everything.
func cut(items []string, limit int) []string {
	size := 0
	for i, s := range items {
		if size += len(s) + 3; size > limit {
			return append(items[:i:i], strconv.Itoa(len(items)-i)+" more are in the JSON catalogue above")
		}
	}
	return items
}
