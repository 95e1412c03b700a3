package load

import (
	"bytes"
	"fmt"

	"errdex/internal/diag"
)

// frontMatter splits a guide; lines is the number of lines above the body. fault says what is wrong with it, nil for nothing.
func frontMatter(data []byte) (front, body []byte, lines int, fault *diag.Diagnostic) {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if !isRule(first) {
		return nil, nil, 0, noFrontMatter(data)
	}
	for at := 0; at < len(rest); {
		end, next := len(rest), len(rest)
		if i := bytes.IndexByte(rest[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		if isRule(rest[at:end]) {
			return rest[:at], rest[next:], 2 + bytes.Count(rest[:at], []byte("\n")), nil
		}
		at = next
	}
	return nil, nil, 0, openFrontMatter(rest)
}

// noFrontMatter says why what a guide begins with is no front matter.
func noFrontMatter(data []byte) *diag.Diagnostic {
	d := diag.Diagnostic{Span: top(""), ID: "missing-field", Message: "a guide begins with its front matter",
		Hint: "write above this a line `---`, then `title:` and `description:`, then a line `---`"}
	line := 1
	for text := range bytes.Lines(data) {
		if text = bytes.TrimRight(text, "\n"); len(bytes.TrimSpace(text)) == 0 {
			line++
			continue
		}
		switch {
		case isRule(text):
			d.Hint = "remove the empty lines above it: the front matter begins in the first line of the file"
		case isRule(bytes.TrimSpace(text)):
			d.Hint = "write the `---` at the start of the line, without spaces before it"
		case likeRule(text) || string(bytes.TrimSpace(text)) == "+++":
			d.Hint = "write `---`, three hyphens, in this line and in the one that ends it; between them stands YAML, such as `title: ...`"
		case keyLine.Match(text):
			d.Hint = "write a line `---` above this one, and another below the last key"
		}
		d.Span.Start.Line = line
		break
	}
	return &d
}

// openFrontMatter says where the line belongs that ends the front matter; rest is what follows its first line.
func openFrontMatter(rest []byte) *diag.Diagnostic {
	d := diag.Diagnostic{Span: top(""), ID: "missing-field", Message: "the front matter that begins here does not end"}
	line, last := 1, 1
	for text := range bytes.Lines(rest) {
		line++
		text = bytes.TrimRight(text, "\n")
		if likeRule(text) {
			d.Hint = fmt.Sprintf("line %d must be `---`, three hyphens and nothing else", line)
			return &d
		}
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if !keyLine.Match(text) && text[0] != ' ' && !bytes.HasPrefix(text, []byte("- ")) {
			break // the guide's text
		}
		last = line
	}
	d.Hint = fmt.Sprintf("add a line `---` below line %d", last)
	return &d
}

func isRule(line []byte) bool { return string(bytes.TrimRight(line, " \t")) == "---" }

// likeRule reports a line that was meant as `---`: of hyphens in another number, or of dashes into which an editor has turned them.
func likeRule(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 1 && !isRule(line) && len(bytes.TrimLeft(line, "-–—−")) == 0
}
