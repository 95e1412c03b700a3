package markdown

// ByteSet tells which bytes are in a set: those have a 1.
type ByteSet [256]uint8

// SetOf returns the set of the bytes of s.
func SetOf(s string) (set ByteSet) {
	for i := range len(s) {
		set[s[i]] = 1
	}
	return set
}

// Before returns how many bytes of s stand before the first that is in the set. Whatever escapes text asks this for all of it, so it looks at four bytes at a time.
func Before[text string | []byte](set *ByteSet, s text) int {
	i := 0
	for ; i <= len(s)-4; i += 4 {
		if set[s[i]]|set[s[i+1]]|set[s[i+2]]|set[s[i+3]] != 0 {
			break
		}
	}
	for ; i < len(s) && set[s[i]] == 0; i++ {
	}
	return i
}
