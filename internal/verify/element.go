package verify

import (
	"bytes"
	"slices"
	"strings"
)

// element is a start tag that is being read, with what can be judged only when all of it has been.
type element struct {
	tag             []byte
	at              int
	has             attributes
	rare            []string // other attributes that it has and that matter
	kind, rel, href []byte
	linked          bool // there is an href
	animated        bool
}

// attributes are those of a tag that matter and are there often.
type attributes uint8

const (
	anID attributes = 1 << iota
	aSource
	anHref
	anXLink
	aType
	aRel
	aClass // of many tags, and nothing to look at
)

// first reports whether an attribute has not been there before: the first of two counts.
func (e *element) first(a attributes) bool {
	before := e.has
	e.has |= a
	return e.has != before
}

// firstOf is the same for an attribute that is seldom there.
func (e *element) firstOf(name []byte) bool {
	if slices.Contains(e.rare, string(name)) {
		return false
	}
	e.rare = append(e.rare, string(name))
	return true
}

// attribute looks at an attribute of a tag.
func (p *page) attribute(e *element, name, value []byte) {
	switch string(name) {
	case "class":
	case "id":
		p.id(e, value)
	case "href":
		p.href(e, anHref, value)
	case "xlink:href":
		p.href(e, anXLink, value)
	case "src":
		if e.first(aSource) {
			p.link(e.tag, text(value), e.at, true)
		}
	case "type":
		if e.first(aType) {
			e.kind = value
		}
	case "rel":
		if e.first(aRel) {
			e.rel = value
		}
	case "poster", "action", "formaction", "data", "background", "ping", "lowsrc", "dynsrc", "srcset", "imagesrcset", "style", "http-equiv", "srcdoc", "attributename",
		"fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end":
		if e.firstOf(name) {
			p.rareAttribute(e, name, text(value))
		}
	default:
		if len(name) > 2 && name[0] == 'o' && name[1] == 'n' && e.firstOf(name) {
			p.bad(e.at, "an event handler attribute ("+string(name)+"), which the content security policy blocks")
		}
	}
}

func (p *page) id(e *element, value []byte) {
	if e.first(anID) {
		p.ids = append(p.ids, attr{value: text(value), at: e.at})
	}
}

// href keeps a tag's first address: what it means depends on rel, which may come later. No rel belongs to a second one.
func (p *page) href(e *element, a attributes, value []byte) {
	switch {
	case !e.first(a):
	case !e.linked:
		e.linked, e.href = true, value
	default:
		p.hrefOf(e, value, false)
	}
}

func (p *page) rareAttribute(e *element, name, value []byte) {
	switch string(name) {
	case "srcset", "imagesrcset":
		p.sources(e.tag, string(value), e.at)
	case "style":
		p.bad(e.at, "a style attribute, which the content security policy blocks")
	case "srcdoc":
		p.bad(e.at, "a srcdoc attribute")
	case "http-equiv":
	case "attributename":
		e.animated = strings.HasSuffix(strings.ToLower(string(value)), "href")
	case "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end":
		if v := strings.ToLower(string(value)); strings.Contains(v, "url(") && !strings.Contains(v, "url(#") {
			p.bad(e.at, "something is loaded from another place: "+v)
		}
	default:
		p.link(e.tag, value, e.at, true)
	}
}

// element looks at a start tag whose attributes have been looked at.
func (p *page) element(e *element) {
	if e.linked {
		p.hrefOf(e, e.href, true)
	}
	switch string(e.tag) {
	case "script":
		if e.has&aSource == 0 && !isData(text(e.kind)) {
			p.bad(e.at, "an inline script, which the content security policy blocks")
		}
	case "style":
		p.bad(e.at, "an inline style sheet, which the content security policy blocks")
	case "base", "iframe", "object", "embed", "frame", "applet", "portal", "fencedframe":
		p.bad(e.at, "a "+string(e.tag)+" element, which the content security policy blocks")
	case "meta":
		if slices.Contains(e.rare, "http-equiv") {
			p.bad(e.at, "a meta http-equiv element")
		}
	case "animate", "set":
		if e.animated {
			p.bad(e.at, "an animation that changes where a link leads")
		}
	}
}

