package diag

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// record is a diagnostic as a program reads it; the keys are the contract of the command line.
type record struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Severity  string `json:"severity"`
	ID        string `json:"id"`
	Message   string `json:"message"`
	Hint      string `json:"hint"`
	URL       string `json:"url"`
}

// JSON prints a list for programs: one object a line, sorted, every key always there. Lines and columns count from 1,
// columns in bytes; a problem of a file as a whole stands at 1:1, one of which only the start is known ends where it
// begins. url may be nil. The error is the writer's.
func JSON(w io.Writer, list *List, url func(id string) string) error {
	out := bufio.NewWriter(w)
	for _, d := range list.Sorted() {
		start, end := bounds(d.Span)
		r := record{d.Span.File, start.Line, start.Col, end.Line, end.Col, d.Severity.String(), d.ID, d.Message, d.Hint, ""}
		if url != nil {
			r.URL = url(d.ID)
		}
		out.Write(marshal(r))
	}
	return out.Flush()
}

// bounds returns a span's start and end as a program wants them: both there, the end not before the start.
func bounds(s Span) (start, end Pos) {
	start, end = s.Start, s.End
	if start.Line < 1 {
		return Pos{1, 1}, Pos{1, 1}
	}
	start.Col = max(start.Col, 1)
	if end.Line < start.Line || end.Line == start.Line && end.Col < start.Col {
		end = start
	}
	return start, end
}

// JSONLine is marshal for the lines of other commands.
func JSONLine(v any) []byte { return marshal(v) }

// marshal returns v as one line of JSON. Unlike encoding/json it also escapes DEL, the C1 controls and format
// characters, since the line may be read in a terminal.
func marshal(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("internal error: " + err.Error()) // only structs of strings and numbers come here
	}
	data := b.Bytes()
	if bytes.IndexFunc(data, unsafeInJSON) < 0 {
		return data
	}
	out := make([]byte, 0, len(data)+16)
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if unsafeInJSON(r) {
			out = appendEscape(out, r)
		} else {
			out = append(out, data[:size]...)
		}
		data = data[size:]
	}
	return out
}

func unsafeInJSON(r rune) bool {
	return r == 0x7F || r > 0x7F && r != '\u200c' && r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

func appendEscape(dst []byte, r rune) []byte {
	if r > 0xFFFF { // a pair of surrogates
		r -= 0x10000
		return fmt.Appendf(dst, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
	}
	return fmt.Appendf(dst, `\u%04x`, r)
}
