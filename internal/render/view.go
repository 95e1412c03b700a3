package render

import "html/template"

// The structs a template is handed, one for each kind of page. Strings are plain text and escaped by the template;
// template.HTML is finished. URLs are root-relative paths that are known to resolve: a template cannot miss a page.

// Link is a place to go.
type Link struct{ Title, URL string }

// Chrome is what every page carries around its own content.
type Chrome struct {
	Lang        string
	DocTitle    string // for <title>: "WhatsApp error 190: Access token expired · Dualhook docs"
	Title       string // of the page itself
	CardTitle   string // where mail and chat show the page, for og:title: "WhatsApp error 190: Access token expired"
	Description string
	Canonical   string // absolute
	OGType      string // "article" or "website"
	Image       string // absolute URL of the preview picture; may be empty
	NoIndex     bool
	Site        Site
	Breadcrumbs []Link // from the home page down; the last is this page
	Alternates  []Alternate
	JSONLD      template.HTML // the finished <script type="application/ld+json"> element
	Kind        string        // "error", "index", "home", "guide" or "notfound"
}

// Site is what all pages share; one value serves a whole build.
type Site struct {
	Title, HomeURL      string
	Organization        Link
	Collections, Guides []Link // for the navigation
	CSS, Favicon        string // hashed asset URLs
	ThemeJS, SiteJS     string
	FindboxJS           string
	FinderJS            string // data-engine of the finder form
	FinderIndex         string // data-index: the addresses of the rules and of the data, with blanks between them
	Routes              string // data-routes: JSON list of {collection, noun, url}
	OpenSearch, FeedURL string
	Version             string
}

// Alternate is a twin of the page in another format.
type Alternate struct{ Type, URL, Label string }

// Fact is one decided value: its key as the author wrote it (for classes and filters), the words for it, and a sentence
// that says what it means. The zero Fact is unknown.
type Fact struct{ Key, Label, Explain string }

// Ref is another definition.
type Ref struct {
	Code, Title, URL, Name string // Name: "WhatsApp error 131031"
	Note                   string // the reason for the relation; may be empty
	Stub, Removed          bool
}

// Part is a piece of a message: literal text, or a hole.
type Part struct{ Text, Hole string }

// Variant is a further text of the API.
type Variant struct {
	Parts   []Part
	Field   string // "details", "title", ...; may be empty
	Subcode string
}

// Param is one hole of the message explained.
type Param struct {
	Name    string
	Meaning template.HTML
	Example string
}

// Retry is the retry contract.
type Retry struct {
	Fact
	After       string // "4 seconds"
	MaxAttempts int
	Note        template.HTML
}

// Surface is a place where the error is seen.
type Surface struct {
	Kind, Label string // "response", "Response"
	Where       template.HTML
	Path        string
}

// FixRef points from a cause or subcode to a fix of the same page, and CauseRef back.
type FixRef struct {
	Anchor string // "fix-system-user-token"
	Title  template.HTML
	Number int // of the fix on the page, from 1
}

// CauseRef points from a fix to a cause.
type CauseRef struct {
	Anchor string // may be empty: the cause has no id
	Number int
}

// Subcode is a finer code.
type Subcode struct {
	Code, Anchor, Title string
	Text                template.HTML
	Fixes               []FixRef
}

// Cause is a condition that raises the error.
type Cause struct {
	Anchor     string // may be empty
	Number     int
	Text       template.HTML
	Likelihood Fact
	Fixes      []FixRef
}

// Fix is a way out.
type Fix struct {
	Anchor          string // may be empty
	Words           string // of the title, to find it by where there is no anchor
	Number          int
	Title, Label    template.HTML // Label is the title without its links, for where it is one itself
	Linked          bool          // the title has links
	Steps           []template.HTML
	Verify, Caution template.HTML
	Causes          []CauseRef
}

// Example is a sample, highlighted.
type Example struct {
	Title, Kind, Language string
	Code                  template.HTML // a finished <pre>
}

// Question is one entry of the FAQ.
type Question struct {
	Anchor, Words    string // as a fix has them
	Question, Answer template.HTML
	Linked           bool // the question has links, so that it cannot be one
}

// Section is an extra section.
type Section struct {
	Anchor, Title string
	Text          template.HTML
}

// Support is what a support engineer needs.
type Support struct {
	Reply   template.HTML
	Collect []template.HTML
}

// RelatedGroup holds the related errors of one relation.
type RelatedGroup struct {
	Relation, Label string // "confused_with", "Often confused with"
	Items           []Ref
}

