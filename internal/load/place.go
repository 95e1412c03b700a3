package load

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// place finds where the bytes of a scalar stand in the file. Most scalars are the same bytes on one line, or a literal
// block, and cost a comparison; the rest (escapes, lines folded by YAML) are walked beside their source once more. Where
// the walk does not arrive at the same text, only the start is claimed.
func (r *reader) place(n *yaml.Node) diag.Place {
	p := r.start(n)
	if r.quick {
		switch n.Style {
		case 0: // on one line
			return diag.Flat(p.Line, p.Col)
		case yaml.LiteralStyle: // whose first line has something in it
			return diag.Literal(p.Line+1, indentOf(r.line(p.Line+1))+1)
		}
	}
	line := r.line(p.Line)
	rest := line[min(p.Col-1, len(line)):]
	size := len(n.Value)
	// Of the escapes that the quick parser reads only that of a backslash begins as what it stands for does, and then the text differs from the source behind it, or ends
	// where a backslash stands.
	if r.quick && n.Style == yaml.DoubleQuotedStyle && len(rest) > size+1 && rest[size+1] == '"' && string(rest[1:size+1]) == n.Value {
		return diag.Flat(p.Line, p.Col+1)
	}
	switch {
	case n.Style&yaml.LiteralStyle != 0:
		return r.literal(n, p)
	case n.Style&yaml.FoldedStyle != 0:
		return r.folded(n, p)
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		if len(rest) > size+1 && rest[0] == rest[size+1] && string(rest[1:size+1]) == n.Value && bytes.IndexByte(rest[1:size+1], '\\') < 0 &&
			bytes.IndexByte(rest[1:size+1], rest[0]) < 0 {
			return diag.Flat(p.Line, p.Col+1)
		}
	case len(rest) >= size && string(rest[:size]) == n.Value:
		return diag.Flat(p.Line, p.Col)
	}
	a := aligner{r: r, value: n.Value, line: p.Line, col: p.Col - 1}
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 && rest != nil && len(rest) > 0 {
		a.quote = rest[0]
		a.col++
	}
	return a.run(p)
}

// literal returns the place of a `|` block: its content starts on the line below the indicator, and a line of the text is
// the line of the file without its indentation.
func (r *reader) literal(n *yaml.Node, p diag.Pos) diag.Place {
	place, set := diag.Start(p.Line, p.Col), false
	indent := 0
	for at, rest := p.Line+1, n.Value; rest != ""; at++ {
		text, after, _ := strings.Cut(rest, "\n")
		rest = after
		if text == "" {
			continue
		}
		line := r.line(at)
		if !set {
			indent = len(line) - len(text)
			place, set = diag.Literal(p.Line+1, indent+1), true
		}
		if indent < 0 || len(line) < indent || string(line[indent:]) != text {
			return diag.Start(p.Line, p.Col)
		}
	}
	return place
}

// folded walks a `>` block. Its indentation is that of its first line, but for the spaces that are part of the text.
func (r *reader) folded(n *yaml.Node, p diag.Pos) diag.Place {
	a := aligner{r: r, value: n.Value, line: p.Line + 1, block: true}
	for i := a.line; ; i++ {
		line := r.line(i)
		if line == nil {
			return diag.Start(p.Line, p.Col)
		}
		if body := bytes.TrimLeft(line, " "); len(body) > 0 {
			text := strings.TrimLeft(n.Value, "\n")
			a.indent = len(line) - len(body) - (len(text) - len(strings.TrimLeft(text, " ")))
			break
		}
	}
	if a.indent < 0 {
		return diag.Start(p.Line, p.Col)
	}
	a.col = min(a.indent, len(r.line(a.line)))
	return a.run(p)
}

// aligner walks a decoded text beside its source.
type aligner struct {
	r         *reader
	value     string
	line, col int // col counts from 0
	indent    int // of a block
	block     bool
	quote     byte
	marks     []diag.Mark
}

