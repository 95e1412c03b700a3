package finder

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// limit bounds, in UTF-16 code units, how much of a paste is read closely.
const limit = 65536

// units is a text in UTF-16 code units, as a browser has it: positions and lengths are the same there and here.
type units []uint16

func toUnits(s string) units {
	out := make(units, 0, len(s))
	for i := range len(s) {
		if s[i] >= 0x80 {
			return utf16.Encode([]rune(s))
		}
		out = append(out, uint16(s[i]))
	}
	return out
}

// ascii returns a text that is all ASCII as a string, whose offsets are the same, and "" for any other.
func (u units) ascii() string {
	for _, c := range u {
		if c >= 0x80 {
			return ""
		}
	}
	var b strings.Builder
	b.Grow(len(u))
	for _, c := range u {
		b.WriteByte(byte(c))
	}
	return b.String()
}

func (u units) String() string { return string(utf16.Decode(u)) }

// from returns u[a:b] with the bounds drawn into the text.
func (u units) from(a, b int) units {
	b = min(max(b, 0), len(u))
	return u[min(max(a, 0), b):b]
}

// index returns where what first stands in u at or after at, or -1.
func (u units) index(what units, at int) int {
	if len(what) == 0 {
		return min(at, len(u))
	}
	for i := max(at, 0); i+len(what) <= len(u); i++ {
		k := slices.Index(u[i:len(u)-len(what)+1], what[0])
		if k < 0 {
			return -1
		}
		i += k
		if slices.Equal(u[i:i+len(what)], what) {
			return i
		}
	}
	return -1
}

// lastIndex returns where what last stands in u at or before at, or -1.
func (u units) lastIndex(what units, at int) int {
	for i := min(max(at, 0), len(u)-len(what)); i >= 0; i-- {
		if slices.Equal(u[i:i+len(what)], what) {
			return i
		}
	}
	return -1
}

func trim(u units) units {
	blank := func(c uint16) bool { return c == ' ' || c == '\n' }
	for len(u) > 0 && blank(u[0]) {
		u = u[1:]
	}
	for len(u) > 0 && blank(u[len(u)-1]) {
		u = u[:len(u)-1]
	}
	return u
}

// bound returns the parts of a long paste that are read: its head, its tail, and what lies around the first signs of a
// failure in each kilobyte between them, at most 16 of each sign. A paste of any length costs what 90 KB cost, and one pass
// for each sign over the rest.
func bound(s units) units {
	if len(s) <= limit {
		return s
	}
	const half, window, ahead = limit / 2, 512, 256
	last := len(s) - 8192
	spots := []int{last}
	for _, sign := range strings.Fields(signs) {
		what := toUnits(sign)
		for at, n := half, 0; n < 16; at, n = at+1024, n+1 {
			if at = s.index(what, at); at < 0 || at >= last {
				break
			}
			spots = append(spots, at-ahead)
		}
	}
	slices.Sort(spots)
	out := slices.Clone(s[:half])
	end := half
	for _, at := range spots {
		to := at + window
		if at == last {
			to = len(s)
		}
		out = append(append(out, '\n'), s.from(max(at, end), to)...)
		end = max(end, to)
	}
	return out
}

// clean undoes what stands between the text and the paste: escapes of any depth, entities, percent signs, terminal colours,
// characters without width. A run of blanks becomes one, a line feed if it had a line end.
func clean(s units) units {
	return collapse(unescape(s))
}

func unescape(s units) units {
	out := make(units, 0, len(s))
	for i := 0; i < len(s); {
		c, n := s[i], 0
		var as uint16
		switch c {
		case '\\':
			as, n = escape(s[i:])
		case '&':
			as, n = entity(s[i:])
		case '%':
			if v, ok := hex(s.from(i+1, i+3), 2); ok && v >= ' ' && v < 0x80 {
				as, n = v, 3
			}
		case 0x1b:
			as, n = colour(s[i:])
		}
		if n == 0 {
			as, n = c, 1
		}
		out = append(out, as)
		i += n
	}
	return out
}

// escape reads backslashes, at most 16, and what they escape: the unit it stands for and how many units that took, 0 for no
// escape.
func escape(s units) (uint16, int) {
	n := 1
	for n < len(s) && n < 16 && s[n] == '\\' {
		n++
	}
	if n == len(s) {
		return 0, 0
	}
	switch s[n] {
	case 'n', 'r', 't':
		return '\n', n + 1
	case '"', '\'', '/':
		return s[n], n + 1
	case 'u':
		if v, ok := hex(s.from(n+1, n+5), 4); ok {
			return v, n + 5
		}
	}
	return 0, 0
}

func hex(s units, n int) (uint16, bool) {
	if len(s) != n {
		return 0, false
	}
	v, err := strconv.ParseUint(s.String(), 16, 16)
	return uint16(v), err == nil
}

// entity reads a character reference, through any number of "&amp;" that were put before it.
func entity(s units) (uint16, int) {
	n, amps := 1, 0
	for s.from(n, n+4).String() == "amp;" {
		n += 4
		amps++
	}
	end := n
	for end < len(s) && end < n+7 && s[end] != ';' {
		end++
	}
	if end < len(s) && s[end] == ';' {
		switch name := s[n:end].String(); {
		case name == "quot", name == "#34":
			return '"', end + 1
		case name == "apos", name == "#39", name == "#039", name == "#x27":
			return '\'', end + 1
		case named(strings.TrimPrefix(name, "#")):
			return ' ', end + 1
		}
	}
	if amps > 0 {
		return ' ', n
	}
	return 0, 0
}

// named reports whether s may be a reference's name or number: "nbsp", "160".
func named(s string) bool {
	return len(s) > 1 && len(s) < 6 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// colour reads a terminal's escape sequence.
func colour(s units) (uint16, int) {
	i := 2
	if len(s) < 3 || s[1] != '[' {
		return 0, 0
	}
	for i < len(s) && (s[i] == ';' || s[i] >= '0' && s[i] <= '9') {
		i++
	}
	if i == len(s) || (s[i]|32) < 'a' || (s[i]|32) > 'z' {
		return 0, 0
	}
	return ' ', i + 1
}

func collapse(s units) units {
	out := s[:0]
	run := uint16(0)
	for _, c := range s {
		switch {
		case c <= 8, c >= 0x0e && c < 0x20, c == 0x7f, c == 0xad, c >= 0x300 && c < 0x370, c >= 0x200b && c < 0x2010, c >= 0xfe00 && c < 0xfe10, c == 0xfeff:
			continue
		case c == '\n', c == '\r':
			run = '\n'
			continue
		case c == '\t', c == 0x0b, c == 0x0c, c == ' ', c == 0xa0, c >= 0x2000 && c < 0x200b, c == 0x3000,
			c == 0x60c, c == 0x61b, c == 0x61f, c == 0x6d4, c == 0x964, c == 0x965: // the stops of Arabic and Hindi
			if run == 0 {
				run = ' '
			}
			continue
		}
		if run != 0 {
			out = append(out, run)
			run = 0
		}
		out = append(out, c)
	}
	if run != 0 {
		out = append(out, run)
	}
	return out
}
