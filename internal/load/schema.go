package load

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"errdex/internal/catalog"
)

// SchemaOptions add to a schema what an editor can offer to complete. The zero options add nothing.
type SchemaOptions struct {
	Site       *catalog.Site // its groups, slugs and guides
	Collection string        // the collection whose definitions are written; empty for any
	Rules      []string      // the rules that `allow` may name
	Hosts      []string      // the hosts that site.yaml may name
}

// SchemaKinds are the files of which there is a schema.
var SchemaKinds = []string{"definition", "collection", "site", "guide"}

// Schema returns a JSON Schema (draft 7, which the YAML plug-ins of editors read) of a kind of file, indented, with a
// description for every key. It is made from the tables that the loader reads by: what it refuses, the loader refuses, and
// the other way round, as far as one value can tell. The same input gives the same bytes. The error is an unknown kind.
func Schema(kind string, opt SchemaOptions) ([]byte, error) {
	var o objectShape
	switch kind {
	case "definition":
		d := definitionObject()
		o = d.shapes()
	case "collection":
		c := collectionObject()
		o = c.shapes()
	case "site":
		s := siteObject()
		o = s.shapes()
	case "guide":
		g := guideObject()
		o = g.shapes()
	default:
		return nil, fmt.Errorf("there is no schema of %q: name one of %s", kind, strings.Join(SchemaKinds, ", "))
	}
	w := schemaWriter{known: opt.completions()}
	out := append(members{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "errdex: " + o.name}}, w.object(o)...)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
		panic("internal error: " + err.Error()) // only strings, numbers, lists and members are in it
	}
	return b.Bytes(), nil
}

// members is a JSON object whose keys keep their order: an author reads a schema's keys in the order of the contract.
type members []member

type member struct {
	key   string
	value any
}

func (m members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, x := range m {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := e.Encode(x.key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(x.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// choice is a value that can be completed, and what it stands for.
type choice struct{ value, title string }

type schemaWriter struct{ known map[completion][]choice }

func (w *schemaWriter) object(o objectShape) members {
	var properties members
	var required []string
	for _, f := range o.fields {
		properties = append(properties, member{f.name, w.field(f)})
		if f.required {
			required = append(required, f.name)
		}
	}
	out := members{{"description", o.doc}, {"type", "object"}, {"properties", properties}, {"additionalProperties", false}}
	if len(required) > 0 {
		out = append(out, member{"required", required})
	}
	if len(o.anyOf) > 0 {
		var any []members
		for _, key := range o.anyOf {
			any = append(any, members{{"required", []string{key}}, {"properties", members{{key, members{{"type", "array"}, {"minItems", 1}}}}}})
		}
		if o.unlessKey != "" {
			any = append(any, members{{"required", []string{o.unlessKey}}, {"properties", members{{o.unlessKey, members{{"const", o.unlessValue}}}}}})
		}
		out = append(out, member{"anyOf", any})
	}
	return out
}

// field is the schema of a key: its description, then what may stand behind it. A key that need not be there may also be
// there without a value.
func (w *schemaWriter) field(f fieldShape) members {
	s := w.value(f.shape, f.required)
	if f.shape.example != "" {
		s = append(s, member{"examples", []string{f.shape.example}})
	}
	if !f.required {
		if t, ok := s[0].value.([]string); ok && s[0].key == "type" {
			s[0].value = append(slices.Clone(t), "null")
		} else {
			s = members{{"anyOf", []members{s, {{"type", "null"}}}}}
		}
	}
	doc := f.doc
	if f.shape.kind == kindProse || f.shape.kind == kindList && f.shape.items.kind == kindProse {
		doc += " Markdown."
	}
	return append(members{{"description", doc}}, s...)
}

// scalarTypes are the types of what is read as text: a number and a truth value are the text that was written.
var scalarTypes = []string{"string", "number", "boolean"}

// value is the schema of a value; full tells that it must not be empty.
func (w *schemaWriter) value(s shape, full bool) members {
	switch {
	case s.enum != nil:
		return members{{"enum", s.enum}}
	case s.kind == kindNumber:
		return members{{"anyOf", []members{
			{{"type", "integer"}, {"minimum", s.low}, {"maximum", s.high}},
			{{"type", "string"}, {"pattern", s.pattern}}, // in quotes
		}}}
	case s.kind == kindDate:
		return members{{"type", []string{"string"}}, {"format", "date"}, {"pattern", `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`}}
	case s.kind == kindURL:
		pattern := `^[Hh][Tt][Tt][Pp][Ss]?://[^\s"<>\\` + "`" + `/?#]+[^\s"<>\\` + "`" + `]*$`
		if !full {
			pattern += "|^$"
		}
		return members{{"type", []string{"string"}}, {"pattern", pattern}}
	case s.pattern != "":
		return members{{"type", []string{"string"}}, {"pattern", s.pattern}}
	case s.kind == kindList:
		list := members{{"type", []string{"array"}}, {"items", w.value(*s.items, true)}}
		if s.oneOrMore {
			return members{{"anyOf", []members{w.value(*s.items, true), list}}}
		}
		return list
	case s.kind == kindObject:
		o := w.object(s.object())
		if s.string {
			return members{{"oneOf", []members{{{"type", scalarTypes}, {"pattern", `\S`}}, o}}}
		}
		o[1].value = []string{"object"}
		return append(members{o[1], o[0]}, o[2:]...)
	}
	out := members{{"type", scalarTypes}}
	if full {
		out = append(out, member{"pattern", `\S`})
	}
	if known := w.known[s.complete]; len(known) > 0 {
		var values, titles []string
		for _, k := range known {
			values, titles = append(values, k.value), append(titles, k.title)
		}
		return members{{"anyOf", []members{{{"enum", values}, {"enumDescriptions", titles}}, out}}}
	}
	return out
}
