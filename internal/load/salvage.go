package load

import (
	"bytes"
	"errors"
	"io"
	"regexp"

	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// Within a key of the top level that is not YAML, the items of its list or the keys of its mapping are parsed by themselves, as repair does with those of the
// file, and so on downwards: the fault costs the smallest part that holds it, and what is wrong elsewhere is reported in the same run.

// maxDepth is how deep parts are cut into parts: a definition has keys of items of keys.
const maxDepth = 4

// bareKey is a line with a key and nothing behind it.
var bareKey = regexp.MustCompile(`^ *(?:"[^"]*"|'[^']*'|[^\s#\-\[\]{},&*!|>'"%@` + "`" + `:][^:#]*):[ \t]*(?:#.*)?\r?\n`)

// below reads what can be read of the value of a key that stands on a line of its own. d is the first fault in s. It returns nil, and has reported nothing, where the
// parts are not the cause of the fault; else each fault of a part has been reported, and found is how many there are.
func (r *reader) below(s stretch, d diag.Diagnostic, depth int) (key *yaml.Node, broken []byte, found int) {
	head := bareKey.Find(s.src)
	if head == nil || depth > maxDepth || d.Message == tooDeep {
		return nil, nil, 0
	}
	pair, err := parse(yaml.NewDecoder(bytes.NewReader(head)))
	if err != nil || len(pair.Content) != 1 || len(pair.Content[0].Content) != 2 {
		return nil, nil, 0
	}
	if isText(pair.Content[0].Content[0].Value) { // what stands below it is one text, whatever its lines look like
		return nil, nil, 0
	}
	value, broken, found := r.parts(stretch{s.src[len(head):], s.lines + 1}, indentOf(head), d, depth)
	if found == 0 {
		return nil, nil, 0
	}
	key = pair.Content[0]
	shift(key, s.lines)
	if len(value.Content) == 0 { // a key without a value would be a fault of its own
		key.Content = nil
		return key, s.src, found
	}
	key.Content[1] = value
	return key, broken, found
}

// parts reads a list or a mapping that is indented by least or more, part by part.
func (r *reader) parts(s stretch, least int, d diag.Diagnostic, depth int) (value *yaml.Node, broken []byte, found int) {
	if depth > maxDepth {
		return nil, nil, 0
	}
	all, items := cutParts(s, least)
	kind, tag := yaml.MappingNode, "!!map"
	if items {
		kind, tag = yaml.SequenceNode, "!!seq"
	}
	nodes, faults := make([]*yaml.Node, len(all)), make([]error, len(all))
	first := -1
	for i, part := range all {
		if r.budget -= len(part.src); r.budget < 0 {
			return nil, nil, 0
		}
		node, err := parse(yaml.NewDecoder(bytes.NewReader(part.src)))
		switch {
		case errors.Is(err, io.EOF):
			continue
		case err == nil && (len(node.Content) != 1 || node.Content[0].Kind != kind):
			return nil, nil, 0
		}
		if nodes[i], faults[i] = node, err; err != nil && first < 0 {
			first = i
		}
	}
	// The fault must be within the first part that fails, or else it is between the parts, or they are not cut where they end.
	if first < 0 || d.Span.Start.Line <= all[first].lines || first+1 < len(all) && d.Span.Start.Line > all[first+1].lines {
		return nil, nil, 0
	}
	value = &yaml.Node{Kind: kind, Tag: tag}
	for i, part := range all {
		switch {
		case nodes[i] == nil && faults[i] == nil:
		case faults[i] == nil:
			shift(nodes[i].Content[0], part.lines)
			value.Content = append(value.Content, nodes[i].Content[0].Content...)
		default:
			r.tearEnd(value)
			if i != first {
				if problem, _ := problemOf(faults[i]); found >= maxFaults || anchorElsewhere(problem, r.src) {
					broken = append(broken, part.src...)
					continue
				}
				d = r.syntax(part.src, part.lines, faults[i])
			}
			node, lost, n := r.part(part, items, d, depth)
			if n == 0 {
				r.diags.Add(d)
				n, lost = 1, part.src
			}
			found += n
			broken = append(broken, lost...)
			if node != nil {
				value.Content = append(value.Content, node.Content...)
			}
			r.tear(value)
		}
	}
	if len(value.Content) > 0 {
		value.Line, value.Column = value.Content[0].Line, value.Content[0].Column
	}
	return value, broken, found
}

// part reads what can be read of an item or of a key within a mapping, as below does.
func (r *reader) part(s stretch, item bool, d diag.Diagnostic, depth int) (node *yaml.Node, broken []byte, found int) {
	if !item {
		return r.below(s, d, depth+1)
	}
	at := indentOf(s.src)
	inner := bytes.Clone(s.src)
	inner[at] = ' ' // the keys of an item are a mapping behind its dash
	value, broken, found := r.parts(stretch{inner, s.lines}, at+1, d, depth+1)
	if found == 0 || len(value.Content) == 0 {
		return nil, s.src, found
	}
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{value}}, broken, found
}

// cutParts cuts a list before each of its items, or a mapping before each of its keys. It returns none where a line does not fit.
func cutParts(s stretch, least int) (out []stretch, items bool) {
	indent, from, fromLine, line := -1, 0, s.lines, s.lines
	for at := 0; at < len(s.src); line++ {
		start := at
		if i := bytes.IndexByte(s.src[at:], '\n'); i >= 0 {
			at += i + 1
		} else {
			at = len(s.src)
		}
		text := bytes.TrimLeft(s.src[start:at], " ")
		if len(bytes.TrimSpace(text)) == 0 || text[0] == '#' {
			continue
		}
		depth := at - start - len(text)
		item := text[0] == '-' && (len(text) == 1 || isBlank(text[1]) || text[1] == '\r' || text[1] == '\n')
		switch {
		case text[0] == '\t':
			return nil, false
		case indent < 0:
			if indent, items = depth, item; depth < least || !item && (depth == 0 || !topKey.Match(text)) {
				return nil, false
			}
			from, fromLine = start, line
		case depth < indent || depth == indent && items && !item:
			return nil, false
		case depth == indent && (items || topKey.Match(text)):
			out = append(out, stretch{s.src[from:start], fromLine})
			from, fromLine = start, line
		}
	}
	if indent < 0 {
		return nil, false
	}
	return append(out, stretch{s.src[from:], fromLine}), items
}
