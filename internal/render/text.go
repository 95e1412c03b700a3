package render

import (
	"bytes"
	"strconv"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/link"
)

// Markdown renders a definition's .md twin: the whole page as a text that stands on its own, with absolute links.
func (r *Renderer) Markdown(d *catalog.Definition) []byte {
	w := mdWriter{b: r.buffer(d.Size)}
	w.line("# ", d.Name(), ": ", d.Title.Value)
	switch {
	case d.Removed():
		w.line("> **Removed.** The API no longer raises this code", after(" (", d.RemovedIn.Value, ")"), "; this page stays for old logs.", r.instead(d))
	case d.Status.Value == "deprecated":
		w.line("> **Deprecated**", after(" since ", d.DeprecatedSince.Value, ""), ".", r.instead(d))
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
	return r.fit(w.b)
}

// mdWriter separates blocks by one empty line. It writes into one slice: the twins are a fifth of all that a build makes.
type mdWriter struct {
	b             []byte
	start, indent int // of the item that is being written: where its text begins, and how far its lines are indented
}

func (w *mdWriter) block(s string) {
	if s = strings.Trim(s, "\n"); s == "" {
		return
	}
	w.gap()
	w.b = append(append(w.b, s...), '\n')
}

// gap ends the block before.
func (w *mdWriter) gap() {
	if len(w.b) > 0 {
		w.b = append(w.b, '\n')
	}
}

// line writes a block of parts, without line breaks at its ends.
func (w *mdWriter) line(parts ...string) {
	before := len(w.b)
	w.gap()
	start := len(w.b)
	for _, p := range parts {
		if len(w.b) == start {
			p = strings.TrimLeft(p, "\n")
		}
		w.b = append(w.b, p...)
	}
	for len(w.b) > start && w.b[len(w.b)-1] == '\n' {
		w.b = w.b[:len(w.b)-1]
	}
	if len(w.b) == start {
		w.b = w.b[:before]
		return
	}
	w.b = append(w.b, '\n')
}

func (w *mdWriter) heading(there bool, title string) {
	if there {
		w.line("## ", title)
	}
}

// list writes items as a list.
func (w *mdWriter) list(mark string, items []string) {
	for i, item := range items {
		w.item(mark, i)
		w.add(item)
		w.end()
	}
}

// item begins item i of a list, counted from 0, whose mark is "-" or "1."; what is added belongs to it until its end.
func (w *mdWriter) item(mark string, i int) {
	if i == 0 {
		w.gap()
	}
	start := len(w.b)
	if mark == "1." {
		w.b = append(strconv.AppendInt(w.b, int64(i+1), 10), '.')
	} else {
		w.b = append(w.b, mark...)
	}
	w.b = append(w.b, ' ')
	w.start, w.indent = len(w.b), len(w.b)-start
}

func (w *mdWriter) add(parts ...string) {
	for _, p := range parts {
		w.b = append(w.b, p...)
	}
}

// optional adds s with what belongs before and behind it, or nothing where s is empty.
func (w *mdWriter) optional(before, s, behind string) {
	if s != "" {
		w.b = append(append(append(w.b, before...), s...), behind...)
	}
}

// end ends an item: without line breaks at its ends, and with its further lines indented under it.
func (w *mdWriter) end() {
	item := w.b[w.start:]
	if bytes.IndexByte(item, '\n') >= 0 {
		text := string(bytes.Trim(item, "\n"))
		w.b = w.b[:w.start]
		for n := 0; ; n++ {
			line, rest, more := strings.Cut(text, "\n")
			if n > 0 {
				w.b = append(w.b, "\n               "[:1+w.indent]...)
			}
			w.b = append(w.b, line...)
			if text = rest; !more {
				break
			}
		}
	}
	w.b = append(w.b, '\n')
}

// fence writes code in a fence longer than any run of backticks inside it.
func (w *mdWriter) fence(lang, text string) {
	ticks := "```"
	for strings.Contains(text, ticks) {
		ticks += "`"
	}
	w.line(ticks, lang, "\n", strings.Trim(text, "\n"), "\n", ticks)
}

func after(before, s, behind string) string {
	if s == "" {
		return ""
	}
	return before + s + behind
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

// escapeMD makes a plain text safe as the text of a Markdown link.
func escapeMD(s string) string { return mdEscapes.Replace(s) }

var mdEscapes = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, "`", "\\`", `*`, `\*`, `_`, `\_`, `<`, `\<`, "\n", " ")

// code writes a text as a code span, whatever backticks it has.
func codeSpan(s string) string {
	ticks := "`"
	for strings.Contains(s, ticks) {
		ticks += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + strings.ReplaceAll(s, "\n", " ") + ticks
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
		w.add(since)
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
		w.optional(" (for example ", x.Example.Value, ")")
		w.end()
	}
	for i, v := range d.Variants {
		if i == 0 {
			w.line("Also printed as:")
		}
		w.item("-", i)
		w.add(codeSpan(v.Text.Value))
		w.optional(" in ", v.Field.Value, "")
		w.optional(", subcode ", v.Subcode.Value, "")
		w.end()
	}
}

func (r *Renderer) mdHelp(w *mdWriter, d *catalog.Definition) {
	fixes := func(ids []catalog.Text) {
		before := " Fix: "
		for _, id := range ids {
			if i := fixNumber(d, id.Value); i >= 0 {
				if title := d.Fixes[i].Title.Doc.Plain(); title != "" {
					w.add(before, title)
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
		w.line("### ", strconv.Itoa(i+1), ". ", f.Title.Doc.Plain())
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
		w.add(surfaceLabel(s.Kind.Value))
		w.optional(": ", r.md(s.Where), "")
		w.optional(" at `", s.Path.Value, "`")
		w.end()
	}
	w.block(r.md(d.Where))
	w.heading(len(d.Subcodes) > 0, "Subcodes")
	for i, s := range d.Subcodes {
		w.item("-", i)
		w.add("**", escapeMD(s.Code.Value), "**")
		w.optional(" ", s.Title.Value, "")
		w.optional(": ", r.md(s.Text), "")
		fixes(s.Fixes)
		w.end()
	}
}

func (r *Renderer) mdRest(w *mdWriter, d *catalog.Definition) {
	w.heading(len(d.Examples) > 0, "Examples")
	for _, e := range d.Examples {
		if e.Title.Value != "" {
			w.line(e.Title.Value, ":")
		}
		w.fence(e.Language.Value, e.Body.Value)
	}
	w.heading(len(d.Prevention) > 0, "Prevention")
	r.mdList(w, "-", d.Prevention)
	w.heading(!d.Reproduce.Doc.Empty(), "Reproduce it")
	w.block(r.md(d.Reproduce))
	w.heading(len(d.FAQ) > 0, "Questions")
	for _, q := range d.FAQ {
		w.line("**", q.Question.Doc.Plain(), "**")
		w.block(r.md(q.Answer))
	}
	for _, s := range d.Sections {
		w.line("## ", s.Title.Value)
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
		w.optional(": ", e.Note, "")
		w.add(" (", relationsInText[e.Relation], ")")
		w.end()
	}
	for i, e := range d.Equivalents {
		w.item("-", len(related)+i)
		w.add(e.Vendor.Value, " ", e.Code.Value)
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

// link adds a link to somewhere else, or the title alone.
func (w *mdWriter) link(title, url string) {
	if url == "" {
		w.add(escapeMD(title))
		return
	}
	w.add("[", escapeMD(title), "](<", mdURLEscapes.Replace(url), ">)")
}

var mdURLEscapes = strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "")

// GuideMarkdown renders a guide's .md twin.
func (r *Renderer) GuideMarkdown(g *catalog.Guide) []byte {
	w := mdWriter{}
	w.line("# ", g.Title.Value)
	w.block(g.Description.Value)
	w.block(g.Body.Doc.Resolved(r.absolute(g.Body.Doc)))
	w.block("Page: " + r.m.Absolute(r.m.GuideURL(g)))
	return w.b
}

// LLMs renders llms.txt: what the site is and where everything stands, for programs that read text.
func (r *Renderer) LLMs() []byte {
	w := mdWriter{}
	s := r.m.Site
	w.line("# ", s.Title.Value)
	w.block("> " + r.HomeView().Description)
	w.block("Every error page has a Markdown twin (.md) and a JSON twin (.json) at the same address.")
	for _, c := range s.Collections {
		w.block("## " + c.Title.Value)
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
	return w.b
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
