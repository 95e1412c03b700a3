package render

import (
	"reflect"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/link"
	"errdex/internal/markdown"
)

// Twin is the published form of a definition: the .json beside its page. It is an RFC 9457 problem type: type is the page's
// canonical URL, and title, status and detail mean what they mean there; everything else is an extension member. Prose is
// Markdown whose links are absolute. A member is left out where the definition says nothing. The form grows, a member that
// has been published never changes its meaning; "version" would change if it had to.
type Twin struct {
	Version    int    `json:"version"` // of this form; 1
	Type       string `json:"type"`
	Title      string `json:"title"`
	Status     int    `json:"status,omitempty"` // the HTTP status, where there is exactly one
	Detail     string `json:"detail"`
	Collection string `json:"collection"`
	Code       string `json:"code"`
	Slug       string `json:"slug"`
	Name       string `json:"name"`
	Group      string `json:"group,omitempty"`
	Lifecycle  string `json:"lifecycle"` // active, deprecated, removed or reserved
	Depth      string `json:"depth"`
	Since      string `json:"since,omitempty"`
	Deprecated string `json:"deprecated_since,omitempty"`
	RemovedIn  string `json:"removed_in,omitempty"`

	ReplacedBy  []TwinRef        `json:"replaced_by,omitempty"`
	Keywords    []string         `json:"keywords,omitempty"`
	FirstAction string           `json:"first_action,omitempty"`
	Message     string           `json:"message,omitempty"`
	Variants    []TwinVariant    `json:"variants,omitempty"`
	Params      []TwinParam      `json:"params,omitempty"`
	HTTPStatus  []int            `json:"http_status,omitempty"`
	Attribution string           `json:"attribution,omitempty"`
	Severity    string           `json:"severity,omitempty"`
	Retry       *TwinRetry       `json:"retry,omitempty"`
	SideEffects string           `json:"side_effects,omitempty"`
	BlastRadius string           `json:"blast_radius,omitempty"`
	Surfaces    []TwinSurface    `json:"surfaces,omitempty"`
	Subcodes    []TwinSubcode    `json:"subcodes,omitempty"`
	Meaning     string           `json:"meaning,omitempty"`
	Where       string           `json:"where,omitempty"`
	Causes      []TwinCause      `json:"causes,omitempty"`
	Fixes       []TwinFix        `json:"fixes,omitempty"`
	Prevention  []string         `json:"prevention,omitempty"`
	Reproduce   string           `json:"reproduce,omitempty"`
	Examples    []TwinExample    `json:"examples,omitempty"`
	FAQ         []TwinQuestion   `json:"faq,omitempty"`
	Sections    []TwinSection    `json:"sections,omitempty"`
	Support     *TwinSupport     `json:"support,omitempty"`
	Related     []TwinRef        `json:"related,omitempty"`
	Equivalents []TwinEquivalent `json:"equivalents,omitempty"`
	Links       []TwinLink       `json:"links,omitempty"`
	Sources     []TwinSource     `json:"sources,omitempty"`
	Verified    string           `json:"verified,omitempty"`
}