// isData reports whether a script of a kind is not run.
func isData(kind []byte) bool {
	switch strings.ToLower(trim(string(kind))) {
	case "application/ld+json", "application/json":
		return true
	}
	return false
}

// loading are the relations whose target a browser asks for without being told to.
var loading = map[string]bool{
	"stylesheet": true, "icon": true, "preload": true, "modulepreload": true, "manifest": true, "prefetch": true, "prerender": true, "preconnect": true, "dns-prefetch": true,
	"apple-touch-icon": true, "apple-touch-icon-precomposed": true, "mask-icon": true, "pingback": true, "compression-dictionary": true, "expect": true,
}

// loads reports whether one of a tag's relations is among them.
func loads(rel []byte) bool {
	i := 0
	for i < len(rel) && (rel[i] == '-' || rel[i] >= 'a' && rel[i] <= 'z') {
		i++
	}
	if i == len(rel) { // one, as in most
		return loading[string(rel)]
	}
	for _, r := range strings.Fields(strings.ToLower(string(rel))) {
		if loading[r] {
			return true
		}
	}
	return false
}

// hrefOf looks at an address of a tag, and at its relation where that is meant.
func (p *page) hrefOf(e *element, href []byte, related bool) {
	loaded := false
	switch string(e.tag) {
	case "link":
		loaded = related && loads(text(e.rel))
	case "image", "use", "feimage", "script", "mpath", "textpath":
		loaded = true
	}
	before := len(p.links)
	p.link(e.tag, text(href), e.at, loaded)
	if len(p.links) > before && string(e.tag) == "link" {
		p.links[before].own = true
	}
}

// sources looks at the candidates of a srcset.
func (p *page) sources(tag []byte, set string, at int) {
	for _, candidate := range strings.Split(set, ",") {
		if f := strings.Fields(candidate); len(f) > 0 {
			p.link(tag, []byte(f[0]), at, true)
		}
	}
}

func (p *page) link(tag, v []byte, at int, loaded bool) {
	if len(v) > 0 && (v[0] == '#' || v[0] == '/' && (len(v) == 1 || letter(v[1]))) { // most links, and no browser sees a scheme or a host in them
		p.links = append(p.links, attr{value: v, at: at, src: loaded})
		return
	}
	if loaded && string(tag) == "img" && bytes.HasPrefix(v, []byte("data:image/")) {
		return
	}
	seen := address(v)
	scheme, _, ok := bytes.Cut(seen, []byte(":"))
	if ok && bytes.EqualFold(scheme, []byte("javascript")) {
		p.bad(at, "a javascript: URL")
		return
	}
	if loaded && (ok && isScheme(string(scheme)) || len(seen) > 1 && slash(seen[0]) && slash(seen[1])) {
		p.bad(at, "something is loaded from another site: "+string(v))
		return
	}
	p.links = append(p.links, attr{value: v, at: at, src: loaded})
}

// address is a URL as a browser's parser sees it: without the white space and control characters around it, and without tabs and line breaks in it (URL standard,
// section 4.4).
func address(v []byte) []byte {
	for _, c := range v {
		if c <= ' ' {
			return []byte(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimFunc(string(v), func(r rune) bool { return r <= ' ' })))
		}
	}
	return v
}

func slash(c byte) bool { return c == '/' || c == '\\' }

func isScheme(s string) bool {
	return s != "" && letter(s[0]) && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789+-.") == ""
}

func trim(s string) string { return strings.Trim(s, " \t\n\f\r") }

func (p *page) bad(at int, what string) {
	p.unsafe = append(p.unsafe, attr{value: []byte(what), at: at})
}
