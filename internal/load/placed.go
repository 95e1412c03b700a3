package load

import (
	"bytes"
	"fmt"
	"slices"
)

// placed says in which of the columns above a key belongs that stands in none of them: the one whose mapping alone has a key of its name, if the text is YAML then. It
// is "" where that is not sure.
func (w *words) placed(indent int, levels []int, key string) string {
	at, owner := -1, ""
	for _, n := range levels {
		name := ""
		if n > 0 {
			if name = w.owner(n); name == "" {
				return ""
			}
		}
		if n == indent || !mayHold(name, key) {
			continue
		}
		if at >= 0 {
			return ""
		}
		at, owner = n, name
	}
	if at < 0 || !mends(slices.Concat(w.src[:w.start], bytes.Repeat([]byte(" "), at), bytes.TrimLeft(w.line, " "))) {
		return ""
	}
	switch {
	case at == 0 && indent == 1:
		return "remove the space before it"
	case at == 0:
		return fmt.Sprintf("remove the %s before it", spaces(indent))
	}
	return fmt.Sprintf("put %s before it, as a key of `%s`", spaces(at), owner)
}

// owner is the key below which the keys in a column stand, directly or in the items of its list; "" where none does.
func (w *words) owner(column int) string {
	for end := w.start - 1; end > 0; {
		begin := bytes.LastIndexByte(w.src[:end], '\n') + 1
		line := bytes.TrimRight(w.src[begin:end], " \t\r")
		end = begin - 1
		at := indentOf(line)
		if len(line) == 0 || at >= column || line[at] == '#' {
			continue
		}
		if m := lonelyKey.FindSubmatch(line); m != nil && at+len(dashes.Find(line[at:])) < column {
			return string(m[1])
		}
		if !bytes.HasPrefix(line[at:], []byte("- ")) {
			return ""
		}
		column = at + 1 // a list may stand in the column of its key
	}
	return ""
}

// mayHold reports whether what stands below a key of any author's file may have a key of this name; for "" the file itself.
func mayHold(owner, name string) bool {
	has := func(o objectShape) bool {
		return slices.ContainsFunc(o.fields, func(f fieldShape) bool { return f.name == name })
	}
	if owner == "" {
		d, c, s, g := definitionObject(), collectionObject(), siteObject(), guideObject()
		return slices.ContainsFunc([]objectShape{d.shapes(), c.shapes(), s.shapes(), g.shapes()}, has)
	}
	return anyKey(owner, func(s shape) bool {
		if s.items != nil {
			s = *s.items
		}
		return s.object != nil && has(s.object())
	})
}
