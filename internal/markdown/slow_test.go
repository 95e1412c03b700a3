package markdown

import (
	"strings"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// TestClockStands: no match of chroma's ends because a clock says so, or what a block looks like would depend on how busy the machine is.
func TestClockStands(t *testing.T) {
	NewHighlighter()
	re := regexp2.MustCompile(`(a+)+$`, regexp2.None)
	re.MatchTimeout = time.Millisecond
	start := time.Now()
	for n := 18; time.Since(start) < 400*time.Millisecond; n++ { // four times the period of the clock
		if ok, err := re.MatchString(strings.Repeat("a", n) + "b"); ok || err != nil {
			t.Fatalf("%v %v", ok, err)
		}
	}
}

// TestSlow: a block that takes too long is shown without colours and reported.
func TestSlow(t *testing.T) {
	h := NewHighlighter()
	h.limit = 20 * time.Millisecond
	text := "int x;" + strings.Repeat("\n", 6000) + "x"
	if got := string(h.Append(nil, "c", text)); strings.Contains(got, "<span") || !strings.Contains(got, "int x;") {
		t.Errorf("%.200s", got)
	}
	if slow := h.Slow(); len(slow) != 1 || slow[0] != (Block{"c", text}) {
		t.Errorf("%.200v", slow)
	}
	h.limit = MaxBlock
	if got := string(h.Append(nil, "c", "int y;")); !strings.Contains(got, "<span") || len(h.Slow()) != 1 {
		t.Errorf("%s", got)
	}
}

// TestSlowTogether: many blocks that stay below the limit for one have a limit together, and are not even begun when it is passed.
func TestSlowTogether(t *testing.T) {
	h := NewHighlighter()
	h.Total = MaxTotal
	h.spent = MaxTotal + 1
	text := "int x;" + strings.Repeat("\n", 20_000) + "x"
	if got := string(h.Append(nil, "c", text)); strings.Contains(got, "<span") || !strings.Contains(got, "int x;") || len(h.lexers) > 0 {
		t.Errorf("a block was begun: %.200s", got)
	}
	h.spent, h.limit, h.longer = MaxTotal-time.Millisecond, 20*time.Millisecond, 10*time.Millisecond
	h.Append(nil, "c", text) // the one that passes the limit is named
	if slow := h.Slow(); len(slow) != 1 || slow[0].Text != text {
		t.Errorf("%.200v", slow)
	}
}
