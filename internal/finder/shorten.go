package finder

import (
	"bytes"
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
	budget := 12150 + max(0, len(records)-310)*13
	size := func(step int, spelt bool) int {
		raw := encode(cols, cutTo(records, step), spelt)
		if !spelt && len(raw)*3/10 <= budget {
			return 0
		}
		if spelt {
			return flated(raw) * 80 / 100
		}
		return flated(raw) * 86 / 100
	}
	if plain := size(0, false); plain <= budget {
		return records, false
	} else if spelled := size(0, true); spelled < plain*9/10 {
		spelt = true
	}
	return cutTo(records, sort.Search(lastStep, func(step int) bool { return size(step, spelt) <= budget })), spelt
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
			if words := strings.Split(m.text, " "); len(words) > keep {
				r.messages[j].text = strings.Join(words[:keep], " ")
			}
		}
		if words := strings.Split(r.keywords, " "); len(words) > keepKeys {
			r.keywords = strings.Join(words[:keepKeys], " ")
		}
	}
	return out
}

// flated returns the size of data compressed.
func flated(data []byte) int {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err != nil {
		panic("internal error: " + err.Error()) // it is a level
	}
	w.Write(data)
	w.Close()
	return out.Len()
}
