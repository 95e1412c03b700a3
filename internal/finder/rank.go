package finder

import (
	"slices"
	"sort"
	"strings"
)

// sure is the score from which an answer is one.
const sure = 400

// worth is what a code scores by its place. A place where only a code can stand is an answer by itself; one that is nothing
// special is not, and neither is a text without a code, unless it is a long one.
func worth(at int) int {
	return [...]int{0, 0, 250, 450, 480, 500, 520, 560, 650, 700}[at]
}

// answer is a page under consideration.
type answer struct {
	e       *entry
	m       *mention // the code that names it, or nil
	n       int      // 0 for the page that a mention was settled for, else its rank among those that share the code
	h       *hit     // the text that speaks for it, or nil
	pos, at int
	sub     int    // index of the sub-code, or -1
	arrived string // the sub-code whose own page this is
	score   int

	rank        int
	lists, away bool // it lists the sub-code; it is the sub-code's own page
}

// Find returns the pages that text is about, best first. It reads at most about 90 KB of text, see bound.
func (ix *Index) Find(text string) Result {
	p := ix.read(text)
	found := ix.mentions(p)
	ix.survey(p, found)
	if len(p.content) == 0 { // only codes, and words that say nothing
		for _, m := range found {
			if len(m.list) > 0 && m.at < linked {
				m.at = alone
			}
		}
	}
	var must []*entry
	for _, m := range found {
		must = append(append(must, m.list...), m.subs...)
	}
	best, order := ix.evidence(p, must)
	out := ix.codes(p, found, best)
	out = append(out, ix.texts(p, best, order, out)...)
	if !slices.ContainsFunc(out, func(a *answer) bool { return a.score >= sure }) && len(p.content) < 16 && len(p.ws) < 60 {
		out = append(out, ix.typed(p)...)
	}
	return ix.result(p, out)
}

// survey notes what the paste says besides its codes.
func (ix *Index) survey(p *paste, found []*mention) {
	folded := p.f.String()
	p.nouns = make([]bool, len(ix.collections))
	for c := range ix.collections {
		for _, re := range ix.nounRE[c] {
			p.nouns[c] = p.nouns[c] || re.MatchString(folded)
		}
		p.vendor = p.vendor || p.nouns[c]
		for _, mark := range ix.collections[c].marks {
			p.vendor = p.vendor || strings.Contains(folded, mark)
		}
	}
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
		if !within[i] && length(w.w) > 2 && !ix.nouns[w.w] && !ix.moods[0].MatchString(w.w) {
			p.content = append(p.content, w)
		}
	}
}

