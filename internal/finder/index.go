package finder

import (
	"math/bits"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Index answers Find, and is what Encode writes. Any number of goroutines may use it at once.
type Index struct {
	collections []collection
	records     []record
	speech      []string // lines of words that stand for one another
	spelt       bool     // texts are encoded with a dictionary
	order       []int    // of the records, in the entries that Build was given; nil after Decode
	reader      *reader

	prepared sync.Once // what follows is made for the first Find: a build of the site only encodes
	entries  []*entry
	lines    []*textLine
	names    map[string][]*entry // of a code, slug, address or alias, without leading zeros
	subs     map[string][]*entry // of a sub-code
	starts   map[string]bool     // first words of names
	nouns    map[string]bool
	nounRE   [][]*regexp.Regexp  // by collection: the nouns as words begin
	short    []func(string) bool // by collection: whether a word is short for it, as TS is for TypeScript
	sizes    map[int]bool        // how long sub-codes are
	database bool                // a collection is of a system that is foreign elsewhere
	moods    []*regexp.Regexp
	places   []compiledRule

	vocab    map[string]int // word to number
	heads    map[rune][]int // numbers of the words that begin with a letter
	spelled  []string       // number to word
	weight   []int          // of a word: how rare it is among the lines, in bits
	postings [][]int        // the lines that have a word
	owners   [][]*entry     // the entries that have a word
	rare     int            // the weight of a word that one line has
	usual    map[int]bool   // words that any API says
	says     []say
}

type compiledRule struct {
	max, at int
	word    bool
	re      *regexp.Regexp
}

// entry is a record, ready to be matched.
type entry struct {
	*record
	i     int
	url   string
	k     string   // the code's name
	names []string // the code's, the slug's, the address's, the other spellings' and the aliases' names
	codes []string // the names of the code, in all its spellings
	subs  []string // names of the sub-codes
	lines []*textLine
	words []int // further words: the keywords
	live  int   // 1 for an active code, else 0
}

// textLine is a text of an entry that may stand in a paste: its title, a message, the title of a sub-code.
type textLine struct {
	n, sub int
	e      *entry
	text   string
	title  bool
	ids    []int // its words
	set    []int // without repetition
	holes  int
	total  int // weight of the set
}

// prepare makes what Find looks things up in.
func (ix *Index) prepare() {
	ix.names, ix.subs, ix.starts, ix.nouns = map[string][]*entry{}, map[string][]*entry{}, map[string]bool{}, map[string]bool{}
	ix.sizes, ix.usual = map[int]bool{}, map[int]bool{}
	ix.vocab, ix.heads = map[string]int{}, map[rune][]int{}
	for _, m := range moods() {
		ix.moods = append(ix.moods, regexp.MustCompile(m))
	}
	for _, r := range placeRules() {
		ix.places = append(ix.places, compiledRule{r.max, r.at, r.word, regexp.MustCompile(r.re)})
	}
	for _, c := range ix.collections {
		var res []*regexp.Regexp
		var own []string
		for _, w := range ix.reader.words(c.id + " " + c.noun) {
			if !ix.moods[isNeutral].MatchString(w.w) && w.w != "" {
				ix.nouns[w.w] = true
				ix.database = ix.database || ix.moods[isOther].MatchString(w.w)
				own = append(own, w.w)
				res = append(res, regexp.MustCompile("(?:^|[^a-z])"+w.w))
			}
		}
		ix.nounRE = append(ix.nounRE, res)
		ix.short = append(ix.short, ix.shorts(c.noun, own))
	}
	for i := range ix.records {
		ix.add(i, &ix.records[i])
	}
	for _, e := range ix.entries {
		for _, a := range e.aliases {
			e.names = append(e.names, ix.name(ix.names, a, e))
		}
	}
	for _, e := range ix.entries {
		from, to := span(e.code)
		for n := from; n < to; n++ {
			if k := strconv.Itoa(n); ix.names[k] == nil {
				e.names = append(e.names, ix.name(ix.names, k, e))
			}
		}
	}
	ix.weigh()
	for _, forms := range sets(ix.speech) {
		s := say{forms: forms}
		for _, form := range forms {
			if id, ok := ix.vocab[form]; ok {
				s.ids = append(s.ids, id)
			}
		}
		ix.says = append(ix.says, s)
	}
	for _, w := range strings.Fields(commonWords) {
		if id, ok := ix.vocab[stem(w)]; ok {
			ix.usual[id] = true
		}
	}
}

// span returns the numbers that a code such as 200-299 stands for: a page for each of them comes before it.
func span(code string) (from, to int) {
	first, last, ok := strings.Cut(code, "-")
	if !ok || !digits(first) || !digits(last) || max(len(first), len(last)) > 4 {
		return 0, 0
	}
	from, _ = strconv.Atoi(first)
	to, _ = strconv.Atoi(last)
	return from, to + 1
}

// shorts returns what tells the short names of a collection: the capitals of a word of its noun, or three letters and more that
// begin one and are no common word, as what is before WhatsApp.
func (ix *Index) shorts(noun string, own []string) func(string) bool {
	capitals := strings.Fields(strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, noun)))
	return func(w string) bool {
		return len(w) > 1 && slices.Contains(capitals, w) ||
			length(w) > 2 && !ix.moods[isNeutral].MatchString(w) && slices.ContainsFunc(own, func(n string) bool { return strings.HasPrefix(n, w) })
	}
}

