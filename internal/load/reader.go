package load

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"

	"gopkg.in/yaml.v3"
)

// maxNodes and maxBytes bound how many YAML nodes and how many bytes of text one file may make the loader visit. Aliases are
// followed, so without a bound a few lines can stand for billions of nodes. What a person writes comes near neither.
const (
	maxNodes = 200_000
	maxBytes = 2 * MaxFile
)

// reader walks the tree of one file. It is used by one goroutine.
type reader struct {
	file  string
	src   []byte
	ascii bool  // src is printable ASCII and LF
	quick bool  // the tree is the quick parser's
	lines []int // offset of each line's first byte; filled on first use
	diags *diag.List
	md    *markdown.Parser
	docs  []markdown.Doc // room for those that come
	root  *yaml.Node
	// broken is the text of the keys of the top level that are not YAML: what stands in it is not missing.
	broken   []byte
	repaired bool                // the file is not YAML as a whole
	torn     map[*yaml.Node]bool // mappings and lists of which a part is not YAML
	lost     []byte              // what stands below unknown keys, or in place of another kind of value
	// swallowed is what a block of code without an end has taken: its links and headings are not known.
	swallowed []byte
	nodes     int // visited
	bytes     int // of text visited
	brackets  int // of Markdown read
	cells     int // of the tables in it
	over      bool
	aliased   map[*yaml.Node]catalog.Prose // what has an anchor, by its node
	budget    int                          // of bytes that may be parsed to find faults
	walked    walked
}

// count counts a node with size bytes of text and reports whether the file may go on.
func (r *reader) count(size int) bool {
	r.nodes++
	r.bytes += size
	return r.nodes <= maxNodes && r.bytes <= maxBytes || r.tooLarge()
}

// tooLarge says, once, that a file stands for more than is read.
func (r *reader) tooLarge() bool {
	if !r.over {
		r.over = true
		r.diags.ErrorHint(top(r.file), "file-too-large", "this file stands for more values or more text than is read",
			fmt.Sprintf("the limit is %d values and %d bytes; aliases (`*name`) repeat their value each time: write the text out, or split the file", maxNodes, maxBytes))
	}
	return false
}

// follow returns the node that an alias stands for.
func (r *reader) follow(n *yaml.Node) *yaml.Node {
	for i := 0; n.Kind == yaml.AliasNode && n.Alias != nil && i < 100; i++ {
		n = n.Alias
	}
	return n
}

// span returns the place of a node: of a scalar on one line with its quotes, of anything else its start.
func (r *reader) span(n *yaml.Node) diag.Span {
	p := r.start(n)
	end := p
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		if t := r.place(n); t.Exact() {
			end = t.At(n.Value, len(n.Value))
			if l := r.line(end.Line); end.Col <= len(l) && (l[end.Col-1] == '"' || l[end.Col-1] == '\'') && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
				end.Col++
			}
		}
	}
	return diag.Span{File: r.file, Start: p, End: end}
}

// pos converts a node's place, whose column counts characters, to bytes.
func (r *reader) pos(n *yaml.Node) diag.Pos {
	if r.ascii && r.quick { // a character is a byte, and every node stands in a line
		return diag.Pos{Line: n.Line, Col: n.Column}
	}
	text := r.line(n.Line)
	if text == nil { // a value that is left out at the end of the file
		return diag.Pos{Line: len(r.lines), Col: len(r.line(len(r.lines))) + 1}
	}
	col, i := 0, 1
	if r.walked.line == n.Line && r.walked.character < 2*n.Column { // a line may be a megabyte long, and what is asked for next is near
		col, i = r.walked.offset, r.walked.character
	}
	for ; i > n.Column; i-- {
		_, size := utf8.DecodeLastRune(text[:col])
		col -= size
	}
	for ; i < n.Column && col < len(text); i++ {
		if text[col] < utf8.RuneSelf {
			col++
			continue
		}
		_, size := utf8.DecodeRune(text[col:])
		col += size
	}
	r.walked = walked{n.Line, i, col}
	return diag.Pos{Line: n.Line, Col: col + 1}
}

// walked is how far the characters of a line have been counted: the character from 1 that begins at an offset.
type walked struct{ line, character, offset int }

// start is pos behind the properties of a node, `&name` and `!type`, with which the library has it begin. The quick parser reads none.
func (r *reader) start(n *yaml.Node) diag.Pos {
	p := r.pos(n)
	if r.quick {
		return p
	}
	for {
		line := r.line(p.Line)
		i := p.Col - 1
		switch {
		case line == nil:
			return r.pos(n)
		case i >= len(line) || line[i] == '#' && p != r.pos(n):
			if p == r.pos(n) {
				return p
			}
			p = diag.Pos{Line: p.Line + 1, Col: 1}
		case isBlank(line[i]):
			p.Col++
		case (line[i] == '&' || line[i] == '!') && n.Kind != yaml.AliasNode:
			for i < len(line) && !isBlank(line[i]) {
				i++
			}
			p.Col = i + 1
		default:
			return p
		}
	}
}

// line returns the bytes of a line, without its break; nil where there is none.
func (r *reader) line(n int) []byte {
	if r.lines == nil {
		r.lines = lineStarts(make([]int, 0, len(r.src)/40+1), r.src)
	}
	if n < 1 || n > len(r.lines) {
		return nil
	}
	end := len(r.src)
	if n < len(r.lines) {
		end = r.lines[n] - 1
	}
	line := r.src[r.lines[n-1]:end:end]
	if len(line) > 0 && line[len(line)-1] == '\r' {
		line = line[:len(line)-1]
	}
	return line
}

// lineStarts appends to starts the offset of each line's first byte, and that of the empty line behind the last break.
func lineStarts(starts []int, src []byte) []int {
	for at := 0; ; {
		starts = append(starts, at)
		size := bytes.IndexByte(src[at:], '\n')
		if size < 0 {
			return starts
		}
		at += size + 1
	}
}

// lose keeps the texts of a value that is not read.
func (r *reader) lose(n *yaml.Node) {
	if len(r.lost) > maxLost {
		return
	}
	if n.Kind == yaml.ScalarNode {
		r.lost = append(append(r.lost, n.Value[:min(len(n.Value), maxLost)]...), '\n')
	}
	for _, c := range n.Content {
		r.lose(c)
	}
}

// maxLost is how much of a file is kept that could not be read: names are looked for in it.
const maxLost = 64 << 10
