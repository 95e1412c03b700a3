package finder

import (
	"slices"
	"strings"
)

// chained is a text found word for word: of a template with holes every literal, of one without every word.
type chained struct {
	values   []Value
	holes    [][2]int // the units of the values
	from, to int      // its own units, from its first literal on
	literal  int      // how many of them are its words and not its values
	cut      bool     // the paste begins or ends within it
}

// whole returns the text whose words are ids where they stand in the paste from its firm word i on, whatever marks and thin words stand between them. Of four
// words and more the paste may hold the first or the last only, if it ends or begins with them.
func (p *paste) whole(ids []int, i int) *chained {
	from, to := max(0, i), min(len(p.firm), i+len(ids))
	a, b := p.ws[p.firm[from]].a, p.ws[p.firm[to-1]].b
	if to-from < len(ids) && (to-from < 4 || to < len(p.firm) && from > 0 || to == len(p.firm) && !p.open(b)) {
		return nil
	}
	for k, id := range ids[from-i : to-i] {
		if p.numbers[p.firm[from+k]] != id {
			return nil
		}
	}
	return &chained{from: a, to: b, literal: b - a, cut: to-from < len(ids)}
}

// open reports whether nothing but words follows unit at: no mark ends the text that it is in.
func (p *paste) open(at int) bool {
	if len(p.f) > at+64 {
		return false
	}
	for _, c := range p.f[at:] {
		if !inWord(c) && c != ' ' && c != '.' && c != '…' {
			return false
		}
	}
	return true
}

// reach is how many units a hole may hold.
const reach = 200

// chain looks for the literals of a template one after the other in the paste, with at most 200 units in each hole, and reads
// off what stands there. It is nil where they do not stand so. The cost is that of eight searches for the first literal. Where
// there is none, the paste may begin within the first literal.
func (ix *Index) chain(p *paste, text string) *chained {
	t := template{}
	t.names, t.pieces = ix.pieces(text)
	if len(t.pieces[0]) == 0 {
		t.lead = 1
	}
	first := t.pieces[t.lead]
	start := p.g.index(first, 0)
	for tries := 0; start >= 0 && tries < 8; tries++ {
		if c := p.follow(t, start, 0); c != nil {
			return c
		}
		if start == len(p.g) {
			break
		}
		start = p.g.index(first, start+1)
	}
	if t.lead > 0 {
		return nil
	}
	begin := 0
	for begin < len(p.g) && (isOneOf(p.g, begin, " .\"'\n") || p.g[begin] == '…') {
		begin++
	}
	for skip := 1; skip < len(first)-7; skip++ {
		if rest := first[skip:]; begin+len(rest) <= len(p.g) && slices.Equal(p.g[begin:begin+len(rest)], rest) {
			if c := p.follow(t, begin, skip); c != nil {
				return c
			}
		}
	}
	return nil
}

// template is a message cut at its holes; lead is 1 where it begins with one.
type template struct {
	names  []string
	pieces []units
	lead   int
}

// pieces cuts a template at its holes, folded as the paste is. There is one piece more than names.
func (ix *Index) pieces(text string) (names []string, pieces []units) {
	text = ix.reader.folding.fold(toUnits(withoutCode(text))).String()
	piece, at := "", 0
	for _, m := range ix.reader.hole.FindAllStringSubmatchIndex(text, -1) {
		piece += text[at:m[0]]
		at = m[1]
		if m[2] >= 0 {
			piece += "{" + text[m[2]:m[3]] + "}"
			continue
		}
		names = append(names, text[m[4]:m[5]])
		pieces = append(pieces, toUnits(piece))
		piece = ""
	}
	piece += text[at:]
	return names, append(pieces, toUnits(strings.TrimRight(piece, " .!…")))
}

// follow goes along the template from where its first literal stands, less the first units of it. The paste may end within it, if no
// mark ends the text before and no word stands before its beginning: that would be a longer text's.
func (p *paste) follow(t template, start, less int) *chained {
	c := &chained{from: start, cut: less > 0}
	value := func(name string, a, b int, last bool) {
		text := trim(p.s.from(a, b))
		if k := len(text) - 1; last && k >= 0 && (text[k] == '.' || text[k] == '!' || text[k] == '…') {
			text = text[:k] // the end of the sentence, which pieces took off the template too
		}
		c.values = append(c.values, Value{name, text.String()})
		c.holes = append(c.holes, [2]int{a, b})
	}
	if t.lead > 0 {
		value(t.names[0], max(p.f[:start].lastIndex(units{'"'}, start), p.f[:start].lastIndex(units{'\n'}, start), start-reach-1)+1, start, false)
	}
	at := start + len(t.pieces[t.lead]) - less
	c.literal = at - start
	for n := t.lead; n < len(t.names); n++ {
		lit := t.pieces[n+1]
		var next int
		if len(lit) > 0 || n+1 < len(t.names) {
			next = p.g.index(lit, at)
		} else {
			next = p.edge(at)
		}
		if next < 0 && len(p.g) < at+reach && p.unended(at) && (start < 2 || p.f[start-1] != ' ' || p.f[start-2] < 'a' || p.f[start-2] > 'z') {
			value(t.names[n], at, len(p.g), false)
			c.to, c.cut = len(p.g), true
			return c
		}
		if next < 0 || next > at+reach {
			return nil
		}
		value(t.names[n], at, next, len(lit) == 0)
		at = next + len(lit)
		c.literal += len(lit)
	}
	c.to = at
	return c
}

// unended reports whether no quotation and no line ends behind unit at, but with the paste.
func (p *paste) unended(at int) bool {
	for i := at; i+1 < len(p.f); i++ {
		if p.f[i] == '"' && p.f[i+1] != '\n' || p.f[i] == '\n' && p.f[i+1] != '\n' {
			return false
		}
	}
	return true
}

// edge returns the end of the quotation or line that unit at is in.
func (p *paste) edge(at int) int {
	end := min(at+reach, len(p.f))
	for _, c := range []uint16{'"', '\n'} {
		if i := p.f.from(0, end).index(units{c}, at); i >= 0 {
			end = i
		}
	}
	return end
}

func inWord(c uint16) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
