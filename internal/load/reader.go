package load

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"

	"gopkg.in/yaml.v3"
)

// maxNodes bounds how many YAML nodes one file may make the loader visit. Aliases are followed, so without a bound a few
// lines can stand for billions of nodes.
const maxNodes = 200_000

// reader walks the tree of one file. It is used by one goroutine.
type reader struct {
	file  string
	src   []byte
	lines []int // offset of each line's first byte; filled on first use
	diags *diag.List
	md    *markdown.Parser
	nodes int
	over  bool
	first int // lines above the document: the front matter of a guide starts on line 2
}

func (r *reader) count() bool {
	if r.nodes++; r.nodes <= maxNodes {
		return true
	}
	if !r.over {
		r.over = true
		r.diags.ErrorHint(diag.Span{File: r.file, Start: diag.Pos{Line: 1, Col: 1}}, "file-too-large",
			fmt.Sprintf("this file stands for more than %d values", maxNodes),
			"aliases repeat their anchor's content each time; write the text out, or split the file")
	}
	return false
}

// follow returns the node that an alias stands for.
func (r *reader) follow(n *yaml.Node) *yaml.Node {
	for i := 0; n.Kind == yaml.AliasNode && n.Alias != nil && i < 100; i++ {
		n = n.Alias
	}
	return n
}

func (r *reader) span(n *yaml.Node) diag.Span {
	p := r.pos(n)
	end := p
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		if t := r.place(n); t.Exact() {
			end = t.At(n.Value, len(n.Value))
			if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
				end.Col++
			}
		}
	}
	return diag.Span{File: r.file, Start: p, End: end}
}

// pos converts a node's place, whose column counts characters, to bytes.
func (r *reader) pos(n *yaml.Node) diag.Pos {
	line := n.Line + r.first
	text := r.line(line)
	col := 0
	for i := 1; i < n.Column && col < len(text); i++ {
		_, size := utf8.DecodeRune(text[col:])
		col += size
	}
	return diag.Pos{Line: max(line, 1), Col: col + 1}
}

// line returns the bytes of a line, without its break.
func (r *reader) line(n int) []byte {
	if r.lines == nil {
		r.lines = append(r.lines, 0)
		for i, c := range r.src {
			if c == '\n' {
				r.lines = append(r.lines, i+1)
			}
		}
	}
	if n < 1 || n > len(r.lines) {
		return nil
	}
	end := len(r.src)
	if n < len(r.lines) {
		end = r.lines[n] - 1
	}
	line := r.src[r.lines[n-1]:end]
	if len(line) > 0 && line[len(line)-1] == '\r' {
		line = line[:len(line)-1]
	}
	return line
}

func (r *reader) text(n *yaml.Node, key string) catalog.Text {
	n = r.follow(n)
	if !r.count() {
		return catalog.Text{}
	}
	if n.Kind != yaml.ScalarNode {
		r.wrongType(n, "`"+key+"`", "text")
		return catalog.Text{}
	}
	if n.Tag == "!!null" && n.Style == 0 {
		return catalog.Text{} // `key:` and `key: ~` say nothing
	}
	if n.Tag == "!!binary" {
		r.wrongType(n, "`"+key+"`", "text")
		return catalog.Text{}
	}
	return catalog.Text{Value: n.Value, Place: r.place(n)}
}

func (r *reader) prose(n *yaml.Node, key string) catalog.Prose {
	t := r.text(n, key)
	if !t.Set() {
		return catalog.Prose{}
	}
	if n = r.follow(n); n.Style&yaml.FoldedStyle != 0 {
		r.diags.Warn(diag.Span{File: r.file, Start: r.pos(n)}, "folded-prose",
			fmt.Sprintf("`%s` is folded (`>`), which joins its lines before Markdown sees them", key), "write `|` instead")
	}
	return catalog.Prose{Text: t, Doc: r.md.Parse(t.Value, markdown.Options{})}
}

