package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Style says how a text is printed on a terminal. The zero Style is plain text in 80 columns.
type Style struct {
	Width int  // columns; 80 where it is 0, never more than 100: longer lines are hard to read
	Color bool // escape sequences for weight and colour
}

// Terminal renders Markdown for a terminal: wrapped, headings set off, code as it stands, links with their address behind them.
// Control characters of the source do not get through.
func (p *Parser) Terminal(source string, style Style) string {
	if style.Width <= 0 {
		style.Width = 80
	}
	style.Width = max(20, min(style.Width, 100))
	src := []byte(source)
	t := terminal{src: src, style: style}
	t.blocks(p.gm.Parse(text.NewReader(src)), "", "")
	return strings.TrimRight(t.out.String(), "\n") + "\n"
}

type terminal struct {
	src   []byte
	style Style
	out   strings.Builder
	depth int
}

// word is a piece of a paragraph that is not broken, with the escape sequences around it.
type word struct {
	text  string
	style string
	space bool // a space stands before it
	brk   bool // a line break stands before it
}

const (
	sgrBold  = "1"
	sgrCode  = "36"
	sgrFaint = "2"
	sgrEm    = "3"
)

func (t *terminal) blocks(n ast.Node, first, rest string) {
	if t.depth++; t.depth > maxDepth {
		t.depth--
		return
	}
	prefix := first
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t.block(c, prefix, rest)
		prefix = rest
	}
	t.depth--
}

func (t *terminal) block(n ast.Node, first, rest string) {
	switch n := n.(type) {
	case *ast.Heading:
		t.blank(rest)
		style := sgrBold
		t.wrap(t.words(n, style, nil), first, rest)
		if n.Level == 1 && !t.style.Color {
			t.out.WriteString(rest + strings.Repeat("=", min(t.style.Width-len(rest), columns(plainText(n, t.src)))) + "\n")
		}
		t.blank(rest)
	case *ast.Paragraph:
		t.wrap(t.words(n, "", nil), first, rest)
		t.blank(rest)
	case *ast.TextBlock:
		t.wrap(t.words(n, "", nil), first, rest)
	case *ast.List:
		t.list(n, first, rest)
	case *ast.Blockquote:
		t.blocks(n, first+"| ", rest+"| ")
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		for line := range strings.Lines(blockText(n, t.src)) {
			t.out.WriteString(rest + "    " + t.paint(printable(strings.TrimRight(line, "\n")), sgrCode) + "\n")
		}
		t.blank(rest)
	case *ast.ThematicBreak:
		t.out.WriteString(rest + strings.Repeat("-", 20) + "\n")
	case *east.Table:
		t.table(n, rest)
	case *ast.HTMLBlock:
		t.wrap([]word{{text: printable(strings.TrimSpace(blockText(n, t.src)))}}, first, rest)
		t.blank(rest)
	default:
		t.blocks(n, first, rest)
	}
}

// blank ends a block with one empty line.
func (t *terminal) blank(prefix string) {
	if s := t.out.String(); s != "" && !strings.HasSuffix(s, "\n\n") && !strings.HasSuffix(s, "\n"+strings.TrimRight(prefix, " ")+"\n") {
		t.out.WriteString(strings.TrimRight(prefix, " ") + "\n")
	}
}

func (t *terminal) list(n *ast.List, first, rest string) {
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		mark := "- "
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		t.blocks(c, first+mark, rest+strings.Repeat(" ", len(mark)))
		first = rest
	}
	t.blank(rest)
}

