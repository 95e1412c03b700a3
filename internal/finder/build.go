package finder

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// collection is what entries of one collection share.
type collection struct {
	id, noun       string
	prefix, suffix string // of the URLs, around the slug
	marks          []string
}

// record is an entry as the data file holds it.
type record struct {
	collection        int
	code, slug, title string
	url               string // only where it is not prefix+slug+suffix
	untold            bool   // the title is the first message, see untold
	status            byte   // a, d, r or v
	popularity        int    // 0 to 9, the magnitude of Entry.Popularity
	messages          []message
	keywords          string // words that stand nowhere else in the record
	subcodes          []subcode
	aliases           []string

	blanks int // in its title and messages; only while shortening
}

type message struct {
	text string // a template's source, blanks collapsed
	sub  int    // index into subcodes, or -1

	shared int // words that another page's message begins with, too; only while shortening
}

type subcode struct{ code, title string }

// Shard is how many entries one data file holds at most. Their files are fetched together, whatever is asked: which of them a paste
// needs would tell the paste.
const Shard = 4000

// Shards cuts entries as their data files do. There is always one.
func Shards(entries []Entry) [][]Entry {
	if len(entries) == 0 {
		return [][]Entry{nil}
	}
	return slices.Collect(slices.Chunk(entries, Shard))
}

// Build makes the index of entries: the one that Decode makes of the data files of their shards. The order of entries settles ties; it
// does not change what is found.
func Build(entries []Entry) *Index {
	shards := Shards(entries)
	ix := build(shards[0])
	for i, shard := range shards[1:] {
		ix.join(build(shard), (i+1)*Shard)
	}
	return ix
}

// join adds what another index has, of entries that come after those of ix; offset is how many those are.
func (ix *Index) join(other *Index, offset int) {
	at := make([]int, len(other.collections))
	for i, c := range other.collections {
		at[i] = slices.IndexFunc(ix.collections, func(have collection) bool { return have.id == c.id })
		if at[i] < 0 {
			at[i] = len(ix.collections)
			ix.collections = append(ix.collections, c)
			continue
		}
		have := &ix.collections[at[i]]
		have.marks = slices.Concat(have.marks, c.marks)
	}
	for _, r := range other.records {
		theirs := other.collections[r.collection]
		r.collection = at[r.collection]
		if ours := ix.collections[r.collection]; r.url == "" && (ours.prefix != theirs.prefix || ours.suffix != theirs.suffix) {
			r.url = theirs.prefix + r.slug + theirs.suffix
		}
		ix.records = append(ix.records, r)
	}
	for _, n := range other.order {
		ix.order = append(ix.order, offset+n)
	}
	for _, l := range other.speech {
		if !slices.Contains(ix.speech, l) {
			ix.speech = append(ix.speech, l)
		}
	}
	ix.spelt = ix.spelt || other.spelt
}

func build(entries []Entry) *Index {
	var cols []collection
	var groups [][]int
	seen := map[string]int{}
	for i, e := range entries {
		c, ok := seen[e.Collection]
		if !ok {
			c = len(cols)
			seen[e.Collection] = c
			cols = append(cols, collection{id: line(e.Collection), noun: line(e.Noun)})
			groups = append(groups, nil)
		}
		groups[c] = append(groups[c], i)
	}
	rd := newReader()
	w := reducer{reader: rd, subs: map[string]int{}, have: map[string]bool{}, words: map[string]bool{}, idles: map[string]bool{}, twins: twins(), said: map[string]bool{}}
	records := make([]record, 0, len(entries))
	order := make([]int, 0, len(entries))
	for c, group := range groups {
		cols[c].prefix, cols[c].suffix = pattern(entries, group)
		cols[c].marks = envelope(entries, group)
		for _, i := range group {
			records = append(records, w.reduce(c, cols[c], &entries[i]))
			order = append(order, i)
		}
	}
	speech := speechOf(w.said)
	records, spelt := shorten(cols, records, speech)
	return &Index{collections: cols, records: records, speech: speech, spelt: spelt, order: order, reader: rd}
}

// line makes a text fit for one field of the data: control characters and runs of blanks are one space.
func line(s string) string {
	blank := true // at the start, a blank is one too many
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && blank {
			return cleanLine(s)
		}
		blank = c == ' '
	}
	if blank {
		return cleanLine(s)
	}
	return s
}

func cleanLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == 0xfffd }), " ")
}

// pattern finds what stands before and after the slug in most of the group's URLs.
func pattern(entries []Entry, group []int) (prefix, suffix string) {
	votes := map[[2]string]int{}
	var best [2]string
	for _, i := range group {
		url, slug := line(entries[i].URL), line(entries[i].Slug)
		if at := strings.LastIndex(url, slug); at >= 0 && slug != "" {
			p := [2]string{url[:at], url[at+len(slug):]}
			votes[p]++
			if votes[p] > votes[best] {
				best = p
			}
		}
	}
	return best[0], best[1]
}

// spellings returns the other ways in which a code of up to 32 bits that is written in hexadecimal is told: without its 0x, as a
// number, and as the negative number that it is in a signed integer (whose sign is no part of the name).
func spellings(code string) []string {
	digits, ok := strings.CutPrefix(strings.ToLower(code), "0x")
	v, err := strconv.ParseUint(digits, 16, 32)
	if !ok || err != nil || len(digits) > 8 {
		return nil
	}
	return []string{digits, strconv.FormatUint(v, 10), digits + "h", code + "l", "00000000" + digits, strconv.FormatUint(1<<32-v, 10)}
}

// envelope returns the identifiers that mark a paste as coming from this collection's API: what many of its examples
// share (fbtrace_id, OAuthException) and other APIs do not have, which is taken to be so for compound names only.
func envelope(entries []Entry, group []int) []string {
	count := map[string]int{}
	last := map[string]int{} // the entry that a name was counted for
	examples := 0
	for _, i := range group {
		some := false
		for _, body := range entries[i].Examples {
			for more := true; more; {
				var s string
				if s, body, more = strings.Cut(body, `"`); !compound(s) {
					continue
				}
				s, some = strings.ToLower(s), true
				if at, again := last[s]; !again || at != i {
					last[s] = i
					count[s]++
				}
			}
		}
		if some {
			examples++
		}
	}
	var marks []string
	for s, n := range count {
		if n >= 3 && n*20 >= examples {
			marks = append(marks, s)
		}
	}
	sort.Slice(marks, func(i, j int) bool {
		if count[marks[i]] != count[marks[j]] {
			return count[marks[i]] > count[marks[j]]
		}
		return marks[i] < marks[j]
	})
	return marks[:min(len(marks), 12)]
}

// compound reports whether s is an identifier of two words or more that is not about errors in general.
func compound(s string) bool {
	if len(s) < 6 || len(s) > 40 || strings.EqualFold(s[:len("error")], "error") {
		return false
	}
	inner := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (c != '_' || i == 0) {
			return false
		}
		inner = inner || c == '_' || i > 0 && c >= 'A' && c <= 'Z' && s[i-1] >= 'a'
	}
	return inner && !strings.HasSuffix(s, "_") && !strings.HasPrefix(s, "http_") && !strings.HasPrefix(s, "status_")
}
