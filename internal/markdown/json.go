package markdown

import "strings"

// jsonState is a state of chroma's JSON lexer. Its grammar is loose: it colours what people write, fragments and faults
// included, so the states say only what may come next, not what is valid.
type jsonState byte

const (
	jsonValue     jsonState = iota // anything; also the state at the start
	jsonObject                     // a key or a closing brace
	jsonAttribute                  // what follows a key
	jsonArray
)

func lexJSON(s *spans) bool {
	stack := make([]jsonState, 1, 16)
	for s.pos < len(s.text) {
		c, state := s.text[s.pos], stack[len(stack)-1]
		switch {
		case byteKinds[c]&kindSpace != 0:
			s.to(s.run(s.pos, kindSpace), plainClass)
			continue
		case c >= 0x80:
			return false
		case c == '/' && s.at(s.pos+1) == '/':
			if end := strings.IndexByte(s.text[s.pos:], '\n'); end >= 0 {
				s.to(s.pos+end+1, comment)
				continue
			}
		case c == '"':
			end := jsonString(s.text, s.pos)
			switch {
			case end < 0:
			case state == jsonObject:
				s.to(end, tagClass)
				stack = append(stack, jsonAttribute)
				continue
			default:
				s.to(end, stringDouble)
				continue
			}
		case c == '}' && state == jsonObject:
			s.to(s.pos+1, plainClass)
			stack = stack[:len(stack)-1]
			continue
		case state == jsonObject: // everything else is out of place here
		case c == '{':
			s.to(s.pos+1, plainClass)
			stack = append(stack, jsonObject)
			continue
		case c == '[':
			s.to(s.pos+1, plainClass)
			stack = append(stack, jsonArray)
			continue
		case c == '}' && state == jsonAttribute: // closes the key and its object
			s.to(s.pos+1, plainClass)
			stack = stack[:len(stack)-2]
			continue
		case c == ',' && state == jsonAttribute, c == ']' && state == jsonArray:
			s.to(s.pos+1, plainClass)
			stack = stack[:len(stack)-1]
			continue
		case c == ':' && state == jsonAttribute, c == ',' && state == jsonArray:
			s.to(s.pos+1, plainClass)
			continue
		case c == '-' || byteKinds[c]&kindDigit != 0:
			if end, class, ok := s.jsonNumber(); !ok {
				return false
			} else if end > s.pos {
				s.to(end, class)
				continue
			}
		default:
			if end, ok := s.jsonWord(); !ok {
				return false
			} else if end > s.pos {
				s.to(end, constant)
				continue
			}
		}
		s.to(s.pos+1, errorClass)
	}
	return true
}

// jsonString returns the end of the string that starts at i, or -1 where it has none. Where its closing quote is missing the
// last quote behind it closes it, escaped or not: that is how far the regular expression backs off.
func jsonString(text string, i int) int {
	for j := i + 1; j < len(text); j++ {
		switch text[j] {
		case '"':
			return j + 1
		case '\\':
			if j+1 < len(text) && (text[j+1] == '\\' || text[j+1] == '"') {
				j++
			}
		}
	}
	if last := strings.LastIndexByte(text, '"'); last > i {
		return last + 1
	}
	return -1
}

// jsonWord returns the end of true, false or null at s.pos, or s.pos where there is none of them. ok is false where what stands
// behind decides and is not ASCII.
func (s *spans) jsonWord() (end int, ok bool) {
	for _, w := range [...]string{"true", "false", "null"} {
		if !strings.HasPrefix(s.text[s.pos:], w) {
			continue
		}
		end := s.pos + len(w)
		switch k := byteKinds[s.at(end)]; {
		case k&kindHigh != 0:
			return 0, false
		case k&kindWord != 0:
			return s.pos, true
		}
		return end, true
	}
	return s.pos, true
}

// jsonNumber returns the end and class of the number at s.pos, or s.pos where there is none. ok is false where a digit might
// follow that is not ASCII.
func (s *spans) jsonNumber() (end int, class string, ok bool) {
	i := s.pos
	if s.text[i] == '-' {
		i++
	}
	switch c := s.at(i); {
	case c == '0':
		i++
	case byteKinds[c]&kindDigit != 0:
		i = s.run(i, kindDigit)
	case c >= 0x80:
		return 0, "", false
	default:
		return s.pos, "", true
	}
	end, class = i, numberInt
	if s.at(i) == '.' {
		if j := s.run(i+1, kindDigit); j > i+1 {
			i, end, class = j, j, numberFloat
		} else if s.at(j) >= 0x80 {
			return 0, "", false
		} else {
			return end, class, true
		}
	}
	if c := s.at(i); c == 'e' || c == 'E' {
		j := i + 1
		if c := s.at(j); c == '+' || c == '-' {
			j++
		}
		if k := s.run(j, kindDigit); k > j {
			i, end, class = k, k, numberFloat
		} else {
			i = j
		}
	}
	return end, class, s.at(i) < 0x80
}
