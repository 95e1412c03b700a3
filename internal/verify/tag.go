package verify

import (
	"bytes"
	"html"
)

// coloured returns where a tag such as <span class="nt"> that begins at i ends, or i: a page with samples has many, and there is nothing to see in them.
func coloured(src []byte, i int) int {
	const open = "<span "
	if len(src)-i > len(open) && string(src[i:i+len(open)]) == open {
		if a, _, end := usual(src, i+len(open)); a == aClass && end < len(src) && src[end] == '>' {
			return end + 1
		}
	}
	return i
}

// usual reads an attribute that begins at i as most do that mean something or are often there: class="nt", href="/docs/x" and id="causes". It returns 0 where it is another.
func usual(src []byte, i int) (a attributes, value []byte, end int) {
	rest := src[i:]
	switch {
	case len(rest) <= 7:
		return 0, nil, i
	case string(rest[:7]) == `class="`:
		a, i, rest = aClass, i+7, rest[7:]
		for n, c := range rest { // a few letters
			if c == '"' {
				return a, nil, i + n + 1
			}
		}
		return 0, nil, i
	case string(rest[:6]) == `href="`:
		a, i, rest = anHref, i+6, rest[6:]
	case string(rest[:4]) == `id="`:
		a, i, rest = anID, i+4, rest[4:]
	default:
		return 0, nil, i
	}
	n := bytes.IndexByte(rest, '"')
	if n < 0 {
		return 0, nil, i
	}
	return a, rest[:n], i + n + 1
}

// tag reads the start tag that begins at i and stands at offset at of the page. It returns its name in lower case and where it ends.
func (p *page) tag(src []byte, i, at int) (name []byte, end int) {
	e := element{at: at}
	e.tag, i = lowerName(endsTagName, src, i+1)
	for i < len(src) {
		c := src[i]
		if c == '>' {
			i++
			break
		}
		if c == '/' || space(c) {
			i++
			continue
		}
		a, value, end := usual(src, i)
		switch {
		case a == aClass:
		case a == anHref:
			p.href(&e, anHref, value)
		case a == anID:
			p.id(&e, value)
		default:
			var name []byte
			name, value, end = attribute(src, i)
			p.attribute(&e, name, value)
		}
		i = end
	}
	p.element(&e)
	return e.tag, i
}

// attribute reads the attribute that begins at i and returns its name in lower case, its value and where it ends.
func attribute(src []byte, i int) (name, value []byte, end int) {
	if src[i] == '=' { // a name may begin with it
		end = until(endsName, src, i+1)
		name, i = bytes.ToLower(src[i:end]), end
	} else {
		name, i = lowerName(endsName, src, i)
	}
	j := i
	for j < len(src) && space(src[j]) {
		j++
	}
	if j >= len(src) || src[j] != '=' {
		return name, nil, i
	}
	for j++; j < len(src) && space(src[j]); j++ {
	}
	if j >= len(src) {
		return name, nil, j
	}
	if q := src[j]; q == '"' || q == '\'' {
		end := bytes.IndexByte(src[j+1:], q)
		if end < 0 {
			return name, nil, len(src)
		}
		return name, src[j+1 : j+1+end], j + end + 2
	}
	for i = j; j < len(src) && !space(src[j]) && src[j] != '>'; j++ {
	}
	return name, src[i:j], j
}

// marks tell of each byte what it means in the tags of a page.
var marks = func() (is [256]uint8) {
	for _, c := range " \n\t\r\f>/" {
		is[c] = endsTagName | endsName
	}
	is['='] = endsName
	is[':'], is['%'] = inFragment, inFragment
	for c := 'A'; c <= 'Z'; c++ {
		is[c] = capital
	}
	return is
}()

const (
	endsTagName uint8 = 1 << iota // the name of a tag
	endsName                      // the name of an attribute
	capital
	inFragment // what means something in a fragment
)

// until returns where the first byte with a mark is from i on.
func until(mark uint8, src []byte, i int) int {
	for n, c := range src[i:] {
		if marks[c]&mark != 0 {
			return i + n
		}
	}
	return len(src)
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// lowerName returns the name that begins at i in lower case, and where it ends. It is a copy only where it has capitals, as in no page of ours.
func lowerName(ends uint8, src []byte, i int) (name []byte, end int) {
	end = until(ends|capital, src, i)
	if end == len(src) || marks[src[end]]&ends != 0 {
		return src[i:end], end
	}
	end = until(ends, src, end)
	return bytes.ToLower(src[i:end]), end
}

// text resolves the entities of an attribute's value.
func text(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 {
		return b
	}
	return []byte(html.UnescapeString(string(b)))
}
