package markdown

import "strings"

// The quick reader does the Markdown that fields are mostly made of: paragraphs and plain lists whose lines hold text, code
// spans, emphasis and inline links in their simplest forms. Where a sign could mean something else, or a construct is not in
// its simplest form, it stops and goldmark reads the field from its start. What it does read comes out as goldmark's tree
// does, link for link and byte for byte: TestQuickAgrees and FuzzQuick see to that.
type quick struct {
	src  string
	doc  *Doc
	mode quickMode
	dst  []byte
	href Href
	nth  int // the next link that is written, an index into doc.Links
	ok   bool
}

// quickMode says what comes of a source.
type quickMode uint8

const (
	quickRead quickMode = iota // whether it can be read here, and its links
	quickHTML
	quickPlain // the text alone
)

// readQuick fills d from its source, or reports false and leaves d as it was.
func readQuick(d *Doc) bool {
	if d.Source[0] == '\n' {
		return false
	}
	before := d.body
	d.body = quickBlocks
	q := quick{src: d.Source, doc: d, ok: true}
	if q.blocks(); !q.ok {
		d.body = before
	}
	return q.ok
}

// appendQuick writes the HTML of a field that readQuick has read, a single paragraph without its <p>.
func appendQuick(dst []byte, d *Doc, href Href) []byte {
	q := quick{src: d.Source, doc: d, mode: quickHTML, dst: dst, href: href, ok: true}
	q.blocks()
	return q.dst
}

// quickText returns the text of such a field; what is a line break in its HTML is one here.
func quickText(d *Doc) string {
	q := quick{src: d.Source, doc: d, mode: quickPlain, dst: make([]byte, 0, len(d.Source)), ok: true}
	q.blocks()
	return string(q.dst)
}

// str writes markup, text what a reader reads.
func (q *quick) str(s string) {
	switch {
	case q.mode == quickHTML:
		q.dst = append(q.dst, s...)
	case q.mode == quickPlain && s[len(s)-1] == '\n':
		q.dst = append(q.dst, '\n')
	}
}

func (q *quick) text(s string) {
	switch q.mode {
	case quickHTML:
		q.dst = appendEscaped(q.dst, s)
	case quickPlain:
		q.dst = append(q.dst, s...)
	}
}

// blocks reads the blocks of the field, which empty lines separate.
func (q *quick) blocks() {
	list := byte(0) // the kind of the block before: 0, '-' or '1'
	for at := 0; at < len(q.src) && q.ok; {
		end := len(q.src)
		if i := strings.Index(q.src[at:], "\n\n"); i >= 0 {
			end = at + i
		}
		if q.src[end-1] == ' ' {
			q.ok = false // space at the end of a block
			return
		}
		kind := q.kind(at)
		switch {
		case at == 0 && end == len(q.src) && kind == 0:
			if q.mode == quickRead {
				q.doc.body = quickSingle
			}
			q.paragraph(at, end)
		case kind == 0:
			q.str("<p>")
			q.paragraph(at, end)
			q.str("</p>\n")
		case list != 0: // two lists with an empty line between them may be one list
			q.ok = false
		default:
			q.list(at, end, kind)
		}
		list = kind
		for at = end; at < len(q.src) && q.src[at] == '\n'; {
			at++
		}
	}
}

// kind tells how the block at offset at begins: '-' and '1' are lists, 0 is a paragraph. Everything else is not read here.
func (q *quick) kind(at int) byte {
	switch n := marker(q.src[at:]); {
	case n == 2 && q.src[at] == '-':
		return '-'
	case n > 0:
		return '1'
	}
	return 0
}

// marker returns the length of a list item's marker, `- ` or `1. `, at the start of s.
func marker(s string) int {
	if strings.HasPrefix(s, "- ") {
		return 2
	}
	i := 0
	for i < len(s) && i < 9 && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i > 0 && strings.HasPrefix(s[i:], ". ") {
		return i + 2
	}
	return 0
}

