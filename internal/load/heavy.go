package load

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/markdown"
)

// The Markdown parser's time grows with the square, or worse, of how many brackets a file has and of how deep a line nests
// quotes and lists: 16,000 times `[a](` take 4.6 seconds, 1 MiB of `> ` minutes. A table has all its columns in every row, whatever a row holds: 1 MiB of short rows under
// a wide head made a page of 271 MB. No page comes near these bounds.
const (
	maxBrackets = 8_000 // in the Markdown of one file
	maxMarks    = 100   // quotes and items that begin on one line
	maxCells    = 50_000
)

// markdown parses a text, or says that it would take too long.
func (r *reader) markdown(t catalog.Text, opt markdown.Options) catalog.Prose {
	if at, what := r.heavy(t.Value); what != "" {
		r.diags.ErrorHint(t.Part(r.file, at, at+1), "file-too-large", what, fmt.Sprintf("split the text; the limits are %d brackets and %d cells of tables a file, and %d quotes and items a line", maxBrackets, maxCells, maxMarks))
		return catalog.Prose{Text: t, Doc: r.md.Parse("", opt)}
	}
	if len(r.docs) == 0 {
		r.docs = make([]markdown.Doc, 8) // a definition has some thirty, which live as long as it does
	}
	d := &r.docs[0]
	r.docs = r.docs[1:]
	r.md.ParseInto(d, t.Value, opt)
	for _, s := range d.Slips {
		if rest := t.Value[s.At.Start:]; (s.Kind == markdown.OpenFence || s.Kind == markdown.NextFence) && len(r.swallowed) < maxLost {
			r.swallowed = append(append(r.swallowed, rest[:min(len(rest), maxLost)]...), '\n')
		}
	}
	return catalog.Prose{Text: t, Doc: d}
}

func (r *reader) heavy(s string) (at int, what string) {
	if r.brackets += strings.Count(s, "["); r.brackets > maxBrackets {
		return strings.IndexByte(s, '['), "the texts of this file have more brackets than are read"
	}
	if len(s) < maxMarks {
		return 0, ""
	}
	columns, tables := 0, r.cells > maxCells || strings.IndexByte(s, '|') >= 0
	for start := 0; start < len(s); {
		end := len(s)
		if n := strings.IndexByte(s[start:], '\n'); n >= 0 {
			end = start + n
		}
		if end-start > maxMarks && nesting(s[start:end]) > maxMarks {
			return start, "this line nests quotes and lists too deeply"
		}
		if tables {
			columns = tableColumns(s[start:end], columns)
			if r.cells += columns; r.cells > maxCells {
				return start, "the tables of this file have more cells than are read"
			}
		}
		start = end + 1
	}
	return 0, ""
}

// tableColumns returns how many cells a line has, which stands below one with this many: the line of dashes under a table's head begins a table, an empty line ends it.
func tableColumns(line string, above int) int {
	rest := strings.Trim(line, " \t\r>|:-")
	switch {
	case rest == "" && strings.Contains(line, "-") && strings.Contains(line, "|"):
		return max(above, strings.Count(line, "|")+1)
	case rest == "" && strings.Trim(line, " \t\r>") == "":
		return 0
	}
	return above
}

// nesting returns how many quotes and items a line begins, at most.
func nesting(line string) int {
	n := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '>':
			n++
		case (c == ' ' || c == '\t') && i > 0 && strings.IndexByte("-+*.)", line[i-1]) >= 0:
			n++
		case c == ' ' || c == '\t' || strings.IndexByte("-+*.)", c) >= 0 || c >= '0' && c <= '9':
		default:
			return n
		}
	}
	return n
}
