package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"strings"
	"sync"

	"errdex/internal/diag"
)

// hub holds what is shown and wakes those who watch it.
type hub struct {
	source fs.FS

	mu       sync.Mutex
	site     Site // nil where there has been no good one yet
	last     Site // what was shown before, to tell a browser what became of its page
	problems []problem
	watchers map[chan struct{}]bool
}

// problem is a diagnostic as it is laid over a page: plain text in every field.
type problem struct {
	Place   string `json:"place"` // file:line:col, or empty
	Kind    string `json:"kind"`  // error or warning
	ID      string `json:"id"`
	Message string `json:"message"`
	Detail  string `json:"detail"` // the lines it points at and what to do
}

// maxProblems is how many problems are laid over a page; the terminal and `errdex check` have them all.
const maxProblems = 40

func newHub(source fs.FS) *hub {
	return &hub{source: source, watchers: map[chan struct{}]bool{}}
}

// show puts a site in the place of the one that is shown; the problems stay.
func (h *hub) show(s Site) { h.set(s, false, nil) }

// settle shows a site that is without error.
func (h *hub) settle(s Site) { h.set(s, true, nil) }

// fail shows the last good site, which may be nil, with what is wrong over it.
func (h *hub) fail(good Site, list *diag.List, err error) { h.set(good, true, h.explain(list, err)) }

func (h *hub) set(s Site, settled bool, problems []problem) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s != h.site {
		h.last, h.site = h.site, s
	} else if settled && len(problems) == 0 && len(h.problems) == 0 {
		return
	}
	if settled {
		h.problems = problems
	}
	for w := range h.watchers {
		select {
		case w <- struct{}{}:
		default: // it has not looked since it was last woken
		}
	}
}

func (h *hub) now() (site, last Site, problems []problem) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.site, h.last, h.problems
}

// watch returns a channel that holds a token whenever something may have changed since the last look, and what ends it.
func (h *hub) watch() (wake <-chan struct{}, end func()) {
	w := make(chan struct{}, 1)
	w <- struct{}{}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watchers[w] = true
	return w, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watchers, w)
	}
}

// explain puts the errors into words, and before them the warnings that are their causes; other warnings keep no site from being shown.
func (h *hub) explain(list *diag.List, err error) []problem {
	var out []problem
	if err != nil {
		out = append(out, problem{Kind: "error", Message: err.Error()})
	}
	if list == nil {
		return out
	}
	errors, _ := list.Count()
	for _, d := range list.Sorted() {
		if (d.Severity == diag.Error || d.Cause && errors > 0) && len(out) < maxProblems {
			out = append(out, h.problem(d))
		}
	}
	return out
}

// problem prints one diagnostic as the terminal would and takes its first line apart from the rest.
func (h *hub) problem(d diag.Diagnostic) problem {
	var one diag.List
	one.Add(d)
	var b bytes.Buffer
	_ = diag.Text(&b, &one, diag.Options{Source: func(file string) ([]byte, error) { return fs.ReadFile(h.source, file) }})
	head, rest, _ := strings.Cut(b.String(), "\n")
	if i := strings.LastIndex(strings.TrimRight(rest, "\n"), "\n"); i >= 0 {
		rest = rest[:i] // without the totals
	}
	place, _, _ := strings.Cut(head, ": "+d.Severity.String()+": ")
	return problem{Place: place, Kind: d.Severity.String(), ID: d.ID, Message: d.Message, Detail: strings.Trim(rest, "\n")}
}

// tag stands for the bytes of a file, in an ETag and where a browser says what it has.
func tag(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}
