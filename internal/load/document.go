package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"

	"gopkg.in/yaml.v3"
)

// document parses one YAML document and hands its root to use; it reports whether there was one.
func document(data []byte, file string, md *markdown.Parser, list *diag.List, use func(r *reader, n yn)) bool {
	data, ok := clean(data, file, list)
	if !ok {
		return false
	}
	r := &reader{file: file, src: data, diags: list, md: md}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var root yaml.Node
	err := dec.Decode(&root)
	switch {
	case errors.Is(err, io.EOF):
		list.ErrorHint(diag.Span{File: file, Start: diag.Pos{Line: 1, Col: 1}}, "missing-field", "this file is empty", "`errdex schema` prints what belongs in it")
		return false
	case err != nil:
		list.Add(r.syntax(err))
		return false
	case len(root.Content) == 0:
		return false
	}
	if root.Content[0].Kind == yaml.ScalarNode && root.Content[0].Tag == "!!null" {
		list.ErrorHint(diag.Span{File: file, Start: diag.Pos{Line: 1, Col: 1}}, "missing-field", "this file is empty", "`errdex schema` prints what belongs in it")
		return false
	}
	use(r, root.Content[0])
	var second yaml.Node
	if err := dec.Decode(&second); err == nil {
		list.ErrorHint(diag.Span{File: file, Start: r.pos(&second)}, "yaml-syntax", "a second document begins here", "a file holds one document: remove the `---` and what follows")
	} else if !errors.Is(err, io.EOF) {
		list.Add(r.syntax(err))
		return false
	}
	return true
}

// clean refuses bytes that are not text, with their place, and drops a byte order mark.
func clean(data []byte, file string, list *diag.List) ([]byte, bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		list.ErrorHint(diag.Span{File: file, Start: diag.Pos{Line: 1, Col: 1}}, "invalid-encoding", "this file is UTF-16", "save it as UTF-8")
		return nil, false
	}
	line, start := 1, 0
	for i := 0; i < len(data); {
		c := data[i]
		switch {
		case c == '\n':
			line, start = line+1, i+1
			i++
		case c < ' ' && c != '\t' && c != '\r' || c == 0x7F:
			list.ErrorHint(diag.Span{File: file, Start: diag.Pos{Line: line, Col: i - start + 1}}, "invalid-encoding",
				fmt.Sprintf("a control character (0x%02X) stands here", c), "remove it")
			return nil, false
		case c < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRune(data[i:])
			if r == utf8.RuneError && size <= 1 {
				list.ErrorHint(diag.Span{File: file, Start: diag.Pos{Line: line, Col: i - start + 1}}, "invalid-encoding",
					fmt.Sprintf("this byte (0x%02X) is not UTF-8", c), "save the file as UTF-8")
				return nil, false
			}
			i += size
		}
	}
	return data, true
}

// readGuide reads front matter between two lines of `---` and the Markdown below.
func readGuide(f File, data []byte, md *markdown.Parser, list *diag.List) *catalog.Guide {
	data, ok := clean(data, f.Path, list)
	if !ok {
		return nil
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	g := &catalog.Guide{Slug: f.Slug, File: f.Path}
	front, body, lines := frontMatter(data)
	if front == nil {
		list.ErrorHint(diag.Span{File: f.Path, Start: diag.Pos{Line: 1, Col: 1}}, "missing-field", "a guide begins with its front matter",
			"write a line `---`, then `title:` and `description:`, then a line `---`")
		return nil
	}
	// The first line of the front matter is kept as an empty one, so that lines are counted as in the file.
	if o := guideObject(); !document(append([]byte("#\n"), front...), f.Path, md, list, func(r *reader, n yn) { o.read(r, n, g) }) {
		return nil
	}
	g.Body = catalog.Prose{
		Text: catalog.Text{Value: string(body), Place: diag.Literal(lines+1, 1)},
		Doc:  md.Parse(string(body), markdown.Options{Headings: true}),
	}
	return g
}

// frontMatter splits a guide; lines is the number of lines above the body.
func frontMatter(data []byte) (front, body []byte, lines int) {
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		return nil, nil, 0
	}
	front = rest
	for at := 0; at < len(rest); {
		end := bytes.IndexByte(rest[at:], '\n')
		line := rest[at:]
		next := len(rest)
		if end >= 0 {
			line, next = rest[at:at+end], at+end+1
		}
		if string(bytes.TrimRight(line, " \t")) == "---" {
			return front[:at], rest[next:], 2 + bytes.Count(front[:at], []byte("\n"))
		}
		at = next
	}
	return nil, nil, 0
}
