package finder

import (
	"slices"
	"sort"
	"strings"
)

// hit is a line of an entry that stands in a paste.
type hit struct {
	l        *textLine
	got, n   int // weight and number of its words that are there
	from, to int // between these words of the paste
	cov      int // percent of the line's weight
	points   int // what it is worth, 0 to 300
	all      int // what all lines of the entry are worth
	chain    *chained
}

// chained is a text found word for word: of a template with holes every literal, of one without every word.
type chained struct {
	values []Value
	apart  bool // a text of its own: nothing but marks before and after it
}

// evidence finds, for each entry, its best line in the paste. The words of the paste vote, each with its weight, for the lines
// that have it; the 40 lines with most of themselves there are looked at, and all lines of the entries in must.
func (ix *Index) evidence(p *paste, must []*entry) (best map[*entry]*hit, order []*entry) {
	where := map[int][]int{}
	var ids []int
	p.numbers = make([]int, len(p.ws))
	for i, w := range p.ws {
		id, ok := ix.vocab[w.t]
		if p.numbers[i] = id; !ok {
			p.numbers[i] = -1
			continue
		}
		if where[id] == nil {
			ids = append(ids, id)
		}
		where[id] = append(where[id], i)
	}
	votes := make([]int, len(ix.lines))
	for _, id := range ids {
		for _, n := range ix.postings[id] {
			votes[n] += ix.weight[id]
		}
	}
	var top []int
	for n, v := range votes {
		if v*2 >= ix.rare && (v*2 >= ix.lines[n].total || v >= 3*ix.rare) {
			top = append(top, n)
		}
	}
	value := func(n int) int { return votes[n] * votes[n] / ix.lines[n].total }
	sort.Slice(top, func(i, j int) bool {
		a, b := value(top[i]), value(top[j])
		return a > b || a == b && top[i] < top[j]
	})
	top = top[:min(len(top), 40)]
	for _, e := range must {
		for _, l := range e.lines {
			if votes[l.n] > 0 {
				top = append(top, l.n)
			}
		}
	}
	slices.Sort(top)
	best = map[*entry]*hit{}
	for _, n := range slices.Compact(top) {
		h := ix.closest(p, ix.lines[n], where)
		all := h.points
		if h.cov < 80 {
			all = h.points >> 2
		}
		old := best[h.l.e]
		if old == nil {
			order = append(order, h.l.e)
		} else {
			all += old.all
		}
		if old == nil || h.order() > old.order() {
			best[h.l.e] = h
		}
		best[h.l.e].all = all
	}
	return best, order
}

// closest looks for line l around each of the first eight places of its rarest word, as far to both sides as its length and its
// holes allow. The order of the words does not count here: it does in chain.
func (ix *Index) closest(p *paste, l *textLine, where map[int][]int) *hit {
	a := -1
	for k, id := range l.ids {
		if where[id] != nil && (a < 0 || ix.weight[id] > ix.weight[l.ids[a]]) {
			a = k
		}
	}
	best := &hit{l: l, got: -1}
	var whole *chained
	spots := where[l.ids[a]]
	for _, at := range spots[:min(len(spots), 8)] {
		lo, hi := at-a-4-30*l.holes, at+len(l.ids)-a+4+30*l.holes
		h := &hit{l: l, from: len(p.ws)}
		for _, id := range l.set {
			for _, i := range where[id] {
				if i >= lo && i <= hi {
					h.got += ix.weight[id]
					h.n++
					h.from, h.to = min(h.from, i), max(h.to, i)
					break
				}
			}
		}
		if whole == nil && l.holes == 0 && p.has(l.ids, at-a) {
			whole = &chained{apart: p.apart(p.ws[at-a].a, p.ws[at-a+len(l.ids)-1].b)}
		}
		if h.got > best.got {
			best = h
		}
	}
	best.cov = best.got * 100 / l.total
	if best.chain = whole; l.holes > 0 && best.cov > 69 {
		best.chain = ix.chain(p, l.text)
	}
	share := min(best.cov, 90)
	if best.got >= 3*ix.rare && best.cov > 34 {
		share = max(share, 75) // much of a long message: the paste was cut
	}
	if best.chain != nil {
		share = 100
	}
	best.points = min(300, best.got*100/ix.rare) * share / 100
	return best
}

