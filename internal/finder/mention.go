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
	nouns   []bool // by collection: the paste names its noun
	vendor  bool   // it names any, or has a mark of a vendor's envelope
	// Moods, see rules.go.
	failure, success, foreign, told bool
	marked                          bool     // it has the marks of a format
	spotted                         []*entry // whose long codes stand in it, but in no place for codes
	content                         []word   // the words that could say which error it is; all of them in a long paste
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
	return p
}

// gap returns what stands before word i, or after the last word.
func (p *paste) gap(i int) string {
	a, b := 0, len(p.s)
	if i > 0 {
		a = p.ws[i-1].b
	}
	if i < len(p.ws) {
		b = p.ws[i].a
	}
	return p.s[a:b].String()
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
	minor             *mention
	taken             bool // it is another's minor
}

// place finds the first rule that fits the code at units a to b.
func (ix *Index) place(p *paste, a, b, digits int) (at int, label string) {
	around := p.f.from(a-64, a).String() + "\x01" + p.f.from(b, b+16).String()
	for _, r := range ix.places {
		if digits > r.max {
			continue
		}
		if m := r.re.FindStringSubmatch(around); m != nil {
			return r.at, strings.Join(m[1:], "")
		}
	}
	return plain, ""
}

// maxAsked bounds the work on a long list of numbers. After manyAsked a small number needs a hint of a label to be looked at.
const maxAsked, manyAsked = 2048, 256

func (ix *Index) mentions(p *paste) []*mention {
	var out []*mention
	asked := 0
	for i := 0; i < len(p.ws) && asked < maxAsked; i++ {
		if !ix.starts[bare(p.ws[i].w)] || p.amongDigits(p.ws[i]) {
			continue
		}
		m := ix.longest(p, i)
		if m == nil {
			continue
		}
		m.num = strings.Trim(m.k, "0123456789-") == ""
		if !m.num && (i > 0 && dash(p.gap(i)) || dash(p.gap(m.j+1))) {
			continue // a part of a longer name
		}
		m.weigh()
		if w := p.ws[i]; asked >= manyAsked && m.num && m.weak > 0 && !ix.moods[6].MatchString(p.f.from(w.a-32, w.a).String()) {
			continue
		}
		asked++
		ix.settle(p, m)
		if n := len(out); n > 0 && m.num && m.at <= plain && out[n-1].num && out[n-1].at >= failed {
			last := out[n-1]
			if ix.moods[5].MatchString(p.f[p.ws[last.j].b:p.ws[i].a].String()) { // a list goes on
				m.at, m.sub, m.label = last.at, last.sub, last.label
			}
		}
		switch {
		case m.at > nowhere:
			out = append(out, m)
			i = m.j
		case m.weak == 0:
			p.spotted = append(p.spotted, m.list...)
		}
	}
	return out
}

func dash(gap string) bool { return gap == "-" || gap == "_" }

// amongDigits tells the parts of times, versions, decimals and addresses by their neighbours, before any rule is asked: logs
// are full of them.
func (p *paste) amongDigits(w word) bool {
	digit := func(i int) bool { return i >= 0 && i < len(p.f) && p.f[i] >= '0' && p.f[i] <= '9' }
	one := func(i int, of string) bool {
		return i >= 0 && i < len(p.f) && p.f[i] < 128 && strings.IndexByte(of, byte(p.f[i])) >= 0
	}
	return digit(w.a-2) && one(w.a-1, ":.-") && digit(w.a) || digit(w.b-1) && one(w.b, ":.") && digit(w.b+1)
}

// longest finds the longest name of an entry or sub-code that begins with word i, of at most six words.
func (ix *Index) longest(p *paste, i int) *mention {
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
		all, subs := ix.names[bare(k)], ix.subs[bare(k)]
		var same []*entry
		for _, e := range all {
			if slices.Contains(e.names, k) {
				same = append(same, e)
			}
		}
		if len(all)+len(subs) == 0 || m != nil && m.same && len(same) == 0 {
			continue
		}
		m = &mention{i: i, j: j, k: k, same: len(same) > 0, list: all, subs: subs}
		if m.same {
			m.list = same
		}
	}
	return m
}

// weigh decides how much a mention tells by itself.
func (m *mention) weigh() {
	m.lettered = strings.ContainsAny(m.k, "0123456789")
	m.telling = !m.num && (length(m.k) > 15 || m.j-m.i > 1 || length(m.k) > 4 && m.lettered)
	switch {
	case m.num && len(m.k) < 3:
		m.weak = 2
	case m.num && len(m.k) < 5, !m.num && !m.telling:
		m.weak = 1
	}
}

// settle decides the place of a mention, and with it how much it tells.
func (ix *Index) settle(p *paste, m *mention) {
	named := !m.num && len(m.list) > 0
	for _, e := range m.list {
		named = named && bare(e.k) != bare(m.k)
	}
	count := 99
	if m.num {
		count = len(m.k)
	}
	w := p.ws[m.i]
	m.at, m.label = ix.place(p, w.a, p.ws[m.j].b, count)
	if m.at == minor {
		m.at, m.sub = keyed, true
	}
	switch {
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
}

// object finds the key of the object that a text ends in.
func (ix *Index) container(p *paste, at int) string {
	m := ix.object.FindStringSubmatch(p.s.from(at-600, at).String())
	switch {
	case m == nil:
		return ""
	case m[2] != "":
		return m[1] + "[]."
	}
	return m[1] + "."
}
