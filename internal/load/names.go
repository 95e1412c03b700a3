package load

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// quotedName is the rule of quote signs that are part of a name. It is an error, and yet the name is known: the text within the signs is what is read, so
// that nothing else is said of it that is only true of the signs, and the file is whole but for them.
const quotedName = "quotes-in-name"

// nameSigns are the signs that stand round names in people's texts and cannot begin or end one.
const nameSigns = quoteSigns + "`´＂＇′″"

// name reads a text by which something is called: an id, a group, a code or slug that is referred to. item tells that it stands in a list.
func (r *reader) name(n *yaml.Node, key string, item bool) catalog.Text {
	t := r.written(n, key)
	if !t.Set() {
		return t
	}
	n = r.follow(n)
	r.oddStart(t, n, false)
	what := "name"
	if key == "index" || strings.HasSuffix(key, "url") {
		what = "path"
	}
	t, _ = r.unquoted(t, n, what, func(inner string) string {
		answer := key + ": "
		if item {
			answer = ""
		}
		if n.Style == 0 {
			return answer + quoteName(inner)
		}
		return answer + `"` + inner + `"`
	})
	return t
}

// unquoted returns a name without the quote signs at its ends, which it reports; answer writes what is within them as it should be in the file.
func (r *reader) unquoted(t catalog.Text, n *yaml.Node, what string, answer func(inner string) string) (catalog.Text, bool) {
	s := t.Value
	if s == "" || !nameSign(s[0]) && !nameSign(s[len(s)-1]) {
		return t, false
	}
	inner := strings.TrimRight(strings.TrimLeft(s, nameSigns), nameSigns)
	from := strings.Index(s, inner)
	inner = strings.TrimSpace(inner)
	if !nameForm.MatchString(inner) || inner == s {
		return t, false
	}
	from += strings.Index(s[from:], inner)
	signs := s[:from] + s[from+len(inner):]
	message, at := "these quote signs are part of the "+what, r.span(n)
	switch {
	case utf8.RuneCountInString(strings.TrimSpace(signs)) == 1:
		message = "this quote sign is part of the " + what
		if at = t.Part(r.file, 0, from); from == 0 {
			at = t.Part(r.file, len(inner), len(s))
		}
	case strings.Trim(signs, "` ") == "":
		message = "these backticks are part of the " + what
	case n.Style != 0 && !strings.ContainsAny(signs, curly):
		message += ": it stands in quotes twice"
	case n.Style != 0 && strings.ContainsAny(signs, curly):
		message = "the curly signs inside the quotes are part of the " + what
	case strings.ContainsAny(signs, curly):
		message += ": to YAML only the straight ones are quotes"
	}
	hint := "remove them"
	if form := answer(inner); len(form) <= 2*maxAnswer && !strings.ContainsAny(form, "`\n") {
		hint = "write `" + form + "`"
	}
	r.diags.ErrorHint(at, quotedName, message, hint)
	place := t.Place.At(s, from)
	if t.Place.Exact() && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && t.Place.At(s, from+len(inner)).Line == place.Line {
		return catalog.Text{Value: inner, Place: diag.Flat(place.Line, place.Col)}, true
	}
	return catalog.Text{Value: inner, Place: diag.Start(place.Line, place.Col)}, true
}

// nameForm is what can be meant by a name with quote signs round it.
var nameForm = regexp.MustCompile(`^[\pL\pN_/+.#-]`)

// nameSign reports whether a byte can be of a sign of nameSigns.
func nameSign(c byte) bool { return c >= utf8.RuneSelf || c == '"' || c == '\'' || c == '`' }

// readWhole reports whether a list has no error that leaves something of its file unread.
func readWhole(list *diag.List) bool { return brokenBy(list) == 0 }

// brokenBy returns how many errors of a list leave something of a file unread.
func brokenBy(list *diag.List) (n int) {
	for d := range list.All() {
		if d.Severity == diag.Error && d.ID != quotedName {
			n++
		}
	}
	return n
}

// nameOf is the field of a text by which something is called.
func nameOf[T any](name, doc string, at func(*T) *catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, read: func(r *reader, n *yaml.Node, v *T) { *at(v) = r.name(n, name, false) }}
}

// names is the field of a list of them.
func names[T any](name, doc string, at func(*T) *[]catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{kind: kindList, items: &shape{}}, read: func(r *reader, n *yaml.Node, v *T) {
		r.list(n, name, "", func(item *yaml.Node) {
			if !r.isItem(item, name) {
				return
			}
			if t := r.name(item, name, true); t.Set() {
				*at(v) = add(*at(v), t, n)
			}
		})
	}}
}
