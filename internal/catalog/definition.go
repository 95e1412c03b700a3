package catalog

import (
	"strings"

	"errdex/internal/diag"
)

// Definition is one error. Its fields are the keys of an author's file; DESIGN section 1 is their contract.
type Definition struct {
	Collection *Collection // what collection.yaml says; its Definitions are empty here, Site.Collections has them
	Slug       string      // the file's name without .yaml
	File       string      // relative to the source folder, with slashes
	Faulty     bool        // the file has errors: what seems to be missing may only not have been read
	Unread     bool        // nothing of the file is known but its name
	Lost       string      // the part of the file that could not be read, as it is written; nothing else of it is known
	Size       int         // bytes of the file

	Code, Title, Group       Text
	Status, Depth            Text
	Since, DeprecatedSince   Text
	RemovedIn                Text
	ReplacedBy               []Text
	Keywords, Aliases        []Text
	Summary, FirstAction     Prose
	Message                  Text
	Variants                 []Variant
	Params                   []Param
	HTTPStatus               []Number
	Attribution, Severity    Text
	Retry                    Retry
	SideEffects, BlastRadius Text
	Surfaces                 []Surface
	Subcodes                 []Subcode
	Meaning, Where           Prose
	Causes                   []Cause
	Fixes                    []Fix
	Prevention               []Prose
	Reproduce                Prose
	Examples                 []Example
	FAQ                      []Question
	Support                  Support
	Related                  []Related
	Equivalents              []Equivalent
	Sections                 []Section
	Links                    []WebLink
	Sources                  []Source
	Verified                 Text
	Allow                    []Allow
	AnchorAliases            []AnchorAlias
}

// The values of a definition's enumerated keys, in the order a reader is shown them.
var (
	Statuses     = []string{"active", "deprecated", "removed", "reserved"}
	Depths       = []string{"stub", "full"}
	Attributions = []string{"caller", "account_admin", "end_user", "provider", "network"}
	Severities   = []string{"info", "warning", "error", "critical"}
	Policies     = []string{"never", "immediately", "backoff", "after_change", "unknown"}
	SideEffects  = []string{"none", "possible", "unknown"}
	BlastRadii   = []string{"request", "recipient", "number", "account", "app"}
	Relations    = []string{"see_also", "confused_with", "caused_by", "leads_to", "supersedes"}
	Likelihoods  = []string{"common", "occasional", "rare"}
	ExampleKinds = []string{"payload", "request", "code"}

	// Hosts are those that site.yaml can name.
	Hosts = []string{"caddy", "cloudflare", "gcs", "github_pages", "netlify", "nginx", "s3", "vercel"}
)

// Number is a whole number and where it stands.
type Number struct {
	Text
	N int
}

// Variant is another text the API prints for the same error.
type Variant struct{ Text, Field, Subcode Text }

// Param says what a hole of a message stands for.
type Param struct {
	Name    Text
	Meaning Prose
	Example Text
}

// Retry says whether and when to try again.
type Retry struct {
	Policy, After Text
	MaxAttempts   Number
	Note          Prose
}

// Surface is a place where the error is seen.
type Surface struct {
	Kind  Text
	Where Prose
	Path  Text
}

// Subcode is a finer code with an anchor of its own, #subcode-<code>.
type Subcode struct {
	Code, Title Text
	Text        Prose
	Fixes       []Text
}

// Cause is a condition that a person can observe, tied to the fixes that end it. ID may be empty.
type Cause struct {
	ID         Text
	Text       Prose
	Likelihood Text
	Fixes      []Text
}

// Fix is something a person can do; its anchor is #fix-<id>. A fix written as a plain string has a title only.
type Fix struct {
	ID              Text
	Title           Prose
	Steps           []Prose
	Verify, Caution Prose
}

// Example is a payload, a request or a piece of code.
type Example struct {
	Title                Text
	Kind, Language, Body Text
}

// Question is one entry of the FAQ; its anchor is #faq-<id>. ID may be empty.
type Question struct {
	ID               Text
	Question, Answer Prose
}

// Support holds what a support engineer needs beyond the page.
type Support struct {
	Reply   Prose
	Collect []Prose
}

// Related is a reference to another definition, with the kind of the relation and its reason.
type Related struct{ Ref, Relation, Note Text }

// Equivalent is the same fault as another vendor numbers it.
type Equivalent struct {
	Vendor, Code, URL Text
	Note              Prose
}

// Section is a further section of the page.
type Section struct {
	Title Text
	Text  Prose
}

