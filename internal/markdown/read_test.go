package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestSqueeze(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	for range 20_000 {
		var b strings.Builder
		for range r.IntN(8) {
			b.WriteString([]string{" ", "\n", "\t", "\v", "\r", "a", "bc", "é", "\u00a0", "\u2003"}[r.IntN(10)])
		}
		if got, want := squeeze(b.String()), strings.Join(strings.Fields(b.String()), " "); got != want {
			t.Fatalf("%q becomes %q, want %q", b.String(), got, want)
		}
	}
}