// name enters e under text's name.
func (ix *Index) name(into map[string][]*entry, text string, e *entry) string {
	k, first := ix.reader.name(text)
	b := bare(k)
	if !slices.Contains(into[b], e) {
		into[b] = append(into[b], e)
	}
	ix.starts[bare(first)] = true
	return k
}

func (ix *Index) add(i int, r *record) {
	c := ix.collections[r.collection]
	e := &entry{record: r, i: i, url: r.url}
	if e.url == "" {
		e.url = c.prefix + r.slug + c.suffix
	}
	if r.status == 'a' {
		e.live = 1
	}
	ix.entries = append(ix.entries, e)
	e.k = ix.name(ix.names, r.code, e)
	e.names = []string{e.k, ix.name(ix.names, r.slug, e), ix.name(ix.names, e.url[strings.LastIndex(e.url, "/")+1:], e)}
	e.codes = []string{e.k}
	for _, s := range spellings(r.code) {
		e.codes = append(e.codes, ix.name(ix.names, s, e))
	}
	e.names = append(e.names, e.codes...)
	for _, s := range r.subcodes {
		ix.sizes[length(s.code)] = true
		e.subs = append(e.subs, ix.name(ix.subs, s.code, e))
	}
	ix.addLine(e, r.title, -1, true)
	for _, m := range r.messages {
		ix.addLine(e, m.text, m.sub, false)
	}
	for j, s := range r.subcodes {
		ix.addLine(e, s.title, j, true)
	}
	if ix.reader.compound.MatchString(r.code) { // a code of several words, as one types it: "waba webhook conflict"
		ix.addLine(e, ix.reader.breaks.ReplaceAllString(r.code, " "), -1, true)
	}
	for _, w := range ix.reader.words(r.keywords) {
		e.words = append(e.words, ix.number(w.t))
	}
}

func (ix *Index) number(w string) int {
	id, ok := ix.vocab[w]
	if !ok {
		id = len(ix.spelled)
		ix.vocab[w] = id
		ix.spelled = append(ix.spelled, w)
	}
	return id
}

func (ix *Index) addLine(e *entry, text string, sub int, title bool) {
	words := ix.reader.literals(text)
	if len(words) == 0 {
		return
	}
	l := &textLine{n: len(ix.lines), sub: sub, e: e, text: text, title: title}
	if strings.Contains(text, "{") {
		names, _ := ix.pieces(text)
		l.holes = len(names)
	}
	for _, w := range words {
		l.ids = append(l.ids, ix.number(w))
	}
	l.set = unique(l.ids)
	ix.lines = append(ix.lines, l)
	e.lines = append(e.lines, l)
}

// unique returns the first of each number.
func unique(ids []int) []int {
	out := make([]int, 0, len(ids))
next:
	for _, id := range ids {
		for _, have := range out {
			if have == id {
				continue next
			}
		}
		out = append(out, id)
	}
	return out
}

// weigh counts which lines and entries have each word. A word in one line of n weighs as many bits as n has, one in all of
// them 1: idf, in whole numbers that every machine agrees on.
func (ix *Index) weigh() {
	n := len(ix.spelled)
	ix.weight, ix.postings, ix.owners = make([]int, n), make([][]int, n), make([][]*entry, n)
	for id, w := range ix.spelled {
		for _, r := range w {
			ix.heads[r] = append(ix.heads[r], id)
			break
		}
	}
	for _, l := range ix.lines {
		for _, id := range l.set {
			ix.postings[id] = append(ix.postings[id], l.n)
		}
	}
	seen := make([]int, n)
	for _, e := range ix.entries {
		own := func(id int) {
			if seen[id] != e.i+1 {
				seen[id] = e.i + 1
				ix.owners[id] = append(ix.owners[id], e)
			}
		}
		for _, l := range e.lines {
			for _, id := range l.set {
				own(id)
			}
		}
		for _, id := range e.words {
			own(id)
		}
	}
	ix.rare = bits.Len(uint(len(ix.lines)))
	for id, p := range ix.postings {
		ix.weight[id] = bits.Len(uint(len(ix.lines) / max(1, len(p), len(ix.owners[id]))))
	}
	for _, l := range ix.lines {
		for _, id := range l.set {
			l.total += ix.weight[id]
		}
	}
}
