package check

// longRun returns the first run of bytes of a set, at least so many, that begins at from or later; s[from-1], where there is one, is none of them. start is
// end where there is no such run. It looks at the last byte first that a run from here would have, so that of prose, whose words are shorter, most
// bytes are not looked at.
func longRun(s string, from, least int, set *[256]bool) (start, end int) {
	for from+least <= len(s) {
		i := from + least - 1
		for i >= from && set[s[i]] {
			i--
		}
		if i >= from {
			from = i + 1
			continue
		}
		end = from + least
		for end < len(s) && set[s[end]] {
			end++
		}
		return from, end
	}
	return 0, 0
}

// bytesOf is the set of the bytes that something is said of.
func bytesOf(is func(c byte) bool) (set [256]bool) {
	for c := range set {
		set[c] = is(byte(c))
	}
	return set
}
