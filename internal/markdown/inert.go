package markdown

import (
	"slices"
	"strings"
)

// Inert returns a Markdown text in which a reader finds neither HTML nor a link that could run: what was HTML is text, as it is on a page. It is for
// texts that are put together from many fields, where one that is harmless alone may become something else behind another.
func (p *Parser) Inert(source string) string {
	for range 6 { // what was inside of HTML is read for the first time when the HTML is text
		d := &Doc{Source: source}
		p.read(d, Options{})
		var at []int // of what is to be escaped
		for _, r := range d.RawHTML {
			for i := r.Start; i < r.End; i++ {
				if source[i] == '<' && (i == 0 || source[i-1] != '\\') {
					at = append(at, i)
				}
			}
		}
		var bad []Range
		for _, l := range d.Links {
			switch i := l.At.Start; {
			case SafeURL(l.Dest) || l.At.End <= i:
			case l.Auto && source[i] == '<':
				at = append(at, i)
			case l.Auto && i > 0 && source[i-1] == '<':
				at = append(at, i-1)
			default:
				bad = append(bad, l.At)
			}
		}
		if len(at) == 0 && len(bad) == 0 {
			if len(d.RawHTML) == 0 {
				return source
			}
			break
		}
		source = rewrite(source, at, bad)
	}
	return strings.NewReplacer("<", "&lt;", "[", "&#91;").Replace(source) // nothing else is sure any more
}

// rewrite puts a backslash before the bytes at these offsets, and # in place of the ranges.
func rewrite(source string, escapes []int, drop []Range) string {
	slices.Sort(escapes)
	slices.SortFunc(drop, func(a, b Range) int { return a.Start - b.Start })
	var b strings.Builder
	last := 0
	for len(escapes) > 0 || len(drop) > 0 {
		if len(drop) == 0 || len(escapes) > 0 && escapes[0] < drop[0].Start {
			if i := escapes[0]; i >= last {
				b.WriteString(source[last:i] + `\`)
				last = i
			}
			escapes = escapes[1:]
			continue
		}
		if r := drop[0]; r.Start >= last {
			b.WriteString(source[last:r.Start] + "#")
			last = r.End
		}
		drop = drop[1:]
	}
	return b.String() + source[last:]
}
