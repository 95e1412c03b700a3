package diag

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// maxOpen is how many files' texts are kept while a list is printed. Diagnostics come sorted by file, so few are enough.
const maxOpen = 16

// sources hands out the lines of the files that diagnostics point into.
type sources struct {
	read  func(file string) ([]byte, error)
	files map[string][]string
}

// line returns line n of a file, without its break; ok is false where there is no such line, or no such file any more.
func (s *sources) line(file string, n int) (text string, ok bool) {
	if s.read == nil || n < 1 {
		return "", false
	}
	lines, seen := s.files[file]
	if !seen {
		if len(s.files) >= maxOpen || s.files == nil {
			s.files = make(map[string][]string, maxOpen)
		}
		if data, err := s.read(file); err == nil {
			lines = strings.Split(string(bytes.TrimPrefix(data, []byte("\ufeff"))), "\n")
		}
		s.files[file] = lines
	}
	if n > len(lines) {
		return "", false
	}
	return strings.TrimSuffix(lines[n-1], "\r"), true
}

// tabStop is the width of a tab in an excerpt.
const tabStop = 4

// excerptRow is a line of a file, cut to what fits, with the columns to mark in it.
type excerptRow struct {
	text       string
	mark, wide int // column of the first mark from 0, and how many
}

// cutRow shows the part of line around the bytes from start to end (offsets from 0) in at most limit columns. Where the
// line is longer, an ellipsis stands for what is left out.
func cutRow(line string, start, end, limit int) excerptRow {
	start = min(max(start, 0), len(line))
	end = min(max(end, start), len(line))
	limit = max(limit, 20)
	// A line may be a megabyte: only what can come near the window is looked at. Four bytes a column is the longest
	// encoding; the rest leaves room for marks without a width.
	near := 8 * limit
	from, to := 0, len(line)
	if start > near {
		from = start - near
		for from < start && !utf8.RuneStart(line[from]) {
			from++
		}
	}
	if end-start > near {
		end = start + near
	}
	if to-end > near {
		to = end + near
	}
	var cells []glyph
	column, markFrom, markTo := 0, -1, -1
	for i := from; i < to; {
		g := nextGlyph(line[i:])
		if line[i] == '\t' {
			g.width = tabStop - column%tabStop
			g.text = strings.Repeat(" ", g.width)
		}
		if markFrom < 0 && i+g.size > start {
			markFrom = column
		}
		if i < end {
			markTo = column + g.width
		}
		cells = append(cells, g)
		column += g.width
		i += g.size
	}
	if markFrom < 0 {
		markFrom = column
	}
	markTo = max(markTo, markFrom+1)
	if column <= limit && from == 0 && to == len(line) {
		return excerptRow{joinCells(cells), markFrom, markTo - markFrom}
	}
	return window(cells, markFrom, markTo, limit, from > 0, to < len(line))
}

// window keeps the columns of cells that show the mark, with a third of the room before it.
func window(cells []glyph, markFrom, markTo, limit int, before, after bool) excerptRow {
	total := 0
	for _, c := range cells {
		total += c.width
	}
	left := 0
	if before || min(markTo, markFrom+limit) > limit-1 {
		left = max(0, markFrom-limit/3)
		if fill := max(total, markTo) - (limit - 1); !after && left > fill {
			left = max(fill, 0)
		}
	}
	var b strings.Builder
	column, shown := 0, 0
	shift, set := 0, false // from a column of the line to one of the row
	if left > 0 || before {
		b.WriteString("…")
		shown = 1
	}
	for _, c := range cells {
		if column < left {
			column += c.width
			continue
		}
		if !set {
			shift, set = shown-column, true
		}
		if shown+c.width > limit-1 && (after || shown+total-column > limit) {
			b.WriteString("…")
			shown++
			break
		}
		b.WriteString(c.text)
		shown += c.width
		column += c.width
	}
	if !set {
		shift = shown - column
	}
	mark := max(markFrom+shift, 0)
	return excerptRow{b.String(), mark, max(1, min(markTo+shift, max(shown, mark+1))-mark)}
}

func joinCells(cells []glyph) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.text)
	}
	return b.String()
}
