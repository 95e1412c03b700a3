package check

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"errdex/internal/catalog"
)

func payloadNotJSON() rule {
	return rule{Rule: fault("payload-not-json", "An example of the kind payload is not JSON."), definition: func(p *pass, d *catalog.Definition) {
		for i := range d.Examples {
			e := &d.Examples[i]
			if !jsonPayload(e) {
				continue
			}
			if p.body = append(p.body[:0], e.Body.Value...); !json.Valid(p.body) {
				offset, why := jsonFault(e.Body.Value)
				p.report(e.Body.Part(d.File, offset, offset+1), "this payload is not JSON: "+why,
					"mend it, or where it is not a payload say so: `kind: request` or `kind: code`")
			}
		}
	}}
}

// jsonPayload reports whether an example claims to be a JSON payload. One in another language cannot be parsed here.
func jsonPayload(e *catalog.Example) bool {
	return e.Kind.Value == "payload" && (e.Language.Value == "" || strings.EqualFold(e.Language.Value, "json")) && e.Body.Value != ""
}

// jsonFault returns where a text stops being JSON, and why.
func jsonFault(s string) (offset int, why string) {
	dec := json.NewDecoder(strings.NewReader(s))
	var v json.RawMessage
	err := dec.Decode(&v)
	var se *json.SyntaxError
	switch {
	case errors.As(err, &se):
		offset := max(int(se.Offset)-1, 0)
		return offset, jsonWords(s, offset)
	case errors.Is(err, io.EOF):
		return 0, "it is empty"
	case err != nil: // it ends too early
		end := len(strings.TrimRight(s, " \t\r\n"))
		return max(end-1, 0), "it ends before it is complete"
	}
	rest := strings.TrimLeft(s[dec.InputOffset():], " \t\r\n")
	why = "something follows its end"
	if strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "#") {
		why = noComments
	}
	return len(s) - len(rest), why
}

const noComments = "it cannot hold comments"

// jsonWords says what is wrong at offset in the words of someone who writes JSON by hand.
func jsonWords(s string, offset int) string {
	if offset >= len(s) {
		return "it ends before it is complete"
	}
	before := strings.TrimRight(s[:offset], " \t\r\n")
	switch c := s[offset]; {
	case (c == '}' || c == ']') && strings.HasSuffix(before, ","):
		return "a comma stands before `" + string(c) + "`"
	case c == '\'':
		return "strings stand in double quotes"
	case c == '/' || c == '#':
		return noComments
	case c == '\n' || c == '\r' || c == '\t':
		return "a string holds a line break or a tab; write \\n or \\t"
	case c == '"' && before != "" && strings.ContainsRune(`"}]0123456789el`, rune(before[len(before)-1])):
		return "a comma is missing before this"
	case strings.HasPrefix(s[offset:], "..."):
		return "`...` is no value"
	case c == '<':
		return "a placeholder stands in double quotes"
	default:
		return "this is not expected here"
	}
}