// has reports whether the paste's words from word i on are ids, whatever marks stand between them.
func (p *paste) has(ids []int, i int) bool {
	return i >= 0 && i+len(ids) <= len(p.numbers) && slices.Equal(p.numbers[i:i+len(ids)], ids)
}

// order compares lines of one entry: of two that are worth the same, one that tells a sub-code or has holes tells more.
func (h *hit) order() int {
	n := h.points * 4
	if h.l.sub >= 0 {
		n += 2
	}
	if h.l.holes > 0 {
		n++
	}
	return n
}

// reach is how many units a hole may hold.
const reach = 200

// chain looks for the literals of a template one after the other in the paste, with at most 200 units in each hole, and reads
// off what stands there. It is nil where they do not stand so. The cost is that of eight searches for the first literal.
func (ix *Index) chain(p *paste, text string) *chained {
	names, pieces := ix.pieces(text)
	lead := 0
	if len(pieces[0]) == 0 {
		lead = 1
	}
	if lead >= len(pieces) {
		return nil
	}
	start := p.g.index(pieces[lead], 0)
	for tries := 0; start >= 0 && tries < 8; tries++ {
		if c := p.follow(names, pieces, lead, start); c != nil {
			return c
		}
		if start == len(p.g) {
			break
		}
		start = p.g.index(pieces[lead], start+1)
	}
	return nil
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

// follow goes along the template from where its first literal stands.
func (p *paste) follow(names []string, pieces []units, lead, start int) *chained {
	c := &chained{}
	if lead > 0 {
		back := max(p.f[:start].lastIndex(units{'"'}, start), p.f[:start].lastIndex(units{'\n'}, start), start-reach-1) + 1
		c.values = append(c.values, Value{names[0], trim(p.s.from(back, start)).String()})
	}
	at := start + len(pieces[lead])
	for n := lead; n < len(names); n++ {
		lit := pieces[n+1]
		var next int
		if len(lit) > 0 || n+1 < len(names) {
			next = p.g.index(lit, at)
		} else {
			next = p.edge(at)
		}
		if next < 0 || next > at+reach {
			return nil
		}
		text := trim(p.s.from(at, next))
		if k := len(text) - 1; len(lit) == 0 && k >= 0 && (text[k] == '.' || text[k] == '!' || text[k] == '…') {
			text = text[:k] // the end of the sentence, which pieces took off the template too
		}
		c.values = append(c.values, Value{names[n], text.String()})
		at = next + len(lit)
	}
	c.apart = p.apart(start, at)
	return c
}

// edge returns the end of the quotation or line that unit at is in.
func (p *paste) edge(at int) int {
	end := at + reach
	for _, c := range []uint16{'"', '\n'} {
		i := p.f.index(units{c}, at)
		if i < 0 {
			i = len(p.f)
		}
		end = min(end, i)
	}
	return end
}

// apart reports whether units a to b are a text of their own: nothing but marks before and after.
func (p *paste) apart(a, b int) bool {
	return apartBefore(p.f.from(a-2, a)) && apartAfter(p.f.from(b, b+1))
}

func inWord(c uint16) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

func apartBefore(u units) bool {
	if len(u) > 0 && u[len(u)-1] == ' ' {
		u = u[:len(u)-1]
		return len(u) > 0 && !inWord(u[len(u)-1]) && u[len(u)-1] != ' '
	}
	return len(u) == 0 || !inWord(u[len(u)-1])
}

func apartAfter(u units) bool {
	return len(u) == 0 || !inWord(u[0]) && u[0] != ' '
}
