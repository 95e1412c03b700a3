package finder

import (
	"slices"
	"sort"
	"unicode/utf8"
)

// close reports whether n edits make b of a: a letter put in, left out or changed, two swapped. n is at most 2.
func closeTo(a, b []rune, n int) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	if len(a) == 0 && len(b) == 0 {
		return true
	}
	if n == 0 || len(a)-len(b) > n || len(b)-len(a) > n {
		return false
	}
	rest := func(u []rune, k int) []rune { return u[min(k, len(u)):] }
	return closeTo(rest(a, 1), b, n-1) || closeTo(a, rest(b, 1), n-1) || closeTo(rest(a, 1), rest(b, 1), n-1) ||
		len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] && closeTo(a[2:], b[2:], n-1)
}

// alike returns the numbers of the words that t may stand for: itself, or those it begins or misspells, at most 12. One slip is
// allowed in words of four letters, two in words of eight; the first letter is right.
func (ix *Index) alike(t string) []int {
	if ids := ix.said(t); len(ids) > 0 {
		return ids
	}
	slips := 2
	n := length(t)
	switch {
	case n < 4:
		slips = 0
	case n < 8:
		slips = 1
	}
	first, _ := utf8.DecodeRuneInString(t)
	r := []rune(t)
	var one, two []int
	for _, id := range ix.heads[first] {
		w := []rune(ix.spelled[id])
		switch {
		case n > 2 && starts(w, r), n > 5 && starts(w, r[:max(5, n-3)]), slips > 0 && closeTo(r, w, 1):
			one = append(one, id)
		case slips > 1 && len(w) > 1 && w[1] == r[1] && closeTo(r, w, 2):
			two = append(two, id)
		}
	}
	if len(one) == 0 {
		one = two
	}
	return one[:min(len(one), 12)]
}

// worthOf is what a word of a question weighs that stands for ids: as much as itself where the reference has it; as the commonest of those that are
// said in its place, whose sense it has; or as the rarest that it may be a slip for.
func (ix *Index) worthOf(t string, ids []int) int {
	if id, ok := ix.vocab[t]; ok {
		return ix.weight[id]
	}
	least, most := ix.rare, 0
	for _, id := range ids {
		least, most = min(least, ix.weight[id]), max(most, ix.weight[id])
	}
	if len(ix.said(t)) > 0 {
		return least
	}
	return most
}

func starts(w, prefix []rune) bool {
	return len(w) >= len(prefix) && string(w[:len(prefix)]) == string(prefix)
}

// typed finds the entries that have the words of a typed question, in any order, and says how sure that is: 400 and more where
// the words it cannot place weigh less than a quarter and what it can place is much of one line; or, for the one entry ahead of all others, where
// most of a line of it is there, or much of the question is its, however many other words that has, see near. An unknown word in quotation marks, or one that is a part of
// an address, is no word of the question. Where a long code is there, the words do not lead elsewhere.
func (ix *Index) typed(p *paste, codes []*answer) []*answer {
	q := question{words: map[int]bool{}}
	got := make([]int, len(ix.entries))
	share := make([]struct{ word, weight int }, len(ix.entries)) // of the last word that an entry has: which of the content, and what it counts for
	var order []*entry
	for _, id := range p.numbers {
		if id >= 0 {
			q.words[id] = true
		}
	}
	total := 0
	read := map[string]bool{}
	for n, w := range p.content {
		_, known := ix.vocab[w.t]
		if ix.quoted(p, w) {
			q.quotes = true
			if !known {
				continue
			}
		}
		if read[w.t] {
			continue
		}
		fits, weight := ix.alike(w.t), ix.rare
		read[w.t] = true
		if length(w.t) < 4 {
			weight >>= 1
		}
		if len(fits) > 0 {
			weight = ix.worthOf(w.t, fits)
			q.placed++
			for _, id := range fits {
				q.words[id] = true
			}
		}
		total += weight
		if len(fits) == 0 {
			q.unknown += weight
		}
		for _, id := range fits {
			for _, e := range ix.owners[id] {
				s := &share[e.i]
				if s.word != n+1 {
					s.word, s.weight = n+1, 0
				}
				if got[e.i] == 0 {
					order = append(order, e)
				}
				if more := min(weight, ix.weight[id]) - s.weight; more > 0 {
					got[e.i] += more
					s.weight += more
				}
			}
		}
	}
	sort.Slice(order, func(i, j int) bool {
		a, b := order[i], order[j]
		return got[a.i] > got[b.i] || got[a.i] == got[b.i] && a.i < b.i
	})
	var out []*answer
	var first *answer
	second := 0
	for _, e := range order[:min(len(order), 60)] {
		elsewhere := slices.ContainsFunc(codes, func(c *answer) bool { return c.n == 0 && c.m.weak == 0 && c.e != e })
		a := ix.fit(p, e, q, got[e.i], total, !p.marked && !elsewhere)
		switch {
		case first == nil || a.score > first.score:
			if first != nil {
				second = first.score
			}
			first = a
		case a.score > second:
			second = a.score
		}
		out = append(out, a)
	}
	for _, a := range out {
		if a.fits || a == first && a.near && a.score > second+lead {
			a.score += sure
		} else {
			a.score = min(sure-1, a.score+100)
		}
	}
	return out
}

// lead is how much better than the next an entry must be that has little of the question.
const lead = 4

// question is what typed words ask for.
type question struct {
	words   map[int]bool // they, and what they may stand for
	unknown int          // weigh those that stand for none
	placed  int          // how many of them stand for some word
	quotes  bool         // some are quoted
}

// quoted reports whether w stands in quotation marks or in an address.
func (ix *Index) quoted(p *paste, w word) bool {
	return ix.moods[isValue].MatchString(p.f.from(w.a-1, w.a).String() + "\x01" + p.f.from(w.b, w.b+2).String())
}

// fit scores an entry by the line that most of the words stand in; titles count double. total is what the question weighs and got the share of
// it that the entry has; may is whether it may be an answer. A message under its key or in mark-up is no question: there the whole text decides,
// see texts. Words that any API says are near to nothing. What is covered counts an unknown word half, but strictly where all else must be.
func (ix *Index) fit(p *paste, e *entry, q question, got, total int, may bool) *answer {
	strict := got * 100 / max(1, total)
	cov := got * 100 / max(1, total-q.unknown>>1)
	a := &answer{e: e, sub: -1}
	best, share, had, telling := -1, 0, 0, false
	for _, l := range e.lines {
		there, tells := 0, false
		for _, id := range l.set {
			if q.words[id] {
				there += ix.weight[id]
				tells = tells || !ix.usual[id] && ix.weight[id]*2 >= ix.rare
			}
		}
		part := there * 100 / l.total
		f := part + there*10
		if l.title {
			f += part
		}
		if f > best {
			best, share, had, telling, a.sub = f, part, there, tells, l.sub
		}
	}
	a.score = (cov*4+best)>>3 + 40*e.live + e.popularity
	switch {
	case a.sub < 0:
		a.score++
	case len(ix.names[bare(e.subs[a.sub])]) > 0:
		a.score -= 9 // it has a page of its own
	}
	much := (share > 49 || had*2 >= 3*ix.rare) && had*5 >= 4*ix.rare
	a.fits = may && much && (q.placed > 1 || share == 100) && strict > 74 && (!q.quotes || share > 74)
	a.near = may && !p.foreign && telling && (share > 60 && had*(strict+share) > 213*ix.rare || a.score > 105 && cov > 42 && q.placed > 2 && got*2 >= 3*ix.rare)
	return a
}
