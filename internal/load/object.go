package load

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"errdex/internal/catalog"
	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// The shape of an author's file is said once, in a table of fields: the loader walks a YAML tree by it, an unknown key is
// compared with it, and the JSON Schema for editors is printed from it. Nothing can then be loaded that the schema does
// not know, or the other way round.

// object describes a YAML mapping that fills a T.
type object[T any] struct {
	name   string // for messages: "a cause"
	doc    string
	fields []field[T]
	// scalar, where set, lets a plain string stand for the whole object.
	scalar func(r *reader, n *yaml.Node, v *T)
	// anyOf names fields of which at least one must have a value, unless the key unlessKey is unlessValue; anyHint says what to
	// do.
	anyOf                  []string
	anyHint                string
	unlessKey, unlessValue string
}

// field is one key of an object.
type field[T any] struct {
	name, doc string
	required  bool
	shape     shape
	read      func(r *reader, n *yaml.Node, v *T)
}

func (o object[T]) shapes() objectShape {
	out := objectShape{name: o.name, doc: o.doc, anyOf: o.anyOf, unlessKey: o.unlessKey, unlessValue: o.unlessValue}
	for _, f := range o.fields {
		out.fields = append(out.fields, fieldShape{f.name, f.doc, f.required, f.shape})
	}
	return out
}

func (f field[T]) must() field[T] { f.required = true; return f }

// offers tells what an editor can complete the text, or the texts of the list, with.
func (f field[T]) offers(c completion) field[T] {
	if f.shape.kind == kindList {
		items := *f.shape.items
		items.complete = c
		f.shape.items = &items
	} else {
		f.shape.complete = c
	}
	return f
}

func text[T any](name, doc string, at func(*T) *catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, read: func(r *reader, n *yaml.Node, v *T) { *at(v) = r.text(n, name) }}
}

func url[T any](name, doc string, at func(*T) *catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{kind: kindURL}, read: func(r *reader, n *yaml.Node, v *T) {
		*at(v) = r.url(n, name)
	}}
}

// code is a text that may look like a number.
func code[T any](name, doc string, at func(*T) *catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, read: func(r *reader, n *yaml.Node, v *T) { *at(v) = r.code(n, name) }}
}

func date[T any](name, doc string, at func(*T) *catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{kind: kindDate}, read: func(r *reader, n *yaml.Node, v *T) {
		*at(v) = r.date(n, name)
	}}
}

func enum[T any](name, doc string, values []string, at func(*T) *catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{enum: values}, read: func(r *reader, n *yaml.Node, v *T) {
		*at(v) = r.enum(n, name, values)
	}}
}

func prose[T any](name, doc string, at func(*T) *catalog.Prose) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{kind: kindProse}, read: func(r *reader, n *yaml.Node, v *T) {
		*at(v) = r.prose(n, name)
	}}
}

// number reads a whole number from low to high; pattern is its form where it stands in quotes.
func number[T any](name, doc string, low, high int, pattern string, at func(*T) *catalog.Number) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{kind: kindNumber, low: low, high: high, pattern: pattern}, read: func(r *reader, n *yaml.Node, v *T) {
		*at(v) = r.number(n, name, low, high, "")
	}}
}

// numbers reads one number or a list of them.
func numbers[T any](name, doc string, low, high int, pattern string, at func(*T) *[]catalog.Number) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{kind: kindList, items: &shape{kind: kindNumber, low: low, high: high, pattern: pattern}, oneOrMore: true},
		read: func(r *reader, n *yaml.Node, v *T) {
			if n = r.follow(n); n.Kind == yaml.ScalarNode {
				if listedNumbers.MatchString(n.Value) {
					r.diags.ErrorHint(r.valueSpan(n), "wrong-type", "several numbers need brackets",
						"write `"+name+": ["+strings.Join(numberForm.FindAllString(n.Value, -1), ", ")+"]`")
				} else if x := r.number(n, name, low, high, ", or a list of them: [401, 403]"); x.Set() {
					*at(v) = []catalog.Number{x}
				}
				return
			}
			if n.Kind == yaml.MappingNode {
				r.wrongType(n, "`"+name+"`", "a number or a list of numbers", "write `"+name+": 401`, or a list: `"+name+": [401, 403]`")
				return
			}
			r.list(n, name, "", func(item *yaml.Node) {
				if !r.isItem(item, name) {
					return
				}
				if x := r.number(item, name, low, high, ""); x.Set() {
					*at(v) = add(*at(v), x, n)
				}
			})
		}}
}

