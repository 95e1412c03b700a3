package markdown

import "strings"

// inlineSigns are the bytes that mean something, or might, inside a line, and tabs, carriage returns and their like, some of which Markdown takes for
// spaces. Everything else is text. markSigns are those that begin a mark, addressSigns those that an address is not read with, controlSigns those that code is not.
var (
	inlineSigns  = SetOf(controls + "`*[]_~<&\\!@:wW")
	markSigns    = SetOf("`*[")
	addressSigns = SetOf(controls + " ()<>\"'\\&[]*_`")
	controlSigns = SetOf(controls)
)

// controls are all control characters of ASCII but the last.
const controls = "\x00\x01\x02\x03\x04\x05\x06\x07\b\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f"

// inline reads text with code spans, emphasis and links.
func (q *quick) inline(at, end int) {
	src, signs := q.src[:end], &inlineSigns
	if q.mode != quickRead { // what else might mean something does not: it has been read
		signs = &markSigns
	}
	from := at // of the text that is not written yet
	for i := at; i < end && q.ok; {
		if i += Before(signs, src[i:]); i >= end {
			break
		}
		switch c := src[i]; {
		case c == '`':
			q.text(q.src[from:i])
			i = q.codeSpan(i, end)
			from = i
		case c == '*':
			q.text(q.src[from:i])
			i = q.emphasis(i, at, end)
			from = i
		case c == '[':
			q.text(q.src[from:i])
			i = q.link(i, end)
			from = i
		case c == '\n':
			if q.src[i-1] == ' ' { // a hard line break, or space to be dropped
				q.ok = false
			}
			i++
		case c == ':' && !strings.HasPrefix(q.src[i:], "://"), (c == 'w' || c == 'W') && !www(q.src[i:]):
			i++
		case c == '!' && (i+1 == len(q.src) || q.src[i+1] != '['):
			i++
		default:
			q.ok = false
		}
	}
	if q.ok {
		q.text(q.src[from:end])
	}
}

// www reports what goldmark would make a link.
func www(s string) bool {
	return len(s) >= 4 && s[3] == '.' && strings.EqualFold(s[:3], "www")
}

// codeSpan reads a code span of single backticks on one line and returns the offset behind it.
func (q *quick) codeSpan(i, end int) int {
	size := strings.IndexByte(q.src[i+1:end], '`')
	if size <= 0 {
		q.ok = false
		return end
	}
	code := q.src[i+1 : i+1+size]
	next := i + size + 2
	if code[0] == ' ' || code[size-1] == ' ' || q.mode == quickRead && Before(&controlSigns, code) < len(code) || next < end && q.src[next] == '`' {
		q.ok = false
	}
	q.str("<code>")
	q.text(code)
	q.str("</code>")
	return next
}

// emphasis reads `*text*` or `**text**` around text without another star, where ASCII on both sides of both marks leaves no doubt
// which of them opens and which closes, and returns the offset behind it.
func (q *quick) emphasis(i, start, end int) int {
	n := 1
	if strings.HasPrefix(q.src[i:end], "**") {
		n = 2
	}
	inner := i + n
	size := strings.IndexByte(q.src[min(inner, end):end], '*')
	if size <= 0 || i > start && strings.IndexByte(" \n(", q.src[i-1]) < 0 {
		q.ok = false
		return end
	}
	close := inner + size
	next := close + n
	if !letter(q.src[inner]) && strings.IndexByte("`[(\"'", q.src[inner]) < 0 || !letter(q.src[close-1]) && strings.IndexByte("`)\"'.,:;?!", q.src[close-1]) < 0 || !strings.HasPrefix(q.src[close:end], "**"[:n]) ||
		next < end && strings.IndexByte(" \n.,;:?!)", q.src[next]) < 0 {
		q.ok = false
		return end
	}
	tag := "em>"
	if n == 2 {
		tag = "strong>"
	}
	q.str("<")
	q.str(tag)
	q.inline(inner, close)
	q.str("</")
	q.str(tag)
	return next
}

// link reads `[text](destination)` whose text has nothing but text and code spans, and returns the offset behind it.
func (q *quick) link(i, end int) int {
	size := strings.IndexByte(q.src[i:end], ']')
	if size <= 1 || !strings.HasPrefix(q.src[i+size:end], "](") {
		q.ok = false
		return end
	}
	text := q.src[i+1 : i+size]
	open := i + size + 2
	stop := strings.IndexByte(q.src[open:end], ')')
	if stop <= 0 || strings.IndexByte(text, '[') >= 0 || strings.IndexByte(text, '*') >= 0 || Before(&addressSigns, q.src[open:open+stop]) < stop {
		q.ok = false
		return end
	}
	q.str("<a")
	switch q.mode {
	case quickRead:
		if len(q.doc.Links) == 0 { // a body of its own
			own := &linked{body: *q.doc.body}
			own.Links = own.room[:0]
			q.doc.body = &own.body
		}
		q.doc.Links = append(q.doc.Links, Link{Dest: q.src[open : open+stop], At: Range{open, open + stop}, Text: linkText(text)})
	case quickHTML:
		q.dst = q.doc.appendHref(q.dst, q.nth, q.href)
		q.nth++
	}
	q.str(">")
	q.inline(i+1, i+size)
	q.str("</a>")
	return open + stop + 1
}

// linkText is the text of a link without the signs of its code spans.
func linkText(s string) string {
	if strings.IndexByte(s, '`') >= 0 {
		s = strings.ReplaceAll(s, "`", "")
	}
	if strings.IndexByte(s, '\n') >= 0 {
		s = strings.ReplaceAll(s, "\n", " ")
	}
	return s
}
