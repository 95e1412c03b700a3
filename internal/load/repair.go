package load

import (
	"bytes"
	"errors"
	"io"
	"regexp"

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
			broken = append(broken, s.src...)
			if problem, _ := problemOf(err); !anchorElsewhere(problem, r.src) {
				r.diags.Add(r.syntax(s.src, s.lines, err))
				reported++
			}
		case len(node.Content) == 1 && node.Content[0].Kind == yaml.MappingNode:
			shift(node.Content[0], s.lines)
			root.Content = append(root.Content, node.Content[0].Content...)
		default: // a line that is no key
			broken = append(broken, s.src...)
		}
	}
	if reported == 0 { // each part is YAML, together they are not
		r.diags.Add(r.syntax(r.src, 0, err))
	}
	if len(root.Content) > 0 {
		root.Line, root.Column = root.Content[0].Line, root.Content[0].Column
	}
	return root, broken
}

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
