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
// a fraction of the time a tree costs. Where what a browser makes of some text depends on the tree (inside SVG and MathML, in noscript), it is read both
// ways. A test holds it to a real parser.
func (p *page) scan(src []byte) {
	p.ids, p.links, p.unsafe = p.ids[:0], p.links[:0], p.unsafe[:0]
	r := reading{page: p, src: src}
	for r.from(0); len(r.later) > 0; {
		last := len(r.later) - 1
		start := r.later[last]
		r.later = r.later[:last]
		r.from(start)
	}
}

// reading is one scan. later are places at which another way to read the page goes on; seen are the places of tags that have been read, so that ways that meet are
// one from there on, and the whole is read once or twice and not more often.
type reading struct {
	*page
	src    []byte
	both   bool // two ways have parted: from here on, or where raw text comes in SVG and MathML
	svg    int  // how deep this is in svg elements, where a script has no src
	later  []int
	seen   map[int]bool
	closes map[string]int // where the next end tag of an element with raw text was found
}

func (p *reading) from(i int) {
	src := p.src
	for {
		j := bytes.IndexByte(src[i:], '<')
		if j < 0 {
			return
		}
		i += j
		if p.both {
			if p.seen[i] {
				return
			}
			p.seen[i] = true
		}
		rest := src[i:]
		if len(rest) < 2 {
			return
		}
		switch c := rest[1]; {
		case letter(c):
			if n := coloured(rest); n > 0 {
				i += n
				continue
			}
			name, end := p.tag(rest, i)
			i = p.after(name, i, i+end)
		case c == '/' && len(rest) > 2 && letter(rest[2]):
			if p.svg > 0 && ends(rest, "</svg") {
				p.svg--
			}
			i += endTag(rest)
		case c == '!' && bytes.HasPrefix(rest, []byte("<!--")):
			i += 4 + comment(rest[4:])
		case c == '!' && bytes.HasPrefix(rest, []byte("<![CDATA[")):
			p.bad(i, "a CDATA section, which ends in one place in SVG and in another outside of it")
			i += 2 // read what is in it, too
		case c == '/' || c == '!' || c == '?':
			end := bytes.IndexByte(rest, '>')
			if end < 0 {
				return
			}
			i += end + 1
		default:
			i++
		}
	}
}

// after returns where the text after a start tag is read on; the tag stands at offset at and ends at offset end.
func (p *reading) after(name []byte, at, end int) int {
	switch string(name) {
	case "svg", "math":
		if string(name) == "svg" {
			p.svg++
		}
		p.part()
	case "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript":
		name := string(name)
		if name == "script" && p.svg > 0 {
			p.bad(at, "a script in SVG, where it may run whatever its attributes say")
		}
		close := p.close(name, end)
		if name == "noscript" { // a browser without script reads on in there
			p.part()
		}
		if !p.both {
			return close
		}
		p.later = append(p.later, close)
	case "plaintext":
		p.bad(at, "a plaintext element, which never ends")
	}
	return end
}

func (p *reading) part() {
	if !p.both {
		p.both, p.seen = true, map[int]bool{}
	}
}

// close returns the offset of the end tag of an element with raw text that begins at i, or the end of the page.
func (p *reading) close(name string, i int) int {
	if at, ok := p.closes[name]; ok && at >= i && name != "script" {
		return at // one search for many tags that are never closed
	}
	at := i + rawLength(p.src[i:], name)
	if p.both {
		if p.closes == nil {
			p.closes = map[string]int{}
		}
		p.closes[name] = at
	}
	return at
}

// comment returns the length of a comment after its <!--, with its end. A comment may end at once: <!--> and <!--->.
func comment(src []byte) int {
	switch {
	case bytes.HasPrefix(src, []byte(">")):
		return 1
	case bytes.HasPrefix(src, []byte("->")):
		return 2
	}
	end := len(src)
	if i := bytes.Index(src, []byte("-->")); i >= 0 {
		end = i + 3
	}
	if i := bytes.Index(src[:end], []byte("--!>")); i >= 0 {
		end = i + 4
	}
	return end
}

// endTag returns the length of an end tag, whose attributes mean nothing and may yet hold a > in quotes.
func endTag(src []byte) int {
	i := 2
	for i < len(src) && !endsTagName[src[i]] {
		i++
	}
	if i < len(src) && src[i] == '>' {
		return i + 1
	}
	var none page
	_, n := none.tag(src[1:], 0)
	return 1 + n
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// rawLength returns the length of the text of an element whose content is not markup, without its end tag. In a script that holds "<!--", a "<script" hides the next
// "</script" (the script data double escaped state of the standard).
func rawLength(src []byte, name string) int {
	escaped, double := false, false
	for i := 0; ; {
		j := bytes.IndexAny(src[i:], "<-")
		if j < 0 {
			return len(src)
		}
		i += j
		rest := src[i:]
		switch {
		case name == "script" && bytes.HasPrefix(rest, []byte("<!--")) && !escaped:
			escaped = true
			i += 2 // the dashes may be those of its end, too
		case escaped && bytes.HasPrefix(rest, []byte("-->")):
			escaped, double = false, false
			i += 3
		case escaped && !double && ends(rest, "<script"):
			double = true
			i++
		case ends(rest, "</"+name):
			if !double {
				return i
			}
			double = false
			i++
		default:
			i++
		}
	}
}

// ends reports whether src begins with a tag of this name, in whatever case.
func ends(src []byte, tag string) bool {
	return len(src) > len(tag) && (space(src[len(tag)]) || src[len(tag)] == '/' || src[len(tag)] == '>') && strings.EqualFold(string(src[:len(tag)]), tag)
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

// tag reads one start tag at the beginning of src, which stands at offset at of the page, and returns its name in lower case and its length.
func (p *page) tag(src []byte, at int) (name []byte, length int) {
	i := 1
	for i < len(src) && !endsTagName[src[i]] {
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

// endsTagName are the bytes at which the name of a tag ends, endsName those at which the name of an attribute does.
var (
	endsTagName = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\f': true, '>': true, '/': true}
	endsName    = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\f': true, '>': true, '/': true, '=': true}
)

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

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
		if c >= 'A' && c <= 'Z' {
			return bytes.ToLower(b)
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
