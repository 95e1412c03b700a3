package load

import (
	"bytes"
	"errdex/internal/markdown"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// The quick parser reads the YAML that definitions are written in: block mappings and sequences, flow collections on one line,
// plain and quoted scalars on one line, literal blocks, and comments on lines of their own. It gives the nodes that
// yaml.v3 gives, with their kinds, styles, tags, values and places, in a tenth of its time. At anything else (an anchor, a
// tag, a folded text, a fault of any kind) it stops, and yaml.v3 reads the file from its start and words what is wrong.
// TestQuickAgrees and FuzzQuick hold the two together.
type quick struct {
	src    []byte
	ascii  bool  // src is printable ASCII and LF
	lines  []int // offset of each line's first byte
	pos    int   // of the line that is read next
	line   int   // its number, 1-based
	chunks [][]yaml.Node
	used   int // nodes of the last chunk
	last   int // the chunk in use
	stack  []*yaml.Node
	text   []byte   // the bytes of all values
	values []extent // where each of them is
	depth  int
	keys   map[string]string
	recent [128]string // of these, by some of their bytes

	seen, indent        int // next's memory: the offset of a line that has something, and its indentation
	counted, characters int // column's memory: an offset, and the characters before it in its line
}

// extent is the value of a node within quick.text.
type extent struct {
	node       *yaml.Node
	start, end int
}

const (
	chunkNodes = 256
	maxNesting = 40
	maxKey     = 128 // bytes of a key; YAML has a limit too, at 1024
	maxKeys    = 256 // that are remembered: more than the contract has
)

var quicks = sync.Pool{New: func() any { return &quick{keys: map[string]string{}} }}

// parseQuick parses src, which clean has let through, and hands its root and the offsets of its lines to use. It reports false, without a call of
// use, where yaml.v3 must read it. The nodes and lines are good until use returns; the nodes' values stay.
func parseQuick(src []byte, ascii bool, use func(root *yaml.Node, lines []int)) bool {
	if len(src) == 0 || src[len(src)-1] != '\n' || !ascii && (bytes.IndexByte(src, '\r') >= 0 || oddBreak(src)) {
		return false
	}
	q := quicks.Get().(*quick)
	defer quicks.Put(q)
	q.src, q.ascii, q.lines = src, ascii, lineStarts(q.lines[:0], src)
	q.pos, q.line, q.last, q.used, q.depth, q.counted = 0, 1, 0, 0, 0, -1
	q.seen = -1
	q.stack, q.text, q.values = q.stack[:0], q.text[:0], q.values[:0]
	defer func() { q.src = nil }()
	indent, ok := q.next()
	if !ok || indent != 0 {
		return false
	}
	root, ok := q.mapping(0, q.pos, keySize(src[q.pos:]))
	if _, more := q.next(); !ok || more {
		return false
	}
	all := string(q.text) // one allocation for every value of the file
	for _, v := range q.values {
		v.node.Value = all[v.start:v.end]
	}
	use(root, q.lines)
	return true
}

// oddBreak reports characters that YAML takes for line breaks or byte order marks within a text.
func oddBreak(src []byte) bool {
	for _, odd := range [...]string{"\u0085", "\u2028", "\u2029", "\uFEFF"} {
		if bytes.Contains(src, []byte(odd)) {
			return true
		}
	}
	return false
}

func (q *quick) node(kind yaml.Kind, style yaml.Style, tag string, line, col int) *yaml.Node {
	if len(q.chunks) == 0 {
		q.chunks = append(q.chunks, make([]yaml.Node, chunkNodes))
	} else if q.used == chunkNodes {
		if q.last++; q.last == len(q.chunks) {
			q.chunks = append(q.chunks, make([]yaml.Node, chunkNodes))
		}
		q.used = 0
	}
	n := &q.chunks[q.last][q.used]
	q.used++
	n.Kind, n.Style, n.Tag, n.Value, n.Content, n.Line, n.Column = kind, style, tag, "", n.Content[:0], line, col // nothing else is ever set
	return n
}

// scalar makes a node whose value is the bytes that were put into q.text from start on.
func (q *quick) scalar(style yaml.Style, tag string, line, col, start int) *yaml.Node {
	n := q.node(yaml.ScalarNode, style, tag, line, col)
	q.values = append(q.values, extent{n, start, len(q.text)})
	return n
}

// close moves the children above mark from the stack to their parent.
func (q *quick) close(n *yaml.Node, mark int) *yaml.Node {
	n.Content = append(n.Content, q.stack[mark:]...)
	if len(n.Content) == 0 {
		n.Content = nil
	}
	q.stack = q.stack[:mark]
	return n
}

// next goes to the next line that has something, past empty lines and comments, and returns its indentation. It is false at
// the end.
func (q *quick) next() (indent int, ok bool) {
	if q.seen == q.pos {
		return q.indent, true
	}
	for q.pos < len(q.src) {
		i := q.pos
		for q.src[i] == ' ' {
			i++
		}
		switch q.src[i] {
		case '\n':
			q.pos = i + 1
		case '#':
			q.pos = q.lines[q.line]
		default:
			q.seen, q.indent = q.pos, i-q.pos
			return q.indent, true
		}
		q.line++
	}
	return 0, false
}

// end is the offset of the line break of the line at q.pos.
func (q *quick) end() int { return q.lines[q.line] - 1 }

// advance goes behind the line that ends at end.
func (q *quick) advance(end int) {
	q.pos = end + 1
	q.line++
}

// column is the 1-based column, in characters, of an offset in the line at q.pos. It counts on from where it was asked last, so
// that a line of a megabyte is counted once.
func (q *quick) column(at int) int {
	if q.ascii {
		return at - q.pos + 1
	}
	if q.counted < q.pos || q.counted > at {
		q.counted, q.characters = q.pos, 0
	}
	q.characters += utf8.RuneCount(q.src[q.counted:at])
	q.counted = at
	return q.characters + 1
}

// mapping reads the entries of a block mapping whose keys stand at indent; the first begins at offset at of the line at q.pos,
// which need not be its indentation: a mapping may begin behind a dash. size is that of its first key.
func (q *quick) mapping(indent, at, size int) (*yaml.Node, bool) {
	if q.depth++; q.depth > maxNesting {
		return nil, false
	}
	n := q.node(yaml.MappingNode, 0, "!!map", q.line, indent+1)
	mark := len(q.stack)
	for {
		if !q.entry(indent, at, size) {
			return nil, false
		}
		next, ok := q.next()
		if !ok || next < indent {
			break
		}
		if next > indent {
			return nil, false
		}
		at = q.pos + indent
		size = keySize(q.src[at:])
	}
	q.depth--
	return q.close(n, mark), true
}

// entry reads `key: value` at offset at, whose key has this size, and what belongs to it on the lines below.
func (q *quick) entry(indent, at, size int) bool {
	if size == 0 {
		return false
	}
	q.stack = append(q.stack, q.key(q.src[at:at+size], indent+1))
	i := at + size + 1
	for q.src[i] == ' ' {
		i++
	}
	if q.src[i] != '\n' {
		v, ok := q.value(i, indent)
		q.stack = append(q.stack, v)
		return ok
	}
	q.advance(i)
	below, ok := q.next()
	dash := ok && q.isDash(q.pos+below)
	var v *yaml.Node
	switch {
	case ok && dash && below >= indent:
		v, ok = q.sequence(below)
	case ok && below > indent:
		v, ok = q.mapping(below, q.pos+below, keySize(q.src[q.pos+below:]))
	default:
		return false // an empty value
	}
	q.stack = append(q.stack, v)
	return ok
}

// keySize returns the length of the simple key at the start of b that is followed by a colon and a space or line break, or 0.
func keySize(b []byte) int {
	b = b[:min(len(b), maxKey+1)]
	i := 0
	for i < len(b) && keyBytes[b[i]] != 0 {
		i++
	}
	if i == 0 || i+1 >= len(b) || b[i] != ':' || b[i+1] != ' ' && b[i+1] != '\n' || b[0] == '-' || b[0] >= '0' && b[0] <= '9' || tagOfKey(b[:i]) == "" {
		return 0
	}
	return i
}

// keyBytes are the bytes that simple keys have.
var keyBytes = markdown.SetOf("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")

// word makes a plain scalar of bytes that stand in the line at q.pos.
func (q *quick) word(b []byte, tag string, col int) *yaml.Node {
	start := len(q.text)
	q.text = append(q.text, b...)
	return q.scalar(0, tag, q.line, col, start)
}

// key makes a key's node. Keys are the same few words in every file: they are kept by the parser, not by the file's text.
func (q *quick) key(b []byte, col int) *yaml.Node {
	n := q.node(yaml.ScalarNode, 0, "!!str", q.line, col)
	recent := &q.recent[(2*int(b[0])+int(b[len(b)/2])+4*int(b[len(b)-1])+len(b))%len(q.recent)]
	if *recent != string(b) {
		word, known := q.keys[string(b)]
		if !known {
			word = string(b)
			if len(q.keys) < maxKeys {
				q.keys[word] = word
			}
		}
		*recent = word
	}
	n.Value = *recent
	return n
}

func (q *quick) isDash(at int) bool {
	return q.src[at] == '-' && (q.src[at+1] == ' ' || q.src[at+1] == '\n')
}

// sequence reads the items of a block sequence whose dashes stand at indent.
func (q *quick) sequence(indent int) (*yaml.Node, bool) {
	if q.depth++; q.depth > maxNesting {
		return nil, false
	}
	n := q.node(yaml.SequenceNode, 0, "!!seq", q.line, indent+1)
	mark := len(q.stack)
	for {
		i := q.pos + indent + 1
		for q.src[i] == ' ' {
			i++
		}
		if q.src[i] == '\n' || q.isDash(i) {
			return nil, false
		}
		var item *yaml.Node
		var ok bool
		if size := keySize(q.src[i:]); size > 0 {
			item, ok = q.mapping(i-q.pos, i, size)
		} else {
			item, ok = q.value(i, indent)
		}
		if !ok {
			return nil, false
		}
		q.stack = append(q.stack, item)
		next, more := q.next()
		if !more || next < indent || next == indent && !q.isDash(q.pos+next) {
			break
		}
		if next > indent {
			return nil, false
		}
	}
	q.depth--
	return q.close(n, mark), true
}

// value reads a value that begins at offset i of the line at q.pos and goes behind it. indent is that of the mapping or sequence
// it belongs to: a line below that is indented deeper would belong to the value.
func (q *quick) value(i, indent int) (n *yaml.Node, ok bool) {
	switch c := q.src[i]; {
	case c == '|':
		return q.literal(i, indent)
	case c == '"' || c == '\'':
		n, i, ok = q.quoted(i)
	case c == '[' || c == '{':
		n, i, ok = q.flow(i)
	default:
		n, i, ok = q.plain(i)
	}
	if !ok || q.src[i] != '\n' {
		return nil, false
	}
	q.advance(i)
	below, more := q.next()
	return n, !more || below <= indent
}

// plain reads a plain scalar to the end of its line.
func (q *quick) plain(i int) (*yaml.Node, int, bool) {
	end := q.end()
	s := q.src[i:end]
	tag := tagOfPlain(s)
	if tag == "" || s[len(s)-1] == ' ' || s[len(s)-1] == ':' || !q.ascii && bytes.IndexByte(s, '\t') >= 0 ||
		bytes.IndexByte(s, ':') >= 0 && bytes.Contains(s, []byte(": ")) || bytes.IndexByte(s, '#') >= 0 && bytes.Contains(s, []byte(" #")) {
		return nil, 0, false
	}
	return q.word(s, tag, q.column(i)), end, true
}
