package finder

import (
	"slices"
	"sort"
)

// hit is a line of an entry that stands in a paste.
type hit struct {
	l        *textLine
	got, n   int // weight and number of its words that are there
	from, to int // between these words of the paste, of all its words
	cov      int // percent of the line's weight
	points   int // what it is worth, 0 to 300
	chain    *chained
	under    bool // it lies within a longer text of another entry

	all, near int // what the lines of the entry are worth that are there, and the best of those that are there in part
}

// evidence finds, for each entry, its best line in the paste. The words of the paste vote, each with its weight, for the lines
// that have it; the 40 lines with most of themselves there are looked at, and all lines of the entries in must.
func (ix *Index) evidence(p *paste, must []*entry) (best map[*entry]*hit, order []*entry) {
	where := map[int][]int{}
	var ids []int
	for i, w := range p.firm {
		id := p.numbers[w]
		if id < 0 {
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
		old := best[h.l.e]
		all, near := h.points, 0
		if h.cov < 80 {
			all, near = 0, h.points>>2
		}
		if old == nil {
			order = append(order, h.l.e)
		} else {
			all += old.all
			near = max(near, old.near)
		}
		if old == nil || h.order() > old.order() {
			best[h.l.e] = h
		}
		best[h.l.e].all, best[h.l.e].near = all, near
	}
	overlay(best, order)
	return best, order
}

// overlay marks the hits that lie within a longer text of another entry: a text speaks for the page that has most of it.
func overlay(best map[*entry]*hit, order []*entry) {
	var texts []*hit
	for _, e := range order {
		if h := best[e]; h.chain != nil && h.points > 99 {
			texts = append(texts, h)
		}
	}
	for _, h := range best {
		h.under = slices.ContainsFunc(texts, func(o *hit) bool {
			if o == h || o.from > h.from || o.to < h.to {
				return false
			}
			if h.chain != nil {
				return o.chain.literal > h.chain.literal
			}
			return o.got >= h.got
		})
	}
}

// closest looks for line l around each of the first eight places of its rarest word, as far to both sides as its length and its
// holes allow. The order of the words does not count here: it does in whole and chain.
func (ix *Index) closest(p *paste, l *textLine, where map[int][]int) *hit {
	a := -1
	for k, id := range l.ids {
		if where[id] != nil && (a < 0 || ix.weight[id] > ix.weight[l.ids[a]]) {
			a = k
		}
	}
	best := &hit{l: l, got: -1}
	spots := where[l.ids[a]]
	for _, at := range spots[:min(len(spots), 8)] {
		lo, hi := at-a-4-30*l.holes, at+len(l.ids)-a+4+30*l.holes
		h := &hit{l: l, from: len(p.firm), chain: best.chain}
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
		if h.chain == nil && l.holes == 0 {
			h.chain = p.whole(l.ids, at-a)
			best.chain = h.chain
		}
		if h.got > best.got {
			best = h
		}
	}
	best.from, best.to = p.firm[best.from], p.firm[best.to]
	best.cov = best.got * 100 / l.total
	if l.holes > 0 && best.cov > 39 {
		best.chain = ix.chain(p, l.text)
	}
	if c := best.chain; c != nil && (c.cut && best.cov < 40 || !c.cut && best.cov < 70) {
		best.chain = nil
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

// order compares lines of one entry: before all one that is there word for word; of two that are worth the same, one that tells a
// sub-code or has holes tells more. The title of a sub-code is ours, and tells none.
func (h *hit) order() int {
	n := h.points * 4
	if h.l.sub >= 0 && !h.l.title {
		n += 2
	}
	if h.l.holes > 0 {
		n++
	}
	if h.chain != nil {
		n += 400
	}
	return n
}
