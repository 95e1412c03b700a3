package diag

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Options say how a list is printed. The zero Options print plain text without excerpts.
type Options struct {
	Color  bool                              // escape sequences for colours
	Source func(file string) ([]byte, error) // the text of a file, for its lines; an error leaves the excerpt out
	URL    func(id string) string            // where a rule is explained; may return ""
	Width  int                               // columns of the terminal; 0: hints are not wrapped, excerpts have 120 columns
	// Prefix is put before every file name by GitHub, Summary and SARIF, where names count from the repository's root and
	// not from the source folder. It ends with a slash or is empty.
	Prefix string
}

// PerID is how many diagnostics of one id Text prints in full; what is beyond is counted.
const PerID = 50

// The colours: the sixteen that every terminal has and its owner has chosen.
const (
	bold   = "\x1b[1m"
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	blue   = "\x1b[1;34m"
	cyan   = "\x1b[1;36m"
	plain  = "\x1b[0m"
)

// Text prints a list for people: each diagnostic with its place, the line, a mark under the exact text, related places
// and what to do; then the totals. Nothing of the content reaches the terminal as a control character. An empty list
// prints nothing. The error is the writer's.
func Text(w io.Writer, list *List, o Options) error {
	p := &printer{w: bufio.NewWriter(w), o: o, src: sources{read: o.Source}}
	all := list.Sorted()
	seen := map[string]int{}
	var ids []string
	for i := range all {
		d := &all[i]
		n := seen[d.ID]
		if seen[d.ID]++; n == 0 {
			ids = append(ids, d.ID)
		}
		if n < PerID {
			p.diagnostic(d, n == 0)
		}
	}
	for _, id := range ids {
		if more := seen[id] - PerID; more > 0 {
			p.line(fmt.Sprintf("... and %d more [%s]; `--format json` prints them all", more, safe(id)))
			p.line("")
		}
	}
	if len(all) > 0 {
		p.line(Totals(all))
	}
	return p.w.Flush()
}

// Totals returns what a list comes to: "found 2 errors and 1 warning in 3 files".
func Totals(all []Diagnostic) string {
	var n [2]int
	files := map[string]bool{}
	for i := range all {
		n[all[i].Severity]++
		files[all[i].Span.File] = true
	}
	var parts []string
	for s, word := range [...]string{Error: "error", Warning: "warning"} {
		if n[s] > 0 {
			parts = append(parts, count(n[s], word))
		}
	}
	if len(parts) == 0 {
		return "found no problems"
	}
	return "found " + strings.Join(parts, " and ") + " in " + count(len(files), "file")
}

func count(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return strconv.Itoa(n) + " " + word
}

type printer struct {
	w   *bufio.Writer
	o   Options
	src sources
}

func (p *printer) line(s string) {
	p.w.WriteString(s)
	p.w.WriteByte('\n')
}

func (p *printer) paint(colour, s string) string {
	if !p.o.Color || s == "" {
		return s
	}
	return colour + s + plain
}

// diagnostic prints one problem; explain adds where its rule is explained, which is said once for each rule.
func (p *printer) diagnostic(d *Diagnostic, explain bool) {
	colour := red
	if d.Severity == Warning {
		colour = yellow
	}
	p.line(p.paint(bold, location(d.Span)+":") + " " + p.paint(colour, d.Severity.String()+":") + " " +
		p.paint(bold, safe(d.Message)) + " [" + safe(d.ID) + "]")
	gutter := digits(d.Span)
	for _, r := range d.Related {
		gutter = max(gutter, digits(r.Span))
	}
	p.excerpt(d.Span, gutter, "^", colour, true)
	for _, r := range d.Related {
		p.note(gutter, "note", location(r.Span)+": "+safe(r.Message))
		p.excerpt(r.Span, gutter, "-", blue, false)
	}
	p.note(gutter, "hint", safe(d.Hint))
	if explain && p.o.URL != nil {
		p.note(gutter, "see", safe(p.o.URL(d.ID)))
	}
	p.line("")
}

