package load

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// A hint that prints the line as it should be is understood by those who do not know YAML's words. What is printed is short and surely right; where
// the value is long or might mean something else, the hint describes it instead.

// maxAnswer is the length in bytes above which a value is not repeated in a hint.
const maxAnswer = 60

// wordForm are the texts that are the same in brackets with and without quotes, and no number, date or truth value to any reader of YAML.
var wordForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_./-]*$`)

// inBrackets writes a text so that it can stand as it is in a list or a mapping in brackets; "" where it is too long.
func inBrackets(s string) string {
	switch {
	case s == "" || len(s) > maxAnswer || strings.ContainsAny(s, "\n\"\\"):
		return ""
	case wordForm.MatchString(s) && !truths[strings.ToLower(s)] && !strings.EqualFold(s, "null"):
		return s
	}
	return `"` + s + `"`
}

var listedForm = regexp.MustCompile(`^[A-Za-z0-9_./-]+( [A-Za-z0-9_./-]+)?(, ?[A-Za-z0-9_./-]+( [A-Za-z0-9_./-]+)?)+$`)

// inParentheses is a list as some write it, and no text with a remark in it.
var inParentheses = regexp.MustCompile(`^\(([A-Za-z0-9_./, -]+)\)$`)

// listAnswer writes a text that stands where a list belongs as the list that was meant; "" where that is not sure. Words that commas separate are
// several items, but for a sentence.
func listAnswer(key, s string) string {
	if strings.ContainsAny(s, "`") {
		return ""
	}
	if m := inParentheses.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	items := []string{s}
	if len(s) <= maxAnswer && listedForm.MatchString(s) {
		items = strings.Split(s, ",")
	}
	for i, item := range items {
		if items[i] = inBrackets(strings.TrimSpace(item)); items[i] == "" {
			return ""
		}
	}
	return "write `" + key + ": [" + strings.Join(items, ", ") + "]`"
}

// example writes a mapping of the object's keys in which a text that stands in its place has the key that was probably meant; "" where the text is
// too long.
func (o *object[T]) example(s string) string {
	own := o.home(s)
	word := inBrackets(s)
	if word == "" {
		return ""
	}
	if f := o.fields[own]; f.shape.enum != nil && !slices.Contains(f.shape.enum, s) {
		word = "..." // no value that it may have
	}
	var parts []string
	for i, f := range o.fields {
		switch {
		case i == own:
			parts = append(parts, f.name+": "+word)
		case f.required:
			parts = append(parts, f.name+": ...")
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// home is the index of the field that a text alone stands for: the one that has it among its values or that holds addresses, else the first that must
// be there, else the first.
func (o *object[T]) home(s string) int {
	web := strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
	first := -1
	for i, f := range o.fields {
		if slices.Contains(f.shape.enum, s) {
			return i
		}
		if web && f.shape.kind == kindURL {
			return i
		}
		if first < 0 && f.required {
			first = i
		}
	}
	return max(first, 0)
}

var dashGlued = regexp.MustCompile(`^\s*-(["'{\[]|[^\s-])`)

// dash reports that a text or a mapping where a list belongs is made of items without a space behind their dashes.
func (r *reader) dash(n *yaml.Node) bool {
	first := n
	if n.Kind == yaml.MappingNode && len(n.Content) > 0 {
		first = n.Content[0]
	}
	if first.Kind != yaml.ScalarNode || first.Style != 0 || !strings.HasPrefix(first.Value, "-") {
		return false
	}
	p := r.pos(first)
	line := r.line(p.Line)
	if p.Col > len(line) || len(strings.TrimSpace(string(line[:p.Col-1]))) > 0 || !dashGlued.Match(line) {
		return false
	}
	d := diag.Diagnostic{ID: "yaml-syntax", Span: diag.Span{File: r.file, Start: p, End: diag.Pos{Line: p.Line, Col: p.Col + 1}}}
	d.Message, d.Hint = gluedDash(string(line))
	var more []string
	for at := p.Line + 1; dashGlued.Match(r.line(at)) && indentOf(r.line(at)) == indentOf(line); at++ {
		more = append(more, strconv.Itoa(at))
	}
	switch len(more) {
	case 0:
	case 1:
		d.Hint += ", and so in line " + more[0]
	default:
		d.Hint += ", and so in lines " + more[0] + " to " + more[len(more)-1]
	}
	r.diags.Add(d)
	return true
}

// gluedDash is said of a line whose dash has no space behind it.
func gluedDash(line string) (message, hint string) {
	item := strings.TrimPrefix(strings.TrimSpace(line), "-")
	if c, size := utf8.DecodeRuneInString(item); invisible(c) {
		return fmt.Sprintf("this is no plain space (%U)", c), "write `- " + cut(strings.TrimSpace(item[size:])) + "`, with a plain space behind the dash"
	}
	return "a space is missing behind this dash", "write `- " + cut(item) + "`"
}

// cut shortens a value that a hint repeats.
func cut(s string) string {
	if len(s) > maxAnswer || strings.Contains(s, "`") {
		return "..."
	}
	return s
}

// asList is what a value that stands where a list of such objects belongs was probably meant as: a text that may stand for an item, the keys of an item
// without a dash, or the names of the items as keys.
func (o *object[T]) asList(key string, n *yaml.Node) string {
	switch {
	case n.Kind == yaml.ScalarNode && o.scalar != nil:
		return listAnswer(key, n.Value)
	case n.Kind == yaml.ScalarNode:
		if e := o.example(n.Value); e != "" {
			return "write `" + key + ": [" + e + "]`"
		}
		return ""
	case n.Kind != yaml.MappingNode || len(n.Content) < 2 || n.Content[0].Kind != yaml.ScalarNode:
		return ""
	}
	k, v := n.Content[0].Value, n.Content[1]
	if o.scalar != nil && n.Style&yaml.FlowStyle != 0 && isNull(v) && v.Value == "" {
		var all []string
		for i := 0; i < len(n.Content); i += 2 {
			item := inBrackets(n.Content[i].Value)
			if item == "" || !isNull(n.Content[i+1]) {
				return ""
			}
			all = append(all, item)
		}
		return "write `" + key + ": [" + strings.Join(all, ", ") + "]`"
	}
	if o.field(k) >= 0 || meantBy(k, o.names(), nil) != "" {
		if v.Kind == yaml.ScalarNode && len(v.Value) <= maxAnswer && !strings.ContainsAny(v.Value, "\n`") && v.Style == 0 {
			return "`- " + k + ": " + v.Value + "`"
		}
		return "`- " + k + ": ...`"
	}
	if e := o.example(k); e != "" {
		return "`- " + e + "`"
	}
	return ""
}
