package verify

import (
	"bytes"
	"html"
	"strings"
)

// page is what a scan finds.
type page struct {
	ids    []attr
	links  []attr
	unsafe []attr
}

// attr is an attribute's value with the offset of its tag. The value is part of the page, or a copy where it has entities.
type attr struct {
	value []byte
	at    int
	src   bool // loaded with the page
	own   bool // an absolute URL of this site must resolve: canonical and the like
}

// scan reads the tags of a page. It is a reader of tags and not a parser of documents: it follows the tokenizer of the HTML
// standard through comments, raw text and quoted attributes, which is all that is needed to see what a browser would see, at
// a fraction of the time a tree costs. A test holds it to a real parser.
func (p *page) scan(src []byte) {
	p.ids, p.links, p.unsafe = p.ids[:0], p.links[:0], p.unsafe[:0]
	for i := 0; ; {
		j := bytes.IndexByte(src[i:], '<')
		if j < 0 {
			return
		}
		i += j
		rest := src[i:]
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			end := bytes.Index(rest[4:], []byte("-->"))
			if end < 0 {
				return
			}
			i += 4 + end + 3
		case len(rest) > 1 && (rest[1] == '/' || rest[1] == '!' || rest[1] == '?'):
			end := bytes.IndexByte(rest, '>')
			if end < 0 {
				return
			}
			i += end + 1
		case len(rest) > 1 && letter(rest[1]):
			if n := coloured(rest); n > 0 {
				i += n
				continue
			}
			name, end := p.tag(rest, i)
			i += end
			if raw := rawText(name); raw != "" {
				close := indexFold(src[i:], raw)
				if close < 0 {
					return
				}
				i += close
			}
		default:
			i++
		}
	}
}

