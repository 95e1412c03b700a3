package finder

import (
	"bytes"
	"strconv"
	"strings"
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
func (ix *Index) Encode() []byte { return encode(ix.collections, ix.records, ix.speech, ix.spelt) }

func encode(cols []collection, records []record, speech []string, spelt bool) []byte {
	var b bytes.Buffer
	b.WriteString(magic + sectionEnd)
	counts := make([]int, len(cols))
	for _, r := range records {
		counts[r.collection]++
	}
	for i, c := range cols {
		newline(&b, i)
		b.WriteString(strings.Join([]string{c.id, c.noun, c.prefix, c.suffix, strconv.Itoa(counts[i]), strings.Join(c.marks, " ")}, "\t"))
	}
	b.WriteString(sectionEnd)
	b.Write(encodeRecords(records, speech, spelt))
	return b.Bytes()
}

func newline(b *bytes.Buffer, i int) {
	if i > 0 {
		b.WriteByte('\n')
	}
}

func encodeRecords(records []record, speech []string, spelt bool) []byte {
	var b bytes.Buffer
	last := ""
	for i, r := range records {
		newline(&b, i)
		b.WriteString(codeLine(last, r))
		last = r.code
	}
	var dictionary []string
	texts := encodeTexts(records)
	if spelt {
		dictionary, texts = spell(texts)
	}
	b.WriteString(sectionEnd + texts)
	b.WriteString(sectionEnd)
	for i, r := range records {
		newline(&b, i)
		b.WriteString(r.keywords)
	}
	b.WriteString(sectionEnd)
	for i, r := range records {
		newline(&b, i)
		for j, s := range r.subcodes {
			if j > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.TrimRight(s.code+" "+s.title, " "))
		}
	}
	b.WriteString(sectionEnd)
	for _, r := range records {
		b.WriteByte(r.status)
		b.WriteByte('0' + byte(r.popularity))
	}
	b.WriteString(sectionEnd)
	n := 0
	for i, r := range records {
		if len(r.aliases) > 0 {
			newline(&b, n)
			n++
			b.WriteString(strconv.Itoa(i) + "\t" + strings.Join(r.aliases, "\t"))
		}
	}
	b.WriteString(sectionEnd + strings.Join(speech, "\n"))
	b.WriteString(sectionEnd + strings.Join(dictionary, "\n"))
	return b.Bytes()
}

func encodeTexts(records []record) string {
	var b strings.Builder
	for i, r := range records {
		if i > 0 {
			b.WriteByte('\n')
		}
		if !r.untold {
			small(&b, r.title)
		}
		for _, m := range r.messages {
			b.WriteByte('\t')
			if m.sub >= 0 {
				b.WriteString("\x1f" + strconv.Itoa(m.sub+1) + " ")
			}
			if strings.Contains(m.text, "{") {
				small(&b, m.text)
			} else {
				b.WriteString(m.text)
			}
		}
	}
	return b.String()
}

// asIs begins a text whose first letter is what it is.
const asIs = "\x1d"

// small writes a text with its first letter small, so that a word at the beginning of a sentence is the word that it is elsewhere; great is
// the inverse.
func small(b *strings.Builder, s string) {
	switch {
	case s == "", s[0] >= 'a' && s[0] <= 'z':
		b.WriteString(asIs)
	case s[0] >= 'A' && s[0] <= 'Z' && (len(s) == 1 || s[1] < 'A' || s[1] > 'Z'):
		b.WriteByte(s[0] | 32)
		s = s[1:]
	}
	b.WriteString(s)
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
		if i+1 < len(text) && text[i+1] == '{' {
			if name := holeName(text[i+2:]); name != "" && strings.HasPrefix(text[i+3+len(name):], "}") {
				b.WriteString("{" + name + "}")
				i += len(name) + 3
				continue
			}
		}
		if name := holeName(text[i+1:]); name != "" {
			b.WriteString("…")
			i += len(name) + 1
		} else {
			b.WriteByte('{')
		}
	}
	return strings.TrimSuffix(b.String(), ".")
}

func codeLine(last string, r record) string {
	code := r.code
	if strings.HasPrefix(code, "+") || strings.HasPrefix(code, "=") || code == "" {
		code = "=" + code
	} else if n := step(last, code); n == 1 {
		code = ""
	} else if n >= 0 {
		code = "+" + strconv.Itoa(n)
	}
	switch {
	case r.url != "":
		return code + "\t" + r.slug + "\t" + r.url
	case r.slug != r.code:
		return code + "\t" + r.slug
	}
	return code
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
