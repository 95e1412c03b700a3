package load

import (
	"bytes"
	"unicode/utf8"

	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// place finds where the bytes of a scalar stand in the file. Most scalars are the same bytes on one line, or a literal
// block, and cost a comparison; the rest (escapes, lines folded by YAML) are walked beside their source once more. Where
// the walk does not arrive at the same text, only the start is claimed.
func (r *reader) place(n *yaml.Node) diag.Place {
	p := r.pos(n)
	line := r.line(p.Line)
	rest := line[min(p.Col-1, len(line)):]
	switch {
	case n.Style&yaml.LiteralStyle != 0:
		return r.literal(n, p)
	case n.Style&yaml.FoldedStyle != 0:
		return r.folded(n, p)
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		if len(rest) > len(n.Value)+1 && string(rest[1:1+len(n.Value)]) == n.Value && (rest[1+len(n.Value)] == '"' || rest[1+len(n.Value)] == '\'') &&
			rest[0] == rest[1+len(n.Value)] && bytes.IndexByte(rest[1:1+len(n.Value)], '\\') < 0 {
			return diag.Flat(p.Line, p.Col+1)
		}
	default:
		if len(rest) >= len(n.Value) && string(rest[:len(n.Value)]) == n.Value {
			return diag.Flat(p.Line, p.Col)
		}
	}
	return r.aligned(n, p)
}

// literal returns the place of a `|` block: its content starts on the line below the indicator, and a line of the text is
// the line of the file without its indentation.
func (r *reader) literal(n *yaml.Node, p diag.Pos) diag.Place {
	at := p.Line + 1
	for rest := n.Value; rest != ""; at++ {
		text, after := rest, ""
		if i := bytes.IndexByte([]byte(rest), '\n'); i >= 0 {
			text, after = rest[:i], rest[i+1:]
		}
		if text != "" {
			line := r.line(at)
			indent := len(line) - len(text)
			if indent < 0 || string(line[indent:]) != text {
				return diag.Start(p.Line, p.Col)
			}
			return diag.Literal(p.Line+1, indent+1)
		}
		rest = after
	}
	return diag.Start(p.Line, p.Col)
}

// folded walks a `>` block.
func (r *reader) folded(n *yaml.Node, p diag.Pos) diag.Place {
	start, indent := p.Line+1, 0
	for {
		line := r.line(start)
		if line == nil {
			return diag.Start(p.Line, p.Col)
		}
		if trimmed := bytes.TrimLeft(line, " "); len(trimmed) > 0 {
			indent = len(line) - len(trimmed)
			break
		}
		start++
	}
	a := aligner{r: r, value: n.Value, line: start, indent: indent, block: true}
	return a.run(indent, p)
}

// aligned walks a flow scalar that is not the same bytes on one line.
func (r *reader) aligned(n *yaml.Node, p diag.Pos) diag.Place {
	a := aligner{r: r, value: n.Value, line: p.Line}
	col := p.Col - 1
	if line := r.line(p.Line); col < len(line) && (line[col] == '"' || line[col] == '\'') && n.Style != 0 {
		a.quote = line[col]
		col++
	}
	return a.run(col, p)
}

// aligner walks a decoded text beside its source.
type aligner struct {
	r      *reader
	value  string
	line   int
	indent int
	block  bool
	quote  byte
	marks  []diag.Mark
}

func (a *aligner) run(col int, start diag.Pos) diag.Place {
	fail := diag.Start(start.Line, start.Col)
	src := a.r.line(a.line)
	a.mark(0, col)
	for i := 0; i < len(a.value); {
		if col >= len(src) || (a.value[i] == ' ' || a.value[i] == '\n') && !a.block && len(bytes.TrimLeft(src[col:], " \t")) == 0 {
			for i < len(a.value) && a.value[i] == '\n' || i < len(a.value) && a.value[i] == ' ' && !a.brokeAt(i) {
				i++
				if a.value[i-1] == ' ' {
					break
				}
			}
			if i >= len(a.value) {
				break
			}
			for src = nil; len(bytes.TrimSpace(src)) == 0; {
				a.line++
				if src = a.r.line(a.line); src == nil {
					return fail
				}
			}
			col = len(src) - len(bytes.TrimLeft(src, " \t"))
			if a.block {
				col = min(col, a.indent)
			}
			a.mark(i, col)
			continue
		}
		c := src[col]
		switch {
		case a.quote == '"' && c == '\\':
			size, text, joined := escape(src[col:])
			if joined { // an escaped line break
				col = len(src)
				a.line++
				src = a.r.line(a.line)
				col = len(src) - len(bytes.TrimLeft(src, " \t"))
				a.mark(i, col)
				continue
			}
			if size == 0 || len(a.value)-i < len(text) || a.value[i:i+len(text)] != text {
				return fail
			}
			i, col = i+len(text), col+size
			a.mark(i, col)
		case a.quote == '\'' && c == '\'' && a.value[i] == '\'':
			i, col = i+1, col+2
			a.mark(i, col)
		case c == a.value[i]:
			i, col = i+1, col+1
		default:
			return fail
		}
	}
	return diag.Marked(int(a.marks[0].Line), int(a.marks[0].Col), a.marks)
}

// brokeAt reports whether a space of the value belongs to the text after a line break rather than being the break.
func (a *aligner) brokeAt(i int) bool { return i > 0 && a.value[i-1] == '\n' }

func (a *aligner) mark(offset, col int) {
	a.marks = append(a.marks, diag.Mark{Offset: int32(offset), Line: int32(a.line), Col: int32(col + 1)})
}

// escape reads one escape of a double-quoted scalar: its size in the source and the text it stands for.
func escape(src []byte) (size int, text string, joined bool) {
	if len(src) < 2 {
		return 0, "", true
	}
	simple := map[byte]string{'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", '\t': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r", 'e': "\x1b",
		' ': " ", '"': `"`, '/': "/", '\\': `\`, 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029"}
	if s, ok := simple[src[1]]; ok {
		return 2, s, false
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[src[1]]
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
