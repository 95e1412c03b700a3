package finder

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Template is a message as an author writes it: literal text and holes for what varies.
//
// `{name}` with a name of lower-case letters, digits and `_` is a hole, `{{name}}` the literal text `{name}`, and any other
// brace is itself. So every text is a template; only text that no page can show is refused.
type Template struct {
	Parts []Part // neighbouring literals are one part
}

// Part is a piece of a template.
type Part struct {
	Text   string // the literal as a reader sees it, or the hole's name
	Hole   bool
	Offset int // of the part's first byte in the source
}

// TemplateError says where a text is no template.
type TemplateError struct {
	Offset int // in bytes, from 0
	Reason string
}

func (e *TemplateError) Error() string {
	return fmt.Sprintf("message, byte %d: %s", e.Offset, e.Reason)
}

// ParseTemplate reads a message. The error is a *TemplateError: bytes that are not UTF-8, or a control character other than
// tab, carriage return and line feed.
func ParseTemplate(s string) (Template, error) {
	for i := 0; i < len(s); i++ {
		if s[i] >= ' ' && s[i] < 0x7f {
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return Template{}, &TemplateError{i, "not UTF-8"}
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7f:
			return Template{}, &TemplateError{i, fmt.Sprintf("control character %U", r)}
		}
		i += n - 1
	}
	var t Template
	if n := strings.Count(s, "{"); n > 0 {
		t.Parts = make([]Part, 0, min(2*n+1, 16))
	}
	literal := func(text string, at int) {
		if n := len(t.Parts); n > 0 && !t.Parts[n-1].Hole {
			t.Parts[n-1].Text += text
		} else if text != "" {
			t.Parts = append(t.Parts, Part{Text: text, Offset: at})
		}
	}
	start := 0
	for i := 0; i < len(s); {
		if s[i] != '{' {
			i++
			continue
		}
		name, hole, n := holeAt(s[i:])
		if n == 0 {
			i++
			continue
		}
		literal(s[start:i], start)
		if hole {
			t.Parts = append(t.Parts, Part{Text: name, Hole: true, Offset: i})
		} else {
			literal("{"+name+"}", i)
		}
		i += n
		start = i
	}
	literal(s[start:], start)
	return t, nil
}

// holeAt reads what a text begins with, whose first byte is a brace: a hole, or the literal text that two braces make of one. n is its length, 0 where it
// is neither.
func holeAt(s string) (name string, hole bool, n int) {
	if name := holeName(s[1:]); name != "" {
		return name, true, len(name) + 2
	}
	if strings.HasPrefix(s[1:], "{") {
		if name := holeName(s[2:]); name != "" && strings.HasPrefix(s[3+len(name):], "}") {
			return name, false, len(name) + 4
		}
	}
	return "", false, 0
}

// appendHoles appends what is a hole in a text or looks like one.
func appendHoles(out []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] != '{' {
			continue
		}
		if _, _, n := holeAt(s[i:]); n > 0 {
			out = append(out, s[i:i+n]...)
			i += n - 1
		}
	}
	return out
}

// holeName returns the name that s begins with when a closing brace follows it.
func holeName[T string | []byte](s T) T {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '}':
			return s[:i]
		case c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9'):
			return s[:0]
		}
	}
	return s[:0]
}

// Holes returns the names of the holes, in order, with repetitions.
func (t Template) Holes() []string {
	var names []string
	for _, p := range t.Parts {
		if p.Hole {
			names = append(names, p.Text)
		}
	}
	return names
}
