package check

import "errdex/internal/markdown"

// longRun returns the first run of bytes of a set, at least so many, that begins at from or later; s[from-1], where there is one, is none of them. start is
// end where there is no such run. It looks at the last byte first that a run from here would have, so that of prose, whose words are shorter, most
// bytes are not looked at.
func longRun(s string, from, least int, set *markdown.ByteSet) (start, end int) {
	for from+least <= len(s) {
		i := from + least - 1
		for i >= from && set[s[i]] != 0 {
			i--
		}
		if i >= from {
			from = i + 1
			continue
		}
		end = from + least
		for end < len(s) && set[s[end]] != 0 {
			end++
		}
		return from, end
	}
	return 0, 0
}