// location returns a span's file:line:col, in the form that terminals and editors turn into a link.
func location(s Span) string {
	if s.Start.Line == 0 {
		return safe(s.File)
	}
	return safe(s.File) + ":" + strconv.Itoa(s.Start.Line) + ":" + strconv.Itoa(s.Start.Col)
}

// digits returns the width of the largest line number of a span.
func digits(s Span) int { return len(strconv.Itoa(max(s.Start.Line, s.End.Line))) }

// note prints a line such as `= hint: ...`, wrapped where the terminal's width is known.
func (p *printer) note(gutter int, label, text string) {
	if text == "" {
		return
	}
	head := strings.Repeat(" ", gutter+1)
	room := 0
	if p.o.Width > 0 {
		room = max(p.o.Width-gutter-len(label)-5, 30)
	}
	for i, part := range wrap(text, room) {
		if i == 0 {
			p.line(head + p.paint(blue, "=") + " " + p.paint(cyan, label+":") + " " + part)
		} else {
			p.line(head + strings.Repeat(" ", len(label)+4) + part)
		}
	}
}

// wrap breaks a text at spaces so that its lines have at most width columns; 0 is no limit. A longer word stays whole,
// so that a URL can be clicked.
func wrap(text string, width int) []string {
	if width <= 0 || textWidth(text) <= width {
		return []string{text}
	}
	var out []string
	line, used := "", 0
	for _, word := range strings.Split(text, " ") {
		n := textWidth(word)
		if line != "" && used+1+n > width {
			out = append(out, line)
			line, used = "", 0
		}
		if line != "" {
			line += " "
			used++
		}
		line += word
		used += n
	}
	return append(out, line)
}

// excerpt prints the first and the last line of a span with marks under them.
func (p *printer) excerpt(s Span, gutter int, mark, colour string, open bool) {
	first, ok := p.src.line(s.File, s.Start.Line)
	if !ok {
		return
	}
	bar := strings.Repeat(" ", gutter) + " " + p.paint(blue, "|")
	if open {
		p.line(bar)
	}
	end := s.End
	if end.Line < s.Start.Line || end.Line == s.Start.Line && end.Col < s.Start.Col {
		end = s.Start
	}
	last, ok := p.src.line(s.File, end.Line)
	for ok && end.Line > s.Start.Line && strings.TrimSpace(last[:min(max(end.Col-1, 0), len(last))]) == "" {
		end.Line-- // it ends before anything that could be marked
		last, ok = p.src.line(s.File, end.Line)
		end.Col = len(last) + 1
	}
	if end.Line == s.Start.Line || !ok {
		stop := len(first)
		if end.Line == s.Start.Line {
			stop = end.Col - 1
		}
		p.row(s.Start.Line, gutter, first, s.Start.Col-1, stop, mark, colour)
		return
	}
	p.row(s.Start.Line, gutter, first, s.Start.Col-1, len(strings.TrimRight(first, " \t")), mark, colour)
	if end.Line > s.Start.Line+1 {
		p.line(strings.Repeat(" ", gutter) + " " + p.paint(blue, ":"))
	}
	p.row(end.Line, gutter, last, len(last)-len(strings.TrimLeft(last, " \t")), end.Col-1, mark, colour)
}

func (p *printer) row(number, gutter int, line string, start, end int, mark, colour string) {
	limit := 120
	if p.o.Width > 0 {
		limit = p.o.Width - gutter - 3
	}
	r := cutRow(line, start, end, limit)
	n := strconv.Itoa(number)
	text := strings.TrimRight(r.text, " ")
	p.line(strings.TrimRight(strings.Repeat(" ", gutter-len(n))+p.paint(blue, n+" |")+" "+text, " "))
	p.line(strings.Repeat(" ", gutter) + " " + p.paint(blue, "|") + " " + strings.Repeat(" ", r.mark) + p.paint(colour, strings.Repeat(mark, r.wide)))
}
