package load

import (
	"slices"
	"strings"

	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// What an object knows of its keys by name.

// colonInText reports a mapping whose one key is none of ours, where a text could stand as well: what was meant is a text with a colon.
func (o *object[T]) colonInText(r *reader, k *yaml.Node) bool {
	if k.Kind != yaml.ScalarNode || o.field(k.Value) >= 0 || k.Value == "<<" {
		return false
	}
	names := o.names()
	if diag.Nearest(k.Value, names) != "" || begun(k.Value, names) != "" || meantBy(k.Value, names, nil) != "" {
		return false
	}
	r.diags.ErrorHint(r.span(k), "unknown-key", o.name+" has no key `"+short(k.Value)+"`",
		"a colon followed by a space begins a mapping: where this is text, put the whole in quotes; the keys are "+strings.Join(names, ", "))
	return true
}

func (o *object[T]) title() string { return o.name }

func (o *object[T]) owner(name, above string) string {
	var owners []string
	for _, f := range o.fields {
		s := &f.shape
		if s.items != nil {
			s = s.items
		}
		if s.object == nil || !slices.ContainsFunc(s.object().fields, func(g fieldShape) bool { return g.name == name }) {
			continue
		}
		if f.name == above {
			return above
		}
		owners = append(owners, f.name)
	}
	if len(owners) == 1 {
		return owners[0]
	}
	return ""
}

func (o *object[T]) names() []string {
	out := make([]string, len(o.fields))
	for i, f := range o.fields {
		out[i] = f.name
	}
	return out
}

// field returns the index of the field of this name, -1 where there is none.
func (o *object[T]) field(name string) int { return o.fieldFrom(name, 0) }

// fieldFrom is field, which looks from a field on first.
func (o *object[T]) fieldFrom(name string, from int) int {
	for i := from; i < len(o.fields); i++ {
		if o.fields[i].name == name {
			return i
		}
	}
	for i := range min(from, len(o.fields)) {
		if o.fields[i].name == name {
			return i
		}
	}
	return -1
}