// coloured returns the length of a tag such as <span class="nt"> at the beginning of src, or 0: most tags of a page with samples are like that,
// and there is nothing in them to see.
func coloured(src []byte) int {
	const open = `<span class="`
	if len(src) < len(open) || string(src[:len(open)]) != open {
		return 0
	}
	for i := len(open); i+1 < len(src); i++ {
		if src[i] == '"' {
			if src[i+1] == '>' {
				return i + 2
			}
			return 0
		}
	}
	return 0
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// rawText returns how an element whose content is not markup ends.
func rawText(name []byte) string {
	switch string(name) {
	case "script":
		return "</script"
	case "style":
		return "</style"
	case "textarea":
		return "</textarea"
	case "title":
		return "</title"
	}
	return ""
}

func indexFold(src []byte, lower string) int {
	for i := 0; ; {
		j := bytes.IndexByte(src[i:], '<')
		if j < 0 {
			return -1
		}
		i += j
		if len(src)-i >= len(lower) && strings.EqualFold(string(src[i:i+len(lower)]), lower) {
			return i
		}
		i++
	}
}

// tag reads one start tag at the beginning of src, which stands at offset at of the page, and returns its name in lower case and its length.
func (p *page) tag(src []byte, at int) (name []byte, length int) {
	i := 1
	for i < len(src) && !space(src[i]) && src[i] != '>' && src[i] != '/' {
		i++
	}
	name = lower(src[1:i])
	if i < len(src) && src[i] == '>' {
		p.element(name, nil, at)
		return name, i + 1
	}
	var store [12]pair
	attrs := store[:0]
	for i < len(src) {
		for i < len(src) && (space(src[i]) || src[i] == '/') {
			i++
		}
		if i >= len(src) {
			break
		}
		if src[i] == '>' {
			p.element(name, attrs, at)
			return name, i + 1
		}
		var a pair
		a, i = attribute(src, i)
		attrs = append(attrs, a)
	}
	return nil, i // a tag that never ends is none
}

// pair is an attribute; its name is in lower case.
type pair struct{ name, value []byte }

func attribute(src []byte, i int) (pair, int) {
	start := i
	for i < len(src) && (!endsName[src[i]] || src[i] == '=' && i == start) {
		i++
	}
	a := pair{name: lower(src[start:i])}
	j := i
	for j < len(src) && space(src[j]) {
		j++
	}
	if j >= len(src) || src[j] != '=' {
		return a, i
	}
	for j++; j < len(src) && space(src[j]); j++ {
	}
	if j >= len(src) {
		return a, j
	}
	if q := src[j]; q == '"' || q == '\'' {
		end := bytes.IndexByte(src[j+1:], q)
		if end < 0 {
			return a, len(src)
		}
		a.value = src[j+1 : j+1+end]
		return a, j + end + 2
	}
	start = j
	for j < len(src) && !space(src[j]) && src[j] != '>' {
		j++
	}
	a.value = src[start:j]
	return a, j
}

// endsName are the bytes at which the name of an attribute ends.
var endsName = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\f': true, '>': true, '/': true, '=': true}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// element looks at one start tag.
func (p *page) element(tag []byte, attrs []pair, at int) {
	src, kind, rel, equiv := false, "", "", false
	var href *pair
	for i, a := range attrs {
		if repeated(attrs[:i], a.name) {
			continue // the first of two counts
		}
		switch string(a.name) {
		case "class":
		case "id":
			p.ids = append(p.ids, attr{value: text(a.value), at: at})
		case "src":
			src = true
			p.link(tag, a, at, true)
		case "href":
			href = &attrs[i] // what it means depends on rel, which may come later
		case "poster", "action", "formaction", "data":
			p.link(tag, a, at, string(tag) != "form" && string(tag) != "button")
		case "type":
			kind = strings.ToLower(string(text(a.value)))
		case "rel":
			rel = strings.ToLower(string(text(a.value)))
		case "style":
			p.bad(at, "a style attribute, which the content security policy blocks")
		case "http-equiv":
			equiv = true
		case "srcdoc":
			p.bad(at, "a srcdoc attribute")
		default:
			if len(a.name) > 2 && a.name[0] == 'o' && a.name[1] == 'n' {
				p.bad(at, "an event handler attribute ("+string(a.name)+"), which the content security policy blocks")
			}
		}
	}
	if href != nil {
		p.hrefOf(tag, *href, at, rel)
	}
	switch string(tag) {
	case "script":
		if !src && kind != "application/ld+json" && kind != "application/json" {
			p.bad(at, "an inline script, which the content security policy blocks")
		}
	case "style":
		p.bad(at, "an inline style sheet, which the content security policy blocks")
	case "base", "iframe", "object", "embed", "frame", "applet":
		p.bad(at, "a "+string(tag)+" element, which the content security policy blocks")
	case "meta":
		if equiv {
			p.bad(at, "a meta http-equiv element")
		}
	}
}

func repeated(attrs []pair, name []byte) bool {
	for _, a := range attrs {
		if bytes.Equal(a.name, name) {
			return true
		}
	}
	return false
}

func (p *page) hrefOf(tag []byte, a pair, at int, rel string) {
	own := string(tag) == "link"
	loaded := own && (rel == "stylesheet" || rel == "icon" || rel == "preload" || rel == "modulepreload" || rel == "manifest")
	before := len(p.links)
	p.link(tag, a, at, loaded)
	if len(p.links) > before && own {
		p.links[before].own = true
	}
}

func (p *page) link(tag []byte, a pair, at int, loaded bool) {
	v := text(a.value)
	if len(v) > 0 && (v[0] == '#' || v[0] == '/' && !bytes.HasPrefix(v, []byte("//"))) { // most links: they have no scheme
		if !loaded || !bytes.Contains(v, []byte("://")) {
			p.links = append(p.links, attr{value: v, at: at, src: loaded})
			return
		}
	}
	if loaded && string(tag) == "img" && bytes.HasPrefix(v, []byte("data:image/")) {
		return
	}
	if scheme, _, ok := bytes.Cut(v, []byte(":")); ok && strings.EqualFold(strings.TrimSpace(string(scheme)), "javascript") {
		p.bad(at, "a javascript: URL")
		return
	}
	if loaded && (bytes.Contains(v, []byte("://")) || bytes.HasPrefix(v, []byte("//"))) {
		p.bad(at, "something is loaded from another site: "+string(v))
		return
	}
	p.links = append(p.links, attr{value: v, at: at, src: loaded})
}

func (p *page) bad(at int, what string) {
	p.unsafe = append(p.unsafe, attr{value: []byte(what), at: at})
}

// text resolves the entities of an attribute's value.
func text(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 {
		return b
	}
	return []byte(html.UnescapeString(string(b)))
}

// lower returns a name in lower case: itself, in all pages of ours.
func lower(b []byte) []byte {
	for _, c := range b {
		if c >= 'A' && c <= 'Z' || c >= 0x80 {
			return []byte(strings.ToLower(string(b)))
		}
	}
	return b
}

// places turns offsets of a page into lines and columns, both from 1. Offsets that grow cost the bytes between them.
type places struct {
	src             []byte
	at, line, start int
}

func (p *places) of(at int) (line, col int) {
	if at < p.at {
		p.at, p.line, p.start = 0, 0, 0
	}
	between := p.src[p.at:at]
	if last := bytes.LastIndexByte(between, '\n'); last >= 0 {
		p.line += bytes.Count(between, []byte{'\n'})
		p.start = p.at + last + 1
	}
	p.at = at
	return p.line + 1, at - p.start + 1
}
