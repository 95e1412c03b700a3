package render

import (
	"strconv"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/link"
)

// Markdown renders a definition's .md twin: the whole page as a text that stands on its own, with absolute links.
func (r *Renderer) Markdown(d *catalog.Definition) []byte {
	w := mdWriter{sheet: sheet{r.buffer(d.Size)}}
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
		w.line("**Do this first:** ", a)
	}
	r.mdFacts(&w, d)
	r.mdMessage(&w, d)
	r.mdHelp(&w, d)
	r.mdRest(&w, d)
	w.line("Page: ", r.m.Root(), r.m.URL(d))
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
	n := 0
	label := func(label string) {
		w.item("-", n)
		w.add(label, ": ")
		n++
	}
	known := func(name string, words map[string]Fact, key string) {
		if key != "" {
			label(name)
			w.add(fact(words, key).Label)
			w.end()
		}
	}
	known("Whose move", attributions, d.Attribution.Value)
	if x := d.Retry; x.Policy.Value != "" {
		label("Retry")
		w.add(fact(policies, x.Policy.Value).Label)
		w.optional(", first wait ", wait(x.After.Value), "")
		if x.MaxAttempts.N > 0 {
			w.add(", at most ", strconv.Itoa(x.MaxAttempts.N), " attempts")
		}
		w.optional(". ", r.md(x.Note), "")
		w.end()
	}
	for i, s := range d.HTTPStatus {
		if i == 0 {
			label("HTTP status")
		} else {
			w.add(", ")
		}
		w.add(httpFact(s.N).Label)
	}
	if len(d.HTTPStatus) > 0 {
		w.end()
	}
	known("Severity", severities, d.Severity.Value)
	known("Side effects", sideEffects, d.SideEffects.Value)
	known("Stops working", blastRadii, d.BlastRadius.Value)
	if since := d.Since.Value; since != "" {
		label("Since")
		w.add(escapeMD(since))
		w.end()
	}
}

func (r *Renderer) mdMessage(w *mdWriter, d *catalog.Definition) {
	w.heading(d.Message.Value != "" || len(d.Variants) > 0, "Message")
	if d.Message.Value != "" {
		w.fence("", d.Message.Value)
	}
	for i, x := range d.Params {
		w.item("-", i)
		w.add(codeSpan("{" + x.Name.Value + "}"))
		w.optional(": ", r.md(x.Meaning), "")
		w.optional(" (for example ", escapeMD(x.Example.Value), ")")
		w.end()
	}
	for i, v := range d.Variants {
		if i == 0 && d.Message.Value != "" {
			w.line("Also printed as:")
		} else if i == 0 {
			w.line("Printed as:")
		}
		w.item("-", i)
		w.add(codeSpan(v.Text.Value))
		w.optional(" in ", escapeMD(v.Field.Value), "")
		w.optional(", subcode ", escapeMD(v.Subcode.Value), "")
		w.end()
	}
}

