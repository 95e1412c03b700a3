package finder

import (
	"slices"
	"strings"
)

// sure is the score from which an answer is one.
const sure = 400

// worth is what a code scores by its place. A place where only a code can stand is an answer by itself; one that is nothing
// special is not, and neither is a text without a code, unless it is a long one.
func worth(at int) int {
	return [...]int{0, 0, 250, 450, 480, 500, 520, 560, 650, 700, 690}[at]
}

// answer is a page under consideration.
type answer struct {
	e       *entry
	m       *mention // the code that names it, or nil
	n       int      // 0 for the page that a mention was settled for, else its rank among those that share the code
	h       *hit     // the text that speaks for it, or nil
	pos     int
	sub     int    // index of the sub-code, or -1
	arrived string // the sub-code whose own page this is
	score   int

	rank        int
	lists, away bool // it lists the sub-code; it is the sub-code's own page
}

// Find returns the pages that text is about, best first. It reads at most about 90 KB of text, see bound.
func (ix *Index) Find(text string) Result {
	ix.prepared.Do(ix.prepare)
	p := ix.read(text)
	found := ix.spelledOut(p, ix.mentions(p))
	ix.survey(p, found)
	if p.only(found) {
		for _, m := range found {
			if m.at < linked {
				m.at = alone
			}
		}
	}
	var must []*entry
	for _, m := range slices.Concat(found, p.spotted) {
		must = append(append(must, m.list...), m.subs...)
	}
	best, order := ix.evidence(p, must)
	found = ix.promote(p, found, best)
	codes := ix.codes(p, found, best)
	out := append(codes, ix.texts(p, best, order, codes)...)
	if !slices.ContainsFunc(out, func(a *answer) bool { return a.score >= sure }) && len(p.content) < 30 && len(p.ws) < 60 {
		out = append(out, ix.typed(p, codes)...)
	}
	return ix.result(p, out)
}

// only reports whether the paste has codes, words that say nothing, and nothing else; not even the letters of a number plate.
func (p *paste) only(found []*mention) bool {
	return len(p.content) == 0 && p.letters < 2
}

// survey notes what the paste says besides its codes.
func (ix *Index) survey(p *paste, found []*mention) {
	folded := p.f.String()
	p.failure, p.told = ix.moods[isFailure].MatchString(folded), ix.moods[isTold].MatchString(folded)
	p.marked = p.told || strings.ContainsAny(ix.moods[isCited].ReplaceAllString(folded, ""), "{}<>=")
	p.nouns = make([]bool, len(ix.collections))
	for c := range ix.collections {
		for _, re := range ix.nounRE[c] {
			p.nouns[c] = p.nouns[c] || re.MatchString(folded)
		}
		p.named = p.named || p.nouns[c]
		for _, mark := range ix.collections[c].marks {
			p.vendor = p.vendor || strings.Contains(folded, mark)
		}
	}
	p.vendor = p.vendor || p.named
	p.foreign = ix.foreign(p, folded)
	if len(p.ws) > 60 {
		p.content = p.ws
		return
	}
	within := make([]bool, len(p.ws))
	for _, m := range found {
		for i := m.i; i <= m.j; i++ {
			within[i] = true
		}
	}
	for i, w := range p.ws {
		if !within[i] && w.w != "" && !digits(w.w) && !ix.nouns[w.w] && !ix.moods[isNeutral].MatchString(w.w) {
			p.letters++
		}
		if !within[i] && (length(w.w) > 2 || w.w > "\x7f") && !ix.nouns[w.w] && !ix.moods[isNeutral].MatchString(w.w) && (len(p.ws) > 2 || !digits(w.w)) {
			p.content = append(p.content, w)
		}
	}
}

// foreign reports whether text speaks of another system.
func (ix *Index) foreign(p *paste, text string) bool {
	return !p.named && ix.moods[isOther].MatchString(text) || !ix.database && ix.moods[isMarked].MatchString(text)
}

// codes settles each mention of a code: which of the pages that share it, which sub-code, whether to believe it.
func (ix *Index) codes(p *paste, found []*mention, best map[*entry]*hit) []*answer {
	for _, m := range found {
		if m.at == lonely && m.num && len(p.ws) < 9 && slices.ContainsFunc(m.list, func(e *entry) bool { return ix.shares(p, m, e) }) {
			m.at = plain // "368 temporarily blocked"
		}
	}
	ix.list(p, found)
	var out []*answer
	for _, m := range pair(found) {
		if m.taken {
			continue
		}
		for n, a := range ix.candidates(p, m, best) {
			points := 0
			if a.h != nil {
				points = a.h.points
			}
			a.score = worth(m.at) + ix.lone(p, a, points)
			switch {
			case points > 99:
				a.score += 60
			case points > 0:
				a.score += 30
			}
			if a.lists || a.away {
				a.score += 20
			}
			if !ix.believes(p, a, points, found) {
				a.score -= 300
			}
			if n > 0 {
				a.score -= 200 + n
			}
			a.n, a.pos, a.sub = n, m.i, -1
			if a.lists {
				a.sub = slices.Index(a.e.subs, a.lesser().k)
			}
			if a.away {
				a.arrived = a.lesser().k
			}
			out = append(out, a)
		}
	}
	return out
}

