package finder

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The data file: UTF-8 text in sections that end with U+001E, of lines that end with a line feed, of fields parted by tabs.
// line() has seen to it that no text holds one of them. Columns lie together because that compresses best: 4,000 codes of
// which most follow their neighbour cost 1 KB, and not 8.
//
//	magic and version
//	collections       id, noun, URL prefix, URL suffix, number of entries, marks
//	codes             code, slug, URL; a code as "" or "+n": the one before, counted up by 1 or n; "=x" is x itself
//	texts             title, messages; a message of sub-code i begins with U+001F and i+1 and a blank. No title: it is the first
//	                  message, with … in its holes. Titles and messages with holes begin with a great letter, which is
//	                  written as a small one; U+001D before a text that does begin with a small one, or is empty
//	keywords          blank-separated
//	sub-codes         "code title" fields
//	flags             status and popularity, two characters an entry, one line
//	aliases           entry, aliases; only for entries that have some
//	speech            sets of words that stand for one another, blank-separated, a set a line
//	dictionary        a word a line; where there are any, texts are spelled with them, see dictionary.go
const (
	magic      = "errdex-finder 3"
	sectionEnd = "\x1e"
	sections   = 10
)

// Encode returns the data file of the index. It is the same for the same entries, whatever the machine.
func (ix *Index) Encode() []byte {
	e := takeEncoder()
	defer encoders.Put(e)
	return bytes.Clone(e.encode(ix.collections, ix.records, ix.speech, ix.spelt))
}

// encoder has room for the data of a reference and for what it is made of: to weigh what fits, it is encoded several times.
type encoder struct {
	out, texts []byte
	speller
	scale
}

var encoders sync.Pool

func takeEncoder() *encoder {
	if e, ok := encoders.Get().(*encoder); ok {
		return e
	}
	return &encoder{}
}

// encode returns the data file, good until it is called again.
func (e *encoder) encode(cols []collection, records []record, speech []string, spelt bool) []byte {
	length := textLength(records)
	out := append(slices.Grow(e.out[:0], length), magic+sectionEnd...)
	counts := make([]int, len(cols))
	for i := range records {
		counts[records[i].collection]++
	}
	for i, c := range cols {
		out = newline(out, i)
		out = append(out, strings.Join([]string{c.id, c.noun, c.prefix, c.suffix, strconv.Itoa(counts[i]), strings.Join(c.marks, " ")}, "\t")...)
	}
	out = append(out, sectionEnd...)
	last := ""
	for i := range records {
		out = codeLine(newline(out, i), last, &records[i])
		last = records[i].code
	}
	out = append(out, sectionEnd...)
	var dictionary []string
	if spelt {
		e.texts = appendTexts(slices.Grow(e.texts[:0], length), records)
		dictionary, out = e.spell(out, e.texts)
	} else {
		out = appendTexts(out, records)
	}
	out = append(out, sectionEnd...)
	for i := range records {
		out = append(newline(out, i), records[i].keywords...)
	}
	out = append(out, sectionEnd...)
	for i := range records {
		out = newline(out, i)
		for j, s := range records[i].subcodes {
			if j > 0 {
				out = append(out, '\t')
			}
			at := len(out)
			out = append(append(append(out, s.code...), ' '), s.title...)
			out = out[:at+len(bytes.TrimRight(out[at:], " "))]
		}
	}
	out = append(out, sectionEnd...)
	for i := range records {
		out = append(out, records[i].status, '0'+byte(records[i].popularity))
	}
	out = append(out, sectionEnd...)
	n := 0
	for i := range records {
		if aliases := records[i].aliases; len(aliases) > 0 {
			out = strconv.AppendInt(newline(out, n), int64(i), 10)
			n++
			for _, a := range aliases {
				out = append(append(out, '\t'), a...)
			}
		}
	}
	out = appendLines(append(out, sectionEnd...), speech)
	out = appendLines(append(out, sectionEnd...), dictionary)
	e.out = out
	return out
}

// textLength is about how long the data of records is, spelled or not: a buffer that grows with them would be thrown away five times over.
func textLength(records []record) int {
	n := 0
	for i := range records {
		r := &records[i]
		n += 32 + len(r.title) + len(r.keywords)
		for _, s := range r.subcodes {
			n += 2 + len(s.code) + len(s.title)
		}
		for _, m := range r.messages {
			n += 4 + len(m.text)
		}
	}
	return n
}

