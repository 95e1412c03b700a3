package finder

import (
	"slices"
	"strconv"
	"strings"
)

// joins looks at the number behind a number, and returns its word: a code with one of its sub-codes (190/463, 190.463), a short code
// with the longer one that has a page of its own (100, 2388019), or two long codes, are looked at as one number.
func (m *mention) joins(ix *Index, p *paste) word {
	if !m.num || m.j+1 >= len(p.ws) || p.ws[m.j+1].w == "" {
		return word{}
	}
	next := p.ws[m.j+1]
	mark := strings.TrimSpace(p.gap(m.j + 1))
	if gap := p.gap(m.j + 1); len(mark) != 1 || gap != mark && gap != " "+mark && gap != mark+" " && gap != " "+mark+" " {
		return next
	}
	long := length(next.w)
	m.both = strings.Contains("-./:#", mark) && slices.ContainsFunc(m.list, func(e *entry) bool { return slices.Contains(e.subs, next.w) }) ||
		strings.Contains(",/", mark) && len(m.k) < 5 && long > 4 && ix.sizes[long] && len(ix.names[bare(next.w)]) > 0
	m.twin = strings.Contains("/|;+&", mark) && long > 4 && len(m.k) > 4 && len(ix.names[bare(next.w)]) > 0
	return next
}

// weigh decides how much a mention tells by itself.
func (m *mention) weigh(next word) {
	size := length(m.k)
	if m.both {
		size += length(next.w)
	}
	m.lettered = strings.ContainsAny(m.k, "0123456789")
	m.hex = len(m.list) > 0 && len(m.list[0].codes) > 1
	m.telling = !m.num && (!m.hex || strings.HasPrefix(m.k, "0x")) && (size > 15 || m.j-m.i > 1 || size > 4 && m.lettered)
	switch {
	case m.num && size < 3:
		m.weak = 2
	case m.num && size < 5, !m.num && !m.telling:
		m.weak = 1
	}
}

// home returns the collection whose short name stands before a number, as in TS2304, or -1.
func (ix *Index) home(p *paste, m *mention) int {
	if !m.num || m.i == 0 || dash(p.gap(m.j+1)) {
		return -1
	}
	switch p.gap(m.i) {
	case "", "-", "_", "(", " ":
		for _, e := range m.list {
			if ix.short[e.collection](p.ws[m.i-1].w) {
				return e.collection
			}
		}
	}
	return -1
}

// settle decides the place of a mention that ends with unit end, and with it how much it tells.
func (ix *Index) settle(p *paste, m *mention, home, end, next int) {
	named := !m.num && len(m.list) > 0
	for _, e := range m.list {
		named = named && !slices.Contains(e.codes, m.k) && bare(e.k) != bare(m.k)
	}
	count := 99
	switch {
	case m.hex && !m.num: // any hash, colour or address looks like it: where a number is none, it is none
		count = 98
	case m.num:
		count = len(m.k)
		if m.both {
			count += next
		}
	}
	w := p.ws[m.i]
	from := w.a
	if home >= 0 {
		from = p.ws[m.i-1].a
	}
	m.at, m.label = ix.place(p, from, end, count)
	if m.at == minor {
		m.at, m.sub = keyed, true
	}
	switch {
	case home >= 0 && m.at > nowhere:
		tight := p.gap(m.i) != "-" && p.gap(m.i) != " "
		m.i--
		m.list = slices.DeleteFunc(slices.Clone(m.list), func(e *entry) bool { return e.collection != home })
		switch {
		case tight:
			m.at, m.weak = max(m.at, keyed), 0
		case len(p.ws) < 24:
			m.at = max(m.at, labeled)
		}
	case named && (m.telling || w.a > 0 && p.s[w.a-1] == '/'):
		m.at = linked
	case !m.num && m.at == plain && m.telling:
		m.at = glued
	case !m.num && m.at == plain && !m.lettered:
		m.at = lonely
	case !m.num && m.at == plain:
	case !m.num && (m.at >= failed && m.lettered || m.at == keyed && m.j > m.i):
		m.weak = 0
	case !m.num && !m.telling && m.at == labeled, m.at == glued && m.weak > 0:
		m.weak = 2
	}
	// 1008 for 01008 is no more than a guess.
	if m.num && !m.same && len(m.list) > 0 && !slices.ContainsFunc(m.list, func(e *entry) bool { return length(e.k) <= count }) {
		m.at = min(m.at, plain)
	}
}

// container finds the key of the object that a text ends in.
func (ix *Index) container(p *paste, at int) string {
	m := ix.moods[isObject].FindStringSubmatch(p.s.from(at-600, at).String())
	switch {
	case m == nil:
		return ""
	case m[2] != "":
		return m[1] + "[]."
	}
	return m[1] + "."
}

// maxNamed bounds the names in words that are looked at, and the entries each may be.
const maxNamed = 64

// spelledOut finds names of errors in words that are no codes of the reference: ER_DUP_ENTRY, MediaUploadError. All the words are an
// entry's, and among them is its whole title. Words run together need to be three.
func (ix *Index) spelledOut(p *paste, found []*mention) []*mention {
	taken := make([]bool, len(p.ws))
	for _, m := range found {
		for i := m.i; i <= m.j; i++ {
			taken[i] = true
		}
	}
	asked := 0
	for i := 0; i < len(p.ws) && asked < maxNamed; i++ {
		j, free := i, !taken[i]
		for j+1 < len(p.ws) && j < i+9 && (p.gap(j+1) == "" || p.gap(j+1) == "_") {
			j++
			free = free && !taken[j]
		}
		end, least := j+1, 2
		if w := p.ws[j].w; w == "error" || w == "exception" {
			end--
		}
		if p.gap(i+1) == "" {
			least = 3
		}
		var ids []int
		for k, _ := slices.BinarySearch(p.firm, i); k < len(p.firm) && p.firm[k] < end; k++ {
			ids = append(ids, p.numbers[p.firm[k]])
		}
		if len(ids) >= least && free && !slices.Contains(ids, -1) && ix.weightOf(ids) >= ix.rare && slices.ContainsFunc(ids, func(id int) bool { return !ix.usual[id] }) {
			asked++
			if list := ix.entitled(ids); len(list) > 0 {
				found = append(found, &mention{i: i, j: end - 1, k: "_" + strconv.Itoa(i), list: list, at: glued})
			}
		}
		i = j
	}
	slices.SortStableFunc(found, func(a, b *mention) int { return a.i - b.i })
	return found
}

func (ix *Index) weightOf(ids []int) int {
	n := 0
	for _, id := range ids {
		n += ix.weight[id]
	}
	return n
}

// entitled returns the entries that have all the words, and no other word in their title. A title that is a name itself is one for less
// than one of common words: any API has a channel_not_found.
func (ix *Index) entitled(ids []int) []*entry {
	few := ids[0]
	for _, id := range ids {
		if len(ix.owners[id]) < len(ix.owners[few]) {
			few = id
		}
	}
	telling := ix.weightOf(ids)*2 >= ix.rare*3
	var list []*entry
	for _, e := range ix.owners[few][:min(maxNamed, len(ix.owners[few]))] {
		has := func(id int) bool { return slices.Contains(ix.owners[id], e) }
		title := func(l *textLine) bool {
			return l.title && l.sub < 0 && (telling || !strings.Contains(l.text, " ")) && !slices.ContainsFunc(l.set, func(id int) bool { return !slices.Contains(ids, id) })
		}
		if !slices.ContainsFunc(ids, func(id int) bool { return !has(id) }) && slices.ContainsFunc(e.lines, title) {
			list = append(list, e)
		}
	}
	return list
}
