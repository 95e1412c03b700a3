package site

import (
	"io/fs"
	"slices"
	"strings"

	"errdex/internal/diag"
	"errdex/internal/render"
	"errdex/templates"
)

// templateProblems says what is wrong with the files of templates/, which lie over the program's own.
func templateProblems(source fs.FS) *diag.List {
	list := &diag.List{}
	over := sub(source, "templates")
	if over == nil {
		return list
	}
	entries, err := fs.ReadDir(over, ".")
	if err != nil {
		return list // who reads the templates says so
	}
	used := false
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || strings.HasSuffix(name, ".go"):
		case slices.Contains(render.Files(), name):
			used = true
		default:
			hint := "the templates are " + strings.Join(render.Files(), ", ")
			if near := diag.Nearest(name, render.Files()); near != "" {
				hint = "did you mean " + near + "? " + hint
			}
			list.Add(diag.Diagnostic{Span: diag.Span{File: "templates/" + name}, Severity: diag.Warning, ID: "stray-file", Message: "this file is not read", Hint: hint, Cause: true})
		}
	}
	if !used {
		return list
	}
	for _, f := range render.CheckTemplates(over, templates.FS) {
		list.Add(templateDiagnostic(f))
	}
	return list
}

// templateDiagnostic is the fault of a template as a problem of the project.
func templateDiagnostic(f *render.Fault) diag.Diagnostic {
	return diag.Diagnostic{
		Span: diag.Span{File: "templates/" + f.File, Start: diag.Pos{Line: max(f.Line, 1), Col: max(f.Col, 1)}},
		ID:   "template-syntax", Message: f.Message, Hint: f.Hint,
	}
}
