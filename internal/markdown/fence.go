package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// fence reports a block of code that nothing closes, or only the end of another one that was to begin within it.
func (w *writer) fence(n *ast.FencedCodeBlock) {
	at := max(n.Pos(), 0)
	open := w.lineAt(at)
	skip := len(open) - len(bytes.TrimLeft(open, " \t>"))
	end := min(at+len(open)+1, len(w.src))
	if k := n.Lines().Len(); k > 0 {
		end = n.Lines().At(k - 1).Stop
	}
	last := bytes.TrimLeft(w.lineAt(end), " \t>")
	closed := bytes.HasPrefix(last, []byte("```")) || bytes.HasPrefix(last, []byte("~~~"))
	for _, s := range w.doc.Slips {
		if s.Kind == NextFence {
			return // from there on what begins a block and what ends one is not known
		}
	}
	s := Slip{Kind: EmptyFence, At: Range{at + skip, at + max(len(bytes.TrimRight(open, " \t\r")), skip)}}
	sign, length := open[skip], len(open[skip:])-len(bytes.TrimLeft(open[skip:], string(open[skip])))
	s.Meant = string(open[skip : skip+length])
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		text := bytes.TrimSpace(line.Value(w.src))
		if len(text) == 0 {
			continue
		}
		s.Kind = OpenFence
		m := fenceForm.FindSubmatch(text)
		if m == nil || s.Other != (Range{}) {
			continue
		}
		start := line.Start + bytes.Index(line.Value(w.src), text)
		switch alike := text[0] == sign && len(m[1]) >= length; {
		case len(m[2]) == 0 || bytes.IndexByte(m[2], ' ') >= 0 && alike: // of other signs, or with words behind it
			s.Other, s.Ends = Range{start, start + len(text)}, true
		case alike:
			s.Other = Range{start, start + len(text)}
		}
	}
	switch {
	case closed && !s.Ends && s.Other != (Range{}):
		s.Kind = NextFence
	case closed:
		return
	}
	w.doc.Slips = append(w.doc.Slips, s)
}

// fenceForm is a line that begins or ends a block of code: its signs and what stands behind them.
var fenceForm = regexp.MustCompile("^(```+|~~~+) *([^`]*)$")

// lineAt is the line of the source that goes on at an offset, without its break.
func (w *writer) lineAt(at int) []byte {
	line := w.src[min(at, len(w.src)):]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	return line
}
