package finder

import (
	"compress/flate"
	"slices"
	"sort"
	"strings"
)

// shorten keeps the data within the budget of the design, 12 KB for some 300 definitions and 60 KB for 4,000 (brotli),
// and on the line between.
// What goes first is the last keywords and the tails of long messages, whose heads tell them from others.
//
// There is no brotli here to measure with. On texts of references it is 0.81 to 0.86 of what flate makes (0.77 to 0.8 of spelled
// ones) and never above 0.3 of the raw bytes, so that a reference of short texts is not measured at all.
func shorten(cols []collection, records []record) (short []record, spelt bool) {
	var s scale
	budget := 12150 + max(0, len(records)-310)*13
	some := sample(records)
	budget = budget * len(some) / max(1, len(records))
	size := func(step int, spelt bool) int {
		raw := encode(cols, cutTo(some, step), spelt)
		if !spelt && len(raw)*3/10 <= budget {
			return 0
		}
		if spelt {
			return s.flated(raw) * 80 / 100
		}
		return s.flated(raw) * 86 / 100
	}
	plain := size(0, false)
	if plain <= budget {
		return records, false
	}
	whole := plain
	if spelled := size(0, true); spelled < plain*9/10 {
		whole, spelt = spelled, true
	}
	return cutTo(records, firstStep(some, whole, budget, func(step int) bool { return size(step, spelt) <= budget })), spelt
}

// weighed is how many definitions are weighed, and run how many neighbours stay together, since codes are told by the one before.
const weighed, run = 4096, 64

// sample returns the records that are weighed: all of them, or even parts of a very large reference, which shrinks as they do. They have the
// words of the whole and fewer definitions to spread them on, so that the whole comes out a little smaller than its budget.
func sample(records []record) []record {
	if len(records) <= 2*weighed {
		return records
	}
	out := make([]record, 0, weighed)
	for i := range weighed / run {
		at := i * (len(records) - run) / (weighed/run - 1)
		out = append(out, records[at:at+run]...)
	}
	return out
}

// firstStep returns the first step that fits, lastStep where none before it does. To weigh a step takes as long as to encode the whole
// reference, so the search begins at the step that fits if the data shrinks as its texts do: two or three are weighed, not five.
func firstStep(records []record, whole, budget int, fits func(step int) bool) int {
	all := textBytes(records)
	step := sort.Search(lastStep, func(step int) bool { return whole*textBytes(cutTo(records, step)) <= budget*all })
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
		n += len(records[i].keywords)
		for _, m := range records[i].messages {
			n += len(m.text)
		}
	}
	return n
}

const lastStep = 24

func cutTo(records []record, step int) []record {
	if step == 0 {
		return records
	}
	keepKeys, keepWords, keepMessages := max(0, 18-step), 60-2*step, 99
	if left := lastStep - step; left < 6 {
		keepWords, keepMessages = 8+2*left, 1+2*left
	}
	out := slices.Clone(records)
	for i := range out {
		r := &out[i]
		r.messages = slices.Clone(r.messages[:min(len(r.messages), keepMessages)])
		for j, m := range r.messages {
			keep := keepWords
			if strings.Contains(m.text, "{") {
				keep *= 2 // what stands in its holes is to be shown, and a page shows it in the whole message only
			}
			r.messages[j].text = head(m.text, keep)
		}
		r.keywords = head(r.keywords, keepKeys)
	}
	return out
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
