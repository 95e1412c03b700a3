package load

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// indentation: the line as a whole does not fit the ones above.
func (w *words) indentation() (message, hint string, ok bool) {
	trimmed := strings.TrimLeft(string(w.line), " ")
	indent := len(w.line) - len(trimmed)
	hasKey := regexp.MustCompile(`^(- )*[^\s:#]+:(\s|$)`).MatchString(trimmed)
	w.offset, w.length = w.start+indent, max(1, len(strings.TrimRight(trimmed, " \t")))
	if i := strings.IndexByte(trimmed, ':'); hasKey && i > 0 {
		w.length = i
	}
	levels, inText := w.above(indent)
	switch {
	case !hasKey && w.belowBlock(indent):
		w.length = max(1, len(strings.TrimRight(trimmed, " \t")))
		return "this text is not indented", "write it with two spaces more before it than its key has, and so each of its lines", true
	case hasKey && w.length > 1024:
		w.length = 1
		return "this key is too long", "YAML's keys have at most 1,024 characters; where it is text, put it in quotes", true
	case trimmed != "" && (trimmed[0] == ']' || trimmed[0] == '}'):
		w.length = 1
		message, hint = surplus(trimmed[0])
		return message, hint, true
	case inText > indent:
		w.length = max(1, len(strings.TrimRight(trimmed, " \t")))
		return "this line is indented less than the text above it", fmt.Sprintf("the text begins with %s: indent this line so", spaces(inText)), true
	case strings.HasPrefix(trimmed, "- ") || trimmed == "-":
		w.length = 1
		if message, hint, ok := w.numbered(indent); ok {
			return message, hint, true
		}
		if !w.itemsAbove() {
			return "this item belongs to no list", "items stand below their key; a line of a text is indented deeper than its key", true
		}
		return "this item is not indented like the ones above it", indentHint(indent, levels), true
	case hasKey && w.inItem(indent):
		if w.again(indent, trimmed[:w.length]) {
			return "a dash is missing before this item", "write `- " + cut(strings.TrimRight(trimmed, " \t")) + "`", true
		}
		return "this key is not indented like the ones above it", fmt.Sprintf("indent it with %s as a key of the item above it, or begin an item with `- %s`", spaces(indent+2), trimmed[:w.length+1]), true
	case hasKey:
		if key, at := w.parent(indent); key != "" && isText(key) && !slices.Contains(levels, indent) {
			hint := "write `" + key + ": |`"
			if place := w.placed(indent, levels, trimmed[:w.length]); place != "" {
				hint += "; where `" + trimmed[:w.length] + "` was meant as a key, " + place
			}
			w.offset, w.length = at, len(key)+1
			return noBar, hint, true
		}
		if hint := w.placed(indent, levels, trimmed[:w.length]); hint != "" {
			return "this key is not indented like the ones above it", hint, true
		}
		return "this key is not indented like the ones above it", indentHint(indent, levels), true
	case strings.Contains(w.f.problem, "expected ':'") || !strings.Contains(trimmed, ":"):
		key, at := w.parent(indent)
		if message, hint, ok := w.noColon(); ok && (key == "" || !isText(key)) {
			return message, hint, true
		}
		if key != "" && isText(key) {
			w.offset, w.length = at, len(key)+1
			return noBar, "write `" + key + ": |`; where a line below it was meant as a key, it lacks its colon", true
		}
		return "this line is no key and no item", "write it as `key: value`; a text of several lines stands below `key: |`, indented", true
	}
	return "", "", false
}

// noBar is said of the key of a text of several lines.
const noBar = "the text below this key needs a `|` behind the colon"

// numbered reports that the line above was meant as the first item of the list that begins here, and has a number or another sign in place of its dash.
func (w *words) numbered(indent int) (message, hint string, ok bool) {
	above := bytes.TrimRight(w.src[:w.start], " \t\r\n")
	begin := bytes.LastIndexByte(above, '\n') + 1
	body := bytes.TrimLeft(above[begin:], " ")
	sign := bullet.Find(body)
	if sign == nil || len(above)-begin-len(body) != indent {
		return "", "", false
	}
	w.offset, w.length = begin+indent, len(bytes.TrimRight(sign, " "))
	return fmt.Sprintf("an item begins with `-`, not with `%s`", bytes.TrimRight(sign, " ")), "write `- " + cut(string(body[len(sign):])) + "`", true
}

// itemAt are the lines above the fault, from the last one up to the one that begins an item at a column; none where no item does.
func (w *words) itemAt(indent int) (lines [][]byte) {
	for end := w.start - 1; end > 0; {
		begin := bytes.LastIndexByte(w.src[:end], '\n') + 1
		line := w.src[begin:end]
		end = begin - 1
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		lines = append(lines, line)
		switch at := indentOf(line); {
		case at == indent && bytes.HasPrefix(line[at:], []byte("- ")):
			return lines
		case at <= indent:
			return nil
		}
	}
	return nil
}

// inItem reports whether a key stands in the column of the dash of the item above it.
func (w *words) inItem(indent int) bool { return w.itemAt(indent) != nil }

