package markdown

// The lexers written by hand for the languages that error references are full of. Each gives exactly the spans that
// chroma's lexer of that language gives, at a fiftieth of its cost: chroma tries regular expressions one after the other at
// every position, and that was four fifths of the time of a page. What a hand lexer does not know for certain (letters
// beyond ASCII outside strings, a here-document without its end) it leaves to chroma. TestHandLexersAgree and the fuzz
// targets hold the two together.

// handLexers by language; chroma's aliases are there too. A lexer reports whether it could do it.
var handLexers = map[string]func(s *spans) bool{
	"json": lexJSON, "jsonl": lexJSON,
	"bash": lexBash, "sh": lexBash, "shell": lexBash, "zsh": lexBash, "ksh": lexBash,
}

// maxHand is the length in bytes up to which a hand lexer is asked: from 8,192 on chroma cuts a run of equal tokens in two.
const maxHand = 8 << 10

// spans writes the tokens of text, which follow each other without a gap, joining neighbours of one class.
type spans struct {
	dst   []byte
	text  string
	pos   int    // end of the last token
	start int    // of the run that is not written yet
	class string // of that run
}

// The classes of chroma's token types, as far as the hand lexers need them. Text and punctuation have no span.
const (
	plainClass    = ""
	errorClass    = "err"
	keyword       = "k"
	constant      = "kc"
	builtinClass  = "nb"
	tagClass      = "nt"
	variable      = "nv"
	stringDouble  = "s2"
	stringSingle  = "s1"
	stringClass   = "s"
	stringEscape  = "se"
	stringInterp  = "si"
	stringBack    = "sb"
	number        = "m"
	numberInt     = "mi"
	numberFloat   = "mf"
	operatorClass = "o"
	comment       = "c1"
	preprocessor  = "cp"
)

// to ends a token of class at end.
func (s *spans) to(end int, class string) {
	if end == s.pos {
		return
	}
	if class != s.class {
		s.flush()
		s.class = class
	}
	s.pos = end
}

func (s *spans) flush() {
	if s.start == s.pos {
		return
	}
	value := s.text[s.start:s.pos]
	s.start = s.pos
	if s.class == plainClass {
		s.dst = appendEscaped(s.dst, value)
	} else {
		s.dst = appendSpan(s.dst, s.class, value)
	}
}

// appendSpan appends text of a class.
func appendSpan(dst []byte, class, value string) []byte {
	dst = append(dst, `<span class="`...)
	dst = append(dst, class...)
	dst = append(dst, `">`...)
	dst = appendEscaped(dst, value)
	return append(dst, `</span>`...)
}

// at returns the byte at i, or 0 behind the end. Texts have no NUL: handSpans sees to it.
func (s *spans) at(i int) byte {
	if i < len(s.text) {
		return s.text[i]
	}
	return 0
}

// run returns the end of the run of bytes from i whose kind is one of kinds.
func (s *spans) run(i int, kinds byte) int {
	for i < len(s.text) && byteKinds[s.text[i]]&kinds != 0 {
		i++
	}
	return i
}

// Kinds of bytes as chroma's regular expressions see them, within ASCII.
const (
	kindSpace byte = 1 << iota
	kindDigit
	kindWord  // letters, digits, underscore
	kindPlain // bash: neither space nor anything that means something to the shell
	kindPunct // bash: what may stand inside ${...} beside names
	kindHigh  // beyond ASCII
)

var byteKinds = func() (k [256]byte) {
	for c := range 256 {
		switch {
		case c == ' ' || c >= '\t' && c <= '\r':
			k[c] |= kindSpace
		case c >= '0' && c <= '9':
			k[c] |= kindDigit | kindWord
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_':
			k[c] |= kindWord
		case c >= 0x80:
			k[c] |= kindHigh
		}
		if k[c]&(kindSpace|kindHigh) == 0 && !oneOf(byte(c), "=[]{}()$\"'`\\<&|;") {
			k[c] |= kindPlain
		}
		if k[c]&kindHigh == 0 && !oneOf(byte(c), "}:\"'`$\\") {
			k[c] |= kindPunct
		}
	}
	return k
}()

func oneOf(c byte, set string) bool {
	for i := range len(set) {
		if set[i] == c {
			return true
		}
	}
	return false
}
