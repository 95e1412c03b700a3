package render

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"errdex/internal/diag"
)

// Fault is what is wrong with a template, told to the person who wrote it. html/template knows the line and, once it executes, the column;
// it has no other way to tell them than its text.
type Fault struct {
	File          string // in templates/, such as layout.html
	Line, Col     int    // from 1; Col is 0 where only the line is known
	Message, Hint string
}

func (f *Fault) Error() string {
	return fmt.Sprintf("templates/%s:%d:%d: %s (%s)", f.File, f.Line, max(f.Col, 1), f.Message, f.Hint)
}

// Files are the names of the templates that are read.
func Files() []string {
	out := []string{"layout.html"}
	for _, k := range Kinds {
		out = append(out, k+".html")
	}
	return out
}

// parseOne parses one file into the templates of a kind.
func parseOne(fsys fs.FS, t *template.Template, name string) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("templates/%s: %w", name, err)
	}
	in := t
	if name != t.Name() {
		in = t.New(name)
	}
	if _, err := in.Parse(string(data)); err != nil {
		return parseFault(name, string(data), err)
	}
	return nil
}

var templatePlace = regexp.MustCompile(`^(?:html/)?(?:template: ?|template:)([^:\s]+):(\d+)(?::(\d+))?: `)

// parseFault places an error of the parser and words it. It names no column: that of the first action behind which the text cannot be parsed is
// taken, and within it what the error is about.
func parseFault(name, src string, err error) *Fault {
	f := &Fault{File: name, Line: 1}
	words := err.Error()
	if m := templatePlace.FindStringSubmatch(words); m != nil {
		f.Line, _ = strconv.Atoi(m[2])
		words = words[len(m[0]):]
	}
	if strings.HasPrefix(words, "unexpected EOF") {
		if at := unended(src); at >= 0 {
			f.Line, f.Col = lineCol(src, at)
			f.Message, f.Hint = "this block does not end", "write `{{end}}` where it ends"
			return f
		}
	}
	start := 0
	for range f.Line - 1 {
		i := strings.IndexByte(src[start:], '\n')
		if i < 0 {
			break
		}
		start += i + 1
	}
	line, _, _ := strings.Cut(src[start:], "\n")
	action := start
	if i := strings.LastIndex(src[:start], "{{"); i >= 0 && !strings.Contains(line, "{{") {
		action = i // it goes on over several lines
	}
	for at := strings.Index(line, "{{"); at >= 0; {
		if action = start + at; !parses(src[:start+actionEnd(line, at)]) {
			break
		}
		next := strings.Index(line[at+2:], "{{")
		if next < 0 {
			break
		}
		at += 2 + next
	}
	f.Message, f.Hint, action = say(words, src, action)
	f.Line, f.Col = lineCol(src, min(action, len(src)))
	return f
}

// actionEnd is the offset behind the action that begins at an offset of a line.
func actionEnd(line string, at int) int {
	if i := strings.Index(line[at:], "}}"); i >= 0 {
		return at + i + 2
	}
	return len(line)
}

// parses reports whether a template can be parsed up to here, but for blocks that go on.
func parses(src string) bool {
	t := parse.New("t")
	t.Mode = parse.SkipFuncCheck
	_, err := t.Parse(src, "", "", map[string]*parse.Tree{})
	return err == nil || strings.HasSuffix(err.Error(), "unexpected EOF")
}

var blockAction = regexp.MustCompile(`\{\{-?\s*(if|range|with|block|define|end)\b`)

