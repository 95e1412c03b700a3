package load

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

var keyLike = regexp.MustCompile(`^\s*((- )*[A-Za-z_][A-Za-z0-9_]*:\s*[\[{]?|(- )+)["']?$`)

// runawayQuote: the quote before the fault closes a text that began on an earlier line, and its last line looks like a key
// of its own: the quote that was forgotten is the one above.
func (w *words) runawayQuote() (message, hint string, ok bool) {
	trimmed := strings.TrimRight(w.before, " ")
	if trimmed == "" {
		return "", "", false
	}
	quote := trimmed[len(trimmed)-1]
	if quote != '"' && quote != '\'' || !keyLike.MatchString(trimmed) {
		return "", "", false
	}
	open := scanBrackets(w.src[:w.start]).open
	if len(open) == 0 || open[len(open)-1].char != quote {
		return "", "", false
	}
	w.offset, w.length = open[len(open)-1].offset, 1
	message, hint = openQuote(w.src, w.offset)
	return message, hint, true
}

// tooDeep is said of what no cutting into parts can mend: each of them would be as deep.
const tooDeep = "this is nested too deeply"

// byProblem knows the faults of which the parser's words leave no doubt.
func (w *words) byProblem() (message, hint string, ok bool) {
	p := w.f.problem
	has := func(s string) bool { return strings.Contains(p, s) }
	switch {
	case has("exceeded max depth"):
		return tooDeep, "no key of errdex is nested more than five levels deep", true
	case has("unknown escape character"), has("expected hexdecimal number"), has("invalid Unicode character escape"):
		w.escape()
		return "this backslash begins no escape that YAML knows", `write \\ for a backslash, or put the text in single quotes`, true
	case has("unknown anchor"), has("value contains itself"), has("expected alphabetic or numeric character"):
		return w.alias()
	case has("unexpected end of stream"), has("unexpected document indicator"):
		message, hint = unclosed('"')
		return message, hint, true
	case has("undefined tag handle"), has("tag URI"), has("expected '!'"), has("URI escaped octet"), has("expected '>'"):
		return "`!` begins a type, and this is none", "put the text in quotes", true
	case has("indentation indicator equal to 0"):
		return "an indentation of 0 is not possible", "write `|` alone: the first line tells the indentation", true
	case has("version number"), has("directive"), has("incompatible YAML"), has("non-alphabetical"), has("expected digit or '.'"):
		return "a line that begins with `%` is a directive of YAML, which is not read", "remove it, and the `---` below it; where it is text, put it in quotes", true
	case has("expected comment or line break"):
		hint = "begin the text on the next line, indented; a text on this line has no such sign before it"
		if m := signBeforeText.FindStringSubmatch(string(w.line)); m != nil && len(m[0]) <= maxAnswer && !strings.ContainsAny(m[3], "\"`\\") {
			hint = fmt.Sprintf("write `%s\"%s\"`, or begin the text on the next line, indented", m[1], m[3])
			if m[2] == ">" {
				hint = fmt.Sprintf("write `%s\"%s\"`, or where the `>` belongs to the text `%s\"> %s\"`", m[1], m[3], m[1], m[3])
			}
		}
		return "nothing may follow `|` or `>` on its line", hint, true
	case has("block sequence entries are not allowed"):
		hint = "put each `- ` on a line of its own, below the key and indented"
		if m := itemBehindKey.FindSubmatch(w.line); m != nil {
			if answer := listAnswer(string(m[1]), string(m[2])); answer != "" {
				hint = answer + ", or " + hint
			}
		}
		return "an item cannot begin here", hint, true
	case has("mapping keys are not allowed"):
		return "`? ` begins a key in YAML", "put the text in quotes", true
	}
	return "", "", false
}

// signBeforeText is a line whose text has the sign of a block before it.
var signBeforeText = regexp.MustCompile(`^\s*((?:- )*(?:[A-Za-z_]+: |- ))([|>]) +(.*\S)\s*$`)

