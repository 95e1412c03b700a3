package finder

import (
	"slices"
	"strings"
)

// list believes long codes that stand nowhere special where there are several and something failed, a summary of a day's errors, or in one
// line of prose: what is 131026, and what 131047? A number that counts something, or is the number of something, is none.
func (ix *Index) list(p *paste, found []*mention) {
	var listed []*mention
	for _, m := range found {
		var e *entry
		if len(m.list) > 0 {
			e = m.list[0]
		}
		if m.at == plain && m.num && m.weak == 0 && !ix.counts(p, m, e) && !ix.owned(p, m, e) {
			listed = append(listed, m)
		}
	}
	if len(listed) > 1 && (p.failure || !p.marked && !p.foreign && p.f.index(units{'\n'}, 0) < 0) {
		for _, m := range listed {
			m.at = failed
		}
	}
}

// lone is what a number that stands nowhere special is worth more for what stands around it: its own message; its sub-code; rare words of
// its page; unless it counts what comes next, a word of failure within three words where it is no number of something, the noun within three words, a complaint in prose
// that names the vendor, or a short prose that asks for it or says that an API answered it ("all our sends give 131057") and speaks of no price or password.
func (ix *Index) lone(p *paste, a *answer, points int) int {
	m := a.m
	switch {
	case m.at != plain:
		return 0
	case points > 0 && a.h.from-40 < m.i && a.h.to+40 > m.i:
		return 150
	case m.both, ix.shares(p, m, a.e), !ix.counts(p, m, a.e) && ix.surrounded(p, m, a.e):
		return 170
	}
	return 0
}

// shares reports whether rare words of e's page stand within twelve words of the number. A long number in a short text needs fewer of
// them.
func (ix *Index) shares(p *paste, m *mention, e *entry) bool {
	shared := 0
	ids := p.numbers[max(0, m.i-12):min(len(p.ws), m.j+13)]
	for i, id := range ids {
		if id >= 0 && id != p.numbers[m.i] && (m.weak > 0 || !ix.usual[id]) && slices.Index(ids, id) == i && ix.weight[id]*2 >= ix.rare && slices.Contains(ix.owners[id], e) {
			shared += ix.weight[id]
		}
	}
	if m.weak == 0 && len(p.content) < 5 {
		shared *= 2
	}
	return shared >= ix.rare
}

// counts reports whether the number is followed by what it counts: "131047 followers".
func (ix *Index) counts(p *paste, m *mention, e *entry) bool {
	if m.j+1 >= len(p.ws) || p.gap(m.j+1) != " " {
		return false
	}
	return ix.elsewhere(p, m.j+1, e)
}

// owned reports whether the number stands behind what it is the number of: "Product 131026 failed".
func (ix *Index) owned(p *paste, m *mention, e *entry) bool {
	return m.i > 0 && p.gap(m.i) == " " && ix.elsewhere(p, m.i-1, e)
}

// elsewhere reports whether word i is about something else than e, errors, or nothing.
func (ix *Index) elsewhere(p *paste, i int, e *entry) bool {
	w, id := p.ws[i].w, p.numbers[i]
	return !ix.moods[isNeutral].MatchString(w) && !ix.moods[isFailure].MatchString(w) && !ix.nouns[w] && (id < 0 || !slices.Contains(ix.owners[id], e))
}

func (ix *Index) surrounded(p *paste, m *mention, e *entry) bool {
	from := p.ws[m.i].a
	before, after := p.f[p.ws[max(0, m.i-3)].a:from], p.f[from:p.ws[min(len(p.ws)-1, m.j+3)].b]
	if at := before.lastIndex(units{'\n'}, len(before)); at >= 0 && len(p.ws) > 23 {
		before = before[at+1:]
	}
	if at := after.index(units{'\n'}, 0); at >= 0 {
		after = after[:at]
	}
	around := strings.ReplaceAll(before.String(), "\n", " ") + after.String()
	long := m.num && m.weak == 0 && !p.marked
	if !ix.owned(p, m, e) && ix.moods[isFailure].MatchString(around) || long && p.vendor && p.failure {
		return true
	}
	if long && !p.foreign && len(p.ws) < 24 && ix.moods[isSaid].MatchString(p.f.from(from-64, from).String()) && !ix.moods[isClaimed].MatchString(p.f.String()) {
		return true
	}
	for _, res := range ix.nounRE {
		for _, re := range res {
			if re.MatchString(around) {
				return true
			}
		}
	}
	return false
}
