package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"

	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// A file that is not YAML is read as far as it is: every key of the top level with what belongs to it is parsed by itself,
// so that each fault is reported, and what is whole is checked like the rest. The file then stands for a definition,
// and references to it do not all turn into faults of their own.

// topKey is a line that begins a key of the top level.
var topKey = regexp.MustCompile(`^("[^"]*"|'[^']*'|[^\s#\-\[\]{},&*!|>'"%@` + "`" + `:][^:#]*):(\s|$)`)

// maxFaults is how many faults of one file are shown: each is searched for, and more than this help nobody.
const maxFaults = 20

// stretch is a part of a file and how many lines stand above it.
type stretch struct {
	src   []byte
	lines int
}

// stretches cuts a text before each key of its top level.
func stretches(src []byte) []stretch {
	var out []stretch
	from, fromLine, line := 0, 0, 0
	keys := 0
	cut := func(to int) {
		if to > from {
			out = append(out, stretch{src[from:to], fromLine})
		}
		from, fromLine = to, line
	}
	for at := 0; at < len(src); line++ {
		end := len(src)
		if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		text := src[at:end]
		if topKey.Match(text) {
			cut(at)
			keys++
		} else if d := bytes.TrimRight(text, " \t\r\n"); string(d) == "---" || string(d) == "..." {
			if keys > 0 {
				src = src[:at] // a second document is not read
				break
			}
			at = end
			cut(at)
			from, fromLine = at, line+1
			continue
		}
		at = end
	}
	cut(len(src))
	return out
}

// repair reads what can be read of a file that is not YAML and reports what cannot. broken is the text that is lost.
func (r *reader) repair(err error) (root *yaml.Node, broken []byte) {
	root = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: 1, Column: 1}
	r.repaired = true
	reported := 0
	for _, s := range stretches(r.src) {
		if reported == maxFaults {
			broken = append(broken, s.src...)
			continue
		}
		node, err := parse(yaml.NewDecoder(bytes.NewReader(s.src)))
		switch {
		case errors.Is(err, io.EOF): // nothing but comments
		case err != nil:
			if problem, _ := problemOf(err); anchorElsewhere(problem, r.src) {
				broken = append(broken, s.src...)
				continue
			}
			r.tearEnd(root)
			if r.dedented(s) {
				broken = append(broken, s.src...)
				reported++
				continue
			}
			d := r.syntax(s.src, s.lines, err)
			key, lost, n := r.below(s, d, 0)
			if n == 0 {
				r.diags.Add(d)
				lost, n = s.src, 1
			} else {
				root.Content = append(root.Content, key.Content...)
			}
			broken = append(broken, lost...)
			reported += n
		case len(node.Content) == 1 && node.Content[0].Kind == yaml.MappingNode:
			shift(node.Content[0], s.lines)
			root.Content = append(root.Content, node.Content[0].Content...)
		default:
			r.tearEnd(root)
			broken = append(broken, s.src...)
			reported += r.noKeys(s)
		}
	}
	if reported == 0 { // each part is YAML, together they are not
		r.diags.Add(r.together(err))
	}
	if len(root.Content) > 0 {
		root.Line, root.Column = root.Content[0].Line, root.Content[0].Column
	}
	return root, broken
}

// dedented reports a key in the first column whose neighbours above and below are in one further to the right, and whether it is one.
func (r *reader) dedented(s stretch) bool {
	first := r.line(s.lines + 1)
	m := topKey.FindSubmatch(append(first[:len(first):len(first)], '\n'))
	if m == nil || !isKey(string(m[1])) || bareKey.Match(append(first[:len(first):len(first)], '\n')) {
		return false
	}
	column := func(line []byte, ok bool) int {
		body := bytes.TrimLeft(line, " ")
		if dash := len(dashes.Find(body)); ok && keyLine.Match(body[dash:]) {
			return len(line) - len(body) + dash
		}
		return -1
	}
	above, below := r.line(s.lines), r.line(s.lines+2)
	at := column(below, true)
	if at < 1 || bytes.HasPrefix(bytes.TrimLeft(below, " "), []byte("- ")) || column(above, s.lines > 0) != at {
		return false
	}
	r.diags.ErrorHint(diag.Span{File: r.file, Start: diag.Pos{Line: s.lines + 1, Col: 1}, End: diag.Pos{Line: s.lines + 1, Col: len(m[1]) + 1}}, "yaml-syntax",
		"this key is not indented like those above and below it", fmt.Sprintf("put %s before it", spaces(at)))
	return true
}

