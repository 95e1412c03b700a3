package edit

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/load"
)

// An edit of YAML is a guess that is checked: there are several ways in which a key may be written, so each of them is tried, and the first text that
// reads as wanted, with everything else as it was, is taken. That is what keeps this file short and makes it safe.

// plainForm is what may stand in YAML without quotes.
var plainForm = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_./-]*$`)

var keyword = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|null|y|n)$`)

// plain reports whether every reader of YAML takes a text for text when it has no quotes: it is no number, no date and no word with a meaning.
func plain(s string) bool {
	if !plainForm.MatchString(s) || keyword.MatchString(s) || !strings.ContainsAny(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz") {
		return false
	}
	_, float := strconv.ParseFloat(s, 64)
	_, integer := strconv.ParseInt(s, 0, 64)
	return float != nil && integer != nil
}

// scalar returns a text as a YAML scalar.
func scalar(s string) string {
	if plain(s) {
		return s
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic("internal error: " + err.Error()) // a string
	}
	return strings.TrimSuffix(b.String(), "\n") // a JSON string is a double-quoted scalar
}

// stretch returns the offsets of a text in its file, its quotes included, or ok false where they are not known.
func (f *file) stretch(t catalog.Text) (at, end int, ok bool) {
	if !t.Set() || !t.Place.Exact() {
		return 0, 0, false
	}
	at, end = f.offset(t.Place.At(t.Value, 0)), f.offset(t.Place.At(t.Value, len(t.Value)))
	if at < 0 || end < at {
		return 0, 0, false
	}
	if at > 0 && end < len(f.data) && (f.data[at-1] == '"' || f.data[at-1] == '\'') && f.data[end] == f.data[at-1] {
		return at - 1, end + 1, true
	}
	return at, end, true
}

// set returns the texts that may be the file with a key set to a value: in the place of the old value, behind a key that has none, or on a line of its
// own below one of the lines, best first.
func (f *file) set(key string, old catalog.Text, value string, below []int) [][]byte {
	var out [][]byte
	if at, end, ok := f.stretch(old); ok {
		out = append(out, f.with(at, end, value))
	}
	return append(out, f.fill(key, value, below)...)
}

// fill is set for a key that has no value.
func (f *file) fill(key, value string, below []int) [][]byte {
	var out [][]byte
	empty := regexp.MustCompile(`(?m)^([ \t]*` + regexp.QuoteMeta(key) + `:)(?:[ \t]*(?:\[[ \t]*\]|~|null|""|''))?([ \t]+#[^\r\n]*)?[ \t]*\r?$`)
	if m := empty.FindSubmatchIndex(f.data); m != nil {
		comment := ""
		if m[4] >= 0 {
			comment = string(f.data[m[4]:m[5]])
		}
		end := m[1]
		if end > m[0] && f.data[end-1] == '\r' {
			end--
		}
		out = append(out, f.with(m[3], end, " "+value+comment))
	}
	for _, n := range below {
		margin := f.indent(below[len(below)-1]) // of the first key: the line above may be an item of a list
		out = append(out, f.after(n, margin+key+": "+value))
	}
	return out
}

// add returns the texts that may be the file with an item more in a list.
func (f *file) add(key string, items []catalog.Text, value string, below []int) [][]byte {
	if len(items) == 0 {
		return f.fill(key, "["+value+"]", below)
	}
	last := items[len(items)-1]
	at, end, ok := f.stretch(last)
	if !ok {
		return nil
	}
	line := last.Place.At(last.Value, 0).Line
	before := f.data[f.lines[line-1]:at]
	block := f.after(line, string(before)+value)
	flow := f.with(end, end, ", "+value)
	if string(bytes.TrimSpace(before)) == "-" {
		return [][]byte{block, flow}
	}
	return [][]byte{flow, block}
}

// header are the keys of a definition that stand above its prose, in the order of the contract.
var header = []string{"code", "title", "group", "status", "since", "deprecated_since", "removed_in", "replaced_by", "depth", "keywords", "aliases"}

// below returns the lines below which a key belongs, the nearest first: those of the keys that come before it.
func below(d *catalog.Definition, key string) []int {
	last := func(ts []catalog.Text) catalog.Text {
		if len(ts) == 0 {
			return catalog.Text{}
		}
		return ts[len(ts)-1]
	}
	at := map[string]catalog.Text{
		"code": d.Code, "title": d.Title, "group": d.Group, "status": d.Status, "since": d.Since, "deprecated_since": d.DeprecatedSince, "removed_in": d.RemovedIn,
		"replaced_by": last(d.ReplacedBy), "depth": d.Depth, "keywords": last(d.Keywords), "aliases": last(d.Aliases),
	}
	var out []int
	for _, k := range header {
		if k == key {
			break
		}
		if t := at[k]; t.Set() {
			out = append([]int{t.Place.At(t.Value, len(t.Value)).Line}, out...)
		}
	}
	return out
}

// settle returns the first candidate that reads as wanted without a problem more than the file had.
func (p *project) settle(f load.File, old []byte, candidates [][]byte, want outline) ([]byte, bool) {
	before := p.tree.Parse(f, old)
	for _, text := range candidates {
		item := p.tree.Parse(f, text)
		if _, worse := newProblem(&before.Diags, &item.Diags); !worse && reflect.DeepEqual(outlineOf(item), want) {
			return text, true
		}
	}
	return nil, false
}

// outline is what a file says, by field, without places.
type outline map[string]string

func outlineOf(item load.Item) outline {
	var v reflect.Value
	switch {
	case item.Definition != nil:
		v = reflect.ValueOf(*item.Definition)
	case item.Guide != nil:
		v = reflect.ValueOf(*item.Guide)
	default:
		return nil
	}
	out := outline{}
	for i := range v.NumField() {
		switch name := v.Type().Field(i).Name; name {
		case "Collection", "Slug", "File", "Size":
		default:
			var b strings.Builder
			write(&b, v.Field(i))
			out[name] = b.String()
		}
	}
	return out
}

// write writes the values below v; a text that is not there differs from an empty one.
func write(b *strings.Builder, v reflect.Value) {
	switch x := v.Interface().(type) {
	case catalog.Text:
		writeText(b, x)
		return
	case catalog.Prose:
		writeText(b, x.Text)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			write(b, v.Field(i))
		}
	case reflect.Slice:
		b.WriteByte('[')
		for i := range v.Len() {
			write(b, v.Index(i))
		}
		b.WriteByte(']')
	}
}

func writeText(b *strings.Builder, t catalog.Text) {
	if t.Set() {
		b.WriteByte('=')
	}
	b.WriteString(t.Value)
	b.WriteByte(0)
}

// texts is how an outline shows a list of texts.
func texts(values []string) string {
	var b strings.Builder
	b.WriteByte('[')
	for _, v := range values {
		b.WriteString("=" + v + "\x00")
	}
	b.WriteByte(']')
	return b.String()
}

func valuesOf(ts []catalog.Text) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.Value
	}
	return out
}
