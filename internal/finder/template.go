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
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			return Template{}, &TemplateError{i, "not UTF-8"}
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7f:
			return Template{}, &TemplateError{i, fmt.Sprintf("control character %U", r)}
		}
	}
	var t Template
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
		if name := holeName(s[i+1:]); name != "" {
			literal(s[start:i], start)
			t.Parts = append(t.Parts, Part{Text: name, Hole: true, Offset: i})
			i += len(name) + 2
			start = i
			continue
		}
		if i+1 < len(s) && s[i+1] == '{' {
			if name := holeName(s[i+2:]); name != "" && strings.HasPrefix(s[i+3+len(name):], "}") {
				literal(s[start:i], start)
				literal("{"+name+"}", i)
				i += len(name) + 4
				start = i
				continue
			}
		}
		i++
	}
	literal(s[start:], start)
	return t, nil
}

// holeName returns the name that s begins with when a closing brace follows it.
func holeName(s string) string {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '}':
			return s[:i]
		case c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9'):
			return ""
		}
	}
	return ""
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
