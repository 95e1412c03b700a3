package load

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// A text that comes from a web page or a word processor is often indented with no-break spaces. They look like spaces, and to YAML they are letters:
// what they indent is not indented, and what they begin begins with them.

var beforeText = regexp.MustCompile(`^(?: *- +)* *`)

// oddSpaces returns where in a line's indentation, or behind its dash, spaces begin that are none, and where the text behind them does; from is -1 where
// there are none.
func oddSpaces(line []byte) (from, to int) {
	from = len(beforeText.Find(line))
	for to = from; to < len(line); {
		c, size := utf8.DecodeRune(line[to:])
		if (c < utf8.RuneSelf || !unicode.IsSpace(c)) && (c != ' ' || to == from) {
			break
		}
		to += size
	}
	if to == from || to == len(line) {
		return -1, 0
	}
	return from, to
}

// evenSpaces writes a line with a space for each that only looks like one.
func evenSpaces(line []byte) []byte {
	from, to := oddSpaces(line)
	if from < 0 {
		return line
	}
	return slices.Concat(line[:from], bytes.Repeat([]byte(" "), utf8.RuneCount(line[from:to])), line[to:])
}

// mostTried is the size of a text that is parsed once more to see whether a hint mends it.
const mostTried = 256 << 10

// mends reports whether a text that ends with the line of the fault can become YAML.
func mends(src []byte) bool { return len(src) <= mostTried && parseError(complete(src)) == "" }

// oddIndent: what indents this line, or the one above it, looks like spaces.
func (w *words) oddIndent() (message, hint string, ok bool) {
	for i, l := range w.thisAndAbove() {
		line := w.src[l[0]:l[1]]
		from, to := oddSpaces(line)
		if from < 0 {
			continue
		}
		if i > 0 { // which may be a text that does begin so
			var even []byte
			for text := range bytes.Lines(w.src[:w.start+len(w.line)]) {
				even = append(even, evenSpaces(text)...)
			}
			if !mends(even) {
				continue
			}
		}
		more, below := 0, w.src[l[1]:]
		for text := range bytes.Lines(below[bytes.IndexByte(below, '\n')+1:]) {
			if from, _ := oddSpaces(text); from < 0 {
				break
			}
			more++
		}
		w.offset, w.length = l[0]+from, to-from
		message, hint = oddIndentation(line, from, more)
		return message, hint, true
	}
	return "", "", false
}

// oddIndentation is said of a line whose indentation has spaces from an offset on that are none, as have more lines below it.
func oddIndentation(line []byte, from, more int) (message, hint string) {
	c, _ := utf8.DecodeRune(line[from:])
	even := strings.TrimRight(string(evenSpaces(line)), " \t\r\n")
	hint = "write `" + even + "`, with plain spaces"
	if cut(even) != even {
		hint = "write plain spaces before this text"
	}
	switch more {
	case 0:
	case 1:
		hint += ", and so in the line below"
	default:
		hint += fmt.Sprintf(", and so in the %d lines below", more)
	}
	return fmt.Sprintf("this is no plain space (%U)", c), hint
}

// oddStart warns of a text that begins with spaces that are none, and with lines set also of each line of a block that does. Japanese and Chinese begin
// paragraphs with a space of their own.
func (r *reader) oddStart(t catalog.Text, n *yaml.Node, lines bool) {
	if r.ascii && r.quick { // and no escape stands for one
		return
	}
	for at := 0; at < len(t.Value); {
		if t.Value[at] >= utf8.RuneSelf {
			rest := t.Value[at:]
			text := strings.TrimLeftFunc(rest, unicode.IsSpace)
			if c, _ := utf8.DecodeRuneInString(rest); text != "" && unicode.IsSpace(c) && c != '\u3000' {
				r.diags.Warn(t.Part(r.file, at, at+len(rest)-len(text)), "swallowed-text", fmt.Sprintf("this is no plain space (%U), and part of the text", c),
					"remove it: what indents a text are plain spaces")
				return
			}
		}
		next := strings.IndexByte(t.Value[at:], '\n')
		if !lines || next < 0 || n.Style&yaml.LiteralStyle == 0 {
			return
		}
		at += next + 1
	}
}

// oddKey reports a key that begins with spaces that are none, and whether it does.
func (r *reader) oddKey(k *yaml.Node) bool {
	p := r.pos(k)
	line := r.line(p.Line)
	from, to := oddSpaces(line)
	if from < 0 || from != p.Col-1 {
		return false
	}
	_, hint := oddIndentation(line, from, 0)
	message := fmt.Sprintf("what begins this key is no plain space (%U)", []rune(k.Value)[0])
	r.diags.ErrorHint(diag.Span{File: r.file, Start: p, End: diag.Pos{Line: p.Line, Col: to + 1}}, "unknown-key", message, hint)
	return true
}