func newline(out []byte, i int) []byte {
	if i > 0 {
		out = append(out, '\n')
	}
	return out
}

func appendLines(out []byte, lines []string) []byte {
	for i, l := range lines {
		out = append(newline(out, i), l...)
	}
	return out
}

func appendTexts(out []byte, records []record) []byte {
	for i := range records {
		r := &records[i]
		out = newline(out, i)
		if !r.untold {
			out = small(out, r.title)
		}
		for _, m := range r.messages {
			out = append(out, '\t')
			if m.sub >= 0 {
				out = append(strconv.AppendInt(append(out, 0x1f), int64(m.sub+1), 10), ' ')
			}
			if strings.IndexByte(m.text, '{') >= 0 {
				out = small(out, m.text)
			} else {
				out = append(out, m.text...)
			}
		}
	}
	return out
}

// asIs begins a text whose first letter is what it is.
const asIs = "\x1d"

// small appends a text with its first letter small, so that a word at the beginning of a sentence is the word that it is elsewhere; great is
// the inverse.
func small(out []byte, s string) []byte {
	switch {
	case s == "", s[0] >= 'a' && s[0] <= 'z':
		out = append(out, asIs...)
	case s[0] >= 'A' && s[0] <= 'Z' && (len(s) == 1 || s[1] < 'A' || s[1] > 'Z'):
		out = append(out, s[0]|32)
		s = s[1:]
	}
	return append(out, s...)
}

func great(s string) string {
	if rest, ok := strings.CutPrefix(s, asIs); ok {
		return rest
	}
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return string(s[0]&^32) + s[1:]
	}
	return s
}

// untold returns the first message with … in its holes and without its full stop, which is the title of many a page; nothing where
// it has no holes.
func untold(messages []message) string {
	if len(messages) == 0 || !strings.Contains(messages[0].text, "{") {
		return ""
	}
	text := messages[0].text
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '{' {
			b.WriteByte(text[i])
			continue
		}
		name, hole, n := holeAt(text[i:])
		switch {
		case n == 0:
			b.WriteByte('{')
			continue
		case hole:
			b.WriteString("…")
		default:
			b.WriteString("{" + name + "}")
		}
		i += n - 1
	}
	return strings.TrimSuffix(b.String(), ".")
}

func codeLine(out []byte, last string, r *record) []byte {
	if code := r.code; strings.HasPrefix(code, "+") || strings.HasPrefix(code, "=") || code == "" {
		out = append(append(out, '='), code...)
	} else if n := step(last, code); n > 1 || n == 0 {
		out = strconv.AppendInt(append(out, '+'), int64(n), 10)
	} else if n != 1 {
		out = append(out, code...)
	}
	switch {
	case r.url != "":
		out = append(append(append(append(out, '\t'), r.slug...), '\t'), r.url...)
	case r.slug != r.code:
		out = append(append(out, '\t'), r.slug...)
	}
	return out
}

// maxDigits bounds the digits that are counted with, so that a float64 holds them exactly in the browser.
const maxDigits = 15

// tail returns where the digits begin that end s, at most maxDigits of them.
func tail(s string) int {
	i := len(s)
	for i > 0 && len(s)-i < maxDigits && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	return i
}

// step returns n where code is last counted up by n in digits of the same number, and -1 otherwise.
func step(last, code string) int {
	i := tail(code)
	if i == len(code) || len(last) != len(code) || tail(last) != i || last[:i] != code[:i] {
		return -1
	}
	a, _ := strconv.Atoi(last[i:])
	b, _ := strconv.Atoi(code[i:])
	if b < a || b-a > 9999999 {
		return -1
	}
	return b - a
}

// after is the inverse of step. It is empty where last cannot be counted up.
func after(last string, n int) string {
	i := tail(last)
	if i == len(last) {
		return ""
	}
	a, _ := strconv.Atoi(last[i:])
	digits := strconv.Itoa(a + n)
	if len(digits) > len(last)-i {
		return ""
	}
	return last[:i] + strings.Repeat("0", len(last)-i-len(digits)) + digits
}