// The parts of a Twin.
type (
	// TwinRef is another definition.
	TwinRef struct {
		Collection string `json:"collection"`
		Code       string `json:"code"`
		Slug       string `json:"slug"`
		Title      string `json:"title"`
		Relation   string `json:"relation,omitempty"`
		Note       string `json:"note,omitempty"`
		URL        string `json:"url"`
	}
	// TwinVariant is another text of the API.
	TwinVariant struct {
		Text    string `json:"text"`
		Field   string `json:"field,omitempty"`
		Subcode string `json:"subcode,omitempty"`
	}
	// TwinParam explains a hole.
	TwinParam struct {
		Name    string `json:"name"`
		Meaning string `json:"meaning,omitempty"`
		Example string `json:"example,omitempty"`
	}
	// TwinRetry is the retry contract. After is a number and a unit: 4s, 10m, 2h, 1d.
	TwinRetry struct {
		Policy      string `json:"policy,omitempty"`
		After       string `json:"after,omitempty"`
		MaxAttempts int    `json:"max_attempts,omitempty"`
		Note        string `json:"note,omitempty"`
	}
	// TwinSurface is a place where the error is seen.
	TwinSurface struct {
		Kind  string `json:"kind"`
		Where string `json:"where,omitempty"`
		Path  string `json:"path,omitempty"`
	}
	// TwinSubcode is a finer code.
	TwinSubcode struct {
		Code  string   `json:"code"`
		Title string   `json:"title,omitempty"`
		Text  string   `json:"text,omitempty"`
		Fixes []string `json:"fixes,omitempty"`
		URL   string   `json:"url"`
	}
	// TwinCause is a condition that raises the error.
	TwinCause struct {
		ID         string   `json:"id,omitempty"`
		Text       string   `json:"text"`
		Likelihood string   `json:"likelihood,omitempty"`
		Fixes      []string `json:"fixes,omitempty"`
	}
	// TwinFix is a way out.
	TwinFix struct {
		ID      string   `json:"id,omitempty"`
		Title   string   `json:"title"`
		Steps   []string `json:"steps,omitempty"`
		Verify  string   `json:"verify,omitempty"`
		Caution string   `json:"caution,omitempty"`
	}
	// TwinExample is a sample.
	TwinExample struct {
		Title    string `json:"title,omitempty"`
		Kind     string `json:"kind,omitempty"`
		Language string `json:"language,omitempty"`
		Body     string `json:"body"`
	}
	// TwinQuestion is one entry of the FAQ.
	TwinQuestion struct {
		ID       string `json:"id,omitempty"`
		Question string `json:"question"`
		Answer   string `json:"answer"`
	}
	// TwinSection is an extra section.
	TwinSection struct {
		Title string `json:"title"`
		Text  string `json:"text"`
	}
	// TwinSupport is what a support engineer needs.
	TwinSupport struct {
		Reply   string   `json:"reply,omitempty"`
		Collect []string `json:"collect,omitempty"`
	}
	// TwinEquivalent is the same fault at another vendor.
	TwinEquivalent struct {
		Vendor string `json:"vendor"`
		Code   string `json:"code"`
		URL    string `json:"url,omitempty"`
		Note   string `json:"note,omitempty"`
	}
	// TwinLink is further reading.
	TwinLink struct {
		Title string `json:"title"`
		URL   string `json:"url"`
	}
	// TwinSource is what a fact rests on.
	TwinSource struct {
		Title     string `json:"title"`
		URL       string `json:"url,omitempty"`
		Retrieved string `json:"retrieved,omitempty"`
	}
)

// JSON renders a definition's .json twin.
func (r *Renderer) JSON(d *catalog.Definition) ([]byte, error) {
	desk := r.desk()
	defer r.clear(desk)
	return r.fit(twinCoder.appendIndented(r.buffer(d.Size+d.Size/2), view{r, desk}.twin(d))), nil
}

var twinCoder = newCoder(reflect.TypeFor[*Twin]())

