package finder

import (
	"slices"
	"strings"
)

// paste is a text that Find has read.
type paste struct {
	s, f, g units // clean; folded; folded with blanks for line feeds
	ws      []word
	numbers []int  // of the words, or -1
	firm    []int  // which words are not thin: texts are compared with them
	nouns   []bool // by collection: the paste names its noun
	named   bool   // it names any
	vendor  bool   // it names any, or has a mark of a vendor's envelope
	// Moods, see rules.go.
	failure, foreign, told bool
	marked                 bool       // it has the marks of a format
	spotted                []*mention // codes that stand in no place for codes
	letters                int        // words that could, however short
	content                []word     // the words that could say which error it is; all of them in a long paste
}

func (ix *Index) read(text string) *paste {
	p := &paste{s: clean(bound(toUnits(text)))}
	p.f = ix.reader.folding.fold(p.s)
	p.g = slices.Clone(p.f)
	for i, c := range p.g {
		if c == '\n' {
			p.g[i] = ' '
		}
	}
	p.ws = words(make([]word, 0, len(p.f)/6+1), p.s, p.f, func(w string) bool {
		_, ok := ix.vocab[stem(w)]
		return ok || ix.starts[bare(w)]
	})
	p.numbers = make([]int, len(p.ws))
	for i, w := range p.ws {
		id, ok := ix.vocab[w.t]
		if p.numbers[i] = id; !ok {
			p.numbers[i] = -1
		}
		if !ix.moods[isThin].MatchString(w.w) {
			p.firm = append(p.firm, i)
		}
	}
	return p
}

// between returns what stands before word i, or after the last word.
func (p *paste) between(i int) units {
	a, b := 0, len(p.s)
	if i > 0 {
		a = p.ws[i-1].b
	}
	if i < len(p.ws) {
		b = p.ws[i].a
	}
	return p.s[a:b]
}

// gap is between as a string, of at most 8 units: nobody asks more of it.
func (p *paste) gap(i int) string {
	u := p.between(i)
	return u[:min(len(u), 8)].String()
}

// mention is a code of the reference that stands in a paste.
type mention struct {
	i, j  int // its first and last word
	k     string
	same  bool     // spelled as the reference has it, not only up to leading zeros
	list  []*entry // the entries it names
	subs  []*entry // the entries that have it as a sub-code
	num   bool
	at    int // the place
	sub   bool
	label string
	weak  int // how little it tells by itself: 0 enough, 1 short, 2 tiny

	lettered, telling bool // a name with digits; one that can be no plain word
	hex               bool // it is, or names, a code in hexadecimal
	both              bool // the next number is its sub-code: 190/463
	twin              bool // the next number is another code: 131026/131049
	minor             *mention
	taken             bool // it is another's minor
}

// place finds the first rule that fits the code at units a to b.
func (ix *Index) place(p *paste, a, b, digits int) (at int, label string) {
	before := p.f.from(a-64, a)
	word := slices.ContainsFunc(before, func(c uint16) bool { return c >= 'a' && c <= 'z' || c >= 0x80 })
	around := before.String() + "\x01" + p.f.from(b, b+16).String()
	for _, r := range ix.places {
		if digits > r.max || r.word && !word {
			continue
		}
		if m := r.re.FindStringSubmatch(around); m != nil {
			return r.at, strings.Join(m[1:], "")
		}
	}
	panic("internal error: the last rule matches anything")
}

// maxAsked bounds the work on a long list of numbers. After manyAsked a small number needs a hint of a label to be looked at.
const maxAsked, manyAsked = 2048, 256

