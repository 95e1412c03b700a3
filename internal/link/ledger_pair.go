package link

import (
	"slices"
	"strings"
	"unicode"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// Several ids of one page may be renamed in one edit. The ledger knows the old ones and the page the new ones; which took whose place is told by what they
// have in common, and where that is not sure it is left open.

// maxPairs bounds the lost and the new anchors that pair may be asked about, multiplied: a page with more was written anew.
const maxPairs = 400

// pair returns for lost anchors of one kind the new ones that surely took their places: the only one that is near in spelling, the one that has most of its
// words, in its id or in the text that it stands for, and where the rest is one and one, that.
func pair(lost, young []string, words func(anchor string) []string) map[string]string {
	if len(lost) == 0 {
		return nil
	}
	lost, young = slices.Clone(lost), slices.Clone(young)
	out := map[string]string{}
	take := func(old, new string) {
		out[old] = new
		is := func(x string) func(string) bool { return func(y string) bool { return x == y } }
		lost, young = slices.DeleteFunc(lost, is(old)), slices.DeleteFunc(young, is(new))
	}
	for again := true; again; {
		again = false
		for _, old := range slices.Clone(lost) {
			if new := onlyNear(old, lost, young); new != "" {
				take(old, new)
				again = true
			}
		}
		for _, old := range slices.Clone(lost) {
			if new := mostAlike(old, lost, young, words); new != "" {
				take(old, new)
				again = true
			}
		}
	}
	if len(lost) == 1 && len(young) == 1 {
		take(lost[0], young[0])
	}
	return out
}

// onlyNear returns the young anchor that is near to an old one, if no other is near to either.
func onlyNear(old string, lost, young []string) string {
	new := diag.Nearest(old, young)
	if new == "" || diag.Nearest(new, lost) != old {
		return ""
	}
	without := func(list []string, x string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(y string) bool { return x == y })
	}
	if diag.Nearest(old, without(young, new)) != "" || diag.Nearest(new, without(lost, old)) != "" {
		return ""
	}
	return new
}

// mostAlike returns the young anchor that has more words of an old one than any other has, and more than of any other old one.
func mostAlike(old string, lost, young []string, words func(string) []string) string {
	best, most := "", 0
	for _, y := range young {
		switch n := common(old, words(y)); {
		case n > most:
			best, most = y, n
		case n == most:
			best = ""
		}
	}
	if best == "" {
		return ""
	}
	for _, other := range lost {
		if other != old && common(other, words(best)) >= most {
			return ""
		}
	}
	return best
}

// common counts the words of an anchor that are among words.
func common(anchor string, words []string) (n int) {
	for _, w := range wordsOf(afterKind(anchor)) {
		if slices.ContainsFunc(words, func(x string) bool {
			return x == w || len(x) > 3 && len(w) > 3 && (strings.HasPrefix(x, w) || strings.HasPrefix(w, x))
		}) {
			n++
		}
	}
	return n
}

// afterKind is an anchor without the word that says of what it is.
func afterKind(anchor string) string {
	if kind := kindOf(anchor); kind != "" {
		return anchor[len(kind)+1:]
	}
	return strings.TrimPrefix(anchor, GroupAnchor(""))
}

// wordsOf cuts a text into its words of three letters and more, in lower case.
func wordsOf(s string) []string {
	const most = 400 // bytes: what a part is about stands at its beginning
	words := strings.FieldsFunc(strings.ToLower(s[:min(len(s), most)]), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	return slices.DeleteFunc(words, func(w string) bool { return len(w) < 3 || w == "the" || w == "and" || w == "for" })
}

// partWords are the words of an anchor and of the text of a definition that it stands for.
func partWords(p Page, anchor string) []string {
	words := wordsOf(afterKind(anchor))
	if p.Definition == nil {
		return words
	}
	id := afterKind(anchor)
	about := func(prose *catalog.Prose) { words = append(words, wordsOf(prose.Value)...) }
	d := p.Definition
	switch kindOf(anchor) {
	case "cause":
		for i := range d.Causes {
			if d.Causes[i].ID.Value == id {
				about(&d.Causes[i].Text)
			}
		}
	case "fix":
		for i := range d.Fixes {
			if d.Fixes[i].ID.Value == id {
				about(&d.Fixes[i].Title)
			}
		}
	case "faq":
		for i := range d.FAQ {
			if d.FAQ[i].ID.Value == id {
				about(&d.FAQ[i].Question)
			}
		}
	}
	return words
}
