package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Slip is a sign that was surely meant as Markdown and is shown as text. Markdown itself has no faults: what it cannot read is text. What is looked at
// is therefore what goldmark left of a text, and where a sign may well have been meant as it stands nothing is said.
type Slip struct {
	Kind  SlipKind
	At    Range
	Meant string // the text as it was meant, where it is short
	Other Range  // of an OpenFence or a NextFence: the line within it that was hardly meant as code; zero for none
	Ends  bool   // Other was meant to end the block; else it begins another
}

// SlipKind says what is wrong.
type SlipKind uint8

const (
	OpenLink       SlipKind = iota // [text](address without its parenthesis
	SpacedAddress                  // [text](an address)
	PartedLink                     // [text] (address)
	ReversedLink                   // (text)[address]
	OpenCode                       // `code without its backtick
	OpenFence                      // ``` without its end, and something below it
	OpenEmphasis                   // **bold without its end, and ~~
	SpacedEmphasis                 // ** bold **
	TightHeading                   // ##Heading
	NextFence                      // ``` without its end before another begins
	EmptyFence                     // ``` at the end of a text
	WikiLink                       // [[name]]
)

// addressForm is the beginning of what can only be an address.
var addressForm = regexp.MustCompile(`^(?:https?:|mailto:|tel:|error:|guide:|/docs/|www\.)`)

// wikiForm is a link as wikis write it: the name of a page, and its text behind a bar.
var wikiForm = regexp.MustCompile(`^\[\[([A-Za-z0-9][A-Za-z0-9_/.-]{2,60})(?:\|([^\[\]|]{1,60}))?\]\]`)

// slips looks through the text of a block that goldmark made.
func (w *writer) slips(n ast.Node) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return
	}
	from, to := lines.At(0).Start, lines.At(lines.Len()-1).Stop
	if b := w.src[from:to]; bytes.IndexByte(b, '`') < 0 && bytes.IndexByte(b, '[') < 0 && bytes.IndexByte(b, '*') < 0 && bytes.IndexByte(b, '~') < 0 && bytes.IndexByte(b, '#') < 0 {
		return
	}
	s := slipScan{w: w, plain: make([]bool, to-from), from: from}
	_, s.cell = n.(*east.TableCell)
	s.mark(n)
	s.links()
	s.signs()
	if p, ok := n.(*ast.Paragraph); ok {
		s.heading(p)
	}
}

// slipScan is a block and which of its bytes are text: in no code, no address, no mark of emphasis.
type slipScan struct {
	w     *writer
	from  int
	plain []bool
	cell  bool // of a table, whose pipes cut code in two
}

func (s *slipScan) mark(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			for i := max(c.Segment.Start, s.from); i < min(c.Segment.Stop, s.from+len(s.plain)); i++ {
				s.plain[i-s.from] = true
			}
		case *ast.CodeSpan, *ast.AutoLink, *ast.RawHTML:
		case *ast.Link, *ast.Emphasis, *east.Strikethrough:
			s.mark(c)
		default:
			if c.Type() == ast.TypeInline {
				s.mark(c)
			}
		}
	}
}

// text reports whether the bytes from i on are sign, as text that no backslash stands before.
func (s *slipScan) text(i int, sign string) bool {
	if i < 0 || i+len(sign) > len(s.plain) || string(s.src()[i:i+len(sign)]) != sign || i > 0 && s.src()[i-1] == '\\' {
		return false
	}
	for k := range len(sign) {
		if !s.plain[i+k] {
			return false
		}
	}
	return true
}

func (s *slipScan) src() []byte { return s.w.src[s.from : s.from+len(s.plain)] }

func (s *slipScan) found(kind SlipKind, start, end int, meant string) {
	if len(meant) > 60 || strings.ContainsAny(meant, "\n`") {
		meant = ""
	}
	s.w.doc.Slips = append(s.w.doc.Slips, Slip{Kind: kind, At: Range{s.from + start, s.from + end}, Meant: meant})
}

// links finds links that are none.
func (s *slipScan) links() {
	src := s.src()
	for i := range src {
		switch {
		case src[i] == '[' && s.text(i, "[["):
			if m := wikiForm.FindSubmatch(src[i:]); m != nil && (i == 0 || opens(src[i-1])) && s.text(i+len(m[0])-2, "]]") {
				text := m[2]
				if len(text) == 0 {
					text = m[1]
				}
				s.found(WikiLink, i, i+len(m[0]), "["+string(text)+"](error:"+string(m[1])+")")
			}
		case src[i] == ']' && s.text(i, "]("):
			s.broken(i)
		case src[i] == ']' && s.text(i, "] (") && addressForm.Match(src[i+3:]):
			if open := s.opening(i); open >= 0 {
				end := addressEnd(src, i+3)
				s.found(PartedLink, open, end, string(src[open:i+1])+string(src[i+2:end]))
			}
		case src[i] == ')' && s.text(i, ")[") && addressForm.Match(src[i+2:]):
			open, end := bytes.LastIndexByte(src[:i], '('), bytes.IndexByte(src[i:], ']')
			if open >= 0 && end >= 0 {
				s.found(ReversedLink, open, i+end+1, "["+string(src[open+1:i])+"]("+string(src[i+2:i+end])+")")
			}
		}
	}
}

