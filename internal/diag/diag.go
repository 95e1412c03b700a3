// Package diag holds source positions and diagnostics: what is wrong with the content, where exactly, and what to do
// about it. It refuses to know what a definition is; every stage that reads the content puts its findings into a List,
// and the command prints them: Text for people, JSON, SARIF and GitHub for programs.
//
// A diagnostic is a value, never an error: an error means that the machine failed, a diagnostic that the content did.
package diag

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Severity ranks a diagnostic.
type Severity uint8

// Error fails a build; Warning fails it under --strict only.
const (
	Error Severity = iota
	Warning
)

// String returns "error" or "warning", the words of every output format.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Pos is a place in a file: 1-based line, 1-based column in bytes. The zero Pos is the file as a whole.
type Pos struct{ Line, Col int }

// Span is a stretch of one file. File is relative to the folder the user named, with slashes. End is exclusive; a zero
// End means that only the start is known.
type Span struct {
	File       string
	Start, End Pos
}

// Related is a second place that explains a diagnostic, such as "first defined here".
type Related struct {
	Span    Span
	Message string
}

// Diagnostic is one problem of the content.
type Diagnostic struct {
	Span     Span
	Severity Severity
	ID       string // the rule that found it, such as "unresolved-reference"
	Message  string // one terse line, lower case, no full stop
	Hint     string // what to do; may be empty
	Related  []Related
	// About names what it is about, in words of the stage that found it: a finding about what another one says is gone follows from that one. It is not printed.
	About []string
	// Cause tells that others follow from it, in other files: it is reported before them.
	Cause bool
}

// AboutUnread names a file that is not read, as Diagnostic.About does.
func AboutUnread(file string) string { return "unread:" + file }

// AboutGivenUp names a URL that was given up, as Diagnostic.About does.
func AboutGivenUp(url string) string { return givenUp + url }

// IsGivenUp reports whether a diagnostic is about a URL that was given up.
func (d Diagnostic) IsGivenUp() bool {
	return len(d.About) > 0 && strings.HasPrefix(d.About[0], givenUp)
}

const givenUp = "given-up:"

// List collects diagnostics. The zero List is empty and ready. It is not safe for concurrent use: each worker fills a
// list of its own and the recipe merges them in order.
type List struct{ all []Diagnostic }

// Add appends d. Its message and hint are cut to a few lines of a terminal: they may quote what an author wrote, which may be a megabyte.
func (l *List) Add(d Diagnostic) {
	d.Message, d.Hint = short(d.Message), short(d.Hint)
	l.all = append(l.all, d)
}

// maxText is the length in bytes of the longest message: some ten times that of the longest with a name of a few words in it.
const maxText = 1000

func short(s string) string {
	if len(s) <= maxText {
		return s
	}
	return strings.ToValidUTF8(s[:maxText/2], "") + " ... " + strings.ToValidUTF8(s[len(s)-maxText/2:], "")
}

// Error adds an error without a hint.
func (l *List) Error(s Span, id, message string) {
	l.Add(Diagnostic{Span: s, ID: id, Message: message})
}

// ErrorHint adds an error with a hint.
func (l *List) ErrorHint(s Span, id, message, hint string) {
	l.Add(Diagnostic{Span: s, ID: id, Message: message, Hint: hint})
}

// Warn adds a warning; hint may be empty.
func (l *List) Warn(s Span, id, message, hint string) {
	l.Add(Diagnostic{Span: s, Severity: Warning, ID: id, Message: message, Hint: hint})
}

// Merge appends everything in other.
func (l *List) Merge(other *List) {
	if other != nil {
		l.all = append(l.all, other.all...)
	}
}

// Len returns the number of diagnostics.
func (l *List) Len() int { return len(l.all) }

// All yields the diagnostics in the order of Add.
func (l *List) All() iter.Seq[Diagnostic] { return slices.Values(l.all) }

// Count returns how many errors and warnings there are.
func (l *List) Count() (errors, warnings int) {
	for i := range l.all {
		if l.all[i].Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

// Failed reports whether the list holds an error, or, when strict, anything at all.
func (l *List) Failed(strict bool) bool {
	e, w := l.Count()
	return e > 0 || strict && w > 0
}

// Sorted returns the diagnostics by file, place, id and message, causes of others before all else, with exact duplicates dropped. The order is the same on
// every run whatever the order of Add.
func (l *List) Sorted() []Diagnostic {
	out := slices.Clone(l.all)
	slices.SortStableFunc(out, compare)
	return slices.CompactFunc(out, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	if a.Cause != b.Cause {
		if a.Cause {
			return -1
		}
		return 1
	}
	return cmp.Or(
		strings.Compare(a.Span.File, b.Span.File),
		cmp.Compare(a.Span.Start.Line, b.Span.Start.Line),
		cmp.Compare(a.Span.Start.Col, b.Span.Start.Col),
		cmp.Compare(a.Span.End.Line, b.Span.End.Line),
		cmp.Compare(a.Span.End.Col, b.Span.End.Col),
		cmp.Compare(a.Severity, b.Severity),
		strings.Compare(a.ID, b.ID),
		strings.Compare(a.Message, b.Message),
		strings.Compare(a.Hint, b.Hint),
	)
}

// Filter returns a list with the diagnostics for which keep is true.
func (l *List) Filter(keep func(Diagnostic) bool) *List {
	out := &List{}
	for _, d := range l.all {
		if keep(d) {
			out.all = append(out.all, d)
		}
	}
	return out
}
