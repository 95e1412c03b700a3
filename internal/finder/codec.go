package finder

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The data file: UTF-8 text in sections that end with U+001E, of lines that end with a line feed, of fields parted by tabs.
// line() has seen to it that no text holds one of them. Columns lie together because that compresses best: 4,000 codes of
// which most follow their neighbour cost 1 KB, and not 8.
//
//	magic and version
//	rules             moods, then places, a line each
//	collections       id, noun, URL prefix, URL suffix, number of entries, marks
//	codes             code, slug, URL; a code as "" or "+n": the one before, counted up by 1 or n; "=x" is x itself
//	texts             title, messages; a message of sub-code i begins with U+001F and i+1 and a blank
//	keywords          blank-separated
//	sub-codes         "code title" fields
//	flags             status and popularity, two characters an entry, one line
//	aliases           entry, aliases; only for entries that have some
//	dictionary        a word a line; where there are any, texts are spelled with them, see dictionary.go
const (
	magic      = "errdex-finder 1"
	sectionEnd = "\x1e"
	sections   = 10
)

// Encode returns the data file of the index. It is the same for the same entries, whatever the machine.
func (ix *Index) Encode() []byte { return encode(ix.collections, ix.records, ix.spelt) }

func encode(cols []collection, records []record, spelt bool) []byte {
	var b bytes.Buffer
	b.WriteString(magic + sectionEnd + ruleLines() + sectionEnd)
	counts := make([]int, len(cols))
	for _, r := range records {
		counts[r.collection]++
	}
	for i, c := range cols {
		newline(&b, i)
		b.WriteString(strings.Join([]string{c.id, c.noun, c.prefix, c.suffix, strconv.Itoa(counts[i]), strings.Join(c.marks, " ")}, "\t"))
	}
	b.WriteString(sectionEnd)
	b.Write(encodeRecords(records, spelt))
	return b.Bytes()
}

func newline(b *bytes.Buffer, i int) {
	if i > 0 {
		b.WriteByte('\n')
	}
}

func encodeRecords(records []record, spelt bool) []byte {
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
			b.WriteString(strings.TrimRight(strings.ReplaceAll(s.code, " ", "-")+" "+s.title, " "))
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
	b.WriteString(sectionEnd + strings.Join(dictionary, "\n"))
	return b.Bytes()
}

func encodeTexts(records []record) string {
	var b strings.Builder
	for i, r := range records {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(r.title)
		for _, m := range r.messages {
			b.WriteByte('\t')
			if m.sub >= 0 {
				b.WriteString("\x1f" + strconv.Itoa(m.sub+1) + " ")
			}
			b.WriteString(m.text)
		}
	}
	return b.String()
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

// Decode reads what Encode wrote. An error says what is wrong with data that is not; the index is then nil.
func Decode(data []byte) (*Index, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("finder data: not UTF-8")
	}
	parts := strings.Split(string(data), sectionEnd)
	if parts[0] != magic {
		return nil, fmt.Errorf("finder data: begins with %.20q, want %q", parts[0], magic)
	}
	if len(parts) != sections {
		return nil, fmt.Errorf("finder data: %d sections, want %d", len(parts), sections)
	}
	if parts[1] != ruleLines() {
		return nil, errors.New("finder data: written by another version: its rules differ")
	}
	cols, owner, err := decodeCollections(parts[2])
	if err != nil {
		return nil, err
	}
	dictionary := split(parts[9], "\n")
	texts, ok := unspell(dictionary, parts[4])
	if !ok {
		return nil, errors.New("finder data: a word that the dictionary has not")
	}
	parts[4] = texts
	records, err := decodeRecords(parts[3:], owner)
	if err != nil {
		return nil, err
	}
	ix := newIndex(newReader(), cols, records)
	ix.spelt = len(dictionary) > 0
	return ix, nil
}

