package render

import (
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/link"
	"errdex/internal/markdown"
)

// JSON renders a definition's .json twin, its published form. It is an RFC 9457 problem type: type is the page's canonical URL, and title, status and detail
// mean what they mean there; everything else is an extension member. Prose is Markdown whose links are absolute. A member is left out where the definition says
// nothing. The form grows, a member that has been published never changes its meaning; "version" would change if it had to. Its form is written down as
// a type in site/forms_test.go.
func (r *Renderer) JSON(d *catalog.Definition) ([]byte, error) {
	w := jsonFile{sheet: sheet{r.buffer(d.Size + d.Size/2)}}
	w.begin("", '{')
	r.jsonIdentity(&w, d)
	r.jsonRecognition(&w, d)
	r.jsonHelp(&w, d)
	r.jsonReferences(&w, d)
	w.some("verified", d.Verified.Value)
	w.end('}')
	return r.fit(append(w.b, '\n')), nil
}

func (r *Renderer) jsonIdentity(w *jsonFile, d *catalog.Definition) {
	w.number("version", 1) // of this form
	w.texts("type", r.m.Root(), r.m.URL(d))
	w.text("title", d.Title.Value)
	if len(d.HTTPStatus) == 1 { // the HTTP status, where there is exactly one
		w.someNumber("status", d.HTTPStatus[0].N)
	}
	w.text("detail", d.Summary.Doc.Plain())
	w.text("collection", d.Collection.ID)
	w.text("code", d.Code.Value)
	w.text("slug", d.Slug)
	name := d.NameParts()
	w.texts("name", name[:]...)
	w.some("group", d.Group.Value)
	w.text("lifecycle", d.StatusOr()) // active, deprecated, removed or reserved
	w.text("depth", depth(d))
	w.some("since", d.Since.Value)
	w.some("deprecated_since", d.DeprecatedSince.Value)
	w.some("removed_in", d.RemovedIn.Value)
	list(w, "replaced_by", r.m.ReplacedBy(d), func(to **catalog.Definition) { r.jsonRef(w, *to, "", "") })
	w.values("keywords", d.Keywords)
}

func depth(d *catalog.Definition) string {
	if d.Stub() {
		return "stub"
	}
	return "full"
}

// jsonRef writes another definition.
func (r *Renderer) jsonRef(w *jsonFile, d *catalog.Definition, relation, note string) {
	w.begin("", '{')
	w.text("collection", d.Collection.ID)
	w.text("code", d.Code.Value)
	w.text("slug", d.Slug)
	w.text("title", d.Title.Value)
	w.some("relation", relation)
	w.some("note", note)
	w.texts("url", r.m.Root(), r.m.URL(d))
	w.end('}')
}

func (r *Renderer) jsonRecognition(w *jsonFile, d *catalog.Definition) {
	w.some("first_action", r.md(d.FirstAction))
	w.some("message", d.Message.Value)
	list(w, "variants", d.Variants, func(v *catalog.Variant) { // other texts of the API
		w.begin("", '{')
		w.text("text", v.Text.Value)
		w.some("field", v.Field.Value)
		w.some("subcode", v.Subcode.Value)
		w.end('}')
	})
	list(w, "params", d.Params, func(x *catalog.Param) { // the holes of the message
		w.begin("", '{')
		w.text("name", x.Name.Value)
		w.some("meaning", r.md(x.Meaning))
		w.some("example", x.Example.Value)
		w.end('}')
	})
	list(w, "http_status", d.HTTPStatus, func(s *catalog.Number) { w.number("", s.N) })
	w.some("attribution", d.Attribution.Value)
	w.some("severity", d.Severity.Value)
	if x := d.Retry; x.Policy.Value != "" || x.After.Value != "" || x.MaxAttempts.N > 0 || !x.Note.Doc.Empty() {
		w.begin("retry", '{')
		w.some("policy", x.Policy.Value)
		w.some("after", x.After.Value) // a number and a unit: 4s, 10m, 2h, 1d
		w.someNumber("max_attempts", x.MaxAttempts.N)
		w.some("note", r.md(x.Note))
		w.end('}')
	}
	w.some("side_effects", d.SideEffects.Value)
	w.some("blast_radius", d.BlastRadius.Value)
	list(w, "surfaces", d.Surfaces, func(s *catalog.Surface) { // where the error is seen
		w.begin("", '{')
		w.text("kind", s.Kind.Value)
		w.some("where", r.md(s.Where))
		w.some("path", s.Path.Value)
		w.end('}')
	})
	list(w, "subcodes", d.Subcodes, func(s *catalog.Subcode) {
		w.begin("", '{')
		w.text("code", s.Code.Value)
		w.some("title", s.Title.Value)
		w.some("text", r.md(s.Text))
		w.values("fixes", s.Fixes)
		w.texts("url", r.m.Root(), r.m.URL(d), "#subcode-", s.Code.Value)
		w.end('}')
	})
}

