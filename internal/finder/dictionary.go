package finder

import (
	"sort"
	"strings"
)

// A large reference says the same words in ever new orders, which brotli is bad at: it pays two bytes to point back at a word of five
// letters. Spelled with one character a word, texts of 4,000 definitions take a third less. In a small reference the list of
// words costs more than it saves; shorten decides.

// firstPair is the character of word number 95; those before are the printable characters of ASCII.
const firstPair = 0x80

// maxDictionary keeps the characters below the surrogates.
const maxDictionary = 50000

func character(n int) rune {
	if n < 95 {
		return rune(' ' + n)
	}
	return rune(firstPair + n - 95)
}

func wordByte(c byte) bool { return isDigit(c) || c == '_' || (c|32) >= 'a' && (c|32) <= 'z' }

// tokens cuts text into words, holes that touch no word and no other hole, single other characters, and the control characters that
// separate fields. A blank between two words, a hole being one, is none: it is understood.
func tokens(text string) []string {
	out := make([]string, 0, len(text)/4)
	for i := 0; i < len(text); {
		n := 1
		switch {
		case wordByte(text[i]):
			for i+n < len(text) && wordByte(text[i+n]) {
				n++
			}
		case text[i] == '{':
			n = holeToken(text, i)
		case text[i] == ' ' && len(out) > 0 && text[i-1] != ' ' && wordy(out[len(out)-1]) && i+1 < len(text) && (wordByte(text[i+1]) || text[i+1] == '{' && holeToken(text, i+1) > 1):
			i++
			continue
		case text[i] >= 0x80:
			for i+n < len(text) && text[i+n]&0xc0 == 0x80 {
				n++
			}
		}
		out = append(out, text[i:i+n])
		i += n
	}
	return out
}

// holeToken returns the length of the hole that begins at byte i, 1 where there is none that can be a token.
func holeToken(text string, i int) int {
	name := holeName(text[i+1:])
	end := i + len(name) + 2
	if name == "" || i > 0 && (wordByte(text[i-1]) || text[i-1] == '}' || text[i-1] == '{') || end < len(text) && (wordByte(text[end]) || text[end] == '{') {
		return 1
	}
	return end - i
}

// wordy reports whether a token is a word or a hole.
func wordy(token string) bool {
	c := token[len(token)-1]
	return wordByte(c) || c == '}' && len(token) > 1
}

func control(token string) bool { return token[0] < ' ' }

// spell returns the words of text, commonest first, and text in their characters. There are no words where they are too many.
func spell(text string) (dictionary []string, spelled string) {
	list := tokens(text)
	type word struct{ count, number int }
	words := map[string]*word{}
	use := make([]*word, len(list)) // nil for a control character
	for i, t := range list {
		if control(t) {
			continue
		}
		w := words[t]
		if w == nil {
			w = &word{}
			words[t] = w
			dictionary = append(dictionary, t)
		}
		w.count++
		use[i] = w
	}
	if len(dictionary) > maxDictionary {
		return nil, text
	}
	sort.SliceStable(dictionary, func(i, j int) bool {
		a, b := dictionary[i], dictionary[j]
		m, n := words[a].count, words[b].count
		return m > n || m == n && n == 1 && a < b // a list in the order of its letters is the smaller one
	})
	for i, w := range dictionary {
		words[w].number = i
	}
	var b strings.Builder
	b.Grow(2 * len(list))
	for i, t := range list {
		if use[i] == nil {
			b.WriteString(t)
		} else {
			b.WriteRune(character(use[i].number))
		}
	}
	return dictionary, b.String()
}

// unspell is the inverse of spell. ok is false where text has a character that the dictionary has not.
func unspell(dictionary []string, text string) (plain string, ok bool) {
	if len(dictionary) == 0 {
		return text, true
	}
	var b strings.Builder
	word := false
	for _, r := range text {
		if r < ' ' {
			b.WriteRune(r)
			word = false
			continue
		}
		n := int(r) - ' '
		if r >= firstPair {
			n = int(r) - firstPair + 95
		} else if n >= 95 {
			return "", false
		}
		if n >= len(dictionary) || dictionary[n] == "" {
			return "", false
		}
		w := dictionary[n]
		now := wordy(w)
		if word && now {
			b.WriteByte(' ')
		}
		word = now
		b.WriteString(w)
	}
	return b.String(), true
}
