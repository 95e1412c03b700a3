package load

import (
	"math/rand/v2"
	neturl "net/url"
	"testing"
)

// TestPlainAddress holds the addresses that get no second look to what that look asks of them.
func TestPlainAddress(t *testing.T) {
	pieces := []string{"https://", "http://", "HTTPS://", "https:/", "a", "B", "example.com", ".", "-", "_", "/", "//", "9", ":80", ":x", "?q", "#f", "%20", "%", " ", "@", "[", "]", "~", "é", "\n", "\\", "`", "x.y/z"}
	r := rand.New(rand.NewPCG(5, 6))
	plain := 0
	for range 100_000 {
		s := pieces[0]
		if r.IntN(4) == 0 {
			s = ""
		}
		for range r.IntN(5) {
			s += pieces[r.IntN(len(pieces))]
		}
		if !isPlainAddress(s) {
			continue
		}
		plain++
		if u, err := neturl.Parse(s); err != nil || u.Scheme != "https" || u.Host == "" {
			t.Fatalf("%q is taken for an address, and is %v, %v", s, u, err)
		}
	}
	if plain < 1000 {
		t.Errorf("%d addresses are plain: the test says little", plain)
	}
	for _, s := range []string{"https://example.com", "https://id.example/docs/errors_2/x-y.html"} {
		if !isPlainAddress(s) {
			t.Errorf("%s is not taken for a plain address", s)
		}
	}
}
