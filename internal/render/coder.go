package render

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/markdown"
)

// jsonFile writes JSON as encoding/json does with its escaping for HTML, byte for byte, and indents by one space a level, or writes all on one line. A member or item
// follows what stands before it in its object or list by itself; the name of an item is empty.
type jsonFile struct {
	sheet
	depth int
	more  bool // something stands before in what is open
	flat  bool // on one line
}

// next begins a member, or an item where there is no name, and returns what is written then, to which its value is appended.
func (w *jsonFile) next(name string) []byte {
	b := w.line(w.b)
	w.more = true
	if name != "" {
		b = append(append(append(b, '"'), name...), `": `...)
		if w.flat {
			b = b[:len(b)-1]
		}
	}
	return b
}

// line ends the member before and goes to where the next one begins.
func (w *jsonFile) line(b []byte) []byte {
	switch {
	case w.depth == 0:
	case !w.flat && w.more:
		b = append(b, ",\n               "[:2+w.depth]...)
	case !w.flat:
		b = append(b, "\n               "[:1+w.depth]...)
	case w.more:
		b = append(b, ',')
	}
	return b
}

// begin opens an object or a list, end closes it.
func (w *jsonFile) begin(name string, bracket byte) {
	w.keep(append(w.next(name), bracket))
	w.depth++
	w.more = false
}

func (w *jsonFile) end(bracket byte) {
	w.depth--
	b := w.b
	if w.more && !w.flat {
		b = append(b, "\n               "[:1+w.depth]...)
	}
	w.keep(append(b, bracket))
	w.more = true
}

func (w *jsonFile) text(name, s string) {
	w.keep(append(appendJSON(append(w.next(name), '"'), s), '"'))
}

// texts writes one string that is put together from parts.
func (w *jsonFile) texts(name string, parts ...string) {
	b := append(w.next(name), '"')
	for _, s := range parts {
		b = appendJSON(b, s)
	}
	w.keep(append(b, '"'))
}

func (w *jsonFile) number(name string, n int) {
	w.keep(strconv.AppendInt(w.next(name), int64(n), 10))
}

// some writes a text where there is one, someNumber a number that is not 0, values a list that is not empty.
func (w *jsonFile) some(name, s string) {
	if s != "" {
		w.text(name, s)
	}
}

func (w *jsonFile) someNumber(name string, n int) {
	if n != 0 {
		w.number(name, n)
	}
}

func (w *jsonFile) values(name string, texts []catalog.Text) {
	list(w, name, texts, func(t *catalog.Text) { w.text("", t.Value) })
}

// list writes the items of a list that is not empty, each with a function that writes one.
func list[T any](w *jsonFile, name string, items []T, write func(*T)) {
	if len(items) == 0 {
		return
	}
	w.begin(name, '[')
	for i := range items {
		write(&items[i])
	}
	w.end(']')
}

// notJSON are the bytes that do not stand for themselves in a string of JSON, or may not.
var notJSON = func() (set markdown.ByteSet) {
	for c := range set {
		if c < ' ' || c >= utf8.RuneSelf || strings.ContainsRune("\"\\<>&", rune(c)) {
			set[c] = 1
		}
	}
	return set
}()

// appendJSON appends s as it stands between quotes. Bytes that are not UTF-8 become U+FFFD; <, > and & and the two line separators of JavaScript are
// escaped, so that the text can stand in a script element.
func appendJSON(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	last := 0
	for i := 0; i < len(s); {
		if i += markdown.Before(&notJSON, s[i:]); i == len(s) {
			break
		}
		c, size := s[i], 1
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			if r != '\u2028' && r != '\u2029' && (r != utf8.RuneError || size > 1) {
				i += size
				continue
			}
			dst = append(dst, s[last:i]...)
			if r == utf8.RuneError {
				dst = append(dst, `\ufffd`...)
			} else {
				dst = append(append(dst, `\u202`...), hex[r&15])
			}
		} else {
			dst = append(dst, s[last:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\b':
				dst = append(dst, '\\', 'b')
			case '\f':
				dst = append(dst, '\\', 'f')
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
		}
		i += size
		last = i
	}
	return append(dst, s[last:]...)
}
