package load

import (
	"bytes"
	"fmt"

	"errdex/internal/diag"
)

// unmerge reports what an unfinished merge left in a file, and returns the file as it was on our side of it, with as many lines: the rest is then
// read and checked in its place. A file without marks is returned as it is.
func unmerge(data []byte, file string, list *diag.List) (ours []byte, marked bool) {
	if !bytes.Contains(data, []byte("<<<<<<< ")) {
		return data, false
	}
	var out []byte
	begin, theirs := 0, false // the line of the mark that is open
	line := 0
	for text := range bytes.Lines(data) {
		line++
		switch {
		case bytes.HasPrefix(text, []byte("<<<<<<< ")):
			begin, theirs = line, false
		case begin > 0 && (bytes.HasPrefix(text, []byte("||||||| ")) || string(bytes.TrimRight(text, "\r\n")) == "======="):
			theirs = true
		case begin > 0 && bytes.HasPrefix(text, []byte(">>>>>>> ")):
			list.ErrorHint(diag.Span{File: file, Start: diag.Pos{Line: begin, Col: 1}, End: diag.Pos{Line: begin, Col: 8}}, "yaml-syntax", "this is the mark of an unfinished merge",
				fmt.Sprintf("it goes on to line %d: keep one of the two versions, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`", line))
			begin, theirs = 0, false
		case theirs:
		default:
			out = append(out, text...)
			continue
		}
		out = append(out, '\n')
	}
	if begin > 0 {
		return data, false // no merge writes that
	}
	return out, true
}