// itemBehindKey is a line such as fixes: - rotate.
var itemBehindKey = regexp.MustCompile(`^\s*(?:- )*([A-Za-z_]+): +- +([^"'\[\]{}#:]+?)\s*$`)

// escape moves the place to the backslash.
func (w *words) escape() {
	if i := strings.LastIndexByte(w.before+w.rest[:min(len(w.rest), w.length)], '\\'); i >= 0 {
		w.offset, w.length = w.start+i, min(2, len(w.line)-i)
	}
}

func (w *words) alias() (message, hint string, ok bool) {
	at := strings.LastIndexAny(w.before+w.rest[:min(len(w.rest), w.length)], "*&")
	if at < 0 {
		return "", "", false
	}
	w.offset = w.start + at
	w.length = 1
	if w.line[at] == '&' {
		return "`&` begins a name for what follows, and this is none", "put the text in quotes", true
	}
	name := strings.TrimLeft(string(w.line[at:]), "*")
	if strings.Contains(w.f.problem, "unknown anchor") || strings.Contains(w.f.problem, "contains itself") {
		if i := strings.IndexFunc(name, func(c rune) bool {
			return c != '_' && c != '-' && (c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z')
		}); i >= 0 {
			name = name[:i]
		}
		w.length = len(name) + 1
		return "`*" + name + "` repeats a value that has no name &" + name + " above", "where it is text, such as *emphasis*, put it in quotes or below a `|`", true
	}
	return "`*` at the start of a value repeats another value", w.quoted("where it is text, such as **bold**, put it in quotes or below a `|`"), true
}

var wordFirst = regexp.MustCompile(`^\s*(?:- )*([A-Za-z_]+)(?:[ \t]+(\S.*))?$`)

// noColon: the line begins with the name of a key, and its colon is missing.
func (w *words) noColon() (message, hint string, ok bool) {
	m := wordFirst.FindSubmatchIndex(w.line)
	if m == nil || !isKey(string(w.line[m[2]:m[3]])) {
		return "", "", false
	}
	w.offset, w.length = w.start+m[2], m[3]-m[2]
	return "a colon is missing behind this key", missingColon(string(w.line[m[2]:])), true
}

// missingColon is the hint for a text that begins with a key's name.
func missingColon(s string) string {
	key, value, _ := strings.Cut(strings.TrimSpace(s), " ")
	if value = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(value), "=")); value == "" || len(value) > 30 {
		value = "..."
	}
	return "write `" + key + ": " + value + "`"
}

// flow: the fault is inside a list or a mapping in brackets.
func (w *words) flow() (message, hint string, ok bool) {
	open := scanBrackets(w.src[:min(w.f.offset, len(w.src))]).open
	if len(open) == 0 {
		return "", "", false
	}
	last := open[len(open)-1]
	if last.char != '[' && last.char != '{' {
		return "", "", false
	}
	w.opened = last.offset + 1
	if strings.HasPrefix(w.rest, ",") || strings.HasPrefix(w.rest, ":") {
		return fmt.Sprintf("a value is missing before this `%s`", w.rest[:1]), "write it, or remove the sign; a text that begins with it needs quotes", true
	}
	if strings.HasPrefix(w.rest, "?") {
		w.opened = 0
		return "a question mark cannot stand here in brackets without quotes", "put the text in quotes", true
	}
	if strings.ContainsAny(w.rest[:min(1, len(w.rest))], "@`%") {
		message, hint = w.sign()
		return message, hint, true
	}
	what, close := "list", "]"
	if last.char == '{' {
		what, close = "mapping", "}"
	}
	if bytes.IndexByte(w.src[last.offset:w.f.offset], '\n') >= 0 {
		if newEntry.Match(bytes.TrimLeft(w.line, " ")) && strings.Trim(w.before, " -") == "" {
			w.offset, w.length, w.opened = last.offset, 1, 0
			message, hint = unclosed(last.char)
			return message, hint, true
		}
		if above := bytes.TrimRight(w.src[:w.start], " \t\r\n"); strings.Trim(w.before, " ") == "" && len(above) > 0 && strings.IndexByte(`"'0123456789]}`, above[len(above)-1]) >= 0 && strings.HasPrefix(w.rest, `"`) {
			return "a comma is missing before this", "write `,` at the end of the line above", true
		}
		return "this does not go on with the " + what + " in brackets", "close it with `" + close + "`, or separate its values with commas", true
	}
	if message, hint, ok := w.flowText(); ok {
		return message, hint, true
	}
	return "a comma is missing before this", "values in brackets are separated by commas; a text that holds a comma, a bracket or a colon needs quotes", true
}

