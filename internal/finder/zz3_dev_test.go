package finder

import (
	"strings"
	"testing"
	"time"
)

func TestDevLong(t *testing.T) {
	ix := Build(reference(t))
	filler := strings.Repeat("2026-08-04T09:41:17Z INFO request 190 done in 100 ms, 4 rows of {\"id\": 131047, \"total\": 33}\n", 28000)
	for name, text := range map[string]string{
		"filler":      filler + `2026-08-04T09:41:18Z WARN {"error":{"message":"(#131056) pair rate limit hit","code":131056}}` + "\n" + filler,
		"backslashes": strings.Repeat(`\`, 5<<20),
		"ampersands":  strings.Repeat("&amp;", 1<<20),
		"numbers":     strings.Repeat("190 ", 1<<20),
		"words":       strings.Repeat("error code: ", 1<<19),
		"one word":    strings.Repeat("a", 5<<20),
		"braces":      strings.Repeat("{", 5<<20),
		"messages":    strings.Repeat("message:", 1<<19),
		"digits":      strings.Repeat("1", 5<<20),
		"escapes":     strings.Repeat("\x1b[0", 1<<20),
		"codes":       strings.Repeat("code 190 ", 1<<19),
	} {
		begin := time.Now()
		ix.Find(text)
		a := time.Since(begin)
		begin = time.Now()
		inBrowser(t, ix, []string{text})
		t.Log(name, a, time.Since(begin))
	}
}
