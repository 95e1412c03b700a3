package browser

import (
	"fmt"
	"math"
	"testing"
)

// TestSlowConnectionLarge loads the index of 4,000 errors, filtered and not, and a page of it, over the line and on the machine of TestSlowConnection.
func TestSlowConnectionLarge(t *testing.T) {
	h := serve(t, largeSite(t))
	for _, width := range []int{390, 1440} {
		p := open(t, h, view{width: width, height: 844})
		p.preload(vitals)
		for _, k := range []kind{{"index", "/docs/api-errors", 200}, {"filtered", "/docs/api-errors?retry=never", 200}, {"page", "/docs/api-error-10100", 200}} {
			where, best := fmt.Sprintf("%s at %d px", k.url, width), math.Inf(1)
			for n := 0; n < 3 && best > 2500; n++ {
				best = min(best, p.loadSlowly(k, where))
			}
			if best > 2500 {
				t.Errorf("%s: the largest paint comes after %.0f ms", where, best)
			}
			t.Logf("%s: %.0f ms", where, best)
		}
	}
}
