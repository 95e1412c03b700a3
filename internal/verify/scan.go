package verify

import (
	"bytes"
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
		if i+1 < len(src) && src[i] != '<' && src[i+1] == '<' {
			i++ // a line break
		}
		if i >= len(src) || src[i] != '<' { // half of all tags stand right behind another
			j := bytes.IndexByte(src[i:], '<')
			if j < 0 {
				return
			}
			i += j
		}
		if p.both {
			if p.seen[i] {
				return
			}
			p.seen[i] = true
		}
		if i+1 >= len(src) {
			return
		}
		// Most tags are as short as <p>, <li>, </p> or </li>. There is nothing to see in one: no name of one letter or two means anything here, and nothing can be in quotes.
		switch c := src[i+1]; {
		case c == '/' && i+4 < len(src) && letter(src[i+2]) && (src[i+3] == '>' || src[i+4] == '>'):
			if i += 4; src[i-1] != '>' {
				i++
			}
		case letter(c) && i+3 < len(src) && (src[i+2] == '>' || src[i+3] == '>'):
			if i += 3; src[i-1] != '>' {
				i++
			}
		case letter(c):
			if end := coloured(src, i); end > i {
				i = end
				continue
			}
			name, end := p.tag(src, i, i)
			i = p.after(name, i, end)
		case c == '/' && i+2 < len(src) && letter(src[i+2]):
			if p.svg > 0 && ends(src[i:], "</svg") {
				p.svg--
			}
			i = endTag(src, i)
		case c == '!' && bytes.HasPrefix(src[i:], []byte("<!--")):
			i += 4 + comment(src[i+4:])
		case c == '!' && bytes.HasPrefix(src[i:], []byte("<![CDATA[")):
			p.bad(i, "a CDATA section, which ends in one place in SVG and in another outside of it")
			i += 2 // read what is in it, too
		case c == '/' || c == '!' || c == '?':
			end := bytes.IndexByte(src[i:], '>')
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
		name := rawName(name)
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

// rawName is the name of an element with raw text as a string, not a new one for the five scripts of every page.
func rawName(name []byte) string {
	switch string(name) {
	case "script":
		return "script"
	case "title":
		return "title"
	}
	return string(name)
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

// endTag returns where the end tag that begins at i ends; its attributes mean nothing and may yet hold a > in quotes.
func endTag(src []byte, i int) int {
	end := until(endsTagName, src, i+2)
	if end < len(src) && src[end] == '>' {
		return end + 1
	}
	var none page
	_, end = none.tag(src, i+1, 0)
	return end
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// rawLength returns the length of the text of an element whose content is not markup, without its end tag. In a script that holds "<!--", a "<script" hides the next
// "</script" (the script data double escaped state of the standard).
func rawLength(src []byte, name string) int {
	escaped, double := false, false
	for i := 0; ; {
		j := 0
		if escaped {
			j = bytes.IndexAny(src[i:], "<-")
		} else {
			j = bytes.IndexByte(src[i:], '<')
		}
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
