package load

import (
	"bytes"
	"fmt"

	"errdex/internal/diag"
)

// mark returns which mark of a merge a line is, '<', '|', '=' or '>', and 0 where it is none.
func mark(line []byte) byte {
	line = bytes.TrimRight(line, " \r\n")
	if len(line) < 7 || len(line) > 7 && (line[7] != ' ' || line[0] == '=') || bytes.IndexByte([]byte("<|=>"), line[0]) < 0 || bytes.Count(line[:7], line[:1]) != 7 {
		return 0
	}
	return line[0]
}

// conflict is an unfinished merge: the lines, from 1, of its first and its last mark.
type conflict struct{ first, last int }

// conflicts finds the merges that are whole, and the marks that belong to none. In Markdown a line of equals signs is below a heading, and one of strokes
// is a row of a table, where no merge has begun.
func conflicts(data []byte, isMarkdown bool) (whole []conflict, alone []int) {
	var open []int // the lines of the marks since the last '<'
	halves, line := false, 0
	for text := range bytes.Lines(data) {
		line++
		switch c := mark(text); {
		case c == 0:
		case c == '<':
			alone = append(alone, open...)
			open, halves = []int{line}, false
		case c == '>' && len(open) > 0 && halves:
			whole = append(whole, conflict{open[0], line})
			open = nil
		case len(open) > 0 && c != '>':
			open = append(open, line)
			halves = halves || c == '='
		case isMarkdown && c != '>':
		default:
			alone = append(append(alone, open...), line)
			open = nil
		}
	}
	return whole, append(alone, open...)
}

// unmerge reports what an unfinished merge left in a file, and returns the file as it was on our side of it, with as many lines: the rest is then
// read and checked in its place. A file without marks is returned as it is.
func unmerge(data []byte, file string, isMarkdown bool, list *diag.List) (ours []byte, marked bool) {
	whole, alone := conflicts(data, isMarkdown)
	if len(whole) == 0 && len(alone) == 0 {
		return data, false
	}
	at := func(line int) diag.Span {
		return diag.Span{File: file, Start: diag.Pos{Line: line, Col: 1}, End: diag.Pos{Line: line, Col: 8}}
	}
	for _, c := range whole {
		list.ErrorHint(at(c.first), "yaml-syntax", "this is the mark of an unfinished merge",
			fmt.Sprintf("it goes on to line %d: keep one of the two versions, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`", c.last))
	}
	for _, line := range alone[:min(len(alone), maxFaults)] {
		list.ErrorHint(at(line), "yaml-syntax", "this line is left over from a merge", "remove this line; where those around it say one thing twice, keep one of the two")
	}
	out := make([]byte, 0, len(data))
	line, theirs := 0, false
	for text := range bytes.Lines(data) {
		line++
		if len(whole) > 0 && line > whole[0].last {
			whole, theirs = whole[1:], false
		}
		inside := len(whole) > 0 && line >= whole[0].first
		c := byte(0)
		if inside || len(alone) > 0 && line == alone[0] {
			c = mark(text)
		}
		if len(alone) > 0 && line == alone[0] {
			alone = alone[1:]
		}
		theirs = inside && (theirs || c == '|' || c == '=')
		if c != 0 || theirs {
			out = append(out, '\n')
		} else {
			out = append(out, text...)
		}
	}
	return out, true
}
