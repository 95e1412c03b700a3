package check

import (
	"errdex/internal/catalog"
	"fmt"
	"unicode/utf8"
)

// summaryLimit is the length in characters that search engines and link previews show of a description, with room to spare.
const summaryLimit = 300

func summaryTooLong() rule {
	return rule{Rule: warning("summary-too-long", "The summary has more than 300 characters."), definition: func(p *pass, d *catalog.Definition) {
		if len(d.Summary.Value) <= summaryLimit {
			return
		}
		text := d.Summary.Doc.Plain()
		n := utf8.RuneCountInString(text)
		if n <= summaryLimit {
			return
		}
		p.report(d.Summary.Part(d.File, offsetOf(d.Summary.Value, summaryLimit), len(d.Summary.Value)),
			fmt.Sprintf("the summary has %d characters, %d too many", n, n-summaryLimit),
			"keep what it is and what to do; the rest belongs in `meaning`")
	}}
}

// offsetOf returns the offset in bytes of the nth character.
func offsetOf(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}
