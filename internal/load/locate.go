package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// fault is where a text stops being YAML.
type fault struct {
	offset  int
	problem string // what the parser says, without its "yaml: line 7: "
	opener  opener // the bracket or quote that is not closed; char 0 where that is not the fault
	at      opener // with an opener: the bracket that closes something else
	extra   bool   // at closes nothing: without it the brackets match
}

// searchBudget is how many bytes are parsed at most to find the faults of a file: half a second's worth, which halving needs
// in a file of a megabyte. In a file of the usual size the search takes some milliseconds.
const searchBudget = 24 << 20

// linearBudget is how many of them may be spent on trying every beginning, the longest first.
const linearBudget = 1 << 20

// locate finds, within a budget of bytes to parse, where src, which does not parse, goes wrong. The parser tells a line at best, and often the wrong one, so
// it is asked again: the fault stands where the longest beginning of src that can still become YAML ends. A beginning can
// if it parses once what is open in it is closed.
func locate(src []byte, err error, budget *int) fault {
	problem, line := problemOf(err)
	s := search{src: src, left: *budget, hint: line}
	defer func() { *budget = max(s.left, 0) }()
	found := scanBrackets(src)
	if found.mismatch.char != 0 && len(found.open) > 0 {
		if before := src[:found.mismatch.offset]; s.passes(before) {
			if without := scanBrackets(slices.Delete(bytes.Clone(src), len(before), len(before)+1)); without.mismatch.char == 0 && len(without.open) == 0 {
				return fault{offset: found.mismatch.offset, problem: problem, at: found.mismatch, extra: true}
			}
			return fault{offset: found.open[len(found.open)-1].offset, problem: problem, opener: found.open[len(found.open)-1], at: found.mismatch}
		}
	} else if len(found.open) > 0 && s.passes(src) {
		last := found.open[len(found.open)-1]
		return fault{offset: last.offset, problem: problem, opener: last}
	}
	at := s.column(s.line())
	if at >= len(src) {
		at = max(len(bytes.TrimRight(src, " \t\r\n"))-1, 0)
	}
	return fault{offset: at, problem: s.problem(at, problem)}
}

type search struct {
	src  []byte
	left int
	hint int // the line that the parser named, 0 where it named none
}

// passes reports whether a beginning of the text can become YAML. When the budget is spent nothing passes, and the search
// ends where it is.
func (s *search) passes(begin []byte) bool {
	if s.left -= len(begin); s.left < 0 {
		return false
	}
	return parseError(complete(begin)) == ""
}

// problem asks for the words of the fault itself: the parser may have given up on something earlier or later.
func (s *search) problem(at int, otherwise string) string {
	end := at
	for end < len(s.src) && s.src[end] != '\n' {
		end++
	}
	if s.left -= end; s.left < 0 {
		return otherwise
	}
	if p := parseError(complete(s.src[:end])); p != "" {
		return p
	}
	return otherwise
}

// complete closes what is open.
func complete(begin []byte) []byte {
	open := scanBrackets(begin).open
	if len(open) == 0 {
		return begin
	}
	out := bytes.Clone(begin)
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].char == '"' && len(out) > 0 && trailingBackslashes(out)%2 == 1 {
			out = append(out, '\\')
		}
		out = append(out, closer(open[i].char))
	}
	return out
}

func trailingBackslashes(b []byte) int { return len(b) - len(bytes.TrimRight(b, `\`)) }

// line returns the offset of the line that holds the fault: the first one of which no longer beginning passes.
func (s *search) line() int {
	var starts []int
	for i := range s.src {
		if i == 0 || s.src[i-1] == '\n' {
			starts = append(starts, i)
		}
	}
	if len(starts) == 0 {
		return 0
	}
	return starts[s.longest(starts, s.hint)]
}

// column returns the offset of the fault in the line that starts at line.
func (s *search) column(line int) int {
	end := line
	for end < len(s.src) && s.src[end] != '\n' {
		end++
	}
	first := line
	for first < end && isBlank(s.src[first]) {
		first++
	}
	offsets := []int{first}
	for i := first + 1; i <= end; i++ {
		if utf8.RuneStart(byteAt(s.src, i)) {
			offsets = append(offsets, i)
		}
	}
	at := offsets[s.longest(offsets, 0)]
	for at > first && at < end && isBlank(s.src[at]) {
		at++
	}
	return at
}

// longest returns the index of the longest beginning that passes, of those that end at the offsets; the first is taken to.
// guess is where the end may be, 0 for no guess.
func (s *search) longest(offsets []int, guess int) int {
	low, high := 0, len(offsets)
	if high == 0 {
		return 0
	}
	for spend := min(linearBudget, s.left/2); high > 1; high-- {
		if spend -= offsets[high-1]; spend < 0 {
			break
		}
		if s.passes(s.src[:offsets[high-1]]) {
			return high - 1
		}
	}
	// Too many to try: halve. What passes after a beginning that did not would be missed, which closing what is open makes
	// rare.
	for _, i := range []int{guess - 3, guess + 3} {
		if i <= low || i >= high || guess == 0 {
			continue
		}
		if s.passes(s.src[:offsets[i]]) {
			low = i
		} else {
			high = i
		}
	}
	for high-low > 1 {
		if mid := (low + high) / 2; s.passes(s.src[:offsets[mid]]) {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

func byteAt(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return '\n'
}

// parseError returns what the parser says of a text, "" where it is YAML.
func parseError(src []byte) string {
	_, err := parse(yaml.NewDecoder(bytes.NewReader(src)))
	if err == nil || errors.Is(err, io.EOF) {
		return ""
	}
	problem, _ := problemOf(err)
	return problem
}

// parse reads one document. The library panics on some broken input instead of returning an error; that is a fault of the
// input all the same.
func parse(dec *yaml.Decoder) (root *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, fmt.Errorf("yaml: %v", p)
		}
	}()
	root = &yaml.Node{}
	if err := dec.Decode(root); err != nil {
		return nil, err
	}
	return root, nil
}