// table prints columns side by side where they fit, and otherwise a line a cell.
func (t *terminal) table(n *east.Table, prefix string) {
	var rows [][]string
	var widths []int
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var row []string
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			cell := printable(plainText(c, t.src))
			if i := len(row); i >= len(widths) {
				widths = append(widths, columns(cell))
			} else {
				widths[i] = max(widths[i], columns(cell))
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	total := len(prefix)
	for _, w := range widths {
		total += w + 2
	}
	for i, row := range rows {
		if total > t.style.Width {
			for j, cell := range row {
				if i > 0 && cell != "" {
					t.wrap([]word{{text: rows[0][j] + ":", style: sgrFaint}, {text: cell, space: true}}, prefix, prefix+"  ")
				}
			}
			t.blank(prefix)
			continue
		}
		line := prefix
		for j, cell := range row {
			line += cell + strings.Repeat(" ", widths[j]-columns(cell)+2)
		}
		if line = strings.TrimRight(line, " "); i == 0 {
			line = t.paint(line, sgrBold)
		}
		t.out.WriteString(line + "\n")
	}
	t.blank(prefix)
}

// words splits the inline content of a node.
func (t *terminal) words(n ast.Node, style string, out []word) []word {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			out = addText(out, unescape(c.Segment.Value(t.src)), style)
			if c.SoftLineBreak() {
				out = addText(out, " ", style)
			} else if c.HardLineBreak() {
				out = append(out, word{brk: true})
			}
		case *ast.CodeSpan:
			code := codeSpan(c, t.src)
			if !t.style.Color {
				code = "`" + code + "`"
			}
			out = addText(out, code, sgrCode)
		case *ast.Emphasis:
			inner := sgrEm
			if c.Level == 2 {
				inner = sgrBold
			}
			out = t.words(c, inner, out)
		case *ast.Link:
			out = t.words(c, style, out)
			if dest := unescape(c.Destination); dest != plainText(c, t.src) {
				out = addText(out, " <"+dest+">", sgrFaint)
			}
		case *ast.AutoLink:
			out = addText(out, string(c.Label(t.src)), style)
		case *ast.Image:
			out = addText(out, plainText(c, t.src), style)
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				s := c.Segments.At(i)
				out = addText(out, string(s.Value(t.src)), style)
			}
		default:
			out = t.words(c, style, out)
		}
	}
	return out
}

func addText(out []word, s, style string) []word {
	space := false
	for _, part := range splitKeep(printable(s)) {
		if part == " " {
			space = true
			continue
		}
		out = append(out, word{text: part, style: style, space: space})
		space = false
	}
	if space {
		out = append(out, word{space: true})
	}
	return out
}

// splitKeep splits at white space and keeps a space for each run of it.
func splitKeep(s string) []string {
	var out []string
	for s != "" {
		i := strings.IndexFunc(s, unicode.IsSpace)
		if i < 0 {
			return append(out, s)
		}
		if i > 0 {
			out = append(out, s[:i])
		}
		s = strings.TrimLeftFunc(s[i:], unicode.IsSpace)
		out = append(out, " ")
	}
	return out
}

// wrap writes words in lines of the terminal's width; words without a space between them stay together.
func (t *terminal) wrap(words []word, first, rest string) {
	line, used, empty := first, columns(first), true
	flush := func() {
		t.out.WriteString(strings.TrimRight(line, " ") + "\n")
		line, used, empty = rest, columns(rest), true
	}
	pending := false
	for i := 0; i < len(words); {
		if words[i].brk {
			flush()
			i++
			continue
		}
		pending = pending || words[i].space
		j, width := i, 0
		for j < len(words) && (j == i || !words[j].space && !words[j].brk) {
			width += columns(words[j].text)
			j++
		}
		if width == 0 {
			i = j
			continue
		}
		if pending && !empty {
			if used+1+width > t.style.Width {
				flush()
			} else {
				line += " "
				used++
			}
		}
		for ; i < j; i++ {
			line += t.paint(words[i].text, words[i].style)
		}
		used, empty, pending = used+width, false, false
	}
	if !empty || line != rest {
		flush()
	}
}

func (t *terminal) paint(s, style string) string {
	if !t.style.Color || style == "" || s == "" {
		return s
	}
	return "\x1b[" + style + "m" + s + "\x1b[0m"
}

// printable replaces what a terminal would obey: control characters of both ranges, the marks that turn the direction of writing,
// and those that nobody sees.
func printable(s string) string {
	if !strings.ContainsFunc(s, obeyed) && utf8.ValidString(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case obeyed(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

func obeyed(r rune) bool {
	return r != '\n' && unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029 || r == 0xFEFF || r >= 0xE0000 && r <= 0xE007F
}

// columns is the width of a text on a terminal: two for wide letters of East Asia and emoji, none for marks.
func columns(s string) int {
	if len(s) == len(bytes.Runes([]byte(s))) {
		return len(s)
	}
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 0x200D || r == 0xFE0F:
		case r >= 0x1100 && r <= 0x115F || r >= 0x2E80 && r <= 0xA4CF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0xF900 && r <= 0xFAFF ||
			r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF00 && r <= 0xFF60 || r >= 0x1F300 && r <= 0x1FAFF || r >= 0x20000 && r <= 0x3FFFD:
			n += 2
		default:
			n++
		}
	}
	return n
}