func (a *aligner) run(start diag.Pos) diag.Place {
	fail := diag.Start(start.Line, start.Col)
	src := a.r.line(a.line)
	a.mark(0)
	for i := 0; i < len(a.value); {
		if a.atBreak(src, i) {
			if i, src = a.fold(src, i); src == nil {
				if i < len(a.value) {
					return fail
				}
				break
			}
			continue
		}
		if a.col >= len(src) {
			return fail
		}
		c := src[a.col]
		switch {
		case a.quote == '"' && c == '\\':
			size, text, joined := escape(src[a.col:])
			if joined { // an escaped line break: the next line goes on where this one ended
				a.line++
				if src = a.r.line(a.line); src == nil {
					return fail
				}
				a.col = len(src) - len(bytes.TrimLeft(src, " \t"))
				a.mark(i)
				continue
			}
			if size == 0 || !strings.HasPrefix(a.value[i:], text) {
				return fail
			}
			i, a.col = i+len(text), a.col+size
			a.mark(i)
		case a.quote == '\'' && c == '\'' && a.value[i] == '\'':
			i, a.col = i+1, a.col+2
			a.mark(i)
		case c == a.value[i]:
			i, a.col = i+1, a.col+1
		default:
			return fail
		}
	}
	return diag.Marked(int(a.marks[0].Line), int(a.marks[0].Col), a.marks)
}

// atBreak reports whether the source is at the end of its line where the text has a break or what YAML made of one.
func (a *aligner) atBreak(src []byte, i int) bool {
	if c := a.value[i]; c != ' ' && c != '\n' {
		return false
	}
	if a.block {
		return a.col >= len(src)
	}
	return len(bytes.TrimLeft(src[min(a.col, len(src)):], " \t")) == 0
}

// fold goes over a line break: one space of the text, or line breaks, of which each after the first is an empty line. It
// returns the next offset of the text and the next line with something in it, nil where the text or the file ends.
func (a *aligner) fold(src []byte, i int) (int, []byte) {
	if a.value[i] == ' ' {
		a.mark(i)
		i++
	} else {
		for first := true; i < len(a.value) && a.value[i] == '\n'; i++ {
			if !first {
				if next := a.r.line(a.line + 1); next != nil && len(bytes.TrimSpace(next)) == 0 {
					a.line, a.col = a.line+1, 0
				}
			}
			a.mark(i)
			first = false
		}
	}
	if i >= len(a.value) {
		a.mark(i) // the end of the text is the end of its last line, not the line below
		return i, nil
	}
	for {
		a.line++
		if src = a.r.line(a.line); src == nil || len(bytes.TrimSpace(src)) > 0 {
			break
		}
	}
	if a.col = len(src) - len(bytes.TrimLeft(src, " \t")); a.block {
		a.col = min(len(src)-len(bytes.TrimLeft(src, " ")), a.indent)
	}
	a.mark(i)
	return i, src
}

func (a *aligner) mark(offset int) {
	a.marks = append(a.marks, diag.Mark{Offset: int32(offset), Line: int32(a.line), Col: int32(a.col + 1)})
}

// escapeKeys are the characters that a backslash may stand before, escapeTexts what they mean together (YAML 1.2, 5.7).
const escapeKeys = "0abt\tnvfre \"/\\N_LP"

var escapeTexts = [...]string{"\x00", "\a", "\b", "\t", "\t", "\n", "\v", "\f", "\r", "\x1b", " ", "\"", "/", "\\", "\u0085", "\u00a0", "\u2028", "\u2029"}

// escape reads one escape of a double-quoted scalar: its size in the source and the text it stands for.
func escape(src []byte) (size int, text string, joined bool) {
	if len(src) < 2 {
		return 0, "", true
	}
	if i := strings.IndexByte(escapeKeys, src[1]); i >= 0 {
		return 2, escapeTexts[i], false
	}
	digits := 0
	switch src[1] {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	}
	if digits == 0 || len(src) < 2+digits {
		return 0, "", false
	}
	v := rune(0)
	for _, c := range src[2 : 2+digits] {
		switch {
		case c >= '0' && c <= '9':
			v = v<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			v = v<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, "", false
		}
	}
	return 2 + digits, string(utf8.AppendRune(nil, v)), false
}
