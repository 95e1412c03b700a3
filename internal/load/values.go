package load

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"

	"gopkg.in/yaml.v3"
)

// text reads a text that people read, or a name. A key without a value gives the zero Text.
func (r *reader) text(n *yaml.Node, key string) catalog.Text {
	t := r.written(n, key)
	if t.Set() {
		n = r.follow(n)
		r.oddStart(t, n, false)
		if !isVerbatim(key) {
			r.wrapped(t, n)
		}
	}
	return t
}

// written reads any scalar as the text that was written.
func (r *reader) written(n *yaml.Node, key string) catalog.Text {
	n = r.follow(n)
	if !r.count(len(n.Value)) {
		return catalog.Text{}
	}
	if n.Kind != yaml.ScalarNode || n.Tag == "!!binary" {
		r.wrongType(n, "`"+key+"`", "text", "")
		return catalog.Text{}
	}
	if isNull(n) {
		return catalog.Text{}
	}
	if !r.quick && !plainTypes[n.Tag] {
		r.diags.ErrorHint(diag.Span{File: r.file, Start: r.pos(n), End: r.start(n)}, "wrong-type", fmt.Sprintf("`%s` is a type in YAML, which is not read", short(n.Tag)),
			"where it is text, put the whole in quotes")
		r.lose(n)
		return catalog.Text{}
	}
	t := catalog.Text{Value: n.Value, Place: r.place(n)}
	switch {
	case r.quick: // on one line, or in a literal block, and with no comment behind it
		if r.ascii { // and with no escapes but those of breaks, tabs, quotes and backslashes
			return t
		}
	case n.Style == 0:
		r.comment(t)
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		r.itemInText(t, t.Place.At(t.Value, len(t.Value)))
	}
	if n.Style&yaml.DoubleQuotedStyle != 0 && !ascii(n.Value) {
		if i := strings.IndexFunc(n.Value, control); i >= 0 { // an escape, since clean lets none through
			r.diags.ErrorHint(t.Part(r.file, i, i+1), "invalid-encoding", fmt.Sprintf("this escape stands for a control character (%U)", []rune(n.Value[i:])[0]), "remove it")
			r.lose(n)
			return catalog.Text{}
		}
	}
	return t
}

// plainTypes are the types of scalars: each is read as the text that was written.
var plainTypes = map[string]bool{"!!str": true, "!!int": true, "!!float": true, "!!bool": true, "!!timestamp": true, "!!null": true, "!!merge": true}

var swallowed = regexp.MustCompile(`^[ \t]+#[^\s#]`)

// comment warns where a text without quotes ends or goes on otherwise than it looks: behind a space and a `#` YAML reads a
// comment (authors put a space behind the `#` of one that they mean), and an item that is indented too deep goes on with
// the text above.
func (r *reader) comment(t catalog.Text) {
	end := t.Place.At(t.Value, len(t.Value))
	if r.itemInText(t, end) {
		return
	}
	line := r.line(end.Line)
	if !t.Place.Exact() || end.Col > len(line) || !swallowed.Match(line[end.Col-1:]) {
		return
	}
	rest := strings.TrimRight(string(line[end.Col-1:]), " \t")
	from := end.Col + strings.IndexByte(rest, '#')
	r.diags.Warn(diag.Span{File: r.file, Start: diag.Pos{Line: end.Line, Col: from}, End: diag.Pos{Line: end.Line, Col: end.Col + len(rest)}}, "swallowed-text",
		"this is a comment to YAML and not part of the text", "put the text in quotes; where it is a comment, put a space behind the `#`")
}

// itemInText warns of a line that begins like an item and goes on with the text above it.
func (r *reader) itemInText(t catalog.Text, end diag.Pos) bool {
	for n := int(t.Place.Line) + 1; n <= end.Line; n++ {
		l := r.line(n)
		if i := indentOf(l); bytes.HasPrefix(l[i:], []byte("- ")) {
			hint := "indent it like the items above it"
			start := t.Place.At(t.Value, 0)
			if first := r.line(start.Line); start.Col >= 2 && start.Col-2 < len(first) && (first[start.Col-2] == '"' || first[start.Col-2] == '\'') {
				hint = fmt.Sprintf("close the quote that begins in line %d", start.Line)
			} else if start.Line > 1 && start.Col-1 <= len(first) && len(bytes.TrimSpace(first[:start.Col-1])) == 0 {
				if m := lonelyKey.FindSubmatch(bytes.TrimRight(r.line(start.Line-1), " \t")); m != nil && isText(string(m[1])) {
					hint = fmt.Sprintf("write `%s: |` in line %d: then the text keeps its lines", m[1], start.Line-1)
				}
			}
			r.diags.Warn(diag.Span{File: r.file, Start: diag.Pos{Line: n, Col: i + 1}, End: diag.Pos{Line: n, Col: i + 2}}, "swallowed-text",
				"this is no item: the line goes on with the text above", hint)
			return true
		}
	}
	return false
}