// flowColon is an entry in braces as far as the second of its colons, and flowQuoted one behind the quotes of its text.
var (
	flowColon  = regexp.MustCompile(`[,{\[]\s*(?:([A-Za-z_]+):\s+)?([^"'\[\]{},\s][^"'\[\]{},]*:)\s+$`)
	flowQuoted = regexp.MustCompile(`[,{\[]\s*(?:[A-Za-z_]+:\s+)?("[^"]*"|'[^']*')\s*$`)
)

// flowText: a text in brackets has a colon in it, or goes on behind its quotes.
func (w *words) flowText() (message, hint string, ok bool) {
	if m := flowColon.FindStringSubmatch(w.before); m != nil && m[1] != "" {
		w.opened = 0
		w.offset, w.length = w.offset-len(w.before)+len(strings.TrimRight(w.before, " \t"))-1, 1
		rest := w.rest
		if i := strings.IndexAny(rest, ",}]"); i >= 0 {
			rest = rest[:i]
		}
		hint = "put the whole text in quotes"
		if answer := m[1] + ": \"" + m[2] + " " + strings.TrimSpace(rest) + "\""; len(answer) <= maxAnswer && !strings.ContainsAny(rest, "\"`\\") {
			hint = "write `" + answer + "`"
		}
		return "a text with a colon and a space in it needs quotes", hint, true
	}
	if m := flowQuoted.FindStringSubmatch(w.before); m != nil && w.rest != "" && !strings.ContainsAny(w.rest[:1], `"'[{`) && !followedByKey.MatchString(w.rest) {
		w.opened = 0
		hint = "put the whole text in quotes, and write \\\" for a quote inside double quotes"
		if m[1][0] == '\'' {
			hint = "write '' for an apostrophe inside single quotes"
		}
		return "the text ended with the quote before this", hint, true
	}
	return "", "", false
}

// followedByKey is the next entry of a mapping in braces.
var followedByKey = regexp.MustCompile(`^[A-Za-z_]+:\s`)

// newEntry is the start of a line that goes on with what is around the brackets.
var newEntry = regexp.MustCompile(`^(- |[A-Za-z_][A-Za-z0-9_]*:\s)`)

func (w *words) sign() (message, hint string) {
	w.opened = 0
	name := "`" + w.rest[:1] + "`"
	if w.rest[0] == '`' {
		name = "a backtick"
		if m := backticked.FindStringSubmatch(string(w.line)); m != nil {
			return "a text cannot begin with " + name, "write `" + m[1] + quoteName(m[2]) + "`"
		}
	}
	return "a text cannot begin with " + name, w.quoted("put the text in quotes, or below a `|`")
}

// backticked is a name in code font.
var backticked = regexp.MustCompile("^\\s*((?:- )*(?:code|id|group|ref|rule|subcode|from|to|kind|policy|status|severity|attribution|depth|likelihood|relation): )`([^`\"\\\\]+)`\\s*$")

// quoteName writes a name as it stands in a file.
func quoteName(s string) string {
	if wordForm.MatchString(s) && !truths[strings.ToLower(s)] {
		return s
	}
	return `"` + s + `"`
}