// unended returns the offset of the innermost block that has no end, -1 where there is none.
func unended(src string) int {
	var open []int
	for _, m := range blockAction.FindAllStringSubmatchIndex(src, -1) {
		if src[m[2]:m[3]] != "end" {
			open = append(open, m[0])
		} else if len(open) > 0 {
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return -1
	}
	return open[len(open)-1]
}

func lineCol(src string, at int) (line, col int) {
	return strings.Count(src[:at], "\n") + 1, at - strings.LastIndexByte(src[:at], '\n')
}

// missingTemplate finds a block that a template calls and no file defines.
func missingTemplate(t *template.Template, file func(name string) string) *Fault {
	for _, name := range Files() {
		in := t.Lookup(name)
		if in == nil || in.Tree == nil {
			continue
		}
		for _, m := range calls.FindAllStringSubmatchIndex(file(name), -1) {
			called := file(name)[m[2]:m[3]]
			if t.Lookup(called) != nil {
				continue
			}
			fault := &Fault{File: name, Message: fmt.Sprintf("no template defines %q", called), Hint: "write `{{define \"" + called + "\"}}...{{end}}` in layout.html, or remove the call"}
			fault.Line, fault.Col = lineCol(file(name), m[0])
			return fault
		}
	}
	return nil
}

var calls = regexp.MustCompile(`\{\{-?\s*template\s+"([^"]+)"`)
var defines = regexp.MustCompile(`\{\{-?\s*(?:define|block)\s+"([^"]+)"`)

// lacking names the blocks that a built-in template defines and a project's own, which takes its place, does not.
func lacking(own, builtin string) (names []string) {
	have := map[string]bool{}
	for _, m := range defines.FindAllStringSubmatch(own, -1) {
		have[m[1]] = true
	}
	for _, m := range defines.FindAllStringSubmatch(builtin, -1) {
		if !have[m[1]] {
			names = append(names, m[1])
		}
	}
	return names
}

// tryOut executes a bound template of a kind with an empty page: a field that no page has is found without one. Other faults may come from the emptiness.
func tryOut(kind string, t *template.Template, page reflect.Type) *Fault {
	err := count(t).t.Execute(new(lengthOnly), reflect.New(page.Elem()).Interface())
	if errors.Is(err, errTooLong) {
		return endlessAt(kind, err)
	}
	if err == nil || !isEscapeError(err) && !strings.Contains(err.Error(), "can't evaluate field") {
		return nil
	}
	return executionFault(err)
}

// maxFields is how many fields a hint names: an error's page has fifty.
const maxFields = 24

var noField = regexp.MustCompile(`can't evaluate field (\S+) in type (\S+)$`)
var executing = regexp.MustCompile(`^executing ".*?" at <.*?>: `)
var noItem = regexp.MustCompile(`^error calling index: .*out of range: (-?\d+)`)
var wrongCall = regexp.MustCompile(`^(?:error calling|wrong number of args for) (\w+):`)

// executionFault words an error of html/template; nil where it names no template.
func executionFault(err error) *Fault {
	var f Fault
	var escape *template.Error
	text := err.Error()
	if errors.As(err, &escape) && escape.Name != "" {
		f = Fault{File: escape.Name, Line: escape.Line, Message: "it cannot be told here what must be escaped, and how", Hint: escapeHint}
		if s, known := escapeSayings[escape.ErrorCode]; known {
			f.Message, f.Hint = s[0], s[1]
		}
		if m := templatePlace.FindStringSubmatch(text); m != nil && m[1] == escape.Name && m[3] != "" {
			f.Line, _ = strconv.Atoi(m[2])
			f.Col, _ = strconv.Atoi(m[3])
			f.Col++ // counted from 0
		}
		return &f
	}
	m := templatePlace.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	f.File = m[1]
	f.Line, _ = strconv.Atoi(m[2])
	if f.Col, _ = strconv.Atoi(m[3]); m[3] != "" {
		f.Col++ // counted from 0
	}
	words := executing.ReplaceAllString(text[len(m[0]):], "")
	f.Message, f.Hint = "no page can be made with this action", "a page does not have what it asks for: `{{with}}` and `{{if}}` leave out what is not there"
	if m := noItem.FindStringSubmatch(words); m != nil {
		f.Message, f.Hint = fmt.Sprintf("there is no item %s here", m[1]), "items are counted from 0, and the list is shorter: `{{range}}` goes through what there is"
	} else if m := wrongCall.FindStringSubmatch(words); m != nil {
		f.Message, f.Hint = fmt.Sprintf("`%s` cannot do this with what a page has here", m[1]), "look at what the built-in templates hand to it"
	} else if strings.HasPrefix(words, "exceeded maximum template depth") {
		f.Message, f.Hint = "templates call each other here without end", "a template may call itself only where an `{{if}}` or a `{{range}}` comes to an end"
	} else if strings.HasPrefix(words, "range can't iterate over") {
		f.Message, f.Hint = "this is no list to go through", "`{{range}}` takes a list; `{{with}}` takes one value"
	} else if s, hint, _ := say(words, "", 0); s != "this action cannot be read" {
		f.Message, f.Hint = s, cmp.Or(hint, f.Hint)
	}
	if m := noField.FindStringSubmatch(words); m != nil {
		f.Message, f.Hint = fmt.Sprintf("there is no `.%s` here", m[1]), "the built-in templates show what there is"
		if names := fieldsOf(m[2]); len(names) > 0 {
			f.Hint = "there are: ." + strings.Join(names[:min(len(names), maxFields)], ", .")
			if len(names) > maxFields {
				f.Hint += fmt.Sprintf(" and %d more", len(names)-maxFields)
			}
			if near := diag.Nearest(m[1], names); near != "" {
				f.Hint = "did you mean ." + near + "?"
			}
		}
	}
	return &f
}

// fieldsOf names the fields of one of the structs that templates are handed, by the name that Go prints for it.
func fieldsOf(name string) (names []string) {
	name = strings.TrimLeft(name, "*[]")
	seen := map[reflect.Type]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() && !f.Anonymous && t.String() == name && !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
			walk(f.Type)
		}
	}
	for _, kind := range Kinds {
		walk(pageTypes[kind])
	}
	return names
}
