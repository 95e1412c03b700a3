package finder

import (
	"math"
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

// question is what typed words ask for.
type question struct {
	words  map[int]bool // they, and what they may stand for
	total  int          // what all of them weigh
	placed int          // how many of them stand for some word
	doubt  int          // how many times as much as usual must be there
	may    bool         // an answer may be one
}

// typed finds the entries that have the words of a typed question, in any order, and says how sure that is: 400 and more where enough of the
// question is an entry's, see fit. An unknown word in quotation marks, or one that is a part of an address, is no word of the question. Where a long
// code is there, the words do not lead elsewhere. A question that is of how something is done, speaks of another system or quotes something needs more.
func (ix *Index) typed(p *paste, codes []*answer) []*answer {
	q := question{words: map[int]bool{}, doubt: 1}
	if p.foreign {
		q.doubt += 2
	}
	if ix.moods[isAsked].MatchString(p.f.String()) {
		q.doubt++
	}
	got := make([]int, len(ix.entries))
	share := make([]struct{ word, weight int }, len(ix.entries)) // of the last word that an entry has: which of the content, and what it counts for
	var order []*entry
	for _, id := range p.numbers {
		if id >= 0 {
			q.words[id] = true
		}
	}
	quotes := false
	read := map[string]bool{}
	for n, w := range p.content {
		_, known := ix.vocab[w.t]
		quoted := ix.quoted(p, w)
		quotes = quotes || quoted
		if quoted && !known || read[w.t] {
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
		}
		q.total += weight
		for _, id := range fits {
			q.words[id] = true
			for _, e := range ix.owners[id] {
				s := &share[e.i]
				if s.word != n+1 {
					s.word, s.weight = n+1, 0
				}
				if got[e.i] == 0 {
					order = append(order, e)
				}
				if more := e.tells(id, min(weight, ix.weight[id])) - s.weight; more > 0 {
					got[e.i] += more
					s.weight += more
				}
			}
		}
	}
	if quotes {
		q.doubt++
	}
	sort.Slice(order, func(i, j int) bool {
		a, b := order[i], order[j]
		return got[a.i] > got[b.i] || got[a.i] == got[b.i] && a.i < b.i
	})
	var out []*answer
	least := math.MaxInt // the score of an entry that is sure
	for _, e := range order[:min(len(order), 60)] {
		q.may = !p.marked && !slices.ContainsFunc(codes, func(c *answer) bool { return c.n == 0 && c.m.weak == 0 && c.e != e })
		a, enough := ix.fit(e, q, got[e.i])
		if enough {
			least = min(least, a.score)
		}
		out = append(out, a)
	}
	for _, a := range out {
		if a.score >= least { // it is what is asked for if a worse one is
			a.score += sure
		} else {
			a.score = min(sure-1, a.score+100)
		}
	}
	return out
}

// tells returns what a word of weight bits says for e, in sixtieths of a bit. A word of the title says more than one of another text or a
// keyword, and one that e has in several texts says what e is about.
func (e *entry) tells(id, bits int) int {
	n := 0
	for _, l := range e.lines {
		switch {
		case !slices.Contains(l.set, id):
		case l.title && l.sub < 0:
			n += 4
		default:
			n += 2
		}
	}
	if n == 0 {
		n = 3 // a keyword
	}
	return bits * 60 * n / (n + 2)
}

// quoted reports whether w stands in quotation marks or in an address.
func (ix *Index) quoted(p *paste, w word) bool {
	return ix.moods[isValue].MatchString(p.f.from(w.a-1, w.a).String() + "\x01" + p.f.from(w.b, w.b+2).String())
}

// fit scores an entry by what the words say for it, got, and finds the line that most of them stand in, whose sub-code it leads to. It is enough where got is
// much in itself and much of what the question weighs: what any page has, and what is said among words that none has, is not enough; or where most of a
// line is there, with slips and left-out words in it. A message under its key or in mark-up is no question: there the whole text decides, see texts. The
// bounds are those at which one in twelve plain sentences about something else was taken for an error, and one in a hundred of all pastes that are none.
func (ix *Index) fit(e *entry, q question, got int) (a *answer, enough bool) {
	a = &answer{e: e, sub: -1}
	best, share, had := -1, 0, 0
	for _, l := range e.lines {
		there := 0
		for _, id := range l.set {
			if q.words[id] {
				there += ix.weight[id]
			}
		}
		part := there * 100 / l.total
		f := part + there*10
		if l.title {
			f += part
		}
		if f > best {
			best, share, had, a.sub = f, part, there, l.sub
		}
	}
	a.score = got*5/(3*ix.rare) + best>>3 + 50*e.live + 4*e.popularity
	switch {
	case a.sub < 0:
		a.score++
	case len(ix.names[bare(e.subs[a.sub])]) > 0:
		a.score -= 9 // it has a page of its own
	}
	need := q.doubt * q.total
	much := got*got > 1250*ix.rare*need
	text := share > 50 && (had*(5*got+2*share*q.total) > 480*ix.rare*need || share*got > 3500*need)
	return a, q.may && (much || text) && (q.placed > 1 || share == 100)
}