var (
	numberForm    = regexp.MustCompile(`[0-9]+`)
	listedNumbers = regexp.MustCompile(`^[0-9]+(?:(?: ?[,;/|] ?| or | and )[0-9]+)+$`)
)

// add appends an item of the sequence n to a list, which gets room for all of them at the first: a catalog has a hundred thousand
// such lists, and most have two or three items.
func add[E any](list []E, e E, n *yaml.Node) []E {
	if list == nil {
		list = make([]E, 0, min(len(n.Content), 64))
	}
	return append(list, e)
}

func texts[T any](name, doc string, at func(*T) *[]catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{kind: kindList, items: &shape{}}, read: func(r *reader, n *yaml.Node, v *T) {
		r.list(n, name, "", func(item *yaml.Node) {
			if t := r.item(item, name); t.Set() {
				*at(v) = add(*at(v), t, n)
			}
		})
	}}
}

func proses[T any](name, doc string, at func(*T) *[]catalog.Prose) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{kind: kindList, items: &shape{kind: kindProse}},
		read: func(r *reader, n *yaml.Node, v *T) {
			r.list(n, name, "", func(item *yaml.Node) {
				if !r.isItem(item, name) {
					return
				}
				if t := r.prose(item, name); t.Set() {
					*at(v) = add(*at(v), t, n)
				}
			})
		}}
}

func nested[T, E any](name, doc string, o object[E], at func(*T) *E) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{kind: kindObject, object: o.shapes, string: o.scalar != nil},
		read: func(r *reader, n *yaml.Node, v *T) { o.read(r, n, at(v)) }}
}

func listOf[T, E any](name, doc string, o object[E], at func(*T) *[]E) field[T] {
	items := shape{kind: kindObject, object: o.shapes, string: o.scalar != nil}
	return field[T]{name: name, doc: doc, shape: shape{kind: kindList, items: &items},
		read: func(r *reader, n *yaml.Node, v *T) {
			r.list(n, name, o.asList(name, r.follow(n)), func(item *yaml.Node) {
				var none E
				before := *at(v)
				if all := add(before, none, n); o.read(r, item, &all[len(before)]) { // in its place, since a value of its own would be one on the heap
					*at(v) = all
				}
			})
		}}
}

