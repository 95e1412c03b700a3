package main

import (
	"testing"
	"time"
)

func TestQuantileIsTheNearestRank(t *testing.T) {
	var twenty []time.Duration
	for i := range 20 {
		twenty = append(twenty, time.Duration(i+1))
	}
	for _, c := range []struct {
		of   []time.Duration
		q    float64
		want time.Duration
	}{
		{twenty, 0.95, 19}, {twenty, 0.5, 10}, {twenty, 1, 20}, {twenty, 0, 1}, {twenty[:1], 0.95, 1}, {twenty[:10], 0.95, 10}, {nil, 0.5, 0},
	} {
		if got := quantile(c.of, c.q); got != c.want {
			t.Errorf("quantile(%d values, %v) = %d, want %d", len(c.of), c.q, got, c.want)
		}
	}
}
