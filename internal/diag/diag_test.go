package diag_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"errdex/internal/diag"
)

func TestNearest(t *testing.T) {
	for _, c := range []struct {
		word, candidates, want string
	}{
		{"131301", "131031 131026 190", "131031"},
		{"sumary", "summary support", "summary"},
		{"replacedBy", "replaced_by related", "replaced_by"},
		{"see-also", "see_also confused_with", "see_also"},
		{"Fixes", "fixes causes", "fixes"},
		{"zzz", "fixes causes", ""},
		{"ab", "xy", ""},
		{"bat", "cat hat", "cat"}, // a tie goes to the first in the alphabet
		{"bat", "hat cat", "cat"},
		{"", "a b", ""}, // nothing of what was written would be left
		{"2", "1 3", ""},
		{"caus", "summary causes", "causes"},
		{"1310", "131031 190", "131031"},
		{"1310", "131031 131032", ""},
		{"88", "8", "8"},
	} {
		if got := diag.Nearest(c.word, strings.Fields(c.candidates)); got != c.want {
			t.Errorf("Nearest(%q, %s) = %q, want %q", c.word, c.candidates, got, c.want)
		}
	}
}

func TestSortedDropsDuplicates(t *testing.T) {
	mk := func(file string, line int, id, hint string) diag.Diagnostic {
		return diag.Diagnostic{Span: span(file, [2]int{line, 1}, [2]int{}), ID: id, Message: "m", Hint: hint}
	}
	all := []diag.Diagnostic{mk("b", 1, "x", ""), mk("a", 2, "x", ""), mk("a", 2, "x", "h"), mk("a", 2, "x", ""), mk("a", 1, "y", "")}
	var first []diag.Diagnostic
	for range 2 {
		list := &diag.List{}
		for _, d := range all {
			list.Add(d)
		}
		got := list.Sorted()
		if first == nil {
			first = got
		}
		if len(got) != 4 || !slices.EqualFunc(got, first, func(a, b diag.Diagnostic) bool { return a.Span == b.Span && a.ID == b.ID && a.Hint == b.Hint }) {
			t.Errorf("got %v", got)
		}
		slices.Reverse(all)
	}
}

func TestPlace(t *testing.T) {
	text := "one\n\n  three\n"
	p := diag.Literal(10, 5)
	for _, c := range []struct {
		offset int
		want   diag.Pos
	}{
		{0, diag.Pos{Line: 10, Col: 5}}, {2, diag.Pos{Line: 10, Col: 7}}, {3, diag.Pos{Line: 10, Col: 8}},
		{4, diag.Pos{Line: 11, Col: 1}}, // an empty line need not be indented
		{5, diag.Pos{Line: 12, Col: 5}}, {7, diag.Pos{Line: 12, Col: 7}},
		{len(text), diag.Pos{Line: 12, Col: 12}}, {999, diag.Pos{Line: 12, Col: 12}}, {-1, diag.Pos{Line: 10, Col: 5}},
	} {
		if got := p.At(text, c.offset); got != c.want {
			t.Errorf("offset %d is at %v, want %v", c.offset, got, c.want)
		}
	}
	if got := diag.Start(3, 4).At(text, 7); got != (diag.Pos{Line: 3, Col: 4}) {
		t.Errorf("a start is at %v", got)
	}
	if got := diag.Flat(3, 4).At("abc", 2); got != (diag.Pos{Line: 3, Col: 6}) {
		t.Errorf("a flat text is at %v", got)
	}
}

// FuzzText holds that whatever a file and a diagnostic hold, the output is text that a terminal shows and does not obey,
// in lines that fit.
func FuzzText(f *testing.F) {
	f.Add("a: b\tc\n", "message", 1, 2, 1, 4, 40)
	f.Add("漢字\xff\x1b[2J\u202e"+strings.Repeat("x", 500), "m\x00", 1, 300, 1, 310, 30)
	f.Add(strings.Repeat("\t", 300)+"e\u0301", "", 1, 299, 9, 1, 80)
	f.Add("\n\n", "x", 2, 1, 3, 5, 0)
	f.Fuzz(func(t *testing.T, source, message string, line, col, endLine, endCol, width int) {
		if width < 0 || width > 300 || len(source) > 1<<16 {
			return
		}
		list := &diag.List{}
		list.Add(diag.Diagnostic{Span: span("f", [2]int{line, col}, [2]int{endLine, endCol}), ID: "x", Message: message, Hint: message,
			Related: []diag.Related{{Span: span("f", [2]int{endLine, endCol}, [2]int{line, col}), Message: message}}})
		var out bytes.Buffer
		if err := diag.Text(&out, list, diag.Options{Width: width, Source: func(string) ([]byte, error) { return []byte(source), nil }}); err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(out.Bytes()) {
			t.Errorf("not UTF-8: %q", out.String())
		}
		for _, r := range out.String() {
			if r < ' ' && r != '\n' || r >= 0x7F && r < 0xA0 || r >= 0x202A && r <= 0x202E {
				t.Fatalf("%U is printed as it is in %q", r, out.String())
			}
		}
		for _, l := range strings.Split(out.String(), "\n") {
			if strings.Contains(l, " | ") && width >= 40 && utf8.ValidString(source) && isASCII(l) && len(l) > width+1 && !strings.Contains(l, message) {
				t.Errorf("a line of %d columns, the width is %d: %q", len(l), width, l)
			}
		}
	})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7E }) < 0
}
