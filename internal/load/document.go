package load

import (
	"bytes"
	"errors"
	"io"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"

	"gopkg.in/yaml.v3"
)

// document parses one YAML document and hands its root to use; it reports whether there was one. Where the file is not
// YAML, the list says so and use is given what can be read of it.
func document(data []byte, file string, md *markdown.Parser, list *diag.List, use func(r *reader, n yn)) bool {
	data, ascii, ok := clean(data, file, list)
	if !ok {
		return false
	}
	r := &reader{file: file, src: data, ascii: ascii, diags: list, md: md, budget: searchBudget}
	if r.readQuick(use) {
		return true
	}
	// A mark of a merge stands where no line of a definition begins, so the quick parser has let none through.
	if ours, marked := unmerge(data, file, false, list); marked {
		data, r.src = ours, ours
		if r.readQuick(use) {
			return true
		}
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	root, err := parse(dec)
	var after *yaml.Node
	if err == nil {
		if after, err = parse(dec); errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		root, r.broken = r.repair(err)
		if len(root.Content) == 0 {
			return false
		}
		r.root = root
		use(r, root)
		return true
	}
	if err != nil || len(root.Content) == 0 || isNull(root.Content[0]) {
		list.ErrorHint(top(file), "missing-field", "this file is empty", "`errdex schema` prints what belongs in it")
		return false
	}
	r.root = root.Content[0]
	r.repaired = after != nil // keys that seem to be missing may stand in the second one
	use(r, r.root)
	if after != nil {
		hint := "a file holds one definition: move what follows the `---` to a file of its own"
		if !isWhole(after) {
			hint = "a file holds one definition: remove this line"
		}
		r.diags.ErrorHint(diag.Span{File: r.file, Start: r.pos(after)}, "yaml-syntax", "a second document begins here", hint)
	}
	return true
}

// readQuick hands the root of the file to use if the quick parser can read it, and reports whether it could.
func (r *reader) readQuick(use func(r *reader, n yn)) bool {
	return parseQuick(r.src, r.ascii, func(root *yaml.Node, lines []int) {
		r.root, r.lines, r.quick = root, lines, true
		use(r, root)
	})
}

// isWhole reports whether a document has a code, which every definition has; one without goes on with the definition above it.
func isWhole(n *yaml.Node) bool {
	if len(n.Content) != 1 || n.Content[0].Kind != yaml.MappingNode {
		return true
	}
	for i, k := range n.Content[0].Content {
		if i%2 == 0 && k.Value == "code" {
			return true
		}
	}
	return len(n.Content[0].Content) == 0
}

func top(file string) diag.Span {
	return diag.Span{File: file, Start: diag.Pos{Line: 1, Col: 1}}
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null" && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0
}

// readGuide reads front matter between two lines of `---` and the Markdown below.
func readGuide(g *catalog.Guide, data []byte, md *markdown.Parser, list *diag.List) {
	data, _, ok := clean(data, g.File, list)
	if !ok {
		return
	}
	data, _ = unmerge(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), g.File, true, list)
	front, body, lines, fault := frontMatter(data)
	if fault != nil {
		fault.Span.File = g.File
		g.Lost = string(data)
		list.Add(*fault)
		return
	}
	// The first line of the front matter is kept as an empty one, so that lines are counted as in the file.
	o := guideObject()
	document(append([]byte("#\n"), front...), g.File, md, list, func(r *reader, n yn) { o.read(r, n, g) })
	if !readWhole(list) {
		g.Lost = string(front)
	}
	if len(bytes.TrimSpace(body)) == 0 {
		list.ErrorHint(diag.Span{File: g.File, Start: diag.Pos{Line: lines, Col: 1}}, "missing-field", "this guide has no text", "write it below the front matter, in Markdown")
		return
	}
	r := &reader{file: g.File, diags: list, md: md}
	g.Body = r.markdown(catalog.Text{Value: string(body), Place: diag.Literal(lines+1, 1)}, markdown.Options{Headings: true})
	g.Lost += string(r.swallowed)
}
