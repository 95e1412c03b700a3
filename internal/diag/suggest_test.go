package diag

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

// plainDistance is the distance by its definition, without a band and without a limit.
func plainDistance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range b {
		d[0][j+1] = j + 1
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestDistance(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		b := make([]byte, rnd.IntN(9))
		for i := range b {
			b[i] = "abc"[rnd.IntN(3)]
		}
		return string(b)
	}
	for range 20000 {
		a, b, limit := word(), word(), 1+rnd.IntN(3)
		if got, want := distance([]byte(a), []byte(b), limit), min(plainDistance(a, b), limit+1); got != want {
			t.Fatalf("%q to %q within %d is %d, want %d", a, b, limit, got, want)
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	codes := make([]string, 10_000)
	for i := range codes {
		codes[i] = strconv.Itoa(130_000 + i*7)
	}
	b.ReportAllocs()
	for b.Loop() {
		Nearest("131301", codes)
	}
}