// Equivalent is the same fault at another vendor.
type Equivalent struct {
	Vendor, Code, URL string
	Note              template.HTML
}

// Source is what a fact rests on.
type Source struct{ Title, URL, Retrieved string }

// TOCItem is one line of a table of contents.
type TOCItem struct {
	Anchor, Title string
	Level         int // 2 or 3
}

// ErrorPage is one definition's page.
type ErrorPage struct {
	Chrome
	Name, Code  string // "WhatsApp error 190", "190"
	Noun        string
	Collection  Link
	Group       *Link // nil where the definition has none
	Stub        bool
	Deprecated  bool
	Removed     bool
	Status      Fact
	Since       string
	Deprecation string // "v23.0", "2025-05-29": since when it is deprecated
	RemovedIn   string
	ReplacedBy  []Ref

	Summary      template.HTML // inline
	FirstAction  template.HTML // inline
	Message      []Part
	Variants     []Variant
	MoreVariants []Variant // behind the first, where there are many: a reader wants the causes
	Params       []Param
	HTTPStatus   []Fact // Key "401", Label "401 Unauthorized"
	Attribution  Fact
	Severity     Fact
	Retry        Retry
	SideEffects  Fact
	BlastRadius  Fact
	Surfaces     []Surface

	Meaning, Where template.HTML
	Subcodes       []Subcode
	Causes         []Cause
	Fixes          []Fix
	Prevention     []template.HTML
	Reproduce      template.HTML
	Examples       []Example
	FAQ            []Question
	Sections       []Section
	Support        *Support // nil where there is none
	Related        []RelatedGroup
	LinkedFrom     []Ref  // definitions whose pages link here and that are not among Related
	GuidesFrom     []Link // guides that link here
	Equivalents    []Equivalent
	Links          []Link // external
	Sources        []Source
	Verified       string // 2026-09-11
	Prev, Next     *Ref
	EditURL        string
	TOC            []TOCItem
	Ticket         string // plain text for "Copy for ticket"
}

// IndexPage is the full reference of a collection.
type IndexPage struct {
	Chrome
	Noun         string
	Intro        template.HTML
	Groups       []IndexGroup
	Total        int
	Full, Stubs  int
	Facets       []Facet
	Map          template.HTML // SVG; may be empty
	CatalogueURL string
}

// IndexGroup is one group of the index with its rows; the last may hold those without a group.
type IndexGroup struct {
	ID, Title   string
	Anchor      string // "group-authorization"
	Description template.HTML
	Rows        []Row
}

// Row is one definition in the index. The key fields are what the filters look at.
type Row struct {
	Code, Title, URL, Slug string
	Summary                string
	HTTP                   string   // "401" or "400 429"
	Retry, Attribution     Fact     // Key empty where unknown
	Surfaces               []string // kinds, without repeats
	Severity, Status       string
	Stub                   bool
	Keywords               string // what the text filter finds beside code and title
}

// Facet is one filter of the index.
type Facet struct {
	Name, Label string // "retry", "Retry"
	Options     []FacetOption
}

// FacetOption is one value of a filter with the number of rows that have it.
type FacetOption struct {
	Key, Label string
	Count      int
}

// HomePage is the first page.
type HomePage struct {
	Chrome
	Collections []HomeCollection
	Guides      []Card
}

// HomeCollection is a collection on the home page.
type HomeCollection struct {
	Link
	Noun        string
	Intro       template.HTML
	Total       int
	Full, Stubs int
	Groups      []GroupCard
	Common      []Ref // errors that most others refer to

	CommonBefore, GroupsBefore string // what Common and Groups begin with: their headings, which every collection has, are found as the ones before it
}

// GroupCard is a group with the number of its errors.
type GroupCard struct {
	Title, URL string
	Count      int
}

// Card is a guide on the home page.
type Card struct{ Title, URL, Description string }

// GuidePage is a supporting page.
type GuidePage struct {
	Chrome
	Intro    string
	Body     template.HTML
	TOC      []TOCItem
	From     []Ref // definitions that link here
	Sources  []Source
	Verified string
	EditURL  string
}

// NotFoundPage is 404.html. Catalogues are the JSON catalogues that its script may look into.
type NotFoundPage struct {
	Chrome
	Catalogues []Catalogue
}

// Catalogue is where a collection's errors are listed for programs.
type Catalogue struct{ Title, Noun, URL, Index, Pattern string }