// noKeys reports lines that are YAML by themselves and no key of a file, and returns how many faults they are: each key without its
// colon or the space behind it, or else one.
func (r *reader) noKeys(s stretch) int {
	found, first := 0, -1
	for at := 0; at < len(s.src); {
		start := at
		if at = len(s.src); bytes.IndexByte(s.src[start:], '\n') >= 0 {
			at = start + bytes.IndexByte(s.src[start:], '\n') + 1
		}
		line := bytes.TrimRight(s.src[start:at], " \t\r\n")
		if body := bytes.TrimLeft(line, " "); len(body) == 0 || body[0] == '#' {
			continue
		}
		if first < 0 {
			first = start
		}
		w := newWords(s.src, fault{offset: start})
		message, hint, ok := w.oddColon()
		if ok {
			r.diags.ErrorHint(r.spanAt(s.src, s.lines, w.offset, w.length), "yaml-syntax", message, hint)
			found++
			continue
		}
		if message, hint, ok = w.noSpaceBehindDash(); ok {
			r.diags.ErrorHint(r.spanAt(s.src, s.lines, w.offset, w.length), "yaml-syntax", message, hint)
			return found + 1
		}
		message, hint, ok = w.noSpace(false)
		if !ok {
			message, hint, ok = w.noColon()
		}
		if ok {
			r.diags.ErrorHint(r.spanAt(s.src, s.lines, w.offset, w.length), "yaml-syntax", message, hint)
			found++
		}
	}
	if found == 0 && first >= 0 {
		w := newWords(s.src, fault{offset: first})
		message, hint, ok := w.indentation()
		if !ok {
			message, hint = w.say()
		}
		r.diags.ErrorHint(r.spanAt(s.src, s.lines, w.offset, w.length), "yaml-syntax", message, hint)
		found++
	}
	return found
}

// together says why parts that are YAML are none together: the first ends before the file does.
func (r *reader) together(err error) diag.Diagnostic {
	first, ended := 0, 0 // lines
	for n := 1; ; n++ {
		line := r.line(n)
		if line == nil {
			return r.syntax(r.src, 0, err)
		}
		text := bytes.TrimSpace(line)
		switch {
		case len(text) == 0 || text[0] == '#' || string(text) == "---" && first == 0:
		case ended > 0:
			return diag.Diagnostic{Span: diag.Span{File: r.file, Start: diag.Pos{Line: n, Col: 1}}, ID: "yaml-syntax", Message: "a second document begins here",
				Hint: fmt.Sprintf("a file holds one document: remove the `...` in line %d", ended)}
		case string(text) == "...":
			ended = n
		case first == 0:
			first = n
		case indentOf(line) < indentOf(r.line(first)):
			at := indentOf(r.line(first)) + 1
			end := at + max(1, bytes.IndexByte(r.line(first)[at-1:], ':'))
			return diag.Diagnostic{Span: diag.Span{File: r.file, Start: diag.Pos{Line: first, Col: at}, End: diag.Pos{Line: first, Col: end}}, ID: "yaml-syntax",
				Message: "this key is not indented like the ones below it", Hint: fmt.Sprintf("it has %s before it, line %d has %d", spaces(at-1), n, indentOf(line))}
		}
	}
}

// tearEnd marks what the value before a fault ends with: the text of the fault may have been meant as more of it.
func (r *reader) tearEnd(n *yaml.Node) {
	for len(n.Content) > 0 {
		if n = n.Content[len(n.Content)-1]; n.Kind == yaml.MappingNode {
			r.tear(n)
		}
	}
}

func (r *reader) tear(n *yaml.Node) {
	if r.torn == nil {
		r.torn = map[*yaml.Node]bool{}
	}
	r.torn[n] = true
}

// inHole reports whether a key of the top level that has not been read may stand in a part of the file that is not YAML.
func (r *reader) inHole(key string) bool {
	return r.repaired && (bytes.Contains(r.broken, []byte(key)) || bytes.HasPrefix(r.src, []byte(key)) || bytes.Contains(r.src, []byte("\n"+key)))
}

func indentOf(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

var unknownAnchor = regexp.MustCompile(`^unknown anchor '([^']*)'`)

// anchorElsewhere reports whether a part fails only because the name it repeats is given in another part.
func anchorElsewhere(problem string, src []byte) bool {
	m := unknownAnchor.FindStringSubmatch(problem)
	return m != nil && bytes.Contains(src, []byte("&"+m[1]))
}

// shift moves a tree's places down.
func shift(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		shift(c, lines)
	}
}
