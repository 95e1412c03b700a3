// Package markdown turns one Markdown field (GitHub flavoured) into a parsed value: its links with their exact places,
// its headings, its raw HTML, and HTML that is finished but for two things it cannot know: where a link goes and how code
// is coloured. Both are asked for when the HTML is wanted, so a field is parsed once, before any URL exists.
//
// It is the only importer of goldmark and chroma. It walks goldmark's tree itself and never uses goldmark's own HTML
// renderer: raw HTML in a field can then not reach a page by any option, it is shown as text.
package markdown

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Options change how a field is read.
type Options struct {
	// Headings gives every heading an id and keeps its level; without it a heading is shown as a bold line, since a
	// field must not break the outline of the page that holds it.
	Headings bool
}

// Range is a stretch of a Doc's source, in bytes; End is exclusive.
type Range struct{ Start, End int }

// Link is a link, an image or a reference definition of a field, in the order of the source.
type Link struct {
	Dest  string // as the author wrote it, unescaped
	At    Range  // the destination in the source
	Image bool
	Auto  bool   // a bare URL or <URL>
	Text  string // the link's text, or an image's alternative text
}

// Heading is a heading of a field.
type Heading struct {
	Level int
	ID    string // unique in the field; empty without Options.Headings
	Text  string
	At    Range
}

// Doc is a parsed field. It is not changed after Parse and may be read from many goroutines. Most fields are a line or two of
// simple text, and a catalog holds some forty for each definition: those share a body, and their HTML is written from
// their source when it is wanted.
type Doc struct {
	Source string
	*body
}

// body is what few fields have. Its exported fields are read through Doc.
type body struct {
	Links []Link
	*rare
	reader readerKind
	single bool // one paragraph and nothing else: its <p> is left out where it must be
}

// rare is what there is only where goldmark read the source.
type rare struct {
	Headings []Heading
	RawHTML  []Range // stretches of raw HTML, shown as text
	Slips    []Slip  // signs that were meant as Markdown and are shown as text
	parts    []part
}

// linked is a body of its own, with room for one link, as most have that have any.
type linked struct {
	body
	room [1]Link
}

// readerKind tells which of the three readers understands the source.
type readerKind uint8

const (
	byPlain readerKind = iota
	byQuick
	byGoldmark
)

// The bodies that are shared; they are never changed.
var (
	noneRare    = &rare{}
	emptyBody   = &body{rare: noneRare}
	plainBody   = &body{rare: noneRare, single: true}
	quickSingle = &body{rare: noneRare, reader: byQuick, single: true}
	quickBlocks = &body{rare: noneRare, reader: byQuick}
)

// part is a piece of the HTML: literal bytes, then, where one of them is set, a link's href or a block of code.
type part struct {
	html string
	link int // index into Links plus one
	code *code
}

type code struct{ lang, text string }

// Parser reads Markdown. It is safe for concurrent use; the zero Parser is not ready, use NewParser.
type Parser struct{ gm parser.Parser }

// NewParser returns a parser for GitHub flavoured Markdown: tables, strikethrough, bare URLs and task lists.
func NewParser() *Parser {
	return &Parser{goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()}
}

// Parse reads source. It takes any bytes and has no errors: what is not Markdown is text.
func (p *Parser) Parse(source string, opt Options) *Doc {
	d := &Doc{}
	p.ParseInto(d, source, opt)
	return d
}

// ParseInto is Parse into a Doc that the caller has room for.
func (p *Parser) ParseInto(d *Doc, source string, opt Options) {
	source = trimEnd(source)
	*d = Doc{Source: source, body: emptyBody}
	if source != "" && !readPlain(d) && (opt.Headings || !readQuick(d)) {
		p.read(d, opt)
	}
}

// trimEnd drops blanks, tabs and line breaks at the end.
func trimEnd(s string) string {
	for s != "" && (s[len(s)-1] == ' ' || s[len(s)-1] == '\n' || s[len(s)-1] == '\t' || s[len(s)-1] == '\r') {
		s = s[:len(s)-1]
	}
	return s
}

// read fills d with what goldmark makes of its source.
func (p *Parser) read(d *Doc, opt Options) {
	src := []byte(d.Source)
	d.body = &body{reader: byGoldmark, rare: &rare{}}
	w := writer{doc: d, src: src, opt: opt}
	w.document(p.gm.Parse(text.NewReader(src)))
}

