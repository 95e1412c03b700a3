package check

import (
	"regexp"
	"strings"

	"errdex/internal/catalog"
)

// A brace that opens no hole is itself, so nothing in a message is wrong by its grammar; but {Phone Number} was meant as
// a hole, and a pasted error with a number in its place would then not be found.
func malformedHole() rule {
	return rule{Rule: warning("malformed-hole", "A brace, or a sign such as `%s`, in a message looks like a hole and is none."), definition: func(p *pass, d *catalog.Definition) {
		for _, m := range p.messages(d) {
			if strings.IndexByte(m.Value, '{') >= 0 {
				p.braces(d, m)
			}
			if strings.IndexByte(m.Value, '%') >= 0 {
				for _, at := range verbForm.FindAllStringSubmatchIndex(m.Value, -1) {
					p.report(m.Part(d.File, at[2], at[3]), "this is no hole: it is matched as it is written", "a hole is a name in braces, such as {name}; where the API prints this sign itself, silence this with `allow`")
				}
			}
		}
	}}
}

// verbForm is what stands for a value in the source of a program that prints the message.
var verbForm = regexp.MustCompile(`(?:^|[\s("'\[:=#])(%(?:[0-9]+\$)?[sdv])(?:$|[\s)."',;:!?\]])`)

func (p *pass) braces(d *catalog.Definition, t message) {
	holes := t.holes // those ahead; they come in the order of the text
	lone := false    // no }} follows any more: it is looked for once
	for i := 0; i < len(t.Value); i++ {
		if t.Value[i] != '{' {
			continue
		}
		for len(holes) > 0 && holes[0].Offset < i {
			holes = holes[1:]
		}
		if len(holes) > 0 && holes[0].Offset == i {
			i += strings.IndexByte(t.Value[i:], '}')
			continue
		}
		if strings.HasPrefix(t.Value[i:], "{{") {
			end := -1
			if !lone {
				end = strings.Index(t.Value[i:], "}}")
			}
			if lone = end < 0; lone {
				i++ // literal braces, as they stand
				continue
			}
			i += end + 1
			continue
		}
		if n, name := likeHole(t.Value[i:]); n > 0 {
			p.report(t.Part(d.File, i, i+n), "this is no hole: it is matched as it is written",
				"a hole's name has lower-case letters, digits and _: {"+name+"}; for the literal text write {{"+name+"}}")
			i += n - 1
		} else if m := unclosedHole.FindStringSubmatch(t.Value[i:]); m != nil && strings.IndexByte(t.Value[i:], '}') < 0 {
			p.report(t.Part(d.File, i, i+1+len(m[1])), "this hole is not closed: it is matched as it is written",
				"write {"+m[1]+"}; where the brace is text, silence this with `allow`")
			return
		}
	}
}

// unclosedHole is a brace and a hole's name behind which a word ends. Only where no brace closes anything behind it was it surely meant as a hole.
var unclosedHole = regexp.MustCompile(`^\{([a-z][a-z0-9_]*)(?:\s|$)`)

// likeHole reports whether s begins with what its author will have meant as a hole: a brace, one to four words, a brace.
// It returns the length and the name as it should be; 0 where it is something else, such as JSON.
func likeHole(s string) (n int, name string) {
	end := strings.IndexByte(s[:min(len(s), 43)], '}')
	if end < 2 {
		return 0, ""
	}
	inner := strings.TrimSpace(s[1:end])
	words := 1
	var b strings.Builder
	for i := 0; i < len(inner); i++ {
		c := inner[i]
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_':
			b.WriteByte(c)
		case c >= 'A' && c <= 'Z':
			if i > 0 && inner[i-1] >= 'a' && inner[i-1] <= 'z' {
				b.WriteByte('_')
			}
			b.WriteByte(c + 'a' - 'A')
		case c == ' ' || c == '-' || c == '.':
			words++
			b.WriteByte('_')
		default:
			return 0, ""
		}
	}
	if b.Len() == 0 || words > 4 {
		return 0, ""
	}
	return end + 1, b.String()
}
