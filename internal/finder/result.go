package finder

import (
	"fmt"
	"sort"
	"strings"
)

// most is how many matches a result has.
const most = 8

// depths returns how deep in braces each word of the paste is.
func (p *paste) depths() []int {
	out := make([]int, len(p.ws))
	deep := 0
	for i := range p.ws {
		for _, c := range p.between(i) {
			switch {
			case c == '{':
				deep++
			case c == '}' && deep > 0:
				deep--
			}
		}
		out[i] = deep
	}
	return out
}

// result sorts the answers, an entry's best each, and dresses them. Of two answers as good the outer one comes first, then the first.
func (ix *Index) result(p *paste, out []*answer) Result {
	deep := p.depths()
	for _, a := range out {
		a.level()
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		switch {
		case a.score != b.score:
			return a.score > b.score
		case deep[a.pos] != deep[b.pos]:
			return deep[a.pos] < deep[b.pos]
		case a.pos != b.pos:
			return a.pos < b.pos
		case a.e.live != b.e.live:
			return a.e.live > b.e.live
		case a.e.popularity != b.e.popularity:
			return a.e.popularity > b.e.popularity
		}
		return a.e.i < b.e.i
	})
	var r Result
	r.Confident = len(out) > 0 && out[0].score >= sure
	have := map[*entry]bool{}
	for _, a := range out {
		if have[a.e] || len(r.Matches) == most || r.Confident && a.score < sure/2 {
			continue
		}
		have[a.e] = true
		r.Matches = append(r.Matches, ix.match(p, a))
	}
	return r
}

// level makes codes that tell enough as good as another, wherever they stand: what went wrong first comes first. A short code tells enough in a place for
// codes with its sub-code or its own text, and any code where there is nothing else.
func (a *answer) level() {
	m := a.m
	if m != nil && a.n == 0 && m.at != linked && a.score > 480 &&
		(m.at > linked || m.weak == 0 && m.minor == nil && !m.sub || m.at >= keyed && (m.weak < 2 && a.lists || a.h != nil && a.h.points > 99)) {
		a.score = 600
	}
}

func (ix *Index) match(p *paste, a *answer) Match {
	e := a.e
	m := Match{
		Entry: e.i, Collection: ix.collections[e.collection].id, Slug: e.slug, Code: e.code, Subcode: a.arrived, URL: e.url,
		Title: e.title, Score: a.score,
	}
	if ix.order != nil {
		m.Entry = ix.order[e.i]
	}
	sub := a.sub
	if sub < 0 && a.h != nil && (a.h.chain != nil || a.h.cov > 69 && !a.h.l.title) {
		sub = a.h.l.sub
	}
	if sub >= 0 {
		m.Subcode = e.subcodes[sub].code
		m.URL += "#subcode-" + m.Subcode
	}
	if a.h != nil && a.h.chain != nil && len(a.h.chain.values) > 0 {
		m.Values, m.Message = a.h.chain.values, a.h.l.text
	}
	m.Why = ix.reason(p, a, m)
	return m
}

// reason says in one line why a page was chosen.
func (ix *Index) reason(p *paste, a *answer, m Match) string {
	var why []string
	if a.m != nil {
		why = append(why, ix.codeReason(p, a.m))
	}
	if m.Subcode != "" && (a.m == nil || !a.m.sub) {
		why = append(why, "sub-code "+m.Subcode)
	}
	if a.h != nil {
		what, how := "message", " nearly matched"
		if a.h.l.title {
			what = "title"
		}
		if a.h.chain != nil {
			how = " matched"
		}
		why = append(why, what+how)
	}
	if a.m == nil && a.h == nil {
		why = append(why, "words matched")
	}
	for _, v := range m.Values[:min(3, len(m.Values))] {
		text := toUnits(v.Text)
		if len(text) > 40 {
			text = append(text[:40:40], '…')
		}
		why = append(why, fmt.Sprintf("%s = %s", v.Name, text))
	}
	return strings.ReplaceAll(strings.Join(why, ", "), "\n", " ")
}

func (ix *Index) codeReason(p *paste, m *mention) string {
	if m.at == linked {
		return "its address"
	}
	at := p.ws[m.i].a
	code := p.s[at:p.ws[m.j].b].String()
	if m.at == hashed {
		code = "(#" + code + ")"
	}
	why := "code " + code
	if m.sub {
		why = "sub-" + why
	}
	if m.label != "" {
		label := toUnits(m.label)
		from := p.f.lastIndex(label, at-1)
		why += " in " + ix.container(p, from) + p.s.from(from, from+len(label)).String()
	}
	return why
}
