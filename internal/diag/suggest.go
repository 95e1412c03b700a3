package diag

import (
	"bytes"
	"strings"
)

// maxWord is the length in bytes above which a word is compared with nothing: longer ones are texts, not names.
const maxWord = 100

// Nearest returns the candidate closest to word by edit distance (insert, delete, replace, swap of neighbours), or ""
// where none is near enough to be what was meant: within a third of the word's length, at least one edit, at most three, and
// some of the word must be left. Else it is the only one that begins with the word.
// Case, the choice of separator and quotes around the word do not count. Ties go to the candidate that sorts first, so the answer is the same on
// every run. It allocates nothing: a site may ask for ten thousand words among ten thousand candidates.
func Nearest(word string, candidates []string) string {
	word = strings.Trim(word, "“”„‟‘’‚‛«»\"'")
	limit := min(max(len(word)/3, 1), 3)
	var a, b [maxWord]byte
	folded, ok := fold(&a, word)
	if !ok {
		return ""
	}
	best, bestDistance := "", limit+1
	for _, c := range candidates {
		if len(c)-len(word) > limit || len(word)-len(c) > limit {
			continue
		}
		other, ok := fold(&b, c)
		if !ok {
			continue
		}
		// What is not nearer than the best is of interest only where it is as near and sorts before it.
		d := distance(folded, other, min(limit, bestDistance))
		if d >= max(len(folded), len(other)) && d > 0 {
			continue
		}
		if d < bestDistance || d == bestDistance && best != "" && c < best {
			best, bestDistance = c, d
		}
	}
	if best == "" && len(folded) >= 3 {
		return begun(folded, candidates)
	}
	return best
}

// begun returns the only candidate that begins with a word.
func begun(word []byte, candidates []string) (found string) {
	var buf [maxWord]byte
	for _, c := range candidates {
		if other, ok := fold(&buf, c); !ok || !bytes.HasPrefix(other, word) || c == found {
			continue
		}
		if found != "" {
			return ""
		}
		found = c
	}
	return found
}

// fold writes s in lower case with hyphens for separators to buf; ok is false where it is too long.
func fold(buf *[maxWord]byte, s string) (folded []byte, ok bool) {
	if len(s) > maxWord {
		return nil, false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c == '_' || c == ' ':
			c = '-'
		}
		buf[i] = c
	}
	return buf[:len(s)], true
}

// distance is the optimal string alignment distance of a and b in bytes, or limit+1 where it is larger than limit. Only
// the cells within limit of the diagonal are filled: no other can be on a path that is short enough.
func distance(a, b []byte, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var rows [3][maxWord + 2]uint8 // maxWord fits; a small array is quick to clear
	far := uint8(limit + 1)
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range min(len(b), limit) + 1 {
		prev[j] = uint8(j)
	}
	prev[min(len(b), limit)+1] = far
	for i := 1; i <= len(a); i++ {
		from, to := max(1, i-limit), min(len(b), i+limit)
		cur[from-1] = far
		if from == 1 {
			cur[0] = uint8(i)
		}
		best := cur[from-1]
		for j := from; j <= to; j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, prev2[j-2]+1)
			}
			cur[j] = d
			best = min(best, d)
		}
		cur[to+1] = far
		if best >= far {
			return limit + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return int(min(prev[len(b)], far))
}