// mentions returns the codes in the paste. Those in no place for codes are kept as spotted.
func (ix *Index) mentions(p *paste) []*mention {
	var out []*mention
	asked := 0
	for i := 0; i < len(p.ws) && asked < maxAsked; i++ {
		m := ix.grouped(p, i)
		if m == nil {
			m = ix.longest(p, i)
		}
		if m == nil {
			continue
		}
		m.num = strings.Trim(m.k, "0123456789-") == ""
		if !m.num && (i > 0 && dash(p.gap(i)) || dash(p.gap(m.j+1))) {
			continue // a part of a longer name
		}
		next := m.joins(ix, p)
		end := p.ws[i].b
		switch {
		case m.both, m.twin:
			end = next.b
		case m.num:
			end = p.ws[m.j].b
		}
		if ix.amongDigits(p, p.ws[i].a, end) {
			continue
		}
		m.weigh(next)
		home := ix.home(p, m)
		if w := p.ws[i]; asked >= manyAsked && m.num && m.weak > 0 && home < 0 && !ix.moods[isHint].MatchString(p.f.from(w.a-32, w.a).String()) {
			continue
		}
		asked++
		if !m.both && !m.twin {
			end = p.ws[m.j].b
		}
		ix.settle(p, m, home, end, len(next.w))
		if n := len(out); n > 0 && m.num && m.at <= plain && out[n-1].num && (out[n-1].at >= failed || out[n-1].twin) {
			last := out[n-1]
			if between := p.f.from(p.ws[last.j].b, p.ws[i].a); len(between) < 8 && ix.moods[isList].MatchString(between.String()) { // a list goes on
				m.at, m.sub, m.label = last.at, last.sub, last.label
			}
		}
		if m.at == nowhere {
			p.spotted = append(p.spotted, m)
			continue
		}
		out = append(out, m)
		i = m.j
		if m.both {
			i++
			k := next.w
			out = append(out, &mention{i: i, j: i, k: k, list: ix.names[bare(k)], subs: ix.subs[bare(k)], num: true, at: m.at, sub: true, label: m.label, weak: m.weak})
		}
	}
	return out
}

func dash(gap string) bool { return gap == "-" || gap == "_" }

func isDigitAt(u units, i int) bool { return i >= 0 && i < len(u) && u[i] >= '0' && u[i] <= '9' }

func isOneOf(u units, i int, of string) bool {
	return i >= 0 && i < len(u) && u[i] < 128 && strings.IndexByte(of, byte(u[i])) >= 0
}

// amongDigits tells the parts of times, versions, decimals and addresses by their neighbours, before any rule is asked: logs
// are full of them. A number that a spreadsheet made a decimal of is none: 131047.0.
func (ix *Index) amongDigits(p *paste, a, b int) bool {
	return ix.moods[isAmong].MatchString(p.f.from(a-2, a+1).String() + "\x01" + p.f.from(b-1, b+3).String())
}

// look makes a mention of the name k, words i to j, where there is one; m is what was found of it so far.
func (ix *Index) look(m *mention, k string, i, j int) *mention {
	var all, same []*entry
	for _, e := range ix.names[bare(k)] {
		exact := slices.Contains(e.names, k)
		if exact {
			same = append(same, e)
		}
		if exact || bare(e.k) == bare(k) {
			all = append(all, e)
		}
	}
	subs := ix.subs[bare(k)]
	if len(all)+len(subs) == 0 || m != nil && m.same && len(same) == 0 {
		return m
	}
	m = &mention{i: i, j: j, k: k, same: len(same) > 0, list: all, subs: subs}
	if m.same {
		m.list = same
	}
	return m
}

// grouped finds a code whose digits stand in groups: 131.047. With blanks between the groups it must be all there is.
func (ix *Index) grouped(p *paste, i int) *mention {
	w := p.ws[i]
	if len(w.w) > 3 || !digits(w.w) {
		return nil
	}
	marks := ".,'"
	if len(p.ws) < 3 {
		marks += " "
	}
	k, n, limit := w.w, 0, min(len(p.f), w.b+12)
	for at := w.b; at+4 <= limit && isOneOf(p.f, at, marks) && isDigitAt(p.f, at+1) && isDigitAt(p.f, at+2) && isDigitAt(p.f, at+3); at += 4 {
		k += p.f[at+1 : at+4].String()
		n++
	}
	if n > 0 && w.b+4*n < limit && isDigitAt(p.f, w.b+4*n) { // the last is longer, and so no group
		n--
		k = k[:len(k)-3]
	}
	if n == 0 {
		return nil
	}
	return ix.look(nil, k, i, i+n)
}

// longest finds the longest name of an entry or sub-code that begins with word i, of at most six words.
func (ix *Index) longest(p *paste, i int) *mention {
	if !ix.starts[bare(p.ws[i].w)] {
		return nil
	}
	var m *mention
	k := ""
	for j := i; j < len(p.ws) && j < i+6 && p.ws[j].w != ""; j++ {
		w := p.ws[j].w
		if j > i {
			switch g := p.gap(j); g {
			case "", "-", "_", ".", "/", ":", "::":
			case " ":
				if !digits(w) || strings.Trim(k, "abcdefghijklmnopqrstuvwxyz") != "" {
					return m
				}
			default:
				return m
			}
		}
		k = join(k, w)
		m = ix.look(m, k, i, j)
	}
	return m
}
