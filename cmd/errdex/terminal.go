package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"errdex/internal/diag"

	"golang.org/x/term"
)

// terminal returns the file descriptor of a stream where it is a terminal.
func terminal(w any) (int, bool) {
	f, ok := w.(*os.File)
	if !ok {
		return 0, false
	}
	return int(f.Fd()), term.IsTerminal(int(f.Fd()))
}

// colour reports whether w may be written to in colour: a terminal, and NO_COLOR (no-color.org) not set.
func (a *app) colour(w io.Writer) bool {
	_, ok := terminal(w)
	return ok && a.env("NO_COLOR") == "" && a.env("TERM") != "dumb"
}

func width(w io.Writer) int {
	fd, ok := terminal(w)
	if !ok {
		return 0
	}
	n, _, err := term.GetSize(fd)
	if err != nil {
		return 0
	}
	return n
}

func (a *app) textOptions(w io.Writer, root *os.Root) diag.Options {
	return diag.Options{
		Color: a.colour(w), Width: width(w),
		URL:    diagnosticURL,
		Source: func(file string) ([]byte, error) { return fs.ReadFile(root.FS(), file) },
	}
}

// progress shows on a terminal how far a long stage is; elsewhere it shows nothing. The first second is silent.
type progress struct {
	w     io.Writer
	on    bool
	start time.Time
	mu    sync.Mutex
	last  time.Time
	shown bool
}

func newProgress(w io.Writer) *progress {
	_, on := terminal(w)
	return &progress{w: w, on: on, start: time.Now()}
}

func (p *progress) show(stage string, done, total int) {
	if !p.on || time.Since(p.start) < time.Second {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); now.Sub(p.last) > 100*time.Millisecond {
		p.last, p.shown = now, true
		fmt.Fprintf(p.w, "\r\x1b[K%s %s of %s", stage, count(done, "", ""), count(total, "", ""))
	}
}

// clear takes the line away again.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
	p.on = false
}

// diagnosticURL is where a diagnostic is explained: errdex's own reference, on its own site.
func diagnosticURL(id string) string { return "https://dualhook.com/docs/errdex-error-" + id }