func (r *Renderer) jsonHelp(w *jsonFile, d *catalog.Definition) {
	w.some("meaning", r.md(d.Meaning))
	w.some("where", r.md(d.Where))
	list(w, "causes", d.Causes, func(c *catalog.Cause) {
		w.begin("", '{')
		w.some("id", c.ID.Value)
		w.text("text", r.md(c.Text))
		w.some("likelihood", c.Likelihood.Value)
		w.values("fixes", c.Fixes)
		w.end('}')
	})
	list(w, "fixes", d.Fixes, func(f *catalog.Fix) {
		w.begin("", '{')
		w.some("id", f.ID.Value)
		w.text("title", r.md(f.Title))
		r.jsonProse(w, "steps", f.Steps)
		w.some("verify", r.md(f.Verify))
		w.some("caution", r.md(f.Caution))
		w.end('}')
	})
	r.jsonProse(w, "prevention", d.Prevention)
	w.some("reproduce", r.md(d.Reproduce))
	list(w, "examples", d.Examples, func(e *catalog.Example) {
		w.begin("", '{')
		w.some("title", e.Title.Value)
		w.some("kind", e.Kind.Value)
		w.some("language", e.Language.Value)
		w.text("body", e.Body.Value)
		w.end('}')
	})
	list(w, "faq", d.FAQ, func(q *catalog.Question) {
		w.begin("", '{')
		w.some("id", q.ID.Value)
		w.text("question", r.md(q.Question))
		w.text("answer", r.md(q.Answer))
		w.end('}')
	})
	list(w, "sections", d.Sections, func(s *catalog.Section) {
		w.begin("", '{')
		w.text("title", s.Title.Value)
		w.text("text", r.md(s.Text))
		w.end('}')
	})
	if !d.Support.Reply.Doc.Empty() || len(d.Support.Collect) > 0 {
		w.begin("support", '{')
		w.some("reply", r.md(d.Support.Reply))
		r.jsonProse(w, "collect", d.Support.Collect)
		w.end('}')
	}
}

func (r *Renderer) jsonProse(w *jsonFile, name string, ps []catalog.Prose) {
	list(w, name, ps, func(p *catalog.Prose) { w.text("", r.md(*p)) })
}

func (r *Renderer) jsonReferences(w *jsonFile, d *catalog.Definition) {
	list(w, "related", r.m.Related(d), func(e *link.Edge) { r.jsonRef(w, e.To, e.Relation, e.Note) })
	list(w, "equivalents", d.Equivalents, func(e *catalog.Equivalent) { // the same fault at another vendor
		w.begin("", '{')
		w.text("vendor", e.Vendor.Value)
		w.text("code", e.Code.Value)
		w.some("url", e.URL.Value)
		w.some("note", r.md(e.Note))
		w.end('}')
	})
	list(w, "links", d.Links, func(l *catalog.WebLink) {
		w.begin("", '{')
		w.text("title", l.Title.Value)
		w.text("url", l.URL.Value)
		w.end('}')
	})
	list(w, "sources", d.Sources, func(s *catalog.Source) { // what a fact rests on
		w.begin("", '{')
		w.text("title", s.Title.Value)
		w.some("url", s.URL.Value)
		w.some("retrieved", s.Retrieved.Value)
		w.end('}')
	})
}

// md returns a field's Markdown with absolute links.
func (r *Renderer) md(p catalog.Prose) string {
	if p.Doc.Empty() || len(p.Doc.Links) == 0 {
		if s := p.Value; s == "" || s[len(s)-1] > ' ' {
			return s
		}
		return strings.TrimRight(p.Value, " \n")
	}
	return p.Doc.Resolved(r.absolute(p.Doc))
}

func (r *Renderer) absolute(doc *markdown.Doc) markdown.Href {
	href := r.m.Href(doc)
	return func(i int) string {
		to := href(i)
		if strings.HasPrefix(to, "/") {
			return r.m.Absolute(to)
		}
		return to
	}
}

// Catalogue renders a collection's .json: every definition in short, for programs and for 404.html.
func (r *Renderer) Catalogue(c *catalog.Collection) ([]byte, error) {
	definitions := inOrder(c)
	full, stubs := coverage(c)
	w := jsonFile{sheet: sheet{make([]byte, 0, 700*(1+len(definitions)))}}
	w.begin("", '{')
	w.number("version", 1)
	w.text("collection", c.ID)
	w.text("title", c.Title.Value)
	w.texts("url", r.m.Root(), c.Index.Value)
	w.number("full", full)
	w.number("stubs", stubs)
	w.begin("errors", '[')
	for _, d := range definitions {
		w.begin("", '{')
		w.text("code", d.Code.Value)
		w.text("slug", d.Slug)
		w.text("title", d.Title.Value)
		w.text("detail", d.Summary.Doc.Plain())
		w.some("group", d.Group.Value)
		w.text("lifecycle", d.StatusOr())
		w.text("depth", depth(d))
		list(&w, "http_status", d.HTTPStatus, func(s *catalog.Number) { w.number("", s.N) })
		w.some("attribution", d.Attribution.Value)
		w.some("severity", d.Severity.Value)
		w.some("retry", d.Retry.Policy.Value)
		list(&w, "subcodes", d.Subcodes, func(s *catalog.Subcode) { w.text("", s.Code.Value) })
		w.texts("url", r.m.Root(), r.m.URL(d))
		w.texts("json", r.m.Root(), r.m.URL(d), ".json")
		w.end('}')
	}
	w.end(']')
	w.end('}')
	return append(w.b, '\n'), nil
}

// inOrder returns a collection's definitions in the order of its index, tombstones last.
func inOrder(c *catalog.Collection) []*catalog.Definition {
	var out []*catalog.Definition
	for _, g := range link.Index(c) {
		out = append(out, g.Definitions...)
	}
	for _, d := range c.Definitions {
		if d.Removed() {
			out = append(out, d)
		}
	}
	return out
}