// decodeCollections returns the collections and, for each record, the index of its own.
func decodeCollections(text string) (cols []collection, owner []int, err error) {
	for i, l := range split(text, "\n") {
		f := strings.Split(l, "\t")
		if len(f) != 6 {
			return nil, nil, fmt.Errorf("finder data: collection %d: %d fields, want 6", i, len(f))
		}
		n, err := strconv.Atoi(f[4])
		if err != nil || n < 0 || n > 1e6 || len(owner)+n > 1e6 {
			return nil, nil, fmt.Errorf("finder data: collection %d: %q is no number of entries", i, f[4])
		}
		cols = append(cols, collection{f[0], f[1], f[2], f[3], split(f[5], " ")})
		for range n {
			owner = append(owner, i)
		}
	}
	return cols, owner, nil
}

// split is strings.Split but for the empty text, which has no parts.
func split(s, sep string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, sep)
}

func decodeRecords(parts []string, owner []int) ([]record, error) {
	n := len(owner)
	var columns [4][]string
	for i, name := range []string{"codes", "texts", "keywords", "sub-codes"} {
		columns[i] = strings.Split(parts[i], "\n")
		if n == 0 && parts[i] == "" {
			columns[i] = nil
		}
		if len(columns[i]) != n {
			return nil, fmt.Errorf("finder data: %d %s, want %d", len(columns[i]), name, n)
		}
	}
	if len(parts[4]) != 2*n {
		return nil, fmt.Errorf("finder data: %d flags, want %d", len(parts[4]), 2*n)
	}
	records := make([]record, n)
	last := ""
	for i := range records {
		r := &records[i]
		r.collection = owner[i]
		if err := r.decodeCode(last, columns[0][i]); err != nil {
			return nil, fmt.Errorf("finder data: entry %d: %w", i, err)
		}
		last = r.code
		r.keywords = columns[2][i]
		for _, s := range split(columns[3][i], "\t") {
			code, title, _ := strings.Cut(s, " ")
			r.subcodes = append(r.subcodes, subcode{code, title})
		}
		texts := strings.Split(columns[1][i], "\t")
		r.title = texts[0]
		for _, m := range texts[1:] {
			sub := -1
			if rest, ok := strings.CutPrefix(m, "\x1f"); ok {
				number, text, _ := strings.Cut(rest, " ")
				k, err := strconv.Atoi(number)
				if err != nil || k < 1 || k > len(r.subcodes) {
					return nil, fmt.Errorf("finder data: entry %d: a message of sub-code %q, which it has not", i, number)
				}
				m, sub = text, k-1
			}
			r.messages = append(r.messages, message{m, sub})
		}
		r.status = parts[4][2*i]
		r.popularity = int(parts[4][2*i+1]) - '0'
		if r.popularity < 0 || r.popularity > 9 {
			return nil, fmt.Errorf("finder data: entry %d: popularity %d, want 0 to 9", i, r.popularity)
		}
	}
	for _, l := range split(parts[5], "\n") {
		f := strings.Split(l, "\t")
		i, err := strconv.Atoi(f[0])
		if err != nil || i < 0 || i >= n {
			return nil, fmt.Errorf("finder data: aliases of entry %q, which is not there", f[0])
		}
		records[i].aliases = f[1:]
	}
	return records, nil
}

func (r *record) decodeCode(last, l string) error {
	f := strings.Split(l, "\t")
	code := f[0]
	switch {
	case strings.HasPrefix(code, "="):
		code = code[1:]
	case code == "":
		code = after(last, 1)
	case code[0] == '+':
		n, err := strconv.Atoi(code[1:])
		if err != nil || n < 0 || n > 9999999 {
			return fmt.Errorf("%q is no step", code)
		}
		code = after(last, n)
	}
	if code == "" && f[0] != "=" {
		return fmt.Errorf("nothing to count up from %q", last)
	}
	r.code, r.slug = code, code
	if len(f) > 1 {
		r.slug = f[1]
	}
	if len(f) > 2 {
		r.url = f[2]
	}
	return nil
}
