package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// fault is where a text stops being YAML.
type fault struct {
	offset  int
	problem string // what the parser says, without its "yaml: line 7: "
	opener  opener // the bracket or quote that is not closed; char 0 where that is not the fault
	at      opener // with an opener: the bracket that closes something else
}

// searchBudget is how many bytes are parsed at most to find a fault: a tenth of a second's worth.
const searchBudget = 4 << 20

// locate finds where src, which does not parse, goes wrong. The parser tells a line at best, and often the wrong one, so
// it is asked again: the fault stands where the longest beginning of src that can still become YAML ends. A beginning can
// if it parses once what is open in it is closed.
func locate(src []byte, problem string) fault {
	s := search{src: src, left: searchBudget}
	found := scanBrackets(src)
	if found.mismatch.char != 0 && len(found.open) > 0 {
		if before := src[:found.mismatch.offset]; s.passes(before) {
			return fault{offset: found.open[len(found.open)-1].offset, problem: problem, opener: found.open[len(found.open)-1], at: found.mismatch}
		}
	} else if len(found.open) > 0 && s.passes(src) {
		last := found.open[len(found.open)-1]
		return fault{offset: last.offset, problem: problem, opener: last}
	}
	line := s.line()
	at := s.column(line)
	if at >= len(src) {
		at = max(len(bytes.TrimRight(src, " \t\r\n"))-1, 0)
	}
	return fault{offset: at, problem: s.problem(at, problem)}
}

type search struct {
	src  []byte
	left int
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
	if len(starts)*len(s.src)/2 <= s.left {
		for i := len(starts) - 1; i > 0; i-- {
			if s.passes(s.src[:starts[i]]) {
				return starts[i]
			}
		}
		return 0
	}
	// Too long to try every line: halve. What passes after a beginning that did not would be missed, which closing what is
	// open makes rare.
	low, high := 0, len(starts)
	for high-low > 1 {
		if mid := (low + high) / 2; s.passes(s.src[:starts[mid]]) {
			low = mid
		} else {
			high = mid
		}
	}
	if len(starts) == 0 {
		return 0
	}
	return starts[low]
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
	if (end-first)*end > s.left {
		return first
	}
	for i := end; i > first; i-- {
		if utf8.RuneStart(byteAt(s.src, i)) && s.passes(s.src[:i]) {
			for i < end && isBlank(s.src[i]) {
				i++
			}
			return i
		}
	}
	return first
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
	return problemOf(err)
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
