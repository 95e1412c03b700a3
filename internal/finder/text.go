package finder

import "strings"
type word struct{ stem string; gap bool }
type parsed struct{ words []word }
func units16(s string) string { return s }
func parseLine(s string) parsed {
	var p parsed
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127) }) {
		p.words = append(p.words, word{stem: w})
	}
	return p
}