// broken looks at `](` at i, which makes no link.
func (s *slipScan) broken(i int) {
	src := s.src()
	open := s.opening(i)
	if open < 0 {
		return
	}
	rest := src[i+2:]
	if nl := bytes.IndexByte(rest, '\n'); nl >= 0 {
		rest = rest[:nl]
	}
	end := bytes.IndexByte(rest, ')')
	if end >= 0 && bytes.ContainsAny(rest[:end], "[(") {
		end = -1 // that parenthesis closes something else
	}
	switch {
	case end < 0 && addressForm.Match(bytes.TrimLeft(rest, " ")):
		stop := addressEnd(src, i+2)
		s.found(OpenLink, open, stop, string(src[open:stop])+")")
	case end > 0 && addressForm.Match(bytes.TrimLeft(rest, " ")) && bytes.IndexByte(bytes.TrimSpace(rest[:end]), ' ') >= 0:
		meant := ""
		if address := strings.ReplaceAll(string(rest[:end]), ": ", ":"); !strings.Contains(strings.TrimSpace(address), " ") {
			meant = string(src[open:i+2]) + strings.TrimSpace(address) + ")"
		}
		s.found(SpacedAddress, open, i+2+end+1, meant)
	}
}

// opening is the offset of the bracket that the one at i closes, -1 where there is none.
func (s *slipScan) opening(i int) int {
	depth := 0
	for k := i - 1; k >= 0; k-- {
		switch {
		case s.text(k, "]"):
			depth++
		case s.text(k, "[") && depth > 0:
			depth--
		case s.text(k, "["):
			return k
		}
	}
	return -1
}

// addressEnd is the offset behind an address that begins at i.
func addressEnd(src []byte, i int) int {
	for i < len(src) && src[i] > ' ' && src[i] != ')' {
		i++
	}
	if i < len(src) && src[i] == ')' {
		i++
	}
	return i
}

// signs finds the first backtick that opens or closes nothing, and stars and tildes in pairs.
func (s *slipScan) signs() {
	src := s.src()
	for i := range src {
		if s.text(i, "`") && (i == 0 || src[i-1] != '`') {
			end := i
			for end < len(src) && src[end] == '`' {
				end++
			}
			before, after := i > 0 && !opens(src[i-1]), end < len(src) && src[end] > ' '
			if before == after { // in the middle of a word, or alone
				continue
			}
			meant := ""
			if s.cell {
				meant = "|"
			}
			s.found(OpenCode, i, end, meant)
			break
		}
	}
	for _, sign := range []string{"**", "~~"} {
		s.pair(sign)
	}
}

// pair finds a sign of two characters that is shown. Where it stands once, it must open something; where it stands twice, it has spaces on its inner sides.
func (s *slipScan) pair(sign string) {
	src := s.src()
	var at []int
	for i := 0; i+1 < len(src); i++ {
		if s.text(i, sign) {
			at = append(at, i)
			if i++; i+1 < len(src) && src[i+1] == sign[0] {
				return // three of them are a line, or a drawing
			}
		}
	}
	switch {
	case len(at) == 1:
		i := at[0]
		if word := i+2 < len(src) && (letter(src[i+2]) || src[i+2] >= 0x80); word && (i == 0 || opens(src[i-1])) && bytes.IndexByte(src[i:], ' ') >= 0 {
			s.found(OpenEmphasis, i, i+2, "")
		}
	case len(at) == 2 && src[at[0]+2] == ' ' && src[at[1]-1] == ' ' && (at[0] == 0 || opens(src[at[0]-1])) && bytes.IndexByte(src[at[0]:at[1]], '\n') < 0:
		inner := bytes.TrimSpace(src[at[0]+2 : at[1]])
		if len(inner) > 0 && letter(inner[0]) && (at[1]+2 == len(src) || !letter(src[at[1]+2])) {
			s.found(SpacedEmphasis, at[0], at[1]+2, sign+string(inner)+sign)
		}
	}
}

// opens reports whether a sign behind c can open something.
func opens(c byte) bool { return c <= ' ' || strings.IndexByte(`("'[{`, c) >= 0 }

var tightHeading = regexp.MustCompile(`^(#{1,6})([A-Za-z][^\n]*)$`)

// heading finds a line that was meant as a heading. One hash may begin the name of a channel or a tag, so it must be followed by a title.
func (s *slipScan) heading(p *ast.Paragraph) {
	first := p.Lines().At(0)
	line := bytes.TrimRight(first.Value(s.w.src), " \t\r\n")
	m := tightHeading.FindSubmatch(line)
	if m == nil || !s.plain[0] {
		return
	}
	text := m[2]
	if len(m[1]) == 1 && (p.Lines().Len() > 1 || text[0] > 'Z' || bytes.IndexByte(text, ' ') < 0 || bytes.IndexByte([]byte(".:;,!"), text[len(text)-1]) >= 0) {
		return
	}
	s.found(TightHeading, 0, len(m[1]), string(m[1])+" "+string(text))
}