// ascii reports whether all of s is printable ASCII, as most texts are.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i]-' ' > '~'-' ' {
			return false
		}
	}
	return true
}

func control(c rune) bool {
	return c < ' ' && c != '\n' && c != '\t' || c == '\u2028' || c == '\u2029' || c >= 0x7F && c < 0xA0 || c == '\uFEFF' || c == 0xFFFD || c == 0xFFFE || c == 0xFFFF
}

// item reads a text of a list, which must not be empty.
func (r *reader) item(n *yaml.Node, key string) catalog.Text {
	if !r.isItem(n, key) {
		return catalog.Text{}
	}
	return r.text(n, key)
}

// isItem reports whether an item of a list is a text with something in it, and says so where it is not.
func (r *reader) isItem(n *yaml.Node, key string) bool {
	f := r.follow(n)
	switch {
	case f.Kind != yaml.ScalarNode:
		r.wrongType(f, "an item of `"+key+"`", "text", "")
	case saysNothing(f.Value) || isNull(f):
		r.diags.ErrorHint(r.span(n), "missing-field", "an item of `"+key+"` is empty", "write it, or remove the line")
	default:
		return true
	}
	return false
}

// canonical is how a reader of YAML that takes a code for a number would print it again.
var canonical = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})$`)

// truths are the words that YAML 1.1, which most readers still follow, takes for true and false.
var truths = map[string]bool{"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true, "true": true, "false": true}

// code reads a text that looks like a number and is none: it warns where another reader of YAML would change it.
func (r *reader) code(n *yaml.Node, key string) catalog.Text {
	t := r.written(n, key)
	n = r.follow(n)
	if !t.Set() {
		return t
	}
	t, signs := r.unquoted(t, n, "code", func(inner string) string { return fmt.Sprintf("%s: %q", key, inner) })
	if signs || n.Style != 0 {
		return t
	}
	number := n.Tag == "!!int" || n.Tag == "!!float"
	if number && !canonical.MatchString(n.Value) || n.Tag == "!!timestamp" || n.Tag == "!!bool" || truths[strings.ToLower(n.Value)] || strings.HasPrefix(n.Value, "0") && allDigits(n.Value) && len(n.Value) > 1 {
		r.diags.Warn(t.Span(r.file), "unquoted-code", fmt.Sprintf("without quotes, other readers of YAML take %s for something else", short(t.Value)), fmt.Sprintf("write %q", short(t.Value)))
	}
	return t
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// prose reads a Markdown field. What is repeated by aliases is parsed once.
func (r *reader) prose(n *yaml.Node, key string) catalog.Prose {
	t := r.written(n, key)
	if !t.Set() {
		return catalog.Prose{}
	}
	n = r.follow(n)
	if r.aliased != nil {
		if p, again := r.aliased[n]; again {
			return p
		}
	}
	r.oddStart(t, n, true)
	r.wrapped(t, n)
	if n.Style&yaml.FoldedStyle != 0 {
		at := r.start(n)
		r.diags.Warn(diag.Span{File: r.file, Start: at, End: diag.Pos{Line: at.Line, Col: at.Col + 1}}, "folded-prose",
			"`"+key+"` is folded (`>`), which joins its lines before Markdown sees them", "write `|` instead")
	}
	p := r.markdown(t, markdown.Options{})
	if n.Anchor != "" {
		if r.aliased == nil {
			r.aliased = map[*yaml.Node]catalog.Prose{}
		}
		r.aliased[n] = p
	}
	return p
}

func (r *reader) enum(n *yaml.Node, key string, values []string) catalog.Text {
	t := r.written(n, key)
	if !t.Set() {
		return t
	}
	for _, v := range values {
		if t.Value == v {
			return t
		}
	}
	hint := "one of: " + strings.Join(values, ", ")
	if inner := strings.Trim(t.Value, quoteSigns); inner != t.Value && slices.Contains(values, inner) {
		r.diags.ErrorHint(r.valueSpan(n), "unknown-value", fmt.Sprintf("%q is not a value of `%s`", short(t.Value), key), quotesInside(t.Value)+": write `"+key+": "+inner+"`")
		return catalog.Text{}
	}
	if before, _, is := strings.Cut(t.Value, " //"); is && slices.Contains(values, strings.TrimSpace(before)) {
		hint = "write `" + key + ": " + strings.TrimSpace(before) + "`; a remark begins with ` # `"
	} else if near := diag.Nearest(t.Value, values); near != "" {
		hint = "did you mean " + near + "?"
	} else if near := valueMeant(strings.ToLower(t.Value), values); near != "" {
		hint = "did you mean " + near + "? " + hint
	} else if _, err := strconv.Atoi(t.Value); key == "status" && err == nil && len(t.Value) == 3 {
		hint = "the status of HTTP is written `http_status: " + t.Value + "`; this one is " + hint
	}
	if key == "policy" && strings.HasPrefix(hint, "one of") {
		hint += "; what each of them means: `errdex explain unknown-value`"
	}
	r.diags.ErrorHint(r.valueSpan(n), "unknown-value", fmt.Sprintf("%q is not a value of `%s`", short(t.Value), key), hint)
	return catalog.Text{}
}

