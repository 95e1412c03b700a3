package site

import (
	"crypto/sha256"
	"strconv"

	"errdex/internal/catalog"
	"errdex/internal/finder"
	"errdex/internal/link"
	"errdex/internal/render"
)

// indexKeys makes the name of the finder's index without the index: every page carries the name, and the index takes as long as thousands of
// pages. What a definition gives to it is hashed once and kept, since under `serve` one of ten thousand changes at a time.
type indexKeys map[*catalog.Definition][sha256.Size]byte

// fingerprints stand, one for each file of the index, for everything that it is made of: the engine that reads it, and each definition with what
// its surroundings say of it, which is not kept. entries are those of the site where all of them had to be made, and nil otherwise.
func (k indexKeys) fingerprints(m *link.Map, engine string) (files [][]byte, entries []finder.Entry) {
	var unknown []*catalog.Definition
	n := 0
	for _, c := range m.Site.Collections {
		n += len(c.Definitions)
	}
	if len(k) > n+n/4+64 { // edits leave the keys of definitions that are gone
		clear(k)
	}
	for _, c := range m.Site.Collections {
		for _, d := range c.Definitions {
			if _, ok := k[d]; !ok {
				unknown = append(unknown, d)
			}
		}
	}
	var b []byte
	if len(unknown) == n {
		entries = render.Entries(m)
		for i := range entries {
			k[unknown[i]], b = entryKey(b, &entries[i])
		}
	} else {
		for i, e := range render.Entries(m.Only(unknown)) {
			k[unknown[i]], b = entryKey(b, &e)
		}
	}
	var out []byte
	in := 0 // the file
	begin := func(c *catalog.Collection) {
		if out == nil {
			out = make([]byte, 0, min(n, finder.Shard)*96)
		}
		out = append(append(append(append(out, 1), c.ID...), 0), c.Noun.Value...)
	}
	for _, c := range m.Site.Collections {
		begin(c)
		for _, d := range c.Definitions {
			if in == finder.Shard {
				files, out, in = append(files, out), nil, 0
				begin(c)
			}
			in++
			key := k[d]
			out = append(append(out, 0), key[:]...)
			out = append(append(out, m.URL(d)...), 0)
			out = strconv.AppendInt(out, int64(len(m.Incoming(d))), 10)
		}
	}
	files = append(files, out)
	for i := range files {
		files[i] = append(files[i], engine...)
	}
	return files, entries
}

// entryKey hashes what an entry says of its definition alone. b is room to write it down, which comes back for the next.
func entryKey(b []byte, e *finder.Entry) ([sha256.Size]byte, []byte) {
	b = b[:0]
	add := func(fields ...string) {
		for _, f := range fields {
			b = append(append(b, f...), 0)
		}
		b = append(b, 1)
	}
	add(e.Slug, e.Code, e.Title, e.Status)
	add(e.Keywords...)
	add(e.Aliases...)
	add(e.Examples...)
	for _, m := range e.Messages {
		add(m.Text, m.Field, m.Subcode)
	}
	for _, s := range e.Subcodes {
		add(s.Code, s.Title, s.Text)
	}
	return sha256.Sum256(b), b
}
