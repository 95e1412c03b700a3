package finder

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// What U+00C0, U+0386 and U+0400 and those after them fold to: the base letter, small. This is the first character of their
// compatibility decomposition, which Unicode has promised never to change.
const (
	latin = "aaaaaaæceeeeiiiiðnooooo×øuuuuyþßaaaaaaæceeeeiiiiðnooooo÷øuuuuyþy" +
		"aaaaaaccccccccddđđeeeeeeeeeegggggggghhħħiiiiiiiiiıiijjkkĸllllllllłłnnnnnnʼŋŋooooooœœrrrrrrssssssssttttŧŧuuuuuuuuuuuuwwyyyzzzzzzs"
	greek    = "α·εηι΋ο΍υωιαβγδεζηθικλμνξοπρ΢στυφχψωιυαεηιυαβγδεζηθικλμνξοπρςστυφχψωιυουω"
	cyrillic = "ееђгєѕііјљњћкиуџабвгдежзииклмнопрстуфхцчшщъыьэюяабвгдежзииклмнопрстуфхцчшщъыьэюяееђгєѕііјљњћкиуџ"
)

// folding maps a unit to what it is compared as: small, without accent, plain digits, quotes, dashes and widths.
// It is a table because a letter table of a language's library changes with its Unicode version.
type folding [65536]uint16

func newFolding() *folding {
	var f folding
	for i := range f {
		c := uint16(i)
		switch {
		case c >= 'A' && c <= 'Z':
			c += 32
		case c >= 0x660 && c <= 0x669, c >= 0x6f0 && c <= 0x6f9:
			c = '0' + c&15
		case c >= 0x2010 && c <= 0x2015:
			c = '-'
		case c >= 0x2018 && c <= 0x201b:
			c = '\''
		case c >= 0x201c && c <= 0x201f:
			c = '"'
		case c >= 0xff01 && c <= 0xff5e:
			c = f[c-0xfee0]
		}
		f[i] = c
	}
	for at, letters := range map[int]string{0xc0: latin, 0x386: greek, 0x400: cyrillic} {
		for _, r := range letters {
			f[at] = uint16(r)
			at++
		}
	}
	return &f
}

func (f *folding) fold(s units) units { return f.foldTo(make(units, 0, len(s)), s) }

// foldTo appends the folded form of s to an empty slice, which may be the beginning of s.
func (f *folding) foldTo(out, s units) units {
	for _, c := range s {
		out = append(out, f[c])
	}
	return out
}

// word is a word of a text.
type word struct {
	a, b int    // its units
	w, t string // folded; and without the s of a plural
}

// shape returns what folded unit c is: 2 letter or digit, 3 a letter of a script without small and great, 0 neither.
func shape(c uint16) int {
	switch {
	case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 0xdf && c <= 0x24f, c >= 0x1e00 && c <= 0x1eff:
		return 2
	case c >= 0x370 && c < 0x2000, c >= 0x3041 && c < 0xd800, c >= 0xf900 && c < 0xfeff:
		return 3
	}
	return 0
}

const longest = 64

// words cuts s, whose folded form is f, and appends the words to out; s is not asked for without whole. What whole does not want kept is cut where letters meet digits (error190) and at inner
// capitals (ReEngagementMessage). A word of more than longest units is none: its w is empty.
func words(out []word, s, f units, whole func(w string) bool) []word {
	text := f.ascii() // one string for all words of most texts
	cut := func(a, b int) string {
		if text != "" {
			return text[a:b]
		}
		return f[a:b].String()
	}
	for i := 0; i < len(f); {
		k := shape(f[i])
		if k == 0 {
			i++
			continue
		}
		a := i
		for i < len(f) && shape(f[i]) == k {
			i++
		}
		if i-a > longest {
			out = append(out, word{a: a, b: i})
			continue
		}
		w := cut(a, i)
		if whole == nil || k == 3 || whole(w) {
			out = append(out, word{a, i, w, stem(w)})
			continue
		}
		for _, b := range append(cuts(s[a:i], a), i) {
			w := cut(a, b)
			out = append(out, word{a, b, w, stem(w)})
			a = b
		}
	}
	return out
}

// cuts returns where the parts of a run begin, after the first, which begins at unit at.
func cuts(run units, at int) []int {
	var out []int
	first := 0
	small := func(c uint16) bool { return c >= 'a' && c <= 'z' }
	great := func(c uint16) bool { return c >= 'A' && c <= 'Z' }
	letter := func(c uint16) bool { return small(c) || great(c) }
	digit := func(c uint16) bool { return c >= '0' && c <= '9' }
	prefix := func(u units, is func(uint16) bool) int {
		n := 0
		for n < len(u) && is(u[n]) {
			n++
		}
		return n
	}
	if n := prefix(run, letter); n >= 2 && n <= 20 && n < len(run) && prefix(run[n:], digit) == len(run)-n {
		return []int{at + n}
	}
	if n := prefix(run, digit); n > 0 && n < len(run) && prefix(run[n:], letter) == len(run)-n {
		out = append(out, at+n)
		first = n
	}
	for i := first + 1; i < len(run); i++ {
		if small(run[i-1]) && great(run[i]) {
			out = append(out, at+i)
		}
	}
	return out
}

// length is the length of a word in units: none of a word's units needs two.
func length(w string) int { return utf8.RuneCountInString(w) }

