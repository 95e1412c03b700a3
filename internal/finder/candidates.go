package finder

import (
	"slices"
	"sort"
)

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
		case m.sub, len(m.list) == 0 && m.at >= keyed:
			m.sub = true
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

// candidates ranks the pages that share a code, best first. A page of the code that knows the sub-code as its only one comes before the sub-code's
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
			case a.lists && len(e.subs) < 2 && !m.sub:
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
			a.rank = min(400, h.all+h.near)
			if h.points > 49 && (h.chain != nil || !h.under) {
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
