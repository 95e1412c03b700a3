package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// byteWriter is goldmark's buffered writer over a slice.
type byteWriter []byte

func (b *byteWriter) Write(p []byte) (int, error)       { *b = append(*b, p...); return len(p), nil }
func (b *byteWriter) WriteString(s string) (int, error) { *b = append(*b, s...); return len(s), nil }
func (b *byteWriter) WriteByte(c byte) error            { *b = append(*b, c); return nil }
func (b *byteWriter) WriteRune(r rune) (int, error) {
	*b = utf8.AppendRune(*b, r)
	return utf8.RuneLen(r), nil
}
func (b *byteWriter) Available() int { return 1 << 10 }
func (b *byteWriter) Buffered() int  { return 0 }
func (b *byteWriter) Flush() error   { return nil }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// link records a link of the tree and returns its index; a reference link shares the entry of its definition.
func (w *writer) link(dest []byte, n ast.Node, ref *ast.ReferenceLink, image bool) int {
	if ref != nil {
		if i, ok := w.defs[util.ToLinkReference(ref.Value)]; ok && !image {
			if w.doc.Links[i].Text == "" {
				w.doc.Links[i].Text = plainText(n, w.src)
			}
			return i
		}
	}
	l := Link{Dest: unescape(dest), Image: image, Text: plainText(n, w.src)}
	if ref == nil {
		l.At = destination(w.src, openParen(n, w.src))
	} else {
		l.At = Range{n.Pos(), n.Pos() + 1}
	}
	w.doc.Links = append(w.doc.Links, l)
	return len(w.doc.Links) - 1
}

func (w *writer) autoLink(n *ast.AutoLink) {
	label := string(n.Label(w.src))
	dest := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	at := Range{max(n.Pos(), 0), max(n.Pos(), 0)}
	if i := bytes.Index(w.src[at.Start:], []byte(label)); i >= 0 {
		at = Range{at.Start + i, at.Start + i + len(label)}
	}
	w.doc.Links = append(w.doc.Links, Link{Dest: dest, At: at, Auto: true, Text: label})
	w.str("<a")
	w.flush(part{link: len(w.doc.Links)})
	w.str(">")
	w.text(label)
	w.str("</a>")
}

// openParen returns the offset just behind the parenthesis that opens an inline link's destination: the first "](" after
// everything that stands in the link's text.
func openParen(n ast.Node, src []byte) int {
	from := textEnd(n, src)
	i := bytes.Index(src[from:], []byte("]("))
	if i < 0 {
		return from
	}
	return from + i + 2
}

// textEnd returns the offset behind the last byte of a node's text, links and images inside it included.
func textEnd(n ast.Node, src []byte) int {
	end := max(n.Pos(), 0)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			end = max(end, c.Segment.Stop)
		case *ast.Image:
			if c.Reference == nil {
				end = max(end, destination(src, openParen(c, src)).End)
			} else {
				end = max(end, textEnd(c, src))
			}
		case *ast.AutoLink:
			end = max(end, c.Pos()+len(c.Label(src)))
		case *ast.RawHTML:
			if k := c.Segments.Len(); k > 0 {
				end = max(end, c.Segments.At(k-1).Stop)
			}
		default:
			end = max(end, textEnd(c, src))
		}
	}
	return min(end, len(src))
}

// destination returns the range of the link destination that starts at or behind from.
func destination(src []byte, from int) Range {
	for from < len(src) && (src[from] == ' ' || src[from] == '\t' || src[from] == '\n' || src[from] == '\r') {
		from++
	}
	if from < len(src) && src[from] == '<' {
		if end := bytes.IndexByte(src[from:], '>'); end > 0 {
			return Range{from + 1, from + end}
		}
	}
	depth, i := 0, from
	for ; i < len(src); i++ {
		c := src[i]
		if c == '\\' {
			i++
			continue
		}
		if c <= ' ' || c == ')' && depth == 0 {
			break
		}
		if c == '(' {
			depth++
		} else if c == ')' {
			depth--
		}
	}
	return Range{from, min(i, len(src))}
}

// nodeRange returns the source range of a block's lines.
func nodeRange(n ast.Node) Range {
	lines := n.Lines()
	if lines.Len() == 0 {
		p := max(n.Pos(), 0)
		return Range{p, p}
	}
	start := lines.At(0).Start
	if p := n.Pos(); p >= 0 && p < start {
		start = p
	}
	return Range{start, lines.At(lines.Len() - 1).Stop}
}

func blockText(n ast.Node, src []byte) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(src))
	}
	return b.String()
}

func codeSpan(n *ast.CodeSpan, src []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(bytes.ReplaceAll(t.Segment.Value(src), []byte("\n"), []byte(" ")))
		}
	}
	return b.String()
}

// plainText returns the text of a subtree, without markup.
func plainText(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			if c.Parent().Kind() == ast.KindCodeSpan {
				b.Write(c.Segment.Value(src))
			} else {
				b.WriteString(unescape(c.Segment.Value(src)))
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// Plain returns the field's text without markup, blocks joined by a space: for meta tags, JSON-LD and counting words.
func (d *Doc) Plain() string {
	if d.Empty() {
		return ""
	}
	switch d.reader {
	case byPlain:
		return squeeze(d.Source)
	case byQuick:
		return squeeze(quickText(d))
	}
	var b strings.Builder
	inTag := false // a link's attributes stand between two parts, within a tag
	for _, p := range d.parts {
		html := p.html
		if inTag {
			html = html[strings.IndexByte(html, '>')+1:]
		}
		stripTags(&b, html)
		inTag = p.link > 0
		if p.code != nil {
			b.WriteString(p.code.text)
		}
	}
	return squeeze(b.String())
}

// Verbatim returns the field's text where it is its HTML as well: one paragraph without a byte that HTML escapes.
func (d *Doc) Verbatim() (string, bool) {
	if d.Empty() || d.reader != byPlain || strings.IndexByte(d.Source, '"') >= 0 || strings.IndexByte(d.Source, '\'') >= 0 {
		return "", false
	}
	return d.Source, true
}

// squeeze makes every run of white space one space and drops it at both ends.
func squeeze(s string) string {
	var out []byte
	from := 0 // of what is not copied yet
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c > ' ' && c < 0x80:
			continue
		case c >= 0x80: // there may be white space beyond ASCII
			return strings.Join(strings.Fields(s), " ")
		case !isSpace(c):
			continue
		}
		end := i + 1
		for end < len(s) && isSpace(s[end]) {
			end++
		}
		inside := i > 0 && end < len(s)
		if inside && c == ' ' && end == i+1 {
			continue
		}
		if out == nil {
			out = make([]byte, 0, len(s))
		}
		if out = append(out, s[from:i]...); inside {
			out = append(out, ' ')
		}
		from, i = end, end-1
	}
	if from == 0 {
		return s
	}
	return string(append(out, s[from:]...))
}

// isSpace reports white space of ASCII.
func isSpace(c byte) bool { return c == ' ' || c <= '\r' && c >= '\t' }

// stripTags appends the text of our own HTML, which has no attribute value with a bare '>' (it is escaped).
func stripTags(b *strings.Builder, s string) {
	for s != "" {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			b.WriteString(unescapeOwn(s))
			return
		}
		b.WriteString(unescapeOwn(s[:open]))
		end := strings.IndexByte(s[open:], '>')
		if end < 0 {
			return
		}
		s = s[open+end+1:]
	}
}

// unescapeOwn undoes appendEscaped.
func unescapeOwn(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return ownEntities.Replace(s)
}

var ownEntities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&")
