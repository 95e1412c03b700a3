package load

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// tab: the line's indentation, or what stands between it and the text, has a tab.
func (w *words) tab() (message, hint string, ok bool) {
	blank := w.line[:len(w.line)-len(bytes.TrimLeft(w.line, " \t-"))]
	i := bytes.IndexByte(blank, '\t')
	if i < 0 || strings.Trim(w.before, " \t-") != "" {
		return "", "", false
	}
	w.offset, w.length = w.start+i, 1
	if bytes.IndexByte(blank[:i], '-') >= 0 {
		return "a tab stands behind this `-`", "put a space there", true
	}
	return "a tab indents this line", w.tabHint(), true
}

// tabHint says how many spaces belong in place of a line's tabs. What the lines above suggest is said only where the text is then YAML as far as this
// line.
func (w *words) tabHint() string {
	body := bytes.TrimLeft(w.line, " \t")
	tabs := bytes.Count(w.line[:len(w.line)-len(body)], []byte("\t"))
	for _, column := range w.columns(bytes.HasPrefix(body, []byte("- "))) {
		n := column - (len(w.line) - len(body) - tabs)
		if n < 0 || !mends(slices.Concat(w.src[:w.start], bytes.Repeat([]byte(" "), column), body)) {
			continue
		}
		what := "the tab"
		if tabs > 1 {
			what = "the tabs"
		}
		if column == 0 {
			return "remove " + what
		}
		if n == 0 {
			return "YAML is indented with spaces: remove " + what
		}
		return fmt.Sprintf("YAML is indented with spaces: replace %s by %s", what, spaces(n))
	}
	return "YAML is indented with spaces"
}

// columns are the columns, from 0, in which the line below a text may begin, the likeliest first: what is below a key that has nothing behind it is two deeper,
// all else goes on with the line above or with the key or item above.
func (w *words) columns(item bool) (out []int) {
	for end := w.start - 1; end > 0 && len(out) < 4; {
		begin := bytes.LastIndexByte(w.src[:end], '\n') + 1
		line := bytes.TrimRight(w.src[begin:end], " \t\r")
		end = begin - 1
		body := bytes.TrimLeft(line, " ")
		if len(body) == 0 || body[0] == '#' || body[0] == '\t' {
			continue
		}
		n := len(line) - len(body)
		dash := len(dashes.Find(body))
		open := lonelyKey.Match(line) || blockHead.Match(line)
		switch {
		case len(out) == 0 && open:
			out = append(out, n+dash+2)
		case item && dash > 0:
			out = append(out, n)
		case len(out) == 0 || !item && keyLine.Match(body[dash:]):
			out = append(out, n+dash)
		}
		if n == 0 {
			break
		}
	}
	return out
}