// twin fills the published form of a definition. It is good until the desk is cleared.
func (r view) twin(d *catalog.Definition) *Twin {
	url := r.m.Absolute(r.m.URL(d))
	t := &r.desk.json
	*t = Twin{
		Version: 1, Type: url, Title: d.Title.Value, Detail: d.Summary.Doc.Plain(), Collection: d.Collection.ID, Code: d.Code.Value, Slug: d.Slug,
		Name: d.Name(), Group: d.Group.Value, Lifecycle: d.StatusOr(), Depth: "full", Since: d.Since.Value, Deprecated: d.DeprecatedSince.Value,
		RemovedIn: d.RemovedIn.Value, Keywords: r.values(d.Keywords), FirstAction: r.md(d.FirstAction), Message: d.Message.Value,
		Attribution: d.Attribution.Value, Severity: d.Severity.Value, SideEffects: d.SideEffects.Value, BlastRadius: d.BlastRadius.Value,
		Meaning: r.md(d.Meaning), Where: r.md(d.Where), Prevention: r.mds(d.Prevention), Reproduce: r.md(d.Reproduce), Verified: d.Verified.Value,
	}
	if d.Stub() {
		t.Depth = "stub"
	}
	t.HTTPStatus = r.numbers.list(len(d.HTTPStatus))
	for _, s := range d.HTTPStatus {
		t.HTTPStatus = append(t.HTTPStatus, s.N)
	}
	if len(t.HTTPStatus) == 1 {
		t.Status = t.HTTPStatus[0]
	}
	if x := d.Retry; x.Policy.Value != "" || x.After.Value != "" || x.MaxAttempts.N > 0 || !x.Note.Doc.Empty() {
		t.Retry = &TwinRetry{x.Policy.Value, x.After.Value, x.MaxAttempts.N, r.md(x.Note)}
	}
	if !d.Support.Reply.Doc.Empty() || len(d.Support.Collect) > 0 {
		t.Support = &TwinSupport{r.md(d.Support.Reply), r.mds(d.Support.Collect)}
	}
	t.ReplacedBy, t.Related = r.twinRefs.list(len(r.m.ReplacedBy(d))), r.twinRefs.list(len(r.m.Related(d)))
	for _, to := range r.m.ReplacedBy(d) {
		t.ReplacedBy = append(t.ReplacedBy, r.twinRef(to, "", ""))
	}
	for _, e := range r.m.Related(d) {
		t.Related = append(t.Related, r.twinRef(e.To, e.Relation, e.Note))
	}
	r.twinLists(t, d, url)
	return t
}

func (r view) twinRef(d *catalog.Definition, relation, note string) TwinRef {
	return TwinRef{d.Collection.ID, d.Code.Value, d.Slug, d.Title.Value, relation, note, r.m.Absolute(r.m.URL(d))}
}

func (r view) twinLists(t *Twin, d *catalog.Definition, url string) {
	t.Variants = r.twinVariants.list(len(d.Variants))
	for _, v := range d.Variants {
		t.Variants = append(t.Variants, TwinVariant{v.Text.Value, v.Field.Value, v.Subcode.Value})
	}
	t.Params = r.twinParams.list(len(d.Params))
	for _, x := range d.Params {
		t.Params = append(t.Params, TwinParam{x.Name.Value, r.md(x.Meaning), x.Example.Value})
	}
	t.Surfaces = r.twinSurfaces.list(len(d.Surfaces))
	for _, s := range d.Surfaces {
		t.Surfaces = append(t.Surfaces, TwinSurface{s.Kind.Value, r.md(s.Where), s.Path.Value})
	}
	t.Subcodes = r.twinSubcodes.list(len(d.Subcodes))
	for _, s := range d.Subcodes {
		t.Subcodes = append(t.Subcodes, TwinSubcode{s.Code.Value, s.Title.Value, r.md(s.Text), r.values(s.Fixes), url + "#subcode-" + s.Code.Value})
	}
	t.Causes = r.twinCauses.list(len(d.Causes))
	for _, c := range d.Causes {
		t.Causes = append(t.Causes, TwinCause{c.ID.Value, r.md(c.Text), c.Likelihood.Value, r.values(c.Fixes)})
	}
	t.Fixes = r.twinFixs.list(len(d.Fixes))
	for _, f := range d.Fixes {
		t.Fixes = append(t.Fixes, TwinFix{f.ID.Value, r.md(f.Title), r.mds(f.Steps), r.md(f.Verify), r.md(f.Caution)})
	}
	t.Examples = r.twinExamples.list(len(d.Examples))
	for _, e := range d.Examples {
		t.Examples = append(t.Examples, TwinExample{e.Title.Value, e.Kind.Value, e.Language.Value, e.Body.Value})
	}
	t.FAQ = r.twinQuestions.list(len(d.FAQ))
	for _, q := range d.FAQ {
		t.FAQ = append(t.FAQ, TwinQuestion{q.ID.Value, r.md(q.Question), r.md(q.Answer)})
	}
	t.Sections = r.twinSections.list(len(d.Sections))
	for _, s := range d.Sections {
		t.Sections = append(t.Sections, TwinSection{s.Title.Value, r.md(s.Text)})
	}
	t.Equivalents = r.twinEquivalents.list(len(d.Equivalents))
	for _, e := range d.Equivalents {
		t.Equivalents = append(t.Equivalents, TwinEquivalent{e.Vendor.Value, e.Code.Value, e.URL.Value, r.md(e.Note)})
	}
	t.Links = r.twinLinks.list(len(d.Links))
	for _, l := range d.Links {
		t.Links = append(t.Links, TwinLink{l.Title.Value, l.URL.Value})
	}
	t.Sources = r.twinSources.list(len(d.Sources))
	for _, s := range d.Sources {
		t.Sources = append(t.Sources, TwinSource{s.Title.Value, s.URL.Value, s.Retrieved.Value})
	}
}

