package finder

import (
	"cmp"
	"compress/flate"
	"errors"
	"math"
	"slices"
	"sort"
	"strings"
)

// shorten keeps the data within the budget of the design, 12 KB for some 300 definitions and 60 KB for 4,000 (brotli). Between them each
// definition may take 30 bytes more, as long as it is not above 60 KB: a straight line took two fifths of the texts of a real reference of 900
// definitions with three messages each, and a seventh of what was pasted of them was not found any more.
// What goes first is the tails of long messages, whose heads tell them from others, then the last keywords, then what is left of both.
//
// There is no brotli here to measure with. On texts of references it is 0.74 to 0.86 of what flate makes (0.77 to 0.87 of spelled
// ones) and never above 0.3 of the raw bytes, so that a reference of short texts is not measured at all.
func shorten(cols []collection, records []record, speech []string) (short []record, spelt bool) {
	e := takeEncoder()
	defer encoders.Put(e)
	budget := min(60100, 12210+max(0, len(records)-310)*30)
	cheap := false // keywords that say the same of all, and cost nothing
	cut := func(step int) []record { return cutTo(records, step, cheap) }
	// size is of what a step leaves; where it is above most it may be any number above most.
	size := func(step int, spelt bool, most int) int {
		raw := e.encode(cols, cut(step), speech, spelt)
		if !spelt && len(raw)*3/10 <= budget {
			return 0
		}
		percent := 86
		if spelt {
			percent = 87
		}
		return e.flated(raw, (most+1)*100/percent) * percent / 100
	}
	plain := size(0, false, unbounded)
	if plain <= budget {
		return records, false
	}
	share(records)
	cheap = e.flated([]byte(allKeywords(records)), plain/100)*100 < plain
	whole := plain
	if spelled := size(0, true, unbounded); spelled < plain*97/100 {
		whole, spelt = spelled, true
	}
	if whole <= budget {
		return records, spelt
	}
	return cut(firstStep(func(step int) int { return textBytes(records, step, cheap) }, whole, budget, func(step int) bool { return size(step, spelt, budget) <= budget })), spelt
}

func allKeywords(records []record) string {
	var b strings.Builder
	for i := range records {
		b.WriteString(records[i].keywords + "\n")
	}
	return b.String()
}

// firstStep returns the first step that fits, lastStep where none before it does. To weigh a step takes as long as to encode the whole
// reference, so the search begins at the step that fits if the data shrinks as its texts do, whose bytes texts counts: two or three are weighed, not five.
func firstStep(texts func(step int) int, whole, budget int, fits func(step int) bool) int {
	all := texts(0)
	guess := func(step int) bool { return whole*texts(step) <= budget*all }
	step := lastStep
	if guess(lastStep - 1) { // which is asked first, since to count long texts takes longer
		step = sort.Search(lastStep-1, guess)
	}
	if step < lastStep && !fits(step) {
		for step++; step < lastStep && !fits(step); step++ {
		}
		return step
	}
	for step > 0 && fits(step-1) {
		step--
	}
	return step
}

// textBytes counts the bytes of the texts that cutTo leaves, and one more.
func textBytes(records []record, step int, keepAll bool) int {
	k := keeping(step)
	n := 1
	for i := range records {
		r := &records[i]
		if !r.untold {
			n += len(head(r.title, k.title))
		}
		if keepAll {
			n += len(r.keywords)
		} else {
			n += len(head(r.keywords, k.some(r)))
		}
		for _, m := range r.messages[:k.number(r)] {
			n += len(head(m.text, k.of(m)))
		}
	}
	return n
}

// The steps of shortening, as what is left at some of them; those between are in proportion. First go the last keywords and the tails
// of long messages; then the further messages of a code that is a word, which is printed with them; then heads and keywords together.
var stages = []struct {
	step int
	keep
}{
	{0, keep{60, 240, 99, 99, 99}},
	{8, keep{12, 96, 99, 99, 99}},
	{9, keep{12, 96, 99, 1, 99}},
	{16, keep{6, 48, 99, 1, 99}},
	{24, keep{5, 32, 99, 1, 80}},
	{56, keep{5, 8, 99, 1, 60}},
	{62, keep{4, 4, 99, 1, 30}},
	{70, keep{3, 0, 1, 1, 12}},
}

const lastStep = 70

// keep is how much a step leaves of a record: words of a message beyond those that another page's begins with, sixths of a keyword, messages, those of a code
// that is a word, words of the title.
type keep struct{ words, keys, messages, named, title int }