// believes reports whether a code that tells little by itself has something around it that speaks for it, or nothing that speaks
// against it: a tiny one (1, 33, "forbidden") needs support, a short one (190) must only not be doubtful.
func (ix *Index) believes(p *paste, a *answer, points int, found []*mention) bool {
	m := a.m
	weak := m.weak
	if a.away {
		weak = min(weak, a.lesser().weak)
	}
	if m.at == hashed {
		weak--
	}
	if weak < 1 {
		return true
	}
	enough := 0
	if weak > 1 {
		enough = 99
	}
	if p.vendor || points > enough || m.at >= linked || m.minor != nil && (a.lists || a.away) ||
		!m.num && slices.ContainsFunc(found, func(o *mention) bool { return o != m && o.k == m.k }) {
		return true
	}
	return weak < 2 && !ix.doubtful(p, m)
}

// near is how far, in units, what is said around a short number has a bearing on it.
const near = 300

// doubtful looks for what speaks against a short number: another system, a success, a text that says what went wrong and is none of ours.
func (ix *Index) doubtful(p *paste, m *mention) bool {
	text := p.f.from(p.ws[m.i].a-near, p.ws[m.j].b+near).String()
	fails := ix.moods[isFailure].MatchString(text)
	return ix.foreign(p, text) || ix.moods[isTold].MatchString(text) || !fails && (ix.moods[isSuccess].MatchString(text) || m.at == keyed && len(p.content) > 1)
}

// texts adds the pages whose messages stand in the paste without their codes. Beside a code that is believed only a whole message
// counts; in a short paste the words count for more than the text, see typed. A sentence that any API might say needs more than
// itself, and so does a very short one in a long paste. A code within a hole of a message is a value.
func (ix *Index) texts(p *paste, best map[*entry]*hit, order []*entry, codes []*answer) []*answer {
	var out, believed []*answer
	for _, a := range codes {
		if a.n == 0 && a.score >= sure {
			believed = append(believed, a)
		}
	}
	numbered := map[*entry]bool{}
	for _, m := range p.spotted {
		for _, e := range m.list {
			numbered[e] = numbered[e] || m.weak == 0
		}
	}
	for _, e := range order {
		h := best[e]
		if slices.ContainsFunc(codes, func(a *answer) bool { return a.e == e && a.n == 0 }) ||
			slices.ContainsFunc(believed, func(a *answer) bool { return a.h != nil && a.h.from <= h.to && h.from <= a.h.to }) {
			continue
		}
		enough := 149
		switch {
		case numbered[e]:
			enough = 59 // with its number in the paste, wherever that stands
		case h.chain != nil && !p.marked && !p.foreign:
			enough = 109
		}
		whole := h.chain != nil && (h.n > 2 || h.n > 1 && (numbered[e] || isOneOf(p.f, h.chain.from-1, `"`))) && (h.l.holes == 0 || h.chain.literal > 11) && h.points > enough
		a := &answer{e: e, h: h, pos: h.from, sub: h.l.sub, score: min(60, h.points/3) + 9*e.live}
		if !h.under && !ix.common(p, h, best) && (whole || h.points > 199 && h.n > 5 && len(believed) == 0 && (h.chain != nil || len(p.ws) > 24 && h.cov > 59)) {
			a.score += sure
			if whole {
				a.score += 60 - min(60, h.points/3) // whole texts are one as good as another, as codes are: the first comes first
				for _, c := range codes {
					if c.e != e && p.inHole(c.m, h.chain) {
						c.score -= 300
					}
				}
			}
		}
		if h.chain != nil {
			a.score += 5
		}
		if h.l.sub < 0 {
			a.score++ // a page's own text before that of a sub-code elsewhere
		}
		out = append(out, a)
	}
	return out
}

// common reports whether the text is what any API says, and nothing else in the paste says whose it is: the vendor's name, or a text that no other API has.
func (ix *Index) common(p *paste, h *hit, best map[*entry]*hit) bool {
	unusual := func(l *textLine) bool { return slices.ContainsFunc(l.set, func(id int) bool { return !ix.usual[id] }) }
	known := p.vendor
	for _, o := range best {
		known = known || o.chain != nil && o.points > 199 && unusual(o.l)
	}
	return !known && (p.marked || len(p.ws) > len(h.l.ids)+4) && !unusual(h.l) || h.chain != nil && h.chain.literal < 18 && len(p.ws) > 15
}

func (p *paste) inHole(m *mention, c *chained) bool {
	return slices.ContainsFunc(c.holes, func(h [2]int) bool { return p.ws[m.i].a >= h[0] && p.ws[m.j].b <= h[1] })
}