// lineStart reports whether a line that begins at offset at can only be text: no list, heading, quote, rule, fence, table,
// definition or indented block.
func (q *quick) lineStart(at int) bool {
	if at >= len(q.src) {
		return false
	}
	switch c := q.src[at]; {
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '(' || c == '"' || c == '\'' || c == '$' || c == '/' || c == '{' || c == '}':
		return true
	case c >= '0' && c <= '9':
		i := at
		for i < len(q.src) && q.src[i] >= '0' && q.src[i] <= '9' {
			i++
		}
		return i == len(q.src) || q.src[i] != '.' && q.src[i] != ')'
	case c == '`':
		return !strings.HasPrefix(q.src[at:], "```")
	case c == '*':
		i := at + 1
		if i < len(q.src) && q.src[i] == '*' {
			i++
		}
		return i < len(q.src) && (letter(q.src[i]) || q.src[i] == '`' || q.src[i] == '[')
	case c == '[':
		end := strings.IndexByte(q.src[at:], ']')
		return end > 0 && strings.HasPrefix(q.src[at+end:], "](") && !strings.HasPrefix(q.src[at:], "[ ]") && !strings.HasPrefix(q.src[at:], "[x]") && !strings.HasPrefix(q.src[at:], "[X]")
	}
	return false
}

func letter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func (q *quick) paragraph(at, end int) {
	for line := at; q.mode == quickRead; { // what is written has been read
		if !q.lineStart(line) {
			q.ok = false
			return
		}
		i := strings.IndexByte(q.src[line:end], '\n')
		if i < 0 {
			break
		}
		line += i + 1
	}
	q.inline(at, end)
}

// list reads a list whose items are one paragraph each, with the lines of an item indented under it.
func (q *quick) list(at, end int, kind byte) {
	tag := "ul>\n"
	if kind == '1' {
		tag = "ol>\n"
		if number := q.src[at : at+marker(q.src[at:])-2]; number != "1" {
			q.ok = false
			return
		}
	}
	q.str("<")
	q.str(tag)
	for at < end && q.ok {
		n := marker(q.src[at:end])
		if n == 0 || (n == 2 && q.src[at] == '-') != (kind == '-') || !q.lineStart(at+n) {
			q.ok = false
			return
		}
		q.str("<li>")
		at = q.item(at+n, end, n)
		q.str("</li>\n")
	}
	q.str("</")
	q.str(tag)
}

// item reads the lines of an item whose text begins at offset at and returns where the next item is.
func (q *quick) item(at, end, indent int) int {
	stop := at
	for {
		i := strings.IndexByte(q.src[stop:end], '\n')
		if i < 0 {
			stop = end
			break
		}
		next := stop + i + 1
		if !strings.HasPrefix(q.src[next:end], "                "[:indent]) {
			stop = next - 1
			break
		}
		if !q.lineStart(next + indent) {
			q.ok = false
			return end
		}
		stop = next
	}
	// The lines are read one by one: their indentation is not part of the text. A code span or link over two of them is left to
	// goldmark, since each line must be complete in itself.
	for line := at; line < stop; {
		eol := stop
		if i := strings.IndexByte(q.src[line:stop], '\n'); i >= 0 {
			eol = line + i
		}
		if q.src[eol-1] == ' ' {
			q.ok = false
			return end
		}
		q.inline(line, eol)
		if eol < stop {
			q.str("\n")
			eol += 1 + indent
		}
		line = eol
	}
	return min(stop+1, end)
}

// readPlain fills d where its source is one paragraph without a byte that means something in Markdown, or reports false. Half
// of all fields are like that.
func readPlain(d *Doc) bool {
	s := d.Source
	for i := 0; i < len(s); i++ {
		switch plainBytes[s[i]] { // what begins a line
		case plainSafe:
		case plainW:
			if www(s[i:]) {
				return false
			}
		default: // a blank, or what might begin a list, a rule, a block, or the second line of a table
			return false
		}
	line:
		for i++; i < len(s); i++ {
			switch c := plainBytes[s[i]]; {
			case c <= plainInside:
			case c == plainColon && !strings.HasPrefix(s[i:], "://"), c == plainW && !www(s[i:]):
			case c == plainBreak && s[i-1] != ' ':
				break line
			default:
				return false
			}
		}
	}
	d.body = plainBody
	return true
}

// What a byte is to readPlain.
const (
	plainSafe   = iota
	plainInside // text where it does not begin a line
	plainColon
	plainW
	plainBreak
	plainOther // only goldmark understands it
)

var plainBytes = func() (k [256]byte) {
	for c := range 256 {
		switch {
		case c == 'w' || c == 'W':
			k[c] = plainW
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 && c < 0xC0 || c >= 0xC2 && c < 0xF5 || strings.IndexByte("/%$(,.;?'\"", byte(c)) >= 0:
			k[c] = plainSafe
		case c >= '0' && c <= '9' || strings.IndexByte(" -+)=", byte(c)) >= 0:
			k[c] = plainInside
		case c == ':':
			k[c] = plainColon
		case c == '\n':
			k[c] = plainBreak
		default:
			k[c] = plainOther
		}
	}
	return k
}()
