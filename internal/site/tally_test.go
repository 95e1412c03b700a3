package site

import (
	"strings"
	"testing"

	"errdex/internal/output"
)

// TestMaxSite: what is written has a limit, and the message names it and the file.
func TestMaxSite(t *testing.T) {
	written := 0
	tally := &tally{limit: 3 << 20, sink: func(output.File) error { written++; return nil }}
	var err error
	for range 10 {
		if err = tally.take(output.File{Path: "docs/x.html", Data: make([]byte, 1<<20)}); err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "3 MB with docs/x.html") || written != 3 {
		t.Errorf("%d files and %v", written, err)
	}
}