var keyBefore = regexp.MustCompile(`^\s*(- )*("[^"]*"|'[^']*'|[^\s#"'][^#"']*?):\s`)

// value: the fault is in the value of a key, or of an item, on its own line.
func (w *words) value() (message, hint string, ok bool) {
	inValue := keyBefore.MatchString(w.before) || strings.HasPrefix(strings.TrimLeft(w.before, " "), "- ")
	first := w.rest[:min(1, len(w.rest))]
	switch {
	case first != "" && strings.Contains("@`%", first):
		message, hint = w.sign()
		return message, hint, true
	case first == ":" && keyBefore.MatchString(w.before):
		if message = "a text with a colon and a space in it needs quotes"; strings.TrimSpace(w.rest) == ":" {
			message = "a text that ends with a colon needs quotes"
		}
		return message, w.quoted("put the whole text in quotes"), true
	case !inValue:
		return "", "", false
	}
	switch end := strings.TrimRight(w.before, " "); {
	case strings.TrimSpace(w.rest) == ";" || strings.TrimSpace(w.rest) == ",":
		return "nothing may stand behind the value", "remove the `" + strings.TrimSpace(w.rest) + "`", true
	case strings.HasPrefix(w.rest, ",") && (strings.HasSuffix(end, `"`) || strings.HasSuffix(end, "'")) && valuesForm.MatchString(string(w.line)):
		hint = "put a `[` before the first and a `]` behind the last"
		if key, all, _ := strings.Cut(strings.TrimSpace(string(w.line)), ": "); len(all) <= maxAnswer && !strings.Contains(all, "`") {
			hint = "write `" + key + ": [" + strings.TrimSpace(all) + "]`"
		}
		return "several values need brackets", hint, true
	case strings.HasSuffix(end, `"`):
		return "the text ended with the quote before this", "write \\\" for a quote inside double quotes, or put the text below a `|`", true
	case strings.HasSuffix(end, "'"):
		return "the text ended with the quote before this", "write '' for a quote inside single quotes, or put the text below a `|`", true
	case (strings.HasSuffix(end, "]") || strings.HasSuffix(end, "}")) && (first == "]" || first == "}"):
		message, hint = surplus(first[0])
		return message, hint, true
	case strings.HasSuffix(end, "]") || strings.HasSuffix(end, "}"):
		return "the list or mapping ended with the bracket before this", w.quoted("a text that begins with a bracket needs quotes"), true
	}
	return "", "", false
}

// valuesForm is a line with several values in quotes behind its key.
var valuesForm = regexp.MustCompile(`^\s*(?:- )*[A-Za-z_]+: +(?:"[^"]*"|'[^']*')(?: *, *(?:"[^"]*"|'[^']*'|[^"',:\[\]{}]+))+\s*$`)

// quoted is the hint that shows the line with its text in quotes; where it is long or has quotes of its own, otherwise.
func (w *words) quoted(otherwise string) string {
	line := strings.TrimSpace(string(w.line))
	key, text, ok := strings.Cut(line, ": ")
	if item, dash := strings.CutPrefix(line, "- "); dash && !keyLine.MatchString(item) {
		key, text, ok = "-", item, true
	}
	text = strings.TrimSpace(text)
	if !ok || len(line) > maxAnswer || text == "" || strings.ContainsAny(text, "\"\\`#") || strings.Contains(text, ", ") && strings.ContainsAny(key, "[{") || strings.ContainsAny(key, "{[\"'") {
		return otherwise
	}
	if key != "-" {
		key += ":"
	}
	return "write `" + key + " \"" + text + "\"`"
}

// surplus is what is said of a bracket that closes nothing.
func surplus(c byte) (message, hint string) {
	return fmt.Sprintf("this `%c` closes nothing", c), "remove it; a text that holds a bracket needs quotes"
}