// valueSpan is the place of a value as its author sees it: with its quotes.
func (r *reader) valueSpan(n *yaml.Node) diag.Span { return r.span(r.follow(n)) }

// number reads a whole number; also goes on the hint that says which it may be.
func (r *reader) number(n *yaml.Node, key string, low, high int, also string) catalog.Number {
	t := r.written(n, key)
	if !t.Set() {
		return catalog.Number{}
	}
	v, err := strconv.Atoi(t.Value)
	if err != nil || v < low || v > high || strconv.Itoa(v) != t.Value {
		what := "is not a whole number"
		if err == nil && strconv.Itoa(v) == t.Value {
			what = "is out of range"
		}
		hint := fmt.Sprintf("`%s` is a number from %d to %d%s", key, low, high, also)
		if m := numberAmong.FindStringSubmatch(t.Value); m != nil {
			hint = "write `" + key + ": " + m[1] + "`; " + hint
		}
		r.diags.ErrorHint(r.valueSpan(n), "wrong-type", fmt.Sprintf("%q %s", short(t.Value), what), hint)
		return catalog.Number{}
	}
	return catalog.Number{Text: t, N: v}
}

// numberAmong is a number in quotes that are none to YAML, or with words behind it, such as 401 Unauthorized.
var numberAmong = regexp.MustCompile(`^[“”„‟‘’‚‛«»"']*([1-9][0-9]*)(?:[“”„‟‘’‚‛«»"']+|\s+\pL[\pL\s-]*|\.0+)$`)

// bullet is what items begin with elsewhere.
var bullet = regexp.MustCompile(`^(?:[–—−•·‣▪◦]|[0-9]{1,2}[.)]) +`)

// list calls each for the items of a list. item is what something else in its place was probably meant as; it may be empty.
func (r *reader) list(n *yaml.Node, key, item string, each func(*yaml.Node)) {
	n = r.follow(n)
	switch {
	case n.Kind == yaml.SequenceNode:
		for _, x := range n.Content {
			if !r.count(0) {
				return
			}
			each(x)
		}
	case isNull(n):
	default:
		if n.Kind == yaml.ScalarNode && item == "" {
			item = listAnswer(key, n.Value)
		}
		if n.Kind == yaml.ScalarNode && n.Style == 0 && r.place(n).At(n.Value, len(n.Value)).Line > r.start(n).Line {
			item = "begin each item with `- `: `- " + cut(bullet.ReplaceAllString(strings.TrimSpace(string(r.line(r.start(n).Line))), "")) + "`"
		} else if n.Kind == yaml.ScalarNode && n.Style == 0 && bullet.MatchString(n.Value) {
			item = "begin each item with `- `: `- " + cut(bullet.ReplaceAllString(n.Value, "")) + "`"
		}
		r.wrongType(n, "`"+key+"`", "a list", item)
	}
}
