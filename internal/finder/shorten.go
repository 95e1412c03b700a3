package finder

import (
	"compress/flate"
	"slices"
	"sort"
	"strings"
)

// shorten keeps the data within the budget of the design, 12 KB for some 300 definitions and 60 KB for 4,000 (brotli),
// and on the line between.
// What goes first is the tails of long messages, whose heads tell them from others, then the last keywords, then what is left of both.
//
// There is no brotli here to measure with. On texts of references it is 0.74 to 0.86 of what flate makes (0.77 to 0.87 of spelled
// ones) and never above 0.3 of the raw bytes, so that a reference of short texts is not measured at all.
func shorten(cols []collection, records []record) (short []record, spelt bool) {
	var s scale
	budget := 12150 + max(0, len(records)-310)*13
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
	return cut(firstStep(func(step int) int { return textBytes(cut(step)) }, whole, budget, func(step int) bool { return size(step, spelt) <= budget })), spelt
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

func textBytes(records []record) int {
	n := 1
	for i := range records {
		n += len(records[i].title) + len(records[i].keywords)
		for _, m := range records[i].messages {
			n += len(m.text)
		}
	}
	return n
}

// The steps of shortening: messages go from 60 words to 24, then keywords from 18 to none, then messages to the first one of eight words
// and titles to twelve.
const wordSteps, keySteps, lastStep = 18, 36, 44

func cutTo(records []record, step int, keepAll bool) []record {
	if step == 0 {
		return records
	}
	keepKeys, keepWords, keepMessages, keepTitle := 1<<30, 60-2*min(step, wordSteps), 99, 60
	if step > wordSteps {
		keepKeys = max(0, keySteps-step)
	}
	if left := lastStep - step; step > keySteps {
		keepWords, keepMessages, keepTitle = 8+2*left, 1+2*left, 12+2*left
	}
	out := slices.Clone(records)
	for i := range out {
		r := &out[i]
		same := r.title != "" && r.title == untold(r.messages)
		r.messages = slices.Clone(r.messages[:min(len(r.messages), keepMessages)])
		for j, m := range r.messages {
			if !strings.Contains(m.text, "{") {
				r.messages[j].text = head(m.text, keepWords)
			} else { // what stands in its holes is to be shown, and a page shows it in the whole message only
				r.messages[j].text = ellipsis(m.text, keepWords*2)
			}
		}
		if r.title = ellipsis(r.title, keepTitle); same {
			r.title = untold(r.messages)
		}
		if !keepAll {
			r.keywords = head(r.keywords, keepKeys)
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
