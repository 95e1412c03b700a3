package markdown

import (
	"bytes"
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// maxDepth bounds how deep quotes and lists may nest before their content is shown as plain text; the limit keeps the
// walk's stack and the reader's browser whole on hostile input.
const maxDepth = 60

// writer walks a tree once and fills a Doc.
type writer struct {
	doc   *Doc
	src   []byte
	opt   Options
	buf   []byte
	defs  map[string]int // reference label to index into doc.Links
	ids   map[string]int
	depth int
}

func (w *writer) document(root ast.Node) {
	w.definitions(root)
	if p, ok := root.FirstChild().(*ast.Paragraph); ok && p.NextSibling() == nil {
		w.doc.single = true
		w.slips(p)
		w.children(p)
	} else {
		w.children(root)
	}
	w.flush(part{})
	w.sortLinks()
}

// definitions records the reference definitions first: a use may stand before its definition.
func (w *writer) definitions(root ast.Node) {
	if !bytes.Contains(w.src, []byte("]:")) {
		return
	}
	w.defs = map[string]int{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		def, ok := n.(*ast.LinkReferenceDefinition)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		label := util.ToLinkReference(def.Label)
		if _, seen := w.defs[label]; seen || def.Lines().Len() == 0 {
			return ast.WalkContinue, nil
		}
		first := def.Lines().At(0).Start
		last := def.Lines().At(def.Lines().Len() - 1).Stop
		at := bytes.Index(w.src[first:last], []byte("]:"))
		if at < 0 {
			return ast.WalkContinue, nil
		}
		w.defs[label] = len(w.doc.Links)
		w.doc.Links = append(w.doc.Links, Link{Dest: unescape(def.Destination), At: destination(w.src, first+at+2)})
		return ast.WalkContinue, nil
	})
}

// sortLinks puts the links in the order of the source and points the parts to their new places. Only reference
// definitions can be out of order.
func (w *writer) sortLinks() {
	if len(w.defs) == 0 {
		return
	}
	old := w.doc.Links
	order := make([]int, len(old))
	for i := range order {
		order[i] = i
	}
	for i := 1; i < len(order); i++ {
		for j := i; j > 0 && old[order[j]].At.Start < old[order[j-1]].At.Start; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	links, place := make([]Link, len(old)), make([]int, len(old))
	for to, from := range order {
		links[to], place[from] = old[from], to
	}
	w.doc.Links = links
	for i := range w.doc.parts {
		if l := w.doc.parts[i].link; l > 0 {
			w.doc.parts[i].link = place[l-1] + 1
		}
	}
}

func (w *writer) flush(p part) {
	p.html = string(w.buf)
	w.buf = w.buf[:0]
	if p.html != "" || p.link > 0 || p.code != nil {
		w.doc.parts = append(w.doc.parts, p)
	}
}

func (w *writer) str(s string) { w.buf = append(w.buf, s...) }

func (w *writer) children(n ast.Node) {
	w.depth++
	if w.depth > maxDepth {
		w.text(plainText(n, w.src))
	} else {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			w.node(c)
		}
	}
	w.depth--
}

func (w *writer) wrap(open string, n ast.Node, end string) {
	w.str(open)
	w.children(n)
	w.str(end)
}

func (w *writer) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.slips(n)
		w.wrap("<p>", n, "</p>\n")
	case *ast.TextBlock:
		w.slips(n)
		w.children(n)
		if n.NextSibling() != nil {
			w.str("\n")
		}
	case *ast.Heading:
		w.heading(n)
	case *ast.Blockquote:
		w.wrap("<blockquote>\n", n, "</blockquote>\n")
	case *ast.List:
		w.list(n)
	case *ast.ListItem:
		w.wrap("<li>", n, "</li>\n")
	case *ast.FencedCodeBlock:
		w.fence(n)
		w.flush(part{code: &code{string(n.Language(w.src)), blockText(n, w.src)}})
	case *ast.CodeBlock:
		w.flush(part{code: &code{"", blockText(n, w.src)}})
	case *ast.ThematicBreak:
		w.str("<hr>\n")
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	default:
		w.inlineNode(n)
	}
}

func (w *writer) inlineNode(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.buf = appendText(w.buf, n.Segment.Value(w.src))
		switch {
		case n.HardLineBreak():
			w.str("<br>\n")
		case n.SoftLineBreak():
			w.str("\n")
		}
	case *ast.String:
		w.text(string(n.Value))
	case *ast.CodeSpan:
		w.str("<code>")
		w.text(codeSpan(n, w.src))
		w.str("</code>")
	case *ast.Emphasis:
		tag := "em>"
		if n.Level == 2 {
			tag = "strong>"
		}
		w.wrap("<"+tag, n, "</"+tag)
	case *ast.Link:
		i := w.link(n.Destination, n, n.Reference, false)
		w.str("<a")
		w.flush(part{link: i + 1})
		w.wrap(">", n, "</a>")
	case *ast.Image:
		i := w.link(n.Destination, n, n.Reference, true)
		w.str("<img")
		w.flush(part{link: i + 1})
		w.str(` alt="`)
		w.text(plainText(n, w.src))
		w.str(`" loading="lazy">`)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.RawHTML:
		w.rawHTML(n)
	default:
		w.extension(n)
	}
}

