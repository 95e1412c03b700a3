package load

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// wrongType reports a value of another kind than belongs there. answer is the value as it was probably meant, "" where that is not known; keys are
// those of a mapping.
func (r *reader) wrongType(n *yaml.Node, what, want, answer string, keys ...string) {
	got := "text"
	switch {
	case n.Kind == yaml.MappingNode:
		got = "a mapping"
	case n.Kind == yaml.SequenceNode:
		got = "a list"
	case isNull(n):
		got = "empty"
	case n.Tag == "!!binary":
		got = "binary data"
	}
	r.lose(n)
	if got == "empty" && what[0] != '`' {
		r.diags.ErrorHint(r.span(n), "missing-field", what+" is empty", "write it, or remove the line")
		return
	}
	mapping := strings.HasSuffix(want, "a mapping")
	hint := ""
	switch {
	case want == "a list" && r.dash(n):
		return
	case want == "a list" && got == "text":
		hint = "write each item on a line of its own, after `- `"
		if strings.HasPrefix(answer, "begin") {
			hint = answer
		} else if answer != "" {
			hint = answer + ", or each item on a line of its own, after `- `"
		}
	case want == "a list" && got == "a mapping":
		hint = "begin each item with `- `"
		if strings.HasPrefix(answer, "write") {
			hint = answer
		} else if answer != "" {
			hint += ": " + answer
		}
	case want == "text" && got == "a mapping" && r.byteAt(n) == '?':
		hint = "a text that begins with `? ` needs quotes"
	case want == "text" && got == "a mapping" && r.byteAt(n) == '{':
		hint = "a text that begins with a brace needs quotes"
	case want == "text" && got == "a mapping":
		hint = "a colon followed by a space begins a mapping: put the text in quotes"
	case want == "text" && got == "a list" && n.Style&yaml.FlowStyle != 0:
		hint = "a text that begins with a bracket needs quotes"
	case want == "text" && got == "a list":
		hint = "write one text, without `- `"
	case got == "empty":
		hint = "write it, or remove the line"
	case mapping && got == "text" && slices.Contains(keys, firstWord(n.Value)) && n.Style == 0:
		hint = "a colon is missing: " + missingColon(string(r.line(r.start(n).Line)))
	case mapping && got == "text" && n.Style == 0 && slices.Contains(keys, gluedKey(n.Value)):
		hint = "a space is missing behind the colon: write `" + spaced(string(r.line(r.start(n).Line))) + "`"
	case mapping && got == "text" && answer != "":
		if what[0] == '`' {
			answer = strings.Trim(what, "`") + ": " + answer
		}
		hint = "write `" + answer + "`; its keys: " + strings.Join(keys, ", ")
	case want == "a mapping" && len(keys) <= 15:
		hint = "write its keys below it, indented: " + strings.Join(keys, ", ")
	case want == "a mapping":
		hint = "write its keys as `key: value`, each on a line of its own"
	case want == "text or a mapping" && got == "a list" && n.Style&yaml.FlowStyle != 0:
		hint = "a text that begins with a bracket needs quotes"
	case want == "text or a mapping" && got == "a list":
		hint = "write its text, without a second `- `"
	case want == "a number or a list of numbers":
		hint = answer
	}
	r.diags.ErrorHint(r.span(n), "wrong-type", fmt.Sprintf("%s must be %s, not %s", what, want, got), hint)
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// gluedKey returns the key of a text such as policy:never, "" where it is none.
func gluedKey(s string) string {
	if m := keyWithoutSpace.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// isKey reports whether any author's file has a key of this name.
func isKey(name string) bool { return anyKey(name, func(shape) bool { return true }) }

// isText reports whether a key of this name holds a text of one or more lines.
func isText(name string) bool {
	return anyKey(name, func(s shape) bool {
		return (s.kind == kindText || s.kind == kindProse) && s.enum == nil && s.pattern == ""
	})
}

// anyKey reports whether a key of this name, in any author's file, is of a shape.
func anyKey(name string, of func(shape) bool) bool {
	var has func(o objectShape) bool
	has = func(o objectShape) bool {
		for _, f := range o.fields {
			s := &f.shape
			if f.name == name && of(*s) {
				return true
			}
			if s.items != nil {
				s = s.items
			}
			if s.object != nil && has(s.object()) {
				return true
			}
		}
		return false
	}
	d, c, s, g := definitionObject(), collectionObject(), siteObject(), guideObject()
	return slices.ContainsFunc([]objectShape{d.shapes(), c.shapes(), s.shapes(), g.shapes()}, has)
}

// byteAt returns the byte a node begins with.
func (r *reader) byteAt(n *yaml.Node) byte {
	p := r.start(n)
	if l := r.line(p.Line); p.Col <= len(l) {
		return l[p.Col-1]
	}
	return 0
}

func (r *reader) duplicateKey(k, first *yaml.Node) {
	r.diags.Add(diag.Diagnostic{
		Span: r.span(k), ID: "duplicate-key", Message: fmt.Sprintf("`%s` is there twice", k.Value),
		Hint:    "keep one of the two",
		Related: []diag.Related{{Span: r.span(first), Message: "first written here"}},
	})
}

// maxHints is how many unknown keys of one mapping are compared with the known ones: a file of nothing else is not meant
// for us.
const maxHints = 40

// keyed is an object as far as its keys go.
type keyed interface {
	names() []string
	title() string
	// owner is the key of an object whose own keys a name is one of, "" where there is none; above is the key that stands before it.
	owner(name, above string) string
}

// unknownKey reports key i of the mapping m, the nth that is unknown, and returns the key that was meant, "" where none is
// near.
func (r *reader) unknownKey(m *yaml.Node, i, n int, o keyed) (near string) {
	k := m.Content[i]
	r.lose(m.Content[i+1])
	message, hint := fmt.Sprintf("%s has no key `%s`", o.title(), short(k.Value)), ""
	switch {
	case k.Kind != yaml.ScalarNode:
		message = "a key must be plain text"
		hint = "write a key as one word and a colon: `title: ...`"
		if k.Kind == yaml.MappingNode {
			hint = "a text that begins with a brace needs quotes"
		}
	case r.oddKey(k):
		if near = strings.TrimFunc(k.Value, invisible); !slices.Contains(o.names(), near) {
			near = ""
		}
		return near
	case strings.IndexFunc(k.Value, invisible) >= 0:
		c := []rune(k.Value[strings.IndexFunc(k.Value, invisible):])[0]
		hint = fmt.Sprintf("it holds an invisible character (%U): remove it", c)
		if unicode.IsSpace(c) {
			hint = fmt.Sprintf("it holds %U, which looks like a space and is none: write plain spaces", c)
		}
		plain := strings.Map(func(c rune) rune {
			if invisible(c) {
				return -1
			}
			return c
		}, k.Value)
		if slices.Contains(o.names(), plain) {
			near = plain
		}
	case k.Value == "<<":
		message, hint = "merge keys are not read", "write the keys out"
	case m.Style&yaml.FlowStyle != 0 && m.Content[i+1].Value == "" && isNull(m.Content[i+1]) && i > 0 && m.Content[i-1].Kind == yaml.ScalarNode && m.Content[i-1].Style == 0:
		hint = "a comma ends a text inside braces: put the text before it in quotes, with this"
	case m == r.root && nestedKeys(m.Content[i+1], o.names()) > 1:
		hint = "write what is below it at the start of the line, without `" + short(k.Value) + ":` above it"
	case glued(k, o.names()) != "":
		near = glued(k, o.names())
		hint = "write `" + near + ": ...`, with a colon and a space behind it"
		if k.Value == near+":" {
			hint = "write `" + near + ": ...`, with one colon"
		}
	case n <= maxHints:
		names, above := o.names(), ""
		if i > 1 {
			above = m.Content[i-2].Value
		}
		hint = keysHint(names)
		if near = diag.Nearest(k.Value, names); near == "" {
			near = begun(k.Value, names)
		}
		if near == "" {
			near = meantBy(k.Value, names, m)
		}
		owner := o.owner(k.Value, above)
		switch {
		case k.Value == "deprecated" || k.Value == "removed":
			if slices.Contains(names, "status") && truths[m.Content[i+1].Value] {
				near, hint = "status", "write `status: "+k.Value+"`"
			} else if near != "" {
				hint = "did you mean `" + near + "`?"
			}
		case owner != "" && (owner == above || near == ""):
			hint = "`" + short(k.Value) + "` is a key of `" + owner + "`: write it below that, indented"
		case near != "":
			hint = "did you mean `" + near + "`?"
		}
	default:
		hint = keysHint(o.names())
	}
	r.diags.ErrorHint(r.span(k), "unknown-key", message, hint)
	return near
}

// nestedKeys is how many keys of an object stand in a value that is a mapping.
func nestedKeys(v *yaml.Node, names []string) (n int) {
	for i := 0; v.Kind == yaml.MappingNode && i+1 < len(v.Content); i += 2 {
		if slices.Contains(names, v.Content[i].Value) {
			n++
		}
	}
	return n
}

// keysHint says which keys there are: all of them, where they are few.
func keysHint(names []string) string {
	if len(names) > 15 {
		return "no key is like it; `errdex schema definition` lists all of them, and what has no key of its own can be one of `sections`"
	}
	return "its keys: " + strings.Join(names, ", ")
}

// glued returns the key that a plain text in braces begins with, where its colon or the space behind it is missing; "" for none.
func glued(k *yaml.Node, names []string) string {
	if i := strings.IndexAny(k.Value, ": "); i > 0 && k.Style == 0 && slices.Contains(names, k.Value[:i]) {
		return k.Value[:i]
	}
	return ""
}

// begun returns the one name that a word is the beginning of, as q is of question; "" where there is none or are several.
func begun(word string, names []string) (name string) {
	for _, n := range names {
		if word != "" && strings.HasPrefix(n, strings.ToLower(word)) {
			if name != "" {
				return ""
			}
			name = n
		}
	}
	return name
}

// short keeps a name that is part of a message to a line.
func short(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}

func (r *reader) missing(n *yaml.Node, where, key string) {
	r.diags.ErrorHint(diag.Span{File: r.file, Start: r.pos(n)}, "missing-field", fmt.Sprintf("%s needs `%s`", where, key), "add `"+key+":`")
}

// blank reports a required key without a value.
func (r *reader) blank(k *yaml.Node, where string) {
	hint := "write it behind the colon"
	r.diags.ErrorHint(r.span(k), "missing-field", fmt.Sprintf("`%s` of %s is empty", k.Value, where), hint)
}
