package load

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"

	"errdex/internal/diag"
)

var yamlPlace = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)

// problemOf returns the parser's words, and the line it guesses, 0 where it names none.
func problemOf(err error) (problem string, line int) {
	text := err.Error()
	m := yamlPlace.FindStringSubmatch(text)
	line, _ = strconv.Atoi(m[1])
	return text[len(m[0]):], line
}

// syntax says what keeps src from being YAML, in our words and with our place. src begins lines lines below the top of the
// file.
func (r *reader) syntax(src []byte, lines int, err error) diag.Diagnostic {
	f := locate(src, err, &r.budget)
	d := diag.Diagnostic{Span: r.spanAt(src, lines, f.offset, 1), ID: "yaml-syntax"}
	switch {
	case f.extra:
		d.Message, d.Hint = surplus(f.at.char)
		return d
	case f.at.char != 0:
		d.Message, d.Hint = unclosed(f.opener.char)
		d.Related = []diag.Related{{Span: r.spanAt(src, lines, f.at.offset, 1), Message: fmt.Sprintf("this `%c` closes something else", f.at.char)}}
		return d
	case f.opener.char != 0:
		d.Message, d.Hint = openQuote(src, f.opener.offset)
		return d
	}
	w := newWords(src, f)
	d.Message, d.Hint = w.say()
	d.Span = r.spanAt(src, lines, w.offset, w.length)
	if w.opened > 0 {
		d.Related = []diag.Related{{Span: r.spanAt(src, lines, w.opened-1, 1), Message: "it begins here"}}
	}
	return d
}

func unclosed(c byte) (message, hint string) {
	switch c {
	case '[':
		return "this list is not closed", "add `]` behind its last item"
	case '{':
		return "this mapping is not closed", "add `}` behind its last value"
	}
	return "the quote that begins here is not closed", fmt.Sprintf("add `%c` at the end of the text", c)
}

// spanAt converts an offset in a stretch of the file to its place.
func (r *reader) spanAt(src []byte, lines, offset, length int) diag.Span {
	offset = min(max(offset, 0), len(src))
	begin := bytes.LastIndexByte(src[:offset], '\n') + 1
	at := diag.Pos{Line: lines + bytes.Count(src[:offset], []byte("\n")) + 1, Col: offset - begin + 1}
	if n := len(r.line(at.Line)); at.Col > n+1 {
		at.Col = n + 1
	}
	end := at
	end.Col = min(at.Col+length, len(r.line(at.Line))+1)
	return diag.Span{File: r.file, Start: at, End: end}
}

// words find the message for a fault.
type words struct {
	src            []byte
	f              fault
	offset, length int    // where it is shown
	opened         int    // offset plus one of a related place; 0: none
	line           []byte // the line of the fault
	start          int    // its offset
	before, rest   string // of the fault, in its line
}

func newWords(src []byte, f fault) *words {
	w := &words{src: src, f: f, offset: f.offset, length: 1}
	w.start = bytes.LastIndexByte(src[:min(f.offset, len(src))], '\n') + 1
	w.line = src[w.start:]
	if i := bytes.IndexByte(w.line, '\n'); i >= 0 {
		w.line = w.line[:i]
	}
	w.line = bytes.TrimSuffix(w.line, []byte("\r"))
	n := min(f.offset-w.start, len(w.line))
	w.before, w.rest = string(w.line[:n]), string(w.line[n:])
	if w.rest != "" {
		_, w.length = utf8.DecodeRuneInString(w.rest)
	}
	return w
}

// say goes from the surest reading of the place to the most general.
func (w *words) say() (message, hint string) {
	for _, try := range []func() (string, string, bool){w.tab, w.oddIndent, w.runawayQuote, w.starItem, w.oddColon, w.noSpaceBehindDash, w.byProblem, func() (string, string, bool) { return w.noSpace(true) }, w.flow, w.value, w.plainText, w.indentation} {
		if message, hint, ok := try(); ok {
			return message, hint
		}
	}
	return "this is not YAML", "a line is `key: value`, or an item `- value`, indented like its neighbours; quote a text that begins with a sign"
}
