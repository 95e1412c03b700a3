package finder

import (
	"compress/flate"
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
func shorten(cols []collection, records []record) (short []record, spelt bool) {
	var s scale
	budget := min(60100, 12150+max(0, len(records)-310)*30)
	cheap := false // keywords that say the same of all, and cost nothing
	cut := func(step int) []record { return cutTo(records, step, cheap) }
	size := func(step int, spelt bool) int {
		raw := encode(cols, cut(step), spelt)
		if !spelt && len(raw)*3/10 <= budget {
			return 0
		}
		if spelt {
			return s.flated(raw) * 87 / 100
		}
		return s.flated(raw) * 86 / 100
	}
	plain := size(0, false)
	if plain <= budget {
		return records, false
	}
	cheap = s.flated([]byte(allKeywords(records)))*100 < plain
	whole := plain
	if spelled := size(0, true); spelled < plain*97/100 {
		whole, spelt = spelled, true
	}
	if whole <= budget {
		return records, spelt
	}
	return cut(firstStep(func(step int) int { return textBytes(records, step, cheap) }, whole, budget, func(step int) bool { return size(step, spelt) <= budget })), spelt
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
	step := sort.Search(lastStep, func(step int) bool { return whole*texts(step) <= budget*all })
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
		for _, m := range r.messages[:min(len(r.messages), k.messages)] {
			n += len(head(m.text, k.of(m.text)))
		}
	}
	return n
}

// The steps of shortening: messages go from 60 words to 20, then keywords to none, then messages to the first one of eight words
// and titles to twelve.
const wordSteps, keySteps, lastStep = 20, 38, 44

// keep is how much a step leaves of a record.
type keep struct{ words, keys, messages, title int }

// of is how many words stay of a message. What stands in its holes is to be shown, and a page shows it in the whole message only.
func (k keep) of(text string) int {
	if strings.Contains(text, "{") {
		return 2 * k.words
	}
	return k.words
}

// some is how many keywords stay of a record: the more, the fewer words its texts have for a question to meet.
func (k keep) some(r *record) int {
	words := strings.Count(r.title, " ")
	for _, m := range r.messages {
		words += strings.Count(m.text, " ")
	}
	return max(0, k.keys-words/4)
}

func keeping(step int) keep {
	const all = 1 << 30
	k := keep{60 - 2*min(step, wordSteps), all, 99, all}
	if step == 0 {
		k.words, k.messages = all, all
	}
	if step > wordSteps {
		k.keys = max(0, keySteps-step)
	}
	if left := lastStep - step; step > keySteps {
		k.words, k.messages, k.title = 8+2*left, 1+2*left, 12+2*left
	}
	return k
}

func cutTo(records []record, step int, keepAll bool) []record {
	if step == 0 {
		return records
	}
	k := keeping(step)
	out := slices.Clone(records)
	for i := range out {
		r := &out[i]
		r.messages = slices.Clone(r.messages[:min(len(r.messages), k.messages)])
		for j, m := range r.messages {
			if n := k.of(m.text); n == k.words {
				r.messages[j].text = head(m.text, n)
			} else {
				r.messages[j].text = ellipsis(m.text, n)
			}
		}
		if r.untold {
			r.title = untold(r.messages)
		} else {
			r.title = ellipsis(r.title, k.title)
		}
		if !keepAll {
			r.keywords = head(r.keywords, k.some(r))
		}
	}
	return out
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
	w     *flate.Writer
	bytes int
}

func (s *scale) Write(b []byte) (int, error) {
	s.bytes += len(b)
	return len(b), nil
}

func (s *scale) flated(data []byte) int {
	s.bytes = 0
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
