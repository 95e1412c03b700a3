package finder

import (
	"slices"
	"strings"
	"unicode/utf8"
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

// wordBytes are those that words are made of.
var wordBytes = func() (is [256]bool) {
	for c := range is {
		is[c] = isDigit(byte(c)) || c == '_' || (c|32) >= 'a' && (c|32) <= 'z'
	}
	return is
}()

// token is where a token stands in a text.
type token struct{ from, to int32 }

// tokens cuts text into words, holes that touch no word and no other hole, single other characters, and the control characters that
// separate fields. A blank between two words, a hole being one, is none: it is understood. They are appended to out, which is empty.
func tokens(out []token, text []byte) []token {
	for i := 0; i < len(text); {
		n := 1
		switch {
		case wordBytes[text[i]]:
			for i+n < len(text) && wordBytes[text[i+n]] {
				n++
			}
		case text[i] == '{':
			n = holeToken(text, i)
		case text[i] == ' ' && len(out) > 0 && text[i-1] != ' ' && wordy(text[out[len(out)-1].from:i]) && i+1 < len(text) && (wordBytes[text[i+1]] || text[i+1] == '{' && holeToken(text, i+1) > 1):
			i++
			continue
		case text[i] >= 0x80:
			for i+n < len(text) && text[i+n]&0xc0 == 0x80 {
				n++
			}
		}
		out = append(out, token{int32(i), int32(i + n)})
		i += n
	}
	return out
}

// holeToken returns the length of the hole that begins at byte i, 1 where there is none that can be a token.
func holeToken(text []byte, i int) int {
	name := holeName(text[i+1:])
	end := i + len(name) + 2
	if len(name) == 0 || i > 0 && (wordBytes[text[i-1]] || text[i-1] == '}' || text[i-1] == '{') || end < len(text) && (wordBytes[text[end]] || text[end] == '{') {
		return 1
	}
	return end - i
}

// wordy reports whether a token is a word or a hole.
func wordy[T string | []byte](token T) bool {
	c := token[len(token)-1]
	return wordBytes[c] || c == '}' && len(token) > 1
}

// speller has room for the words of a text.
type speller struct {
	list  []token
	use   []int32 // of a token the index of its word in words, -1 for a control character
	index map[string]int32
	words []spelled
}

// spelled is a word of the dictionary: how often it stands in the text, and its number.
type spelled struct {
	word          string
	count, number int32
}

// spell returns the words of text, commonest first, and out with text in their characters. There are no words where they are too many.
func (s *speller) spell(out, text []byte) (dictionary []string, spelt []byte) {
	s.list = tokens(slices.Grow(s.list[:0], len(text)/4), text)
	if s.index == nil {
		s.index = map[string]int32{}
	}
	s.words = s.words[:0]
	s.use = slices.Grow(s.use[:0], len(s.list))
	for _, t := range s.list {
		if text[t.from] < ' ' { // it separates fields
			s.use = append(s.use, -1)
			continue
		}
		i, known := s.index[string(text[t.from:t.to])]
		if !known {
			i = int32(len(s.words))
			word := string(text[t.from:t.to])
			s.words = append(s.words, spelled{word: word})
			s.index[word] = i
		}
		s.words[i].count++
		s.use = append(s.use, i)
	}
	clear(s.index)
	if len(s.words) > maxDictionary {
		return nil, append(out, text...)
	}
	order := make([]int32, len(s.words))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(i, j int32) int {
		a, b := &s.words[i], &s.words[j]
		if a.count == 1 && b.count == 1 {
			return strings.Compare(a.word, b.word) // a list in the order of its letters is the smaller one
		}
		return int(b.count - a.count)
	})
	dictionary = make([]string, len(order))
	for n, i := range order {
		s.words[i].number = int32(n)
		dictionary[n] = s.words[i].word
	}
	for i, t := range s.list {
		if w := s.use[i]; w < 0 {
			out = append(out, text[t.from:t.to]...)
		} else {
			out = utf8.AppendRune(out, character(int(s.words[w].number)))
		}
	}
	clear(s.words)
	return dictionary, out
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