// Empty reports whether the field has no content.
func (d *Doc) Empty() bool { return d == nil || d.Source == "" }

// Single reports whether the field is one paragraph and nothing else.
func (d *Doc) Single() bool { return d != nil && d.single }

// Href tells where link i of a Doc goes; an empty string leaves the link's text without a link.
type Href func(i int) string

// Highlight returns the HTML of a block of code, from its language (may be empty) and text.
type Highlight func(dst []byte, lang, text string) []byte

// AppendHTML appends the field's HTML as blocks. href may be nil where the field has no links.
func (d *Doc) AppendHTML(dst []byte, href Href, hl Highlight) []byte {
	if d.Empty() {
		return dst
	}
	if d.single {
		dst = append(dst, "<p>"...)
		dst = d.AppendInline(dst, href, hl)
		return append(dst, "</p>\n"...)
	}
	return d.AppendInline(dst, href, hl)
}

// AppendInline appends the field's HTML without the paragraph around it where the field is a single paragraph, for use in
// a list item or a table cell; otherwise it is AppendHTML.
func (d *Doc) AppendInline(dst []byte, href Href, hl Highlight) []byte {
	if d.Empty() {
		return dst
	}
	switch d.reader {
	case byPlain:
		return appendEscaped(dst, d.Source)
	case byQuick:
		return appendQuick(dst, d, href)
	}
	for i := range d.parts {
		p := &d.parts[i]
		dst = append(dst, p.html...)
		switch {
		case p.link > 0:
			dst = d.appendHref(dst, p.link-1, href)
		case p.code != nil:
			dst = hl(dst, p.code.lang, p.code.text)
		}
	}
	return dst
}

// appendHref writes the attributes of a link, or nothing where the link must not be one. Whatever a caller says, only
// the schemes that cannot run anything come through.
func (d *Doc) appendHref(dst []byte, i int, href Href) []byte {
	l := &d.Links[i]
	target := l.Dest
	if href != nil {
		target = href(i)
	}
	attr := ` href="`
	if l.Image {
		attr = ` src="`
	}
	if !SafeURL(target) {
		return dst
	}
	dst = append(dst, attr...)
	dst = appendEscaped(dst, encodeURL(target))
	dst = append(dst, '"')
	if !l.Image && (strings.HasPrefix(target, "http://") || strings.HasPrefix(target, "https://")) {
		dst = append(dst, ` rel="external"`...)
	}
	return dst
}

// SafeURL reports whether a URL may stand in a page: a path or fragment of this site, or http, https, mailto or tel.
// Everything else (javascript:, data:, and schemes not yet thought of) is refused.
func SafeURL(url string) bool {
	if url == "" || strings.HasPrefix(url, "//") || strings.HasPrefix(url, `/\`) {
		return false
	}
	if strings.ContainsAny(url, "\n\r\t\x00") {
		return false
	}
	if url[0] == '/' || url[0] == '#' {
		return true
	}
	scheme, _, ok := strings.Cut(url, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
		return ok
	}
	return false
}

// encodeURL percent-encodes the bytes that may not stand in a URL; what is encoded already stays as it is.
func encodeURL(url string) string {
	clean := true
	for i := 0; i < len(url); i++ {
		if c := url[i]; c <= ' ' || c >= 0x7F || c == '\\' || c == '"' || c == '<' || c == '>' || c == '`' {
			clean = false
			break
		}
	}
	if clean {
		return url
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(url); i++ {
		if c := url[i]; c <= ' ' || c >= 0x7F || c == '\\' || c == '"' || c == '<' || c == '>' || c == '`' {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Resolved returns the field's source with every destination replaced by where it leads, for the Markdown twin of a page.
// A link that leads nowhere keeps its destination.
func (d *Doc) Resolved(href Href) string {
	if d == nil || len(d.Links) == 0 || href == nil {
		if d == nil {
			return ""
		}
		return d.Source
	}
	var b strings.Builder
	b.Grow(len(d.Source) + 64*len(d.Links)) // an address of the site is longer than what an author writes
	at := 0
	for i, l := range d.Links {
		target := href(i)
		if l.Auto || target == "" || target == l.Dest || l.At.Start < at {
			continue
		}
		b.WriteString(d.Source[at:l.At.Start])
		b.WriteString(encodeURL(target))
		at = l.At.End
	}
	b.WriteString(d.Source[at:])
	return b.String()
}
