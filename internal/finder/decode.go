package finder

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Decode reads what Encode wrote, of each shard in turn. An error says what is wrong with data that is not; the index is then nil.
func Decode(files ...[]byte) (*Index, error) {
	var ix *Index
	for _, data := range files {
		part, err := decode(data)
		if err != nil {
			return nil, err
		}
		if ix == nil {
			ix = part
		} else {
			ix.join(part, 0)
		}
	}
	if ix == nil {
		return nil, errors.New("finder data: none")
	}
	return ix, nil
}

func decode(data []byte) (*Index, error) {
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
	cols, owner, err := decodeCollections(parts[1])
	if err != nil {
		return nil, err
	}
	dictionary := split(parts[9], "\n")
	texts, ok := unspell(dictionary, parts[3])
	if !ok {
		return nil, errors.New("finder data: a word that the dictionary has not")
	}
	parts[3] = texts
	records, err := decodeRecords(parts[2:], owner)
	if err != nil {
		return nil, err
	}
	return &Index{collections: cols, records: records, speech: split(parts[8], "\n"), spelt: len(dictionary) > 0, reader: newReader()}, nil
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
			if strings.Contains(m, "{") {
				m = great(m)
			}
			r.messages = append(r.messages, message{text: m, sub: sub})
		}
		if r.title = great(texts[0]); texts[0] == "" {
			r.title = untold(r.messages)
			r.untold = r.title != ""
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