// again reports whether that item has a key of this name.
func (w *words) again(indent int, key string) bool {
	for _, line := range w.itemAt(indent) {
		if body := bytes.TrimLeft(line, " -"); bytes.HasPrefix(body, []byte(key+":")) && len(line)-len(body) == indent+2 {
			return true
		}
	}
	return false
}

// plainText: a text of several lines below a key has a colon in it, which makes a key of what stands before it.
func (w *words) plainText() (message, hint string, ok bool) {
	trimmed := strings.TrimLeft(string(w.line), " ")
	indent := len(w.line) - len(trimmed)
	colon := strings.Index(trimmed+" ", ": ")
	if colon < 0 || indent == 0 || keyLine.MatchString(trimmed) || strings.HasPrefix(trimmed, "- ") {
		return "", "", false
	}
	key, _ := w.parent(indent)
	if key == "" || !isText(key) {
		return "", "", false
	}
	w.offset, w.length = w.start+indent+colon, 1
	return "a text of several lines that has a colon in it stands below a `|`", "write `" + key + ": |`, and all that is indented below it is text", true
}

// belowBlock reports whether the line above begins a block of text that this line was meant to be in.
func (w *words) belowBlock(indent int) bool {
	above := bytes.TrimRight(w.src[:w.start], " \t\r\n")
	line := above[bytes.LastIndexByte(above, '\n')+1:]
	return len(line) > 0 && blockHead.Match(line) && indentOf(line) >= indent
}

// parent is the key with nothing behind it that the line is below and indented deeper than, and its offset; "" where there is none.
func (w *words) parent(indent int) (key string, at int) {
	for end := w.start - 1; end > 0; {
		begin := bytes.LastIndexByte(w.src[:end], '\n') + 1
		line := bytes.TrimRight(w.src[begin:end], " \t\r")
		if end = begin - 1; len(line) == 0 || indentOf(line) >= indent {
			continue
		}
		if m := lonelyKey.FindSubmatchIndex(line); m != nil {
			return string(line[m[2]:m[3]]), begin + m[2]
		}
		break
	}
	return "", 0
}

var lonelyKey = regexp.MustCompile(`^ *(?:- )*([A-Za-z_][A-Za-z0-9_]*):$`)

// itemsAbove reports whether any line above, down from the last key of the top level, begins an item.
func (w *words) itemsAbove() bool {
	for end := w.start - 1; end > 0; {
		begin := bytes.LastIndexByte(w.src[:end], '\n') + 1
		if line := bytes.TrimLeft(w.src[begin:end], " "); bytes.HasPrefix(line, []byte("- ")) {
			return true
		} else if topKey.Match(w.src[begin:end]) {
			return false
		}
		end = begin - 1
	}
	return false
}

var (
	dashes    = regexp.MustCompile(`^(?:- +)*`)
	blockHead = regexp.MustCompile(`(?:^|[:-] +)[|>][-+0-9]*\s*(?:#.*)?$`)
)

// above goes up from the line of the fault to the key of the top level it is below. It returns the columns, from 0, in which the items (for
// an item) or the keys stand that the line may belong to, and where the line is inside a block of text the indentation of that text, else 0.
func (w *words) above(indent int) (levels []int, inText int) {
	item := bytes.HasPrefix(bytes.TrimLeft(w.line, " "), []byte("-"))
	open, below := 1<<30, 0 // the outermost level seen, and the indentation of the line seen last
	for end := w.start - 1; end > 0; {
		begin := bytes.LastIndexByte(w.src[:end], '\n') + 1
		line := bytes.TrimRight(w.src[begin:end], "\r")
		end = begin - 1
		body := bytes.TrimLeft(line, " ")
		if len(bytes.TrimSpace(body)) == 0 || body[0] == '#' {
			continue
		}
		n := len(line) - len(body)
		if n < indent && blockHead.Match(line) && below > indent && len(levels) == 0 {
			return nil, below
		}
		below = n
		dash := len(dashes.Find(body))
		isKey := keyLine.Match(body[dash:])
		switch column := n + dash; {
		case item && dash > 0 && n < open:
			levels, open = append(levels, n), n
		case !item && isKey && column < open:
			levels, open = append(levels, column), column
		}
		if n == 0 && isKey {
			break
		}
	}
	slices.Reverse(levels)
	return levels, 0
}

var keyLine = regexp.MustCompile(`^[^\s:#]+:(\s|$)`)

func indentHint(indent int, levels []int) string {
	levels = slices.DeleteFunc(levels, func(n int) bool { return n == indent })
	if len(levels) == 0 {
		return "keys of one mapping, and items of one list, begin in the same column"
	}
	if len(levels) == 1 {
		return fmt.Sprintf("it has %s before it, the one above %d", spaces(indent), levels[0])
	}
	var all []string
	for _, n := range levels {
		all = append(all, strconv.Itoa(n))
	}
	last := len(all) - 1
	return fmt.Sprintf("it has %s before it, those above have %s and %s", spaces(indent), strings.Join(all[:last], ", "), all[last])
}

func spaces(n int) string {
	if n == 1 {
		return "1 space"
	}
	return strconv.Itoa(n) + " spaces"
}
