package load

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"errdex/internal/catalog"

	"gopkg.in/yaml.v3"
)

// curly are the quotes of print, which are characters like others to YAML.
const curly = "“”„‟‘’‚‛«»"

const quoteSigns = curly + `"'`

// openQuote is said of a quote that nothing closes. Where its text seems to end on its line with another quote sign, the hint is what was meant, not what
// would make it YAML: that would leave a sign in the text.
func openQuote(src []byte, at int) (message, hint string) {
	quote := src[at]
	if quote != '"' && quote != '\'' {
		return unclosed(quote)
	}
	begin := bytes.LastIndexByte(src[:at], '\n') + 1
	before, rest := string(src[begin:at]), src[at+1:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	text := strings.TrimSpace(string(rest))
	sign, size := utf8.DecodeLastRuneInString(text)
	if text == "" || !strings.ContainsRune(quoteSigns, sign) || strings.IndexByte(text, quote) >= 0 {
		return unclosed(quote)
	}
	line := strings.TrimSpace(before)
	if sign < utf8.RuneSelf && len(text) > 2 && text[0] == byte(sign) && strings.Count(text, text[:1]) == 2 {
		hint = fmt.Sprintf("remove the `%c`", quote)
		if answer := line + " " + text; len(answer) <= maxAnswer && !strings.Contains(answer, "`") {
			hint += ": write `" + answer + "`"
		}
		return "two quote signs begin this text and one ends it", hint
	}
	if strings.Count(text, string(sign)) > 1 { // the signs of a word inside, or apostrophes
		return unclosed(quote)
	}
	inner := text[:len(text)-size]
	hint = fmt.Sprintf("end the text with `%c` too", quote)
	if answer := fmt.Sprintf("%s %c%s%c", line, quote, inner, quote); len(answer) <= maxAnswer && !strings.Contains(answer, "`") {
		hint = "write `" + answer + "`"
	}
	return fmt.Sprintf("this text begins with `%c` and ends with `%c`", quote, sign), hint
}

// isVerbatim reports the keys of texts that are shown letter by letter, quotes and all.
func isVerbatim(key string) bool {
	switch key {
	case "message", "text", "variants", "example", "body", "path":
		return true
	}
	return false
}

// unwrapped is a text that stands in quotes twice, or in curly ones alone, without them; "" for any other.
func unwrapped(s string, n *yaml.Node) string {
	first, size := utf8.DecodeRuneInString(s)
	last, end := utf8.DecodeLastRuneInString(s)
	if len(s) <= size+end || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return ""
	}
	inner := s[size : len(s)-end]
	if n.Style != 0 {
		if (first != '"' && first != '\'') || first != last || strings.ContainsRune(inner, first) {
			return ""
		}
		return inner
	}
	if !strings.ContainsRune(`“„‟«‘‚‛`, first) || !strings.ContainsRune(`“”»’‘`, last) || strings.ContainsAny(inner, "“”„‟«»") {
		return ""
	}
	return inner
}

// wrapped warns of quote signs around the whole of a text, which are part of it and were hardly meant to be.
func (r *reader) wrapped(t catalog.Text, n *yaml.Node) {
	s := t.Value
	if end := len(s) - 1; end > 0 && n.Style == 0 && s[end] == '"' && strings.IndexByte(s, '"') == end && (s[end-1] < '0' || s[end-1] > '9') { // behind a number it is inches
		r.diags.Warn(t.Part(r.file, end, end+1), "swallowed-text", "this quote sign is part of the text, and no other opens it", "remove it, or write a second one where the text begins")
		return
	}
	if s == "" || s[0] != '"' && s[0] != '\'' && s[0] < utf8.RuneSelf {
		return
	}
	inner := unwrapped(s, n)
	switch {
	case inner != "":
		hint := "remove them"
		if cut(inner) == inner {
			hint = fmt.Sprintf("write %q", inner)
		}
		if n.Style == 0 {
			hint = "to YAML only the straight ones are quotes: " + hint
		}
		r.diags.Warn(r.span(n), "swallowed-text", "these quote signs are part of the text", hint)
	case s[0] == '"' && n.Style == yaml.SingleQuotedStyle && strings.Count(s, `"`) == 1:
		r.diags.Warn(t.Part(r.file, 0, 1), "swallowed-text", "this quote sign is part of the text, and no other closes it", "remove it, or write a second one")
	}
}

// quotesInside says of a value that it is right but for its quote signs.
func quotesInside(s string) string {
	n := 0
	for _, c := range s {
		if strings.ContainsRune(quoteSigns, c) {
			n++
		}
	}
	if n == 1 {
		return "the quote sign is part of it"
	}
	return "the quote signs are part of it"
}
