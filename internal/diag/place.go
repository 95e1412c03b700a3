package diag

import (
	"math"
	"strings"
)

// Place says where the bytes of a decoded text stand in its file. A block scalar is arithmetic (line, column of its
// content); a text with escapes or folded lines carries a table. The zero Place is unknown. It is kept to 16 bytes: a catalog
// holds some hundred and fifty for each definition.
type Place struct {
	Line  int32 // where the decoded text begins
	col   uint16
	kind  placeKind
	marks *[]Mark
}

type placeKind uint8

const (
	startOnly placeKind = iota
	flat
	literal // every later line begins at col too
	marked
)

// Mark ties an offset of the decoded text to a place in the file; marks are sorted by offset.
type Mark struct{ Offset, Line, Col int32 }

// Flat is the place of a text that stands in its file byte for byte on one line.
func Flat(line, col int) Place { return place(line, col, flat) }

// Literal is the place of a literal block scalar (`|`) whose first content line is line and whose content starts at col.
func Literal(line, col int) Place { return place(line, col, literal) }

// Marked is the place of a text whose bytes moved when it was decoded.
func Marked(line, col int, marks []Mark) Place {
	p := place(line, min(col, math.MaxUint16), marked)
	p.marks = &marks
	return p
}

// Start is the place of a text of which only the start is known.
func Start(line, col int) Place { return place(line, col, startOnly) }

// place keeps a column too large for col in a mark; a block that is indented so deep is known by its start only.
func place(line, col int, kind placeKind) Place {
	p := Place{Line: int32(line), col: uint16(col), kind: kind}
	if col <= math.MaxUint16 {
		return p
	}
	p.marks = &[]Mark{{Line: int32(line), Col: int32(col)}}
	if p.kind = startOnly; kind == flat {
		p.kind = marked
	}
	return p
}

// Exact reports whether offsets inside the text can be told.
func (p Place) Exact() bool { return p.kind != startOnly }

// At returns the position of the byte at offset in text, or the start of the text where that is all that is known.
func (p Place) At(text string, offset int) Pos {
	line, col := int(p.Line), int(p.col)
	if p.kind == startOnly {
		if p.marks != nil {
			col = int((*p.marks)[0].Col)
		}
		return Pos{line, col}
	}
	offset = min(max(offset, 0), len(text))
	switch p.kind {
	case marked:
		for _, m := range *p.marks {
			if int(m.Offset) > offset {
				break
			}
			line, col = int(m.Line), int(m.Col)+offset-int(m.Offset)
		}
		return Pos{line, col}
	case literal:
		// Behind the text's last line break there may be nothing in the file, so the end of a block is the end of its last
		// line; and an empty line need not be indented.
		if offset == len(text) {
			offset = len(strings.TrimRight(text, "\n"))
		}
		n := strings.Count(text[:offset], "\n")
		if (offset == 0 || text[offset-1] == '\n') && (offset == len(text) || text[offset] == '\n') {
			return Pos{line + n, 1}
		}
		if n == 0 {
			return Pos{line, col + offset}
		}
		return Pos{line + n, col + offset - 1 - strings.LastIndexByte(text[:offset], '\n')}
	}
	return Pos{line, col + offset}
}