func (r *reader) enum(n *yaml.Node, key string, values []string) catalog.Text {
	t := r.text(n, key)
	if !t.Set() || t.Value == "" {
		return t
	}
	for _, v := range values {
		if t.Value == v {
			return t
		}
	}
	hint := "one of: " + strings.Join(values, ", ")
	if near := diag.Nearest(t.Value, values); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	r.diags.ErrorHint(t.Span(r.file), "unknown-value", fmt.Sprintf("%q is not a value of `%s`", t.Value, key), hint)
	return catalog.Text{}
}

func (r *reader) number(n *yaml.Node, key string, low, high int) catalog.Number {
	t := r.text(n, key)
	if !t.Set() {
		return catalog.Number{}
	}
	v, err := strconv.Atoi(t.Value)
	if err != nil || v < low || v > high {
		r.diags.ErrorHint(t.Span(r.file), "wrong-type", fmt.Sprintf("%q is not a whole number", t.Value),
			fmt.Sprintf("`%s` is a number from %d to %d", key, low, high))
		return catalog.Number{}
	}
	return catalog.Number{Text: t, N: v}
}

func (r *reader) date(n *yaml.Node, key string) catalog.Text {
	t := r.text(n, key)
	if !t.Set() || t.Value == "" {
		return t
	}
	if _, err := time.Parse(time.DateOnly, t.Value); err != nil {
		r.diags.ErrorHint(t.Span(r.file), "wrong-type", fmt.Sprintf("%q is not a date", t.Value),
			fmt.Sprintf("`%s` is a day, written as 2026-09-11", key))
		return catalog.Text{}
	}
	return t
}

func (r *reader) list(n *yaml.Node, key string, each func(*yaml.Node)) {
	n = r.follow(n)
	switch {
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			if !r.count() {
				return
			}
			each(item)
		}
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
	default:
		r.wrongType(n, "`"+key+"`", "a list")
	}
}

func (r *reader) wrongType(n *yaml.Node, what, want string) {
	got := "text"
	switch {
	case n.Kind == yaml.MappingNode:
		got = "a mapping"
	case n.Kind == yaml.SequenceNode:
		got = "a list"
	case n.Tag == "!!null":
		got = "empty"
	case n.Tag == "!!binary":
		got = "binary data"
	}
	hint := ""
	switch {
	case want == "a list" && got == "text":
		hint = "write each item on a line of its own, after `- `"
	case want == "text" && got == "a mapping":
		hint = "a colon followed by a space starts a mapping: quote the text"
	}
	r.diags.ErrorHint(r.span(n), "wrong-type", fmt.Sprintf("%s must be %s, not %s", what, want, got), hint)
}

func (r *reader) duplicateKey(k, first *yaml.Node) {
	r.diags.Add(diag.Diagnostic{
		Span: r.span(k), ID: "duplicate-key", Message: fmt.Sprintf("`%s` is there twice", k.Value),
		Hint:    "keep one of the two",
		Related: []diag.Related{{Span: r.span(first), Message: "first written here"}},
	})
}

func (r *reader) unknownKey(k *yaml.Node, where string, known []string) {
	message := fmt.Sprintf("%s has no key `%s`", where, k.Value)
	hint := "its keys: " + strings.Join(known, ", ")
	if k.Kind != yaml.ScalarNode {
		message, hint = "a key must be plain text", ""
	} else if k.Value == "<<" {
		message, hint = "merge keys are not read", "write the keys out"
	} else if near := diag.Nearest(k.Value, known); near != "" {
		hint = "did you mean `" + near + "`?"
	}
	r.diags.ErrorHint(r.span(k), "unknown-key", message, hint)
}

func (r *reader) missing(n *yaml.Node, where, key string) {
	at := r.pos(n)
	r.diags.ErrorHint(diag.Span{File: r.file, Start: at}, "missing-field", fmt.Sprintf("%s needs `%s`", where, key), "add `"+key+":`")
}
