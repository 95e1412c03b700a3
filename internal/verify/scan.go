package verify

import (
	"bytes"
	"html"
	"slices"
	"strings"
)

// page is what a scan finds.
type page struct {
	ids    []attr
	links  []attr
	unsafe []attr
}

// attr is an attribute's value with the offset of its tag.
type attr struct {
	value string
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
			name, end := p.tag(rest, i)
			i += end
			if raw := rawText(name); raw != "" {
				close := indexFold(src[i:], "</"+raw)
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

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// rawText returns the name of an element whose content is not markup.
func rawText(name []byte) string {
	switch n := lower(name); n {
	case "script", "style", "textarea", "title":
		return n
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

// tag reads one start tag at the beginning of src, which stands at offset at of the page, and returns its name and length.
func (p *page) tag(src []byte, at int) (name []byte, length int) {
	i := 1
	for i < len(src) && !space(src[i]) && src[i] != '>' && src[i] != '/' {
		i++
	}
	name = src[1:i]
	if i < len(src) && src[i] == '>' {
		p.element(name, nil, at)
		return name, i + 1
	}
	if string(name) == "span" { // most tags of a page with samples: <span class="nt">
		if end := bytes.IndexByte(src, '>'); end > 0 && bytes.HasPrefix(src[i:], []byte(` class="`)) && bytes.Count(src[i:end], []byte(`"`)) == 2 && src[end-1] == '"' {
			return name, end + 1
		}
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
			i++
			break
		}
		var a pair
		a, i = attribute(src, i)
		attrs = append(attrs, a)
	}
	p.element(name, attrs, at)
	return name, i
}

type pair struct{ name, value []byte }

func attribute(src []byte, i int) (pair, int) {
	start := i
	for i < len(src) && !space(src[i]) && src[i] != '>' && src[i] != '/' && (src[i] != '=' || i == start) {
		i++
	}
	a := pair{name: src[start:i]}
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

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// element looks at one start tag.
func (p *page) element(name []byte, attrs []pair, at int) {
	tag := lower(name)
	src, kind, rel, equiv := false, "", "", false
	var href *pair
	for i, a := range attrs {
		if slices.ContainsFunc(attrs[:i], func(b pair) bool { return len(b.name) == len(a.name) && bytes.EqualFold(b.name, a.name) }) {
			continue // the first of two counts
		}
		switch lower(a.name) {
		case "id":
			p.ids = append(p.ids, attr{value: text(a.value), at: at})
		case "src":
			src = true
			p.link(tag, a, at, true)
		case "href":
			href = &attrs[i] // what it means depends on rel, which may come later
		case "poster", "action", "formaction", "data":
			p.link(tag, a, at, tag != "form" && tag != "button")
		case "type":
			kind = strings.ToLower(text(a.value))
		case "rel":
			rel = strings.ToLower(text(a.value))
		case "style":
			p.bad(at, "a style attribute, which the content security policy blocks")
		case "http-equiv":
			equiv = true
		case "srcdoc":
			p.bad(at, "a srcdoc attribute")
		default:
			if len(a.name) > 2 && a.name[0]|0x20 == 'o' && a.name[1]|0x20 == 'n' {
				p.bad(at, "an event handler attribute ("+lower(a.name)+"), which the content security policy blocks")
			}
		}
	}
	if href != nil {
		p.hrefOf(tag, *href, at, rel)
	}
	switch {
	case tag == "script" && !src && kind != "application/ld+json" && kind != "application/json":
		p.bad(at, "an inline script, which the content security policy blocks")
	case tag == "style":
		p.bad(at, "an inline style sheet, which the content security policy blocks")
	case tag == "base" || tag == "iframe" || tag == "object" || tag == "embed" || tag == "frame" || tag == "applet":
		p.bad(at, "a "+tag+" element, which the content security policy blocks")
	case tag == "meta" && equiv:
		p.bad(at, "a meta http-equiv element")
	}
}

func (p *page) hrefOf(tag string, a pair, at int, rel string) {
	loaded := tag == "link" && (rel == "stylesheet" || rel == "icon" || rel == "preload" || rel == "modulepreload" || rel == "manifest")
	before := len(p.links)
	p.link(tag, a, at, loaded)
	if len(p.links) > before && tag == "link" {
		p.links[before].own = true
	}
}

func (p *page) link(tag string, a pair, at int, loaded bool) {
	v := text(a.value)
	if loaded && tag == "img" && strings.HasPrefix(v, "data:image/") {
		return
	}
	if scheme, _, ok := strings.Cut(v, ":"); ok && strings.EqualFold(strings.TrimSpace(scheme), "javascript") {
		p.bad(at, "a javascript: URL")
		return
	}
	if loaded && (strings.Contains(v, "://") || strings.HasPrefix(v, "//")) {
		p.bad(at, "something is loaded from another site: "+v)
		return
	}
	p.links = append(p.links, attr{value: v, at: at, src: loaded})
}

func (p *page) bad(at int, what string) { p.unsafe = append(p.unsafe, attr{value: what, at: at}) }

// text resolves the entities of an attribute's value. The copy does not hold on to the page.
func text(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	return html.UnescapeString(string(b))
}

func lower(b []byte) string {
	if s, ok := known[string(b)]; ok { // without a copy of b: a page has a thousand names
		return s
	}
	for _, c := range b {
		if c >= 'A' && c <= 'Z' {
			return strings.ToLower(string(b))
		}
	}
	return string(b)
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

// known are the names that pages are full of.
var known = func() map[string]string {
	m := map[string]string{}
	for _, s := range strings.Fields("a b p li ul ol dl dt dd div span section h1 h2 h3 small strong em code pre figure figcaption nav main meta link button label time table thead tbody tr th td " +
		"id href class rel type content name property title lang for role script form textarea button data-copy aria-label datetime scope tabindex") {
		m[s] = s
	}
	return m
}()