// stem takes off what English adds to a word: the s of a plural, ing, ed and a last e, so that paused, pauses and pausing are one.
func stem(w string) string {
	if len(w) < 4 || strings.IndexByte("sgde", w[len(w)-1]) < 0 {
		return w
	}
	if length(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		w = w[:len(w)-1]
	}
	for _, end := range []string{"ing", "ed", "e"} {
		if rest, ok := strings.CutSuffix(w, end); ok && length(rest) > 3 {
			w = rest
			if n := len(w); len(end) > 1 && w[n-1] == w[n-2] && w[n-1] >= 'a' && w[n-1] <= 'z' && w[n-1] != 's' && w[n-1] != 'l' {
				w = w[:n-1]
			}
			break
		}
	}
	return w
}

// join adds a word to a name. Names are words run together, so that ORA-00957, ora 00957 and ORA_00957 are one; only digits
// keep a dash between them, so that 200-299 is not 200299.
func join(name, w string) string {
	if name != "" && w != "" && isDigit(name[len(name)-1]) && isDigit(w[0]) {
		return name + "-" + w
	}
	return name + w
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// bare drops the leading zeros of a name's numbers.
func bare(name string) string {
	if !strings.Contains(name, "0") {
		return name
	}
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] == '0' && (i == 0 || !isDigit(name[i-1])) {
			n := i
			for n+1 < len(name) && name[n] == '0' && isDigit(name[n+1]) {
				n++
			}
			i = n
		}
		b.WriteByte(name[i])
	}
	return b.String()
}

// holeShape finds holes and what only looks like one.
const holeShape = `\{\{([a-z0-9_]+)\}\}|\{([a-z0-9_]+)\}`

// reader cuts texts into words. It has no state; it holds what is costly to make.
type reader struct {
	folding                *folding
	hole, compound, breaks *regexp.Regexp
	neutral                *regexp.Regexp
	thins                  []string
}

func newReader() *reader {
	return &reader{newFolding(), regexp.MustCompile(holeShape),
		regexp.MustCompile(`[A-Za-z].*[^A-Za-z0-9].*[A-Za-z]`), regexp.MustCompile(`[^A-Za-z0-9]+`), regexp.MustCompile(moods()[isNeutral]), strings.Split(thinWords, "|")}
}

// thin is the mood isThin. It is asked of every word of every text, and the expression took a twentieth of a build of the site.
func (r *reader) thin(w string) bool {
	letter := func(c byte) bool { return c >= 'a' && c <= 'z' }
	switch len(w) {
	case 1, 2:
		return letter(w[0]) && letter(w[len(w)-1])
	case 3, 4:
		return slices.Contains(r.thins, w)
	}
	return false
}

// What a byte is to appendWords.
const (
	folded  = 1 << iota // a letter or a digit, as it is compared
	capital             // a great letter
	wide                // no ASCII
)

var byteKinds = func() (k [256]byte) {
	for c := range k {
		switch {
		case c >= 0x80:
			k[c] = wide
		case c >= 'A' && c <= 'Z':
			k[c] = capital
		case shape(uint16(c)) != 0:
			k[c] = folded
		}
	}
	return k
}()

func (r *reader) words(s string) []word { return r.appendWords(nil, s) }

// appendWords is words for a caller that has room for most texts' words. Most texts are ASCII, and cut as they are: a byte is a unit.
func (r *reader) appendWords(out []word, s string) []word {
	before := len(out)
	for i := 0; i < len(s); i++ {
		a, kinds := i, byte(0)
		for i < len(s) && byteKinds[s[i]]&(folded|capital) != 0 {
			kinds |= byteKinds[s[i]]
			i++
		}
		if i < len(s) && byteKinds[s[i]] == wide {
			u := toUnits(s)
			return words(out[:before], nil, r.folding.foldTo(u[:0], u), nil)
		}
		switch n := i - a; {
		case n > longest:
			out = append(out, word{a: a, b: i})
		case n > 0:
			w := s[a:i]
			if kinds&capital != 0 {
				w = strings.ToLower(w)
			}
			out = append(out, word{a, i, w, stem(w)})
		}
	}
	return out
}

// name returns what a code, a slug or the end of an address is looked up as, and its first word.
func (r *reader) name(s string) (name, first string) {
	for i, w := range r.words(s) {
		if i == 0 {
			first = w.w
		}
		name = join(name, w.w)
	}
	return name, first
}

// withoutHoles puts a blank for each hole and the letters and digits that touch it. An expression does the same and takes three times as
// long; in a build of the site that is a third of a second for 20,000 messages.
func withoutHoles(text string) string {
	alnum := func(c byte) bool { return isDigit(c) || (c|32) >= 'a' && (c|32) <= 'z' }
	var b strings.Builder
	b.Grow(len(text))
	from := 0
	for i := 0; i < len(text); i++ {
		name := ""
		if text[i] == '{' {
			name = holeName(text[i+1:])
		}
		if name == "" {
			continue
		}
		end := i
		for end > from && alnum(text[end-1]) {
			end--
		}
		b.WriteString(text[from:end])
		b.WriteByte(' ')
		for i += len(name) + 2; i < len(text) && alnum(text[i]); i++ {
		}
		from = i
		i--
	}
	b.WriteString(text[from:])
	return b.String()
}

// literals returns the stemmed words of a template but the thin ones; what touches a hole is none.
func (r *reader) literals(text string) []string {
	var room [32]word
	var out []string
	for _, w := range r.appendFirm(room[:0], text) {
		out = append(out, w.t)
	}
	return out
}

// appendFirm appends the words of a template to an empty slice, but the thin ones; what touches a hole is none.
func (r *reader) appendFirm(out []word, text string) []word {
	text = withoutCode(text)
	if strings.Contains(text, "{") {
		text = withoutHoles(text)
	}
	out = r.appendWords(out, text)
	n := 0
	for i := range out {
		if r.thin(out[i].w) {
			continue
		}
		if n < i {
			out[n] = out[i]
		}
		n++
	}
	return out[:n]
}
