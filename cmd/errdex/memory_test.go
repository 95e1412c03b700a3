package main

import (
	"strings"
	"testing"
)

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		live uint64 // megabytes
		want int
	}{{0, 5900}, {1, 5900}, {4, 5900}, {64, 275}, {160, 50}, {208, 44}, {100_000, 44}} {
		if got := usual.percent(c.live << 20); got != c.want {
			t.Errorf("%d MB alive: %d %%, want %d", c.live, got, c.want)
		}
	}
}

// TestCollectLess builds a site of its own and counts the collections: some twenty with Go's default, and hardly any here.
func TestCollectLess(t *testing.T) {
	collections := func(env ...string) int {
		cmd := program("build", "--no-cache", "--source", "../..", "--out", t.TempDir()+"/public")
		cmd.Env = append(append(cmd.Env, "GODEBUG=gctrace=1"), env...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return strings.Count(string(out), "\ngc ")
	}
	ours, theirs := collections(), collections("GOGC=100")
	if ours > 5 || theirs < 2*ours {
		t.Errorf("%d collections, and %d where GOGC is set", ours, theirs)
	}
}
