package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What comes from the content may hold bytes that a terminal obeys (escape sequences, C1 controls) or that make a line
// read otherwise than it is stored (direction overrides, "Trojan Source", CVE-2021-42574). None of them is printed as it
// is: each becomes something that can be seen.

// glyph is one character as it is shown.
type glyph struct {
	text  string
	width int // columns of the terminal
	size  int // bytes in the source
}

// nextGlyph returns how the first character of s is shown; s is not empty. A tab is a single space here, excerpts expand
// it themselves.
func nextGlyph(s string) glyph {
	if c := s[0]; c >= ' ' && c < 0x7F {
		return glyph{s[:1], 1, 1}
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == '\t':
		return glyph{" ", 1, 1}
	case r < ' ':
		return glyph{string('\u2400' + r), 1, 1} // the control pictures
	case r == 0x7F:
		return glyph{"\u2421", 1, 1}
	case r == utf8.RuneError && size == 1:
		return glyph{fmt.Sprintf("<%02X>", s[0]), 4, 1}
	case r == '\u200c' || r == '\u200d': // the joiners: whole scripts and emoji need them
		return glyph{s[:size], 0, size}
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co):
		text := fmt.Sprintf("<U+%04X>", r)
		return glyph{text, len(text), size}
	case unicode.In(r, unicode.Mn, unicode.Me):
		return glyph{s[:size], 0, size}
	case wide(r):
		return glyph{s[:size], 2, size}
	}
	return glyph{s[:size], 1, size}
}

// wide reports whether a terminal gives r two columns: the ranges of Unicode's East Asian Width W and F (UAX 11), the
// unassigned code points between them included, as terminals do.
func wide(r rune) bool {
	if r < 0x1100 {
		return false
	}
	for _, x := range [...][2]rune{
		{0x1100, 0x115F}, {0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x25FD, 0x25FE}, {0x2614, 0x2615}, {0x26A1, 0x26A1},
		{0x2705, 0x2705}, {0x274C, 0x274C}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0xA4CF},
		{0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
		{0x16FE0, 0x18AFF}, {0x1B000, 0x1B2FF}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
		{0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
	} {
		if r >= x[0] && r <= x[1] {
			return true
		}
	}
	return false
}

// Safe returns s as one line that a terminal shows and does not obey: for names, arguments and errors that hold either.
func Safe(s string) string { return safe(s) }

// safe returns s as one line that a terminal shows and does not obey.
func safe(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] >= ' ' && s[i] < 0x7F
	}
	if clean {
		return s
	}
	var b strings.Builder
	for s != "" {
		g := nextGlyph(s)
		b.WriteString(g.text)
		s = s[g.size:]
	}
	return b.String()
}

// textWidth returns the columns that a text from safe takes.
func textWidth(s string) int {
	n := 0
	for s != "" {
		g := nextGlyph(s)
		n += g.width
		s = s[g.size:]
	}
	return n
}