func (w *writer) extension(n ast.Node) {
	switch n := n.(type) {
	case *east.Strikethrough:
		w.wrap("<del>", n, "</del>")
	case *east.TaskCheckBox:
		if n.IsChecked {
			w.str(`<input type="checkbox" checked disabled aria-label="done"> `)
		} else {
			w.str(`<input type="checkbox" disabled aria-label="to do"> `)
		}
	case *east.Table:
		// A wide table scrolls inside its own box, which the keyboard must be able to reach.
		// Its columns are its name: a page may have several, and a reader who jumps from one to the next hears which.
		w.str(`<div class="table" tabindex="0" role="region" aria-label="Table: `)
		for c := n.FirstChild().FirstChild(); c != nil; c = c.NextSibling() {
			w.text(plainText(c, w.src))
			if c.NextSibling() != nil {
				w.str(", ")
			}
		}
		w.wrap("\"><table>\n", n, "</table></div>\n")
	case *east.TableHeader:
		w.wrap("<thead><tr>", n, "</tr></thead>\n")
	case *east.TableRow:
		w.wrap("<tr>", n, "</tr>\n")
	case *east.TableCell:
		w.tableCell(n)
	case *ast.LinkReferenceDefinition:
	default:
		w.children(n)
	}
}

func (w *writer) tableCell(n *east.TableCell) {
	tag, attr := "td", ""
	if _, head := n.Parent().(*east.TableHeader); head {
		tag, attr = "th", ` scope="col"`
	}
	switch n.Alignment {
	case east.AlignRight:
		attr += ` class="right"`
	case east.AlignCenter:
		attr += ` class="center"`
	}
	w.slips(n)
	w.wrap("<"+tag+attr+">", n, "</"+tag+">")
}

func (w *writer) heading(n *ast.Heading) {
	w.slips(n)
	text := plainText(n, w.src)
	h := Heading{Level: n.Level, Text: text, At: nodeRange(n)}
	if !w.opt.Headings {
		w.doc.Headings = append(w.doc.Headings, h)
		w.wrap("<p><strong>", n, "</strong></p>\n")
		return
	}
	h.ID = w.uniqueID(Slug(text))
	w.doc.Headings = append(w.doc.Headings, h)
	level := strconv.Itoa(max(2, n.Level)) // the page's title is its only h1
	w.str("<h" + level + ` id="` + h.ID + `">`)
	w.children(n)
	w.str("</h" + level + ">\n")
}

func (w *writer) uniqueID(id string) string {
	if w.ids == nil {
		w.ids = map[string]int{}
	}
	if id == "" {
		id = "section"
	}
	for {
		w.ids[id]++
		if w.ids[id] == 1 {
			return id
		}
		id += "-" + strconv.Itoa(w.ids[id])
	}
}

// Slug turns a title into an anchor: lower-case letters and digits of any script, runs of anything else a single hyphen.
func Slug(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(title) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7F && isWordRune(r) {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		} else if r != '\'' && r != '’' {
			gap = true
		}
	}
	return b.String()
}

func (w *writer) list(n *ast.List) {
	switch {
	case !n.IsOrdered():
		w.wrap("<ul>\n", n, "</ul>\n")
	case n.Start != 1:
		w.wrap(`<ol start="`+strconv.Itoa(n.Start)+"\">\n", n, "</ol>\n")
	default:
		w.wrap("<ol>\n", n, "</ol>\n")
	}
}

func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	text := blockText(n, w.src)
	at := nodeRange(n)
	if n.HasClosure() {
		text += string(n.ClosureLine.Value(w.src))
		at.End = n.ClosureLine.Stop
	}
	w.doc.RawHTML = append(w.doc.RawHTML, at)
	w.str("<p>")
	w.text(strings.TrimSpace(text))
	w.str("</p>\n")
}

func (w *writer) rawHTML(n *ast.RawHTML) {
	for i := range n.Segments.Len() {
		seg := n.Segments.At(i)
		w.text(string(seg.Value(w.src)))
	}
	if k := n.Segments.Len(); k > 0 {
		w.doc.RawHTML = append(w.doc.RawHTML, Range{n.Segments.At(0).Start, n.Segments.At(k - 1).Stop})
	}
}

func (w *writer) text(s string) { w.buf = appendEscaped(w.buf, s) }

// escapes are what takes the place of a byte in HTML text; bytes with none stay. escaped tells which have one, since most bytes have not.
var escapes, escaped = func() (to [256]string, has ByteSet) {
	for c, esc := range map[byte]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&#34;", '\'': "&#39;", 0: "\uFFFD"} {
		to[c], has[c] = esc, 1
	}
	return to, has
}()

func appendEscaped[text string | []byte](dst []byte, s text) []byte {
	for {
		n := Before(&escaped, s)
		dst = append(dst, s[:n]...)
		if n == len(s) {
			return dst
		}
		dst = append(dst, escapes[s[n]]...)
		s = s[n+1:]
	}
}

// appendText escapes a run of Markdown text, resolving its backslash escapes and entities.
func appendText(dst, src []byte) []byte {
	if bytes.IndexByte(src, '\\') < 0 && bytes.IndexByte(src, '&') < 0 {
		return appendEscaped(dst, src)
	}
	return appendEscaped(dst, unescape(src))
}

// unescape resolves backslash escapes and entities in one pass, so that neither is applied to the other's result.
func unescape(src []byte) string {
	if bytes.IndexByte(src, '\\') < 0 && bytes.IndexByte(src, '&') < 0 {
		return string(src)
	}
	var b byteWriter
	ghtml.DefaultWriter.Write(&b, src)
	return html.UnescapeString(string(b))
}
