package load

import (
	"bytes"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// A file that is not YAML is read as far as it is: every key of the top level with what belongs to it is parsed by itself,
// so that each fault is reported, and what is whole is checked like the rest. The file then stands for a definition,
// and references to it do not all turn into faults of their own.

// topKey is a line that begins a key of the top level.
var topKey = regexp.MustCompile(`^("[^"]*"|'[^']*'|[^\s#\-\[\]{},&*!|>'"%@` + "`" + `:][^:#]*):(\s|$)`)

// stretch is a part of a file: its lines and how many stand above.
type stretch struct {
	src   []byte
	lines int
	key   string
}

// stretches cuts a text before each key of its top level.
func stretches(src []byte) []stretch {
	var out []stretch
	from, fromLine, line := 0, 0, 0
	key := ""
	cut := func(to int) {
		if to > from {
			out = append(out, stretch{src[from:to], fromLine, key})
		}
		from, fromLine = to, line
	}
	for at := 0; at < len(src); line++ {
		end := len(src)
		if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		text := src[at:end]
		if m := topKey.FindSubmatch(text); m != nil {
			cut(at)
			key = strings.Trim(string(m[1]), `"' `)
		} else if d := bytes.TrimRight(text, " \t\r\n"); string(d) == "---" || string(d) == "..." {
			if key != "" {
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

// repair reads what can be read of a file that is not YAML and reports what cannot. broken holds the keys whose values are
// lost.
func (r *reader) repair(err error) (root *yaml.Node, broken map[string]bool) {
	root = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: 1, Column: 1}
	broken = map[string]bool{}
	reported := 0
	for _, s := range stretches(r.src) {
		node, err := parse(yaml.NewDecoder(bytes.NewReader(s.src)))
		if err != nil && parseError(s.src) == "" {
			continue // nothing but comments
		}
		switch {
		case err != nil:
			broken[s.key] = true
			if problem := problemOf(err); !anchorElsewhere(problem, r.src) {
				r.diags.Add(r.syntax(s.src, s.lines, problem))
				reported++
			}
		case len(node.Content) == 1 && node.Content[0].Kind == yaml.MappingNode:
			shift(node.Content[0], s.lines)
			root.Content = append(root.Content, node.Content[0].Content...)
		}
	}
	if reported == 0 { // each part is YAML, together they are not
		r.diags.Add(r.syntax(r.src, 0, problemOf(err)))
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
