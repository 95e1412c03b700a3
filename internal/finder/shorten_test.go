package finder

import (
	"sort"
	"testing"
)

// TestFirstStep holds the guess to a search that asks every step it needs, for data that shrinks faster or slower than its texts.
func TestFirstStep(t *testing.T) {
	records := []record{
		{keywords: "one two three four five six seven eight nine ten eleven twelve", messages: []message{{text: "a message of some words that goes on for a while and then a little more"}, {text: "short"}}},
		{keywords: "alpha beta", messages: []message{{text: "Session of {user} has expired on {time} and there is nothing to be done about it but to begin again from the start"}}},
	}
	share(records)
	whole := textBytes(records, 0, false)
	for _, power := range []int{1, 2, 3} {
		size := func(step int) int {
			n := textBytes(records, step, false) * 1000 / whole
			for range power - 1 {
				n = n * textBytes(records, step, false) / whole
			}
			return n
		}
		for budget := 0; budget <= 1100; budget += 10 {
			fits := func(step int) bool { return size(step) <= budget }
			if got, want := firstStep(func(step int) int { return textBytes(records, step, false) }, size(0), budget, fits), sort.Search(lastStep, fits); got != want {
				t.Fatalf("power %d, budget %d: step %d, want %d", power, budget, got, want)
			}
		}
	}
}