func (r view) values(texts []catalog.Text) []string {
	out := r.texts.list(len(texts))
	for _, t := range texts {
		out = append(out, t.Value)
	}
	return out
}

// md returns a field's Markdown with absolute links.
func (r *Renderer) md(p catalog.Prose) string {
	if p.Doc.Empty() || len(p.Doc.Links) == 0 {
		return strings.TrimRight(p.Value, " \n")
	}
	return p.Doc.Resolved(r.absolute(p.Doc))
}

func (r view) mds(ps []catalog.Prose) []string {
	out := r.texts.list(len(ps))
	for _, p := range ps {
		out = append(out, r.md(p))
	}
	return out
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

// catalogue is a collection's .json.
type (
	catalogueFile struct {
		Version    int              `json:"version"`
		Collection string           `json:"collection"`
		Title      string           `json:"title"`
		URL        string           `json:"url"`
		Full       int              `json:"full"`
		Stubs      int              `json:"stubs"`
		Errors     []catalogueEntry `json:"errors"`
	}
	catalogueEntry struct {
		Code        string   `json:"code"`
		Slug        string   `json:"slug"`
		Title       string   `json:"title"`
		Detail      string   `json:"detail"`
		Group       string   `json:"group,omitempty"`
		Lifecycle   string   `json:"lifecycle"`
		Depth       string   `json:"depth"`
		HTTPStatus  []int    `json:"http_status,omitempty"`
		Attribution string   `json:"attribution,omitempty"`
		Severity    string   `json:"severity,omitempty"`
		Retry       string   `json:"retry,omitempty"`
		Subcodes    []string `json:"subcodes,omitempty"`
		URL         string   `json:"url"`
		JSON        string   `json:"json"`
	}
)

var catalogueCoder = newCoder(reflect.TypeFor[*catalogueFile]())

// Catalogue renders a collection's .json: every definition in short, for programs and for 404.html.
func (r *Renderer) Catalogue(c *catalog.Collection) ([]byte, error) {
	out := &catalogueFile{Version: 1, Collection: c.ID, Title: c.Title.Value, URL: r.m.Absolute(c.Index.Value)}
	out.Full, out.Stubs = coverage(c)
	out.Errors = make([]catalogueEntry, 0, len(c.Definitions))
	for _, d := range inOrder(c) {
		e := catalogueEntry{
			Code: d.Code.Value, Slug: d.Slug, Title: d.Title.Value, Detail: d.Summary.Doc.Plain(), Group: d.Group.Value, Lifecycle: d.StatusOr(),
			Depth: "full", Attribution: d.Attribution.Value, Severity: d.Severity.Value, Retry: d.Retry.Policy.Value,
			URL: r.m.Absolute(r.m.URL(d)), JSON: r.m.Absolute(r.m.URL(d)) + ".json",
		}
		if d.Stub() {
			e.Depth = "stub"
		}
		for _, s := range d.HTTPStatus {
			e.HTTPStatus = append(e.HTTPStatus, s.N)
		}
		for _, s := range d.Subcodes {
			e.Subcodes = append(e.Subcodes, s.Code.Value)
		}
		out.Errors = append(out.Errors, e)
	}
	return catalogueCoder.appendIndented(make([]byte, 0, 700*(1+len(out.Errors))), out), nil
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