// codes settles each mention of a code: which of the pages that share it, which sub-code, whether to believe it.
func (ix *Index) codes(p *paste, found []*mention, best map[*entry]*hit) []*answer {
	mood := make([]bool, len(ix.moods))
	folded := p.f.String()
	for i := 1; i < 5; i++ {
		mood[i] = ix.moods[i].MatchString(folded)
	}
	var out []*answer
	for _, m := range pair(found) {
		if m.taken {
			continue
		}
		ranked := ix.candidates(p, m, best)
		for n, a := range ranked {
			points, weak := 0, m.weak
			if a.h != nil {
				points = a.h.points
			}
			if a.away {
				weak = min(weak, a.lesser().weak)
			}
			if m.at == hashed {
				weak--
			}
			again := !m.num && slices.ContainsFunc(found, func(o *mention) bool { return o != m && o.k == m.k })
			support := p.vendor || again || points > 0 || m.at >= linked || m.minor != nil && (a.lists || a.away)
			failure, success, foreign, told := mood[1], mood[2], mood[3], mood[4]
			doubt := foreign || success && !failure || told || m.at == keyed && !failure && len(p.content) > 1
			a.score = worth(m.at) + ix.lone(p, m, points)
			switch {
			case points > 99:
				a.score += 60
			case points > 0:
				a.score += 30
			}
			if a.lists || a.away {
				a.score += 20
			}
			if !(support || weak < 1 || weak < 2 && !doubt) {
				a.score -= 300
			}
			if n > 0 {
				a.score -= 200 + min(n, 20)
			}
			a.n, a.pos, a.at, a.sub = n, m.i, m.at, -1
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

// lesser returns the sub-code that goes with the answer's code: that code itself where the paste has only a sub-code.
func (a *answer) lesser() *mention {
	if a.m.sub {
		return a.m
	}
	return a.m.minor
}

// pair gives each sub-code to the nearest code that has none yet, and returns the codes, and the sub-codes without one.
func pair(found []*mention) []*mention {
	var heads []*mention
	for _, m := range found {
		if len(m.list) > 0 && m.at > lonely && !m.sub {
			heads = append(heads, m)
		}
	}
	far := func(a, b *mention) int { return max(a.i-b.i, b.i-a.i) }
	for _, m := range found {
		var home *mention
		for _, h := range heads {
			if h == m || h.minor != nil || !m.sub && !h.takes(m) {
				continue
			}
			if home == nil || far(h, m) < far(home, m) || far(h, m) == far(home, m) && h.i < home.i {
				home = h
			}
		}
		switch {
		case home != nil:
			home.minor, m.taken = m, true
		case m.sub:
			heads = append(heads, m)
		}
	}
	// A code that is told twice, as in "(#100) ..." with its "code": 100, has one sub-code.
	for _, m := range heads {
		for _, h := range heads {
			if m.minor == nil && !m.sub && h.k == m.k {
				m.minor = h.minor
			}
		}
	}
	return heads
}

// takes reports whether m, which no label calls a sub-code, is one of h's all the same: a number right behind it ("190/463"), or
// a word that is no code of its own.
func (h *mention) takes(m *mention) bool {
	if !slices.ContainsFunc(h.list, func(e *entry) bool { return slices.Contains(m.subs, e) }) {
		return false
	}
	if m.num {
		return m.i-h.j < 3 && m.i > h.j
	}
	return len(m.list) == 0
}

// candidates ranks the pages that share a code, best first. A page that knows the sub-code as its only one comes before the sub-code's
// own page, and that before a page that merely lists it among others; what else of the page stands in the paste counts as much.
func (ix *Index) candidates(p *paste, m *mention, best map[*entry]*hit) []*answer {
	lesser, base := m.minor, m.list
	if m.sub {
		lesser, base = m, m.subs
	}
	pages := slices.Clone(base)
	if lesser != nil {
		pages = append(pages, lesser.list...)
	}
	var out []*answer
	for i, e := range pages {
		if slices.Index(pages, e) < i {
			continue
		}
		a := &answer{e: e, m: m, away: !slices.Contains(base, e)}
		tie := 0
		if lesser != nil {
			a.lists = slices.Contains(lesser.subs, e)
			switch own := slices.Contains(lesser.list, e); {
			case a.lists && len(e.subs) < 2:
				tie = 320
			case a.lists:
				tie = 120
			case own && length(lesser.k) > 4:
				tie = 300
			case own && len(lesser.subs) == 0:
				tie = 20 // up to four digits repeat by chance
			}
		}
		if h := best[e]; h != nil {
			a.rank = min(400, h.all)
			if h.points > 49 {
				a.h = h
			}
		}
		a.rank += tie + 2*e.live
		if p.nouns[e.collection] {
			a.rank += 15
		}
		if e.names[1] == m.k {
			a.rank += 3
		}
		out = append(out, a)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.rank != b.rank {
			return a.rank > b.rank
		}
		if a.e.popularity != b.e.popularity {
			return a.e.popularity > b.e.popularity
		}
		return a.e.i < b.e.i
	})
	return out
}

// lone is what a long number that stands nowhere special is worth more for what stands around it: its own message, a word of
// failure or the noun within three words, or a paste of few words.
func (ix *Index) lone(p *paste, m *mention, points int) int {
	if m.at != plain {
		return 0
	}
	if points > 0 {
		return 150
	}
	around := p.f[p.ws[max(0, m.i-3)].a:p.ws[min(len(p.ws)-1, m.j+3)].b].String()
	near := ix.moods[1].MatchString(around)
	for _, res := range ix.nounRE {
		for _, re := range res {
			near = near || re.MatchString(around)
		}
	}
	if near || m.num && len(m.k) > 5 && len(p.ws) < 6 && len(p.content) < 2 && (m.i == 0 || ix.moods[0].MatchString(p.ws[m.i-1].w)) {
		return 170
	}
	return 0
}

// texts adds the pages whose messages stand in the paste without their codes. Beside a code that is believed only a whole message
// counts; in a short paste the words count for more than the text, see typed.
func (ix *Index) texts(p *paste, best map[*entry]*hit, order []*entry, codes []*answer) []*answer {
	foreign := ix.moods[3].MatchString(p.f.String())
	var out, believed []*answer
	for _, a := range codes {
		if a.n == 0 && a.score >= sure {
			believed = append(believed, a)
		}
	}
	for _, e := range order {
		h := best[e]
		if slices.ContainsFunc(codes, func(a *answer) bool { return a.e == e && a.n == 0 }) ||
			slices.ContainsFunc(believed, func(a *answer) bool { return a.h != nil && a.h.from <= h.to && h.from <= a.h.to }) {
			continue
		}
		whole := 149
		if h.chain != nil && h.chain.apart && !foreign {
			whole = 109
		}
		a := &answer{e: e, h: h, pos: h.from, sub: h.l.sub, score: min(85, h.points/3) + 9*e.live}
		if h.points > 199 && h.n > 5 && len(believed) == 0 && (h.chain != nil || len(p.ws) > 24) || h.n > 2 && h.chain != nil && h.points > whole {
			a.score += sure
		}
		if h.chain != nil {
			a.score += 5
		}
		out = append(out, a)
	}
	return out
}
