package check

import (
	"fmt"
	"strings"

	"errdex/internal/catalog"
)

func payloadWithoutCode() rule {
	return rule{Rule: fault("payload-without-code", "An example of the kind payload carries neither the page's code nor one of its subcodes."), definition: func(p *pass, d *catalog.Definition) {
		told := false
		for i := range d.Examples {
			e := &d.Examples[i]
			if e.Kind.Value != "payload" || e.Body.Value == "" || d.Code.Value == "" || carriesAny(e.Body.Value, d) {
				continue
			}
			if p.pasted(d) && carries(e.Body.Value, d.Slug) {
				if !told {
					p.report(at(d), fmt.Sprintf("the file is named %s, and its `code` is %s", d.Slug, d.Code.Value), fmt.Sprintf("write `code: %q`, as its payload has it", d.Slug),
						related(e.Body.Part(d.File, 0, firstLine(e.Body.Value)), "the payload"))
				}
				told = true
				continue
			}
			p.report(e.Body.Part(d.File, 0, firstLine(e.Body.Value)), "this payload does not carry the code "+d.Code.Value,
				"show what the API sends for this very error, or where it is not a payload say so: `kind: request` or `kind: code`")
		}
	}}
}

// pasted reports whether a definition seems to have its code from another file of the collection that was pasted into it: that one is named by the code, and
// this one is named by what it is about.
func (p *pass) pasted(d *catalog.Definition) bool {
	if named(d) || len(d.Slug) < 3 {
		return false
	}
	other := p.m.Definition(d.Collection.ID, d.Code.Value)
	return other != nil && other != d && other.Code.Value == d.Code.Value
}

// misnamed reports whether payload-without-code says of a definition that its code is another file's.
func (p *pass) misnamed(d *catalog.Definition) bool {
	for i := range d.Examples {
		e := &d.Examples[i]
		if e.Kind.Value == "payload" && e.Body.Value != "" && !carriesAny(e.Body.Value, d) && carries(e.Body.Value, d.Slug) {
			return p.pasted(d)
		}
	}
	return false
}

func firstLine(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i
	}
	return len(s)
}

func carriesAny(body string, d *catalog.Definition) bool {
	if carries(body, d.Code.Value) {
		return true
	}
	for i := range d.Subcodes {
		if carries(body, d.Subcodes[i].Code.Value) {
			return true
		}
	}
	return false
}

// carries reports whether a payload has the code as a value, a number or a whole string. A code of three characters or
// more may also stand as a word inside a string, as in "(#131047) Re-engagement message"; shorter ones are too often
// something else.
func carries(body, code string) bool {
	if code == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(body[from:], code)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(code)
		from = start + 1
		if start > 0 && wordByte(body[start-1]) || end < len(body) && wordByte(body[end]) {
			continue
		}
		if len(code) >= 3 || isValue(body[:start], body[end:]) {
			return true
		}
	}
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// isValue reports whether what stands between before and after is a whole JSON value.
func isValue(before, after string) bool {
	const space = " \t\r\n"
	if strings.HasSuffix(before, `"`) {
		if !strings.HasPrefix(after, `"`) {
			return false
		}
		before, after = before[:len(before)-1], after[1:]
	}
	before, after = strings.TrimRight(before, space), strings.TrimLeft(after, space)
	return (before == "" || strings.ContainsRune(":[,", rune(before[len(before)-1]))) && (after == "" || strings.ContainsRune(",]}", rune(after[0])))
}