func (r *Renderer) mdHelp(w *mdWriter, d *catalog.Definition) {
	fixNumber := fixNumbers(d)
	fixes := func(ids []catalog.Text) {
		before := " Fix: "
		for _, id := range ids {
			if i := fixNumber(id.Value); i >= 0 {
				if title := d.Fixes[i].Title.Doc.Plain(); title != "" {
					w.add(before, escapeMD(title))
					before = "; "
				}
			}
		}
		if before == "; " {
			w.add(".")
		}
	}
	w.heading(len(d.Causes) > 0, "Causes")
	for i, c := range d.Causes {
		w.item("1.", i)
		w.add(r.md(c.Text))
		fixes(c.Fixes)
		w.end()
	}
	w.heading(len(d.Fixes) > 0, "Fixes")
	for i, f := range d.Fixes {
		w.line("### ", strconv.Itoa(i+1), ". ", escapeMD(f.Title.Doc.Plain()))
		r.mdList(w, "1.", f.Steps)
		if s := r.md(f.Verify); s != "" {
			w.line("**How to see that it worked:** ", s)
		}
		if s := r.md(f.Caution); s != "" {
			w.line("**Caution:** ", s)
		}
	}
	w.heading(!d.Meaning.Doc.Empty(), "What it means")
	w.block(r.md(d.Meaning))
	w.heading(!d.Where.Doc.Empty() || len(d.Surfaces) > 0, "Where you see it")
	for i, s := range d.Surfaces {
		w.item("-", i)
		w.add(escapeMD(surfaceLabel(s.Kind.Value)))
		w.optional(": ", r.md(s.Where), "")
		if s.Path.Value != "" {
			w.add(" at ", codeSpan(s.Path.Value))
		}
		w.end()
	}
	w.block(r.md(d.Where))
	w.heading(len(d.Subcodes) > 0, "Subcodes")
	for i, s := range d.Subcodes {
		w.item("-", i)
		w.add("**", escapeMD(s.Code.Value), "**")
		w.optional(" ", escapeMD(s.Title.Value), "")
		w.optional(": ", r.md(s.Text), "")
		fixes(s.Fixes)
		w.end()
	}
}

func (r *Renderer) mdRest(w *mdWriter, d *catalog.Definition) {
	w.heading(len(d.Examples) > 0, "Examples")
	for _, e := range d.Examples {
		if e.Title.Value != "" {
			w.line(escapeMD(e.Title.Value), ":")
		}
		w.fence(e.Language.Value, e.Body.Value)
	}
	w.heading(len(d.Prevention) > 0, "Prevention")
	r.mdList(w, "-", d.Prevention)
	w.heading(!d.Reproduce.Doc.Empty(), "Reproduce it")
	w.block(r.md(d.Reproduce))
	w.heading(len(d.FAQ) > 0, "Questions")
	for _, q := range d.FAQ {
		w.line("**", escapeMD(q.Question.Doc.Plain()), "**")
		w.block(r.md(q.Answer))
	}
	for _, s := range d.Sections {
		w.line("## ", escapeMD(s.Title.Value))
		w.block(r.md(s.Text))
	}
	w.heading(!d.Support.Reply.Doc.Empty() || len(d.Support.Collect) > 0, "For support")
	if reply := r.md(d.Support.Reply); reply != "" {
		w.line("> ", strings.ReplaceAll(reply, "\n", "\n> "))
	}
	if len(d.Support.Collect) > 0 {
		w.line("Collect before escalating:")
		r.mdList(w, "-", d.Support.Collect)
	}
	related := r.m.Related(d)
	w.heading(len(related) > 0 || len(d.Equivalents) > 0, "Related errors")
	for i, e := range related {
		w.item("-", i)
		w.add("[", escapeMD(e.To.Code.Value), " ", escapeMD(e.To.Title.Value), "](", r.m.Root(), r.m.URL(e.To), ")")
		w.optional(": ", escapeMD(e.Note), "")
		w.add(" (", relationsInText[e.Relation], ")")
		w.end()
	}
	for i, e := range d.Equivalents {
		w.item("-", len(related)+i)
		w.add(escapeMD(e.Vendor.Value), " ", escapeMD(e.Code.Value))
		w.optional(": ", r.md(e.Note), "")
		w.end()
	}
	w.heading(len(d.Sources) > 0 || len(d.Links) > 0, "Sources")
	for i, s := range d.Sources {
		w.item("-", i)
		w.link(s.Title.Value, s.URL.Value)
		w.optional(", read ", s.Retrieved.Value, "")
		w.end()
	}
	for i, l := range d.Links {
		w.item("-", len(d.Sources)+i)
		w.link(l.Title.Value, l.URL.Value)
		w.end()
	}
	if day := d.Verified.Value; day != "" {
		w.line("Checked against the sources on ", day, ".")
	}
}

func (r *Renderer) mdList(w *mdWriter, mark string, ps []catalog.Prose) {
	for i, p := range ps {
		w.item(mark, i)
		w.add(r.md(p))
		w.end()
	}
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
