package load

import "bytes"

// opener is a bracket or a quote that stands open.
type opener struct {
	offset int
	char   byte
}

// closers maps an opener to what closes it.
func closer(c byte) byte {
	switch c {
	case '[':
		return ']'
	case '{':
		return '}'
	}
	return c
}

// brackets is what a scan of YAML text found.
type brackets struct {
	open     []opener // in the order of the text; a quote can only be the last
	mismatch opener   // a closing bracket that closes something else than the last open one; char 0 where there is none
}

// scanBrackets finds the flow brackets and quotes that are open at the end of src. It knows as much of YAML as that needs:
// where a value begins, comments, and block scalars, whose lines are text. It is used where a file is not YAML, so it
// takes anything.
func scanBrackets(src []byte) brackets {
	s := bracketScan{src: src}
	for s.at < len(src) && s.found.mismatch.char == 0 {
		s.line()
	}
	return s.found
}

type bracketScan struct {
	src   []byte
	at    int
	found brackets
}

// line reads one line in block context, or what a value that begins on it spans.
func (s *bracketScan) line() {
	start := s.at
	s.blanks()
	indent := s.at - start
	for s.at < len(s.src) && s.src[s.at] != '\n' {
		switch c := s.src[s.at]; {
		case c == '#':
			s.rest()
		case c == '"' || c == '\'':
			s.quoted(c)
		case c == '[' || c == '{':
			s.flow()
		case c == '|' || c == '>':
			s.rest()
			s.block(indent)
			return
		case c == '-' && s.blankAt(s.at+1):
			indent = s.at - start // an item's block scalar is indented by its dash
			s.at++
		case c == '&' || c == '!':
			s.word()
		default:
			s.plain()
		}
		if s.found.mismatch.char != 0 {
			return
		}
		s.blanks()
		if s.at < len(s.src) && s.src[s.at] == ':' && s.blankAt(s.at+1) {
			s.at++
			s.blanks()
		}
	}
	s.at++
}

// plain skips a plain scalar: up to a colon that ends a key, a comment or the end of the line.
func (s *bracketScan) plain() {
	for ; s.at < len(s.src) && s.src[s.at] != '\n'; s.at++ {
		c := s.src[s.at]
		if c == ':' && s.blankAt(s.at+1) || c == '#' && s.at > 0 && isBlank(s.src[s.at-1]) {
			return
		}
	}
}

// quoted skips a quoted scalar, or records that it does not end.
func (s *bracketScan) quoted(quote byte) {
	start := s.at
	for s.at++; s.at < len(s.src); s.at++ {
		switch c := s.src[s.at]; {
		case c == '\\' && quote == '"':
			s.at++
		case c == quote && quote == '\'' && s.at+1 < len(s.src) && s.src[s.at+1] == quote:
			s.at++
		case c == quote:
			s.at++
			return
		}
	}
	s.at = len(s.src)
	s.found.open = append(s.found.open, opener{start, quote})
}

// flow reads a flow collection to its end.
func (s *bracketScan) flow() {
	base := len(s.found.open)
	fresh := true // a value may begin here
	for s.at < len(s.src) {
		c := s.src[s.at]
		switch {
		case c == '[' || c == '{':
			s.found.open = append(s.found.open, opener{s.at, c})
			s.at++
			fresh = true
		case c == ']' || c == '}':
			last := len(s.found.open) - 1
			if closer(s.found.open[last].char) != c {
				s.found.mismatch = opener{s.at, c}
				return
			}
			s.found.open = s.found.open[:last]
			s.at++
			fresh = false
			if last == base {
				return
			}
		case (c == '"' || c == '\'') && fresh:
			s.quoted(c)
			fresh = false
		case c == '#' && s.at > 0 && (isBlank(s.src[s.at-1]) || s.src[s.at-1] == '\n'):
			s.rest()
		case c == ',' || c == ':':
			fresh = true
			s.at++
		default:
			fresh = fresh && (isBlank(c) || c == '\n' || c == '\r')
			s.at++
		}
	}
}

// block skips the lines of a block scalar: those that are empty or deeper than indent.
func (s *bracketScan) block(indent int) {
	s.at++
	for s.at < len(s.src) {
		end := bytes.IndexByte(s.src[s.at:], '\n')
		line := s.src[s.at:]
		if end >= 0 {
			line = line[:end]
		}
		body := bytes.TrimLeft(line, " ")
		if len(bytes.TrimSpace(body)) > 0 && len(line)-len(body) <= indent {
			return
		}
		s.at += len(line) + 1
	}
}

func (s *bracketScan) blanks() {
	for s.at < len(s.src) && isBlank(s.src[s.at]) {
		s.at++
	}
}

func (s *bracketScan) word() {
	for s.at < len(s.src) && !isBlank(s.src[s.at]) && s.src[s.at] != '\n' {
		s.at++
	}
}

func (s *bracketScan) rest() {
	for s.at < len(s.src) && s.src[s.at] != '\n' {
		s.at++
	}
}

func (s *bracketScan) blankAt(i int) bool {
	return i >= len(s.src) || isBlank(s.src[i]) || s.src[i] == '\n' || s.src[i] == '\r'
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