// WebLink is a link to somewhere else.
type WebLink struct{ Title, URL Text }

// Source is what a fact rests on, with the date it was read.
type Source struct{ Title, URL, Retrieved Text }

// Allow silences one rule for one definition.
type Allow struct{ Rule, Reason Text }

// AnchorAlias keeps an anchor of the page alive under which something was once found: #From leads to #To.
type AnchorAlias struct{ From, To Text }

// Ref returns collection/slug, the name by which everything else calls a definition.
func (d *Definition) Ref() string { return d.Collection.ID + "/" + d.Slug }

// At returns the place of a text of this definition.
func (d *Definition) At(t Text) diag.Span { return t.Span(d.File) }

// StatusOr returns the status, "active" where none is written.
func (d *Definition) StatusOr() string {
	if d.Status.Value == "" {
		return "active"
	}
	return d.Status.Value
}

// Removed reports whether the code has been withdrawn; its page is a tombstone.
func (d *Definition) Removed() bool { return d.Status.Value == "removed" }

// Stub reports whether the definition says of itself that it is only a stub.
func (d *Definition) Stub() bool { return d.Depth.Value == "stub" }

// Name is how prose speaks of the error: "WhatsApp error 190".
func (d *Definition) Name() string {
	p := d.NameParts()
	return p[0] + p[1] + p[2]
}

// NameParts are what its name is put together from.
func (d *Definition) NameParts() [3]string {
	if d.Collection.Noun.Value == "" {
		return [3]string{d.Code.Value}
	}
	return [3]string{d.Collection.Noun.Value, " ", d.Code.Value}
}

// Anchors returns the ids a reader can link to on the definition's page, in the order of the page. A part within a section is named with a dot, as
// its key is in the file: a slug of a title, which an extra section's anchor is, never has one.
func (d *Definition) Anchors() []string {
	out := make([]string, 0, 24)
	d.eachAnchor(func(prefix, name string) { out = append(out, prefix+name) })
	return out
}

// HasAnchor reports whether an id is among Anchors, and makes none of them.
func (d *Definition) HasAnchor(id string) bool {
	has := false
	d.eachAnchor(func(prefix, name string) {
		has = has || len(id) == len(prefix)+len(name) && strings.HasPrefix(id, prefix) && id[len(prefix):] == name
	})
	return has
}

// eachAnchor calls f for each of Anchors, with the two parts that it is made of.
func (d *Definition) eachAnchor(f func(prefix, name string)) {
	add := func(id string, there bool) {
		if there {
			f("", id)
		}
	}
	part := func(prefix, name string) {
		if name != "" {
			f(prefix, name)
		}
	}
	add("summary", true)
	add("message", d.Message.Value != "" || len(d.Variants) > 0)
	add("message.variants", len(d.Variants) > 0)
	add("causes", len(d.Causes) > 0)
	for i := range d.Causes {
		part("cause-", d.Causes[i].ID.Value)
	}
	add("fixes", len(d.Fixes) > 0)
	for i := range d.Fixes {
		part("fix-", d.Fixes[i].ID.Value)
	}
	add("retry", d.Retry.Policy.Value != "" || !d.Retry.Note.Doc.Empty())
	add("meaning", !d.Meaning.Doc.Empty())
	add("where", !d.Where.Doc.Empty() || len(d.Surfaces) > 0)
	add("subcodes", len(d.Subcodes) > 0)
	for i := range d.Subcodes {
		part("subcode-", d.Subcodes[i].Code.Value)
	}
	add("examples", len(d.Examples) > 0)
	add("prevention", len(d.Prevention) > 0)
	add("reproduce", !d.Reproduce.Doc.Empty())
	add("faq", len(d.FAQ) > 0)
	for i := range d.FAQ {
		part("faq-", d.FAQ[i].ID.Value)
	}
	for i := range d.Sections {
		part("", SectionAnchor(d.Sections[i]))
	}
	add("support", !d.Support.Reply.Doc.Empty() || len(d.Support.Collect) > 0)
	add("support.collect", len(d.Support.Collect) > 0)
	add("related", true) // other pages' references stand there too, and they come and go
	add("related.equivalents", len(d.Equivalents) > 0)
	add("sources", len(d.Sources) > 0 || len(d.Links) > 0 || d.Verified.Value != "")
	add("sources.links", len(d.Links) > 0)
	for i := range d.AnchorAliases {
		part("", d.AnchorAliases[i].From.Value)
	}
}
