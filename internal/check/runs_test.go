package check

import (
	"errdex/internal/markdown"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// longRun finds what an expression does.
func TestLongRun(t *testing.T) {
	re := regexp.MustCompile(`[ab]{5,}`)
	set := markdown.SetOf("ab")
	r := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		var b strings.Builder
		for range r.IntN(6) {
			b.WriteString(strings.Repeat("ab", r.IntN(5)) + "a-. "[r.IntN(4):])
		}
		s := b.String()
		var got [][]int
		for start, end := longRun(s, 0, 5, &set); start < end; start, end = longRun(s, end+1, 5, &set) {
			got = append(got, []int{start, end})
		}
		if want := re.FindAllStringIndex(s, -1); !slices.EqualFunc(got, want, slices.Equal[[]int]) {
			t.Fatalf("%q: %v, want %v", s, got, want)
		}
	}
}
