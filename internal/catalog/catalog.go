// Package catalog is the domain: a site with its collections of error definitions and its guides, each text with the
// place it was read from. It does no I/O, makes no URL and no HTML, and holds no look-up that a stage could change.
// Package load builds it, check, link and render read it.
package catalog

import (
	"errdex/internal/diag"
	"errdex/internal/markdown"
)

// Text is a scalar as its author wrote it. The zero Text is absent.
type Text struct {
	Value string
	Place diag.Place
}

// Set reports whether the author wrote the key at all.
func (t Text) Set() bool { return t.Place.Line > 0 }

// Span returns the text's place in file as far as it is known: its start and, on one line, its end.
func (t Text) Span(file string) diag.Span {
	start := t.Place.At(t.Value, 0)
	s := diag.Span{File: file, Start: start, End: start}
	if t.Place.Exact() {
		s.End = t.Place.At(t.Value, len(t.Value))
	}
	return s
}

// Part returns the place of the bytes from start to end of the text.
func (t Text) Part(file string, start, end int) diag.Span {
	if !t.Place.Exact() {
		return t.Span(file)
	}
	return diag.Span{File: file, Start: t.Place.At(t.Value, start), End: t.Place.At(t.Value, end)}
}

// Prose is a Markdown field.
type Prose struct {
	Text
	Doc *markdown.Doc
}

// Site is everything under content/.
type Site struct {
	File         string // site.yaml, relative to the source folder; empty where there is none
	Faulty       bool   // site.yaml could not be read as it is
	Title        Text
	BaseURL      Text // absolute, without a trailing slash
	Language     string
	Organization Organization
	EditURL      Text // with {path}
	GuidesURL    Text // with {slug}
	ReviewAfter  Duration
	Hosts        []Text
	Description  Text
	Order        []Text          // ids of collections, as readers want them
	Collections  []*Collection   // in that order, the rest by id
	Guides       []*Guide        // by slug
	Unread       []Unread        // what is not read and would be a page under another name
	Static       map[string]bool // paths of static files as they will be served, without the leading slash
}

// Unread is a file that is not read and would be a page, or make a folder a collection, under another name or in another place.
type Unread struct {
	File       string // with slashes; of a collection.yaml where it should be
	Collection string // of which it would be; empty where that cannot be told
	Slug       string // empty: a whole collection
	Guide      bool
}

// Organization publishes the site.
type Organization struct{ Name, URL Text }

// Duration is a whole number of days; Set tells whether it was written.
type Duration struct {
	Text
	Days int
}

// Collection is one API's errors.
type Collection struct {
	ID          string // its folder's name
	File        string // collection.yaml
	Title       Text
	Noun        Text // "WhatsApp error"
	Description Prose
	URL         Text // with {slug}
	Index       Text // the full reference
	Groups      []Group
	Definitions []*Definition // by slug
	Faulty      bool          // collection.yaml could not be read as it is: what seems to be missing may be there
}

// Group is a heading of the index.
type Group struct {
	ID, Title   Text
	Description Prose
}

// Group returns the group with this id.
func (c *Collection) Group(id string) (Group, bool) {
	for _, g := range c.Groups {
		if g.ID.Value == id {
			return g, true
		}
	}
	return Group{}, false
}

// Guide is a supporting page in Markdown.
type Guide struct {
	Faulty        bool // the file has errors, see Definition
	Unread        bool
	Lost          string
	Slug          string
	File          string
	Title         Text
	Description   Text
	Aliases       []Text
	AnchorAliases []AnchorAlias
	Sources       []Source
	Verified      Text
	Body          Prose
}