// read fills v from the mapping n and reports whether n could be one.
func (o *object[T]) read(r *reader, n *yaml.Node, v *T) bool {
	n = r.follow(n)
	if n.Kind == yaml.ScalarNode && o.scalar != nil && !isNull(n) {
		if saysNothing(n.Value) {
			r.diags.ErrorHint(r.span(n), "missing-field", o.name+" is empty", "write it, or remove the line")
			return false
		}
		o.scalar(r, n, v)
		return true
	}
	if n.Kind != yaml.MappingNode {
		want, answer := "a mapping", ""
		if o.scalar != nil {
			want = "text or a mapping"
		}
		if n.Kind == yaml.ScalarNode && n != r.root {
			answer = o.example(n.Value)
		}
		r.wrongType(n, o.name, want, answer, o.names()...)
		return false
	}
	if o.scalar != nil && len(n.Content) == 2 && o.field(n.Content[0].Value) < 0 && r.byteAt(n) != '{' && o.colonInText(r, n.Content[0]) {
		r.lose(n)
		return false
	}
	var room [12]found // for all objects but the largest
	there := room[:min(len(o.fields), len(room))]
	if len(o.fields) > len(room) {
		there = make([]found, len(o.fields))
	}
	next := 0       // the field that is looked at first: keys mostly stand in the order of the fields
	spared := false // anyOf does not hold
	var unknown map[string]*yaml.Node
	var meant []string // keys of which a misspelt one is there
	torn := false      // a key was glued to its text, which then ends at its commas
	for i := 0; i+1 < len(n.Content) && r.count(0); i += 2 {
		k, value := n.Content[i], r.follow(n.Content[i+1])
		f := o.fieldFrom(k.Value, next)
		if f < 0 || k.Kind != yaml.ScalarNode {
			if unknown == nil {
				unknown = map[string]*yaml.Node{}
			}
			if first, again := unknown[k.Value]; again && k.Kind == yaml.ScalarNode {
				r.duplicateKey(k, first)
				r.lose(value)
				continue
			}
			if torn && isNull(n.Content[i+1]) {
				continue // the rest of the text of the key that is glued to it
			}
			torn = torn || n.Style&yaml.FlowStyle != 0 && glued(k, o.names()) != ""
			unknown[k.Value] = k
			if near := r.unknownKey(n, i, len(unknown), o); near != "" {
				meant = append(meant, near)
			}
			if n == r.root && nestedKeys(value, o.names()) > 1 {
				for at := 0; at+1 < len(value.Content); at += 2 {
					meant = append(meant, value.Content[at].Value)
				}
			}
			continue
		}
		next = f + 1
		if there[f].key != nil {
			r.duplicateKey(k, there[f].key)
			r.lose(value)
			continue
		}
		there[f] = found{k, !empty(value)}
		x := &o.fields[f]
		switch {
		case x.required && !there[f].full:
			if block := value.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0; !r.torn[n] && !(block && r.repaired) { // its text may be what is no YAML
				r.blank(k, o.name)
			}
		case !isNull(value): // a key without a value is as good as none
			x.read(r, value, v)
			spared = spared || x.name == o.unlessKey && (value.Value == o.unlessValue || !slices.Contains(x.shape.enum, value.Value))
		}
	}
	o.complete(r, n, there, meant, spared)
	return true
}

// found is what there is of a field: its key, and whether that has a value.
type found struct {
	key  *yaml.Node
	full bool
}

// complete reports what is missing.
func (o *object[T]) complete(r *reader, n *yaml.Node, there []found, meant []string, spared bool) {
	lost := func(key string) bool {
		return slices.Contains(meant, key) || n == r.root && r.inHole(key)
	}
	if r.over || r.torn[n] {
		return // the rest was not read
	}
	for i := range o.fields {
		if f := &o.fields[i]; f.required && there[i].key == nil && !lost(f.name) {
			r.missing(n, o.name, f.name)
		}
	}
	if len(o.anyOf) == 0 || spared || o.unlessKey != "" && !there[o.field(o.unlessKey)].full && lost(o.unlessKey) {
		return
	}
	for _, key := range o.anyOf {
		if there[o.field(key)].full || lost(key) {
			return
		}
	}
	r.diags.ErrorHint(diag.Span{File: r.file, Start: r.pos(n)}, "missing-field", o.name+" needs `"+strings.Join(o.anyOf, "` or `")+"`", o.anyHint)
}

// empty reports whether a value says nothing.
func empty(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return saysNothing(n.Value) || isNull(n)
	case yaml.SequenceNode, yaml.MappingNode:
		return len(n.Content) == 0
	}
	return false
}

// saysNothing reports whether a text is white space alone.
func saysNothing(s string) bool {
	return s == "" || (s[0] <= ' ' || s[0] >= utf8.RuneSelf) && strings.TrimSpace(s) == ""
}
