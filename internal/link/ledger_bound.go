package link

import (
	"slices"
	"strings"
)

// index finds the records that bind, by URL.
type index struct{ records []record }

// bound returns the records that bind, in order: those whose URL has not been given up. What hangs on a page, its anchors and twins, goes with
// it; where the page came back in another meaning, only what was recorded since then binds.
func (l *Ledger) bound() index {
	if !slices.ContainsFunc(l.records, func(r record) bool { return r.gone != "" }) {
		return index{l.records}
	}
	given := map[string]bool{}
	for i := range l.records {
		if r := &l.records[i]; r.gone != "" && !r.anchor() {
			given[r.url] = true
		}
	}
	since := map[string]map[string]bool{}
	for i := range l.records {
		if r := &l.records[i]; r.gone == "" && given[r.url] {
			since[r.url] = l.newer(r.seal)
		}
	}
	voids := func(r record) bool {
		page, anchor := r.split()
		if anchor == "" && !given[page] {
			page = pagePath(page)
		}
		if r.gone != "" || !given[page] || r.url == page {
			return r.gone != ""
		}
		after, again := since[page]
		return !again || r.seal != "" && !after[r.seal]
	}
	return index{slices.DeleteFunc(slices.Clone(l.records), voids)}
}

// newer returns a seal and those that were made after it.
func (l *Ledger) newer(id string) map[string]bool {
	out := map[string]bool{id: true}
	for grown := true; grown; {
		grown = false
		for _, s := range l.seals {
			if !out[s.id] && slices.ContainsFunc(s.after, func(a string) bool { return out[a] }) {
				out[s.id], grown = true, true
			}
		}
	}
	return out
}

// pagePath returns the path of the page that a path belongs to: a twin's is the page beside it.
func pagePath(path string) string {
	for _, ending := range definitionTwins {
		if base, cut := strings.CutSuffix(path, ending); cut {
			return base
		}
	}
	return path
}

// has reports whether a URL is among them. The key is bytes so that a caller can make it in place: comparing them with a string costs nothing.
func (x index) has(url []byte) bool {
	low, high := 0, len(x.records)
	for low < high {
		if mid := int(uint(low+high) >> 1); x.records[mid].url < string(url) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low < len(x.records) && x.records[low].url == string(url)
}
