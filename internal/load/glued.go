package load

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var keyWithoutSpace = regexp.MustCompile(`^\s*(?:- )*([A-Za-z_][A-Za-z0-9_]*):[^\s:/]`)

// noSpace: this line or, where above is set, the one above is a key whose colon no space follows, so that it is text to YAML.
func (w *words) noSpace(above bool) (message, hint string, ok bool) {
	lines := w.thisAndAbove()
	if !above {
		lines = lines[:1]
	}
	for _, l := range lines {
		m := keyWithoutSpace.FindSubmatchIndex(w.src[l[0]:l[1]])
		if m == nil {
			continue
		}
		key := string(w.src[l[0]+m[2] : l[0]+m[3]])
		w.offset, w.length = l[0]+m[3], 1
		if c, size := utf8.DecodeRune(w.src[w.offset+1:]); invisible(c) {
			w.offset, w.length = w.offset+1, size
			return fmt.Sprintf("this is no plain space (%U)", c), "write a plain space behind `" + key + ":`", true
		}
		return "a space is missing behind this colon", "write `" + spaced(string(w.src[l[0]:l[1]])) + "`", true
	}
	return "", "", false
}

// spaced writes the line of a key whose colon no space follows with that space.
func spaced(line string) string {
	line = strings.TrimSpace(line)
	m := keyWithoutSpace.FindStringSubmatchIndex(line)
	if m == nil {
		return "key: ..."
	}
	return line[:m[3]] + ": " + cut(line[m[3]+1:])
}

// starItem: an item begins with a star.
func (w *words) starItem() (message, hint string, ok bool) {
	trimmed := strings.TrimSpace(string(w.line))
	if !strings.HasPrefix(trimmed, "* ") || strings.Contains(trimmed[2:], "*") {
		return "", "", false
	}
	w.offset, w.length = w.start+indentOf(w.line), 1
	return "an item begins with `-`, not with `*`", "write `- " + cut(strings.TrimSpace(trimmed[2:])) + "`", true
}

var wideColon = regexp.MustCompile(`^\s*(?:- )*([A-Za-z_][A-Za-z0-9_]*)\s*([：﹕∶])\s*(.*)$`)

// oddColon: the colon behind a key is a character that only looks like one.
func (w *words) oddColon() (message, hint string, ok bool) {
	m := wideColon.FindSubmatchIndex(w.line)
	if m == nil || !isKey(string(w.line[m[2]:m[3]])) {
		return "", "", false
	}
	w.offset, w.length = w.start+m[4], m[5]-m[4]
	c, _ := utf8.DecodeRune(w.line[m[4]:])
	return fmt.Sprintf("this is no plain colon (%U)", c), "write `" + string(w.line[m[2]:m[3]]) + ": " + cut(string(w.line[m[6]:m[7]])) + "`", true
}

// noSpaceBehindDash: this line or the one above begins with a dash and its text.
func (w *words) noSpaceBehindDash() (message, hint string, ok bool) {
	for _, l := range w.thisAndAbove() {
		line := w.src[l[0]:l[1]]
		if !dashGlued.Match(line) || bytes.HasPrefix(line, []byte("---")) {
			continue
		}
		w.offset, w.length = l[0]+indentOf(line), 1
		message, hint = gluedDash(string(line))
		return message, hint, true
	}
	return "", "", false
}

// thisAndAbove are the line of the fault and the one above it, as offsets.
func (w *words) thisAndAbove() [][2]int {
	lines := [][2]int{{w.start, w.start + len(w.line)}}
	if w.start > 0 {
		prev := bytes.LastIndexByte(w.src[:w.start-1], '\n') + 1
		lines = append(lines, [2]int{prev, w.start - 1})
	}
	return lines
}

// invisible reports whether c looks like a space and is another character to YAML.
func invisible(c rune) bool { return c > ' ' && (unicode.IsSpace(c) || unicode.In(c, unicode.Cf)) }
