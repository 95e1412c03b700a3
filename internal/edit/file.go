package edit

import (
	"bytes"
	"fmt"
	"slices"

	"errdex/internal/diag"
)

// file is the bytes of an author's file and what is to be replaced in them.
type file struct {
	name    string
	data    []byte
	lines   []int // offset of each line's first byte
	bom     int   // bytes of a byte order mark, which positions do not count
	splices []splice
}

// splice replaces the bytes from at to end.
type splice struct {
	at, end int
	text    string
}

func newFile(name string, data []byte) *file {
	f := &file{name: name, data: data, lines: []int{0}}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		f.bom = 3
	}
	for i, c := range data {
		if c == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// offset returns the offset of a position, or -1 where the file has no such place.
func (f *file) offset(p diag.Pos) int {
	if p.Line < 1 || p.Line > len(f.lines) || p.Col < 1 {
		return -1
	}
	at := f.lines[p.Line-1] + p.Col - 1
	if p.Line == 1 {
		at += f.bom
	}
	if at > len(f.data) {
		return -1
	}
	return at
}

// line returns the bytes of a line, from 1, with its break.
func (f *file) line(n int) []byte {
	if n < 1 || n > len(f.lines) {
		return nil
	}
	end := len(f.data)
	if n < len(f.lines) {
		end = f.lines[n]
	}
	return f.data[f.lines[n-1]:end]
}

// replace notes that the text old, which stands at a place, becomes text. It reports whether the bytes there are old indeed.
func (f *file) replace(at diag.Pos, old, text string) bool {
	i := f.offset(at)
	if i < 0 || i+len(old) > len(f.data) || string(f.data[i:i+len(old)]) != old {
		return false
	}
	f.splices = append(f.splices, splice{i, i + len(old), text})
	return true
}

// spliced returns the file with everything replaced, and how many places that were. A place that is reached twice, as through an alias of YAML, is
// replaced once.
func (f *file) spliced() ([]byte, int, error) {
	slices.SortFunc(f.splices, func(a, b splice) int { return a.at - b.at })
	all := slices.Compact(f.splices)
	var out []byte
	at := 0
	for _, s := range all {
		if s.at < at {
			return nil, 0, fmt.Errorf("internal error: two edits of %s meet", f.name)
		}
		out = append(append(out, f.data[at:s.at]...), s.text...)
		at = s.end
	}
	return append(out, f.data[at:]...), len(all), nil
}

// with returns the file's bytes with one stretch replaced.
func (f *file) with(at, end int, text string) []byte {
	out := make([]byte, 0, len(f.data)+len(text))
	return append(append(append(out, f.data[:at]...), text...), f.data[end:]...)
}

// after returns the file's bytes with a line put behind line n; text has no break.
func (f *file) after(n int, text string) []byte {
	above := f.line(n)
	eol := "\n"
	if bytes.HasSuffix(above, []byte("\r\n")) {
		eol = "\r\n"
	}
	at := f.lines[n-1] + len(above)
	if !bytes.HasSuffix(above, []byte("\n")) {
		return f.with(at, at, eol+text)
	}
	return f.with(at, at, text+eol)
}

// indent returns the white space that a line begins with.
func (f *file) indent(n int) string {
	l := f.line(n)
	return string(l[:len(l)-len(bytes.TrimLeft(l, " \t"))])
}
