package load

import (
	"regexp"
	"strconv"
	"strings"

	"errdex/internal/diag"
)

var yamlLine = regexp.MustCompile(`line (\d+): `)

// syntax turns what the YAML parser says into a diagnostic.
func (r *reader) syntax(err error) diag.Diagnostic {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = strings.Replace(text, m[0], "", 1)
	}
	at := diag.Pos{Line: line, Col: 1}
	if l := r.line(line); len(l) > 0 {
		at.Col = len(l) - len(strings.TrimLeft(string(l), " \t")) + 1
	}
	return diag.Diagnostic{Span: diag.Span{File: r.file, Start: at}, ID: "yaml-syntax", Message: "this is not YAML: " + text}
}