// of is how many words stay of a message. What stands in its holes is to be shown, and a page shows it in the whole message only.
func (k keep) of(m message) int {
	if strings.Contains(m.text, "{") {
		return m.shared + 3*k.words
	}
	return m.shared + k.words
}

// some is how many keywords stay of a record. One of few words has one more, and so has one that many others point to.
func (k keep) some(r *record) int { return (k.keys + max(0, 5-r.blanks/4, r.popularity-1)) / 6 }

// number is how many messages stay.
func (k keep) number(r *record) int {
	if !strings.ContainsAny(r.code, "0123456789") {
		return min(len(r.messages), k.named)
	}
	return min(len(r.messages), k.messages)
}

func keeping(step int) keep {
	i := 1
	for step > stages[i].step {
		i++
	}
	a, b := stages[i-1], stages[i]
	between := func(a1, b1 int) int { return a1 + (b1-a1)*(step-a.step)/(b.step-a.step) }
	return keep{between(a.words, b.words), between(a.keys, b.keys), between(a.messages, b.messages), between(a.named, b.named), between(a.title, b.title)}
}

func cutTo(records []record, step int, keepAll bool) []record {
	if step == 0 {
		return records
	}
	k := keeping(step)
	out := slices.Clone(records)
	n := 0
	for i := range out {
		n += k.number(&out[i])
	}
	messages := make([]message, 0, n) // of all records
	for i := range out {
		r := &out[i]
		if !keepAll {
			r.keywords = head(r.keywords, k.some(r))
		}
		first := len(messages)
		for _, m := range r.messages[:k.number(r)] {
			if strings.Contains(m.text, "{") {
				m.text = ellipsis(m.text, k.of(m))
			} else {
				m.text = head(m.text, k.of(m))
			}
			messages = append(messages, m)
		}
		r.messages = messages[first:len(messages):len(messages)]
		if r.untold {
			r.title = untold(r.messages)
		} else {
			r.title = ellipsis(r.title, k.title)
		}
	}
	return out
}

// share notes how many words each message begins with that another page's has too: its head must go on after them. It counts the blanks of each record too.
func share(records []record) {
	type owned struct {
		*message
		of int // index into records
	}
	var all []owned
	for i := range records {
		r := &records[i]
		r.blanks = strings.Count(r.title, " ")
		for j := range r.messages {
			r.blanks += strings.Count(r.messages[j].text, " ")
			all = append(all, owned{&r.messages[j], i})
		}
	}
	order := make([]int32, len(all)) // of the texts: numbers are quicker to sort than what holds pointers
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		return cmp.Or(strings.Compare(all[i].text, all[j].text), int(i-j))
	})
	for i := range len(order) - 1 {
		m, next := all[order[i]], all[order[i+1]]
		if m.of == next.of {
			continue
		}
		n := 0
		for k := 0; k < len(m.text) && k < len(next.text) && m.text[k] == next.text[k]; k++ {
			if m.text[k] == ' ' {
				n++
			}
		}
		m.shared, next.shared = max(m.shared, n), max(next.shared, n)
	}
}

// ellipsis is head, with a sign that there is more.
func ellipsis(s string, n int) string {
	if h := head(s, n); h != s {
		return h + " …"
	}
	return s
}

// head returns the first n words of s.
func head(s string, n int) string {
	for i := range len(s) {
		if s[i] == ' ' {
			if n--; n == 0 {
				return s[:i]
			}
		}
	}
	if n <= 0 {
		return ""
	}
	return s
}

// scale weighs data: it counts what flate makes of it. The compressor is a megabyte and is used again.
type scale struct {
	w           *flate.Writer
	bytes, most int
}

// errHeavy ends a weighing.
var errHeavy = errors.New("heavier than was asked for")

func (s *scale) Write(b []byte) (int, error) {
	if s.bytes += len(b); s.bytes > s.most {
		return 0, errHeavy
	}
	return len(b), nil
}

// unbounded is a bound of data that has none.
const unbounded = math.MaxInt / 200

// flated returns how many bytes flate makes of data. Where they are more than most, it is any number above most.
func (s *scale) flated(data []byte, most int) int {
	s.bytes, s.most = 0, most
	if s.w == nil {
		w, err := flate.NewWriter(s, flate.DefaultCompression)
		if err != nil {
			panic("internal error: " + err.Error()) // it is a level
		}
		s.w = w
	} else {
		s.w.Reset(s)
	}
	s.w.Write(data)
	s.w.Close()
	return s.bytes
}
