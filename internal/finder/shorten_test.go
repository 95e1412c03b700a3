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
	whole := textBytes(records)
	for _, power := range []int{1, 2, 3} {
		size := func(step int) int {
			n := textBytes(cutTo(records, step)) * 1000 / whole
			for range power - 1 {
				n = n * textBytes(cutTo(records, step)) / whole
			}
			return n
		}
		for budget := 0; budget <= 1100; budget += 10 {
			fits := func(step int) bool { return size(step) <= budget }
			if got, want := firstStep(records, size(0), budget, fits), sort.Search(lastStep, fits); got != want {
				t.Fatalf("power %d, budget %d: step %d, want %d", power, budget, got, want)
			}
		}
	}
}

// TestSample: what is cut by the weight of a part fits as a whole, and the part is not so small that far too much is cut.
func TestSample(t *testing.T) {
	entries := vendor(12_000)
	ix := Build(entries)
	var s scale
	budget := 12150 + (len(entries)-310)*13
	if size := s.flated(ix.Encode()) * 80 / 100; size > budget || size < budget*8/10 {
		t.Errorf("%d bytes of a budget of %d", size, budget)
	}
	if got := len(sample(ix.records)); got != weighed {
		t.Errorf("%d records are weighed", got)
	}
	if got := len(sample(ix.records[:2*weighed])); got != 2*weighed {
		t.Errorf("%d records of a smaller reference are weighed", got)
	}
}
