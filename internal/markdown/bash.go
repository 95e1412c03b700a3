package markdown

import (
	"strings"
	"unicode/utf8"
)

// bashState is a state of chroma's Bash lexer. All but bashString know everything that bashRoot knows.
type bashState byte

const (
	bashRoot bashState = iota
	bashString
	bashParen
	bashMath
	bashBackticks
	bashCurly
)

var bashKeywords = words("if fi else while do done for then return function case select continue until esac elif")

var bashBuiltins = words("alias bg bind break builtin caller cd command compgen complete declare dirs disown echo enable eval exec exit export false fc fg " +
	"getopts hash help history jobs kill let local logout popd printf pushd pwd read readonly set shift shopt source suspend test time times trap true " +
	"type typeset ulimit umask unalias unset wait")

func words(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// bashLexer is a spans with a stack. hard is set where only chroma can tell.
type bashLexer struct {
	*spans
	stack []bashState
	hard  bool
}

func lexBash(s *spans) bool {
	l := &bashLexer{spans: s, stack: make([]bashState, 1, 8)}
	for l.pos < len(l.text) && !l.hard {
		from := l.pos
		switch l.stack[len(l.stack)-1] {
		case bashString:
			l.inString()
		case bashParen:
			if l.text[l.pos] == ')' {
				l.pop(1, keyword)
			} else {
				l.root()
			}
		case bashMath:
			l.math()
		case bashBackticks:
			if l.text[l.pos] == '`' {
				l.pop(1, stringBack)
			} else {
				l.root()
			}
		case bashCurly:
			l.curly()
		default:
			l.root()
		}
		if l.pos == from && !l.hard { // no rule knows it
			l.to(from+l.rune(from), errorClass)
		}
	}
	return !l.hard
}

// rune returns the size of the character at i.
func (l *bashLexer) rune(i int) int {
	_, size := utf8.DecodeRuneInString(l.text[i:])
	return size
}

// push ends a token of n bytes and enters a state; pop leaves one.
func (l *bashLexer) push(n int, class string, state bashState) {
	l.to(l.pos+n, class)
	l.stack = append(l.stack, state)
}

func (l *bashLexer) pop(n int, class string) {
	l.to(l.pos+n, class)
	l.stack = l.stack[:len(l.stack)-1]
}

func (l *bashLexer) has(prefix string) bool { return strings.HasPrefix(l.text[l.pos:], prefix) }

// root reads one token by the rules that every state but a string knows.
func (l *bashLexer) root() {
	c := l.text[l.pos]
	kind := byteKinds[c]
	switch {
	case kind&kindSpace != 0:
		l.to(l.run(l.pos, kindSpace), plainClass)
	case kind&kindHigh != 0:
		l.hard = true
	case kind&kindWord != 0:
		l.word()
	case c == '#':
		l.comment()
	case kind&kindPlain != 0:
		l.plain()
	default:
		l.sign(c)
	}
	if l.pos < len(l.text) && l.text[l.pos] >= 0x80 && kind&(kindSpace|kindWord|kindPlain) != 0 && c != '#' {
		l.hard = true // the letter behind might have belonged to the token, or been a space
	}
}

// word reads a token that starts with a letter, a digit or an underscore.
func (l *bashLexer) word() {
	end := l.run(l.pos, kindWord)
	next := l.at(end)
	if next >= 0x80 {
		l.hard = true
		return
	}
	if l.pos == 0 || byteKinds[l.text[l.pos-1]]&(kindWord|kindHigh) == 0 {
		w := l.text[l.pos:end]
		space := l.run(end, kindSpace)
		switch {
		case l.at(space) >= 0x80:
			l.hard = true
			return
		case bashKeywords[w]:
			l.to(end, keyword)
			return // the space behind is plain, whoever reads it
		case bashBuiltins[w] && (space > end || next == ')' || next == '`'):
			l.to(end, builtinClass)
			return
		case l.at(space) == '=' || l.at(space) == '+' && l.at(space+1) == '=':
			l.to(end, variable)
			l.to(space, plainClass)
			if l.text[space] == '+' {
				space++
			}
			l.to(space+1, operatorClass)
			return
		}
	} else if l.text[l.pos-1] >= 0x80 {
		l.hard = true // whether a word starts here is for chroma to say
		return
	}
	if digits := l.run(l.pos, kindDigit); digits > l.pos && (digits == len(l.text) || l.text[digits] == ' ' || l.text[digits] == '\n') {
		l.to(digits, number)
		return
	}
	l.plain()
}

// plain reads a run that means nothing to the shell.
func (l *bashLexer) plain() { l.to(l.run(l.pos, kindPlain), plainClass) }

// comment reads to the end of the line; a first line that says which shell is not a comment.
func (l *bashLexer) comment() {
	end := strings.IndexByte(l.text[l.pos:], '\n')
	if l.pos == 0 && end > 2 && l.text[1] == '!' {
		l.to(end+1, preprocessor)
		return
	}
	if end < 0 {
		end = len(l.text) - l.pos
	}
	l.to(l.pos+end, comment)
}

// sign reads a token that starts with a byte that means something to the shell.
func (l *bashLexer) sign(c byte) {
	switch c {
	case '\\':
		if l.pos+1 < len(l.text) {
			l.to(l.pos+1+l.rune(l.pos+1), stringEscape)
		}
	case '[', ']', '{', '}', '(', ')', '=':
		l.to(l.pos+1, operatorClass)
	case '<':
		l.less()
	case '&', '|':
		if l.at(l.pos+1) == c {
			l.to(l.pos+2, operatorClass)
		} else {
			l.to(l.pos+1, plainClass)
		}
	case ';':
		l.to(l.pos+1, plainClass)
	case '`':
		l.push(1, stringBack, bashBackticks)
	case '"':
		if end := bashQuoted(l.text, l.pos+1); end > 0 {
			l.to(end, stringDouble)
		} else {
			l.push(1, stringDouble, bashString)
		}
	case '\'':
		if end := strings.IndexByte(l.text[l.pos+1:], '\''); end >= 0 {
			l.to(l.pos+end+2, stringSingle)
		}
	case '$':
		l.dollar()
	}
}

// less reads what starts with <. A here-document ends where its word comes again, wherever that is.
func (l *bashLexer) less() {
	switch {
	case l.has("<<<"):
		l.to(l.pos+3, operatorClass)
	case l.has("<<"):
		i := l.pos + 2
		if l.at(i) == '-' {
			i++
		}
		i = l.run(i, kindSpace)
		if l.at(i) == '\'' {
			i++
		}
		if l.at(i) == '\\' {
			i++
		}
		end := l.run(i, kindWord)
		if l.at(end) >= 0x80 {
			l.hard = true
		} else if end == i {
			l.to(l.pos+1, plainClass)
		} else if k := strings.Index(l.text[min(end+l.next(end), len(l.text)):], l.text[i:end]); k >= 0 && end < len(l.text) {
			l.to(end+l.next(end)+k+end-i, stringClass)
		} else {
			l.hard = true // the word's beginning may come again: chroma backs off
		}
	default:
		l.to(l.pos+1, plainClass)
	}
}

// next is the size of the character at i, 1 at the end.
func (l *bashLexer) next(i int) int {
	if i >= len(l.text) {
		return 1
	}
	return l.rune(i)
}

// bashQuoted returns the end of a double-quoted string without expansions whose text starts at i, or -1.
func bashQuoted(text string, i int) int {
	for ; i < len(text); i++ {
		switch text[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		case '$':
			return -1
		}
	}
	return -1
}

// dollar reads what starts with $.
func (l *bashLexer) dollar() {
	state := l.stack[len(l.stack)-1]
	if next := l.at(l.pos + 1); next == '"' && state != bashString {
		if end := bashQuoted(l.text, l.pos+2); end > 0 {
			l.to(end, stringDouble)
			return
		}
	} else if next == '\'' && state != bashString {
		for i := l.pos + 2; i < len(l.text); i++ {
			if l.text[i] == '\'' {
				l.to(i+1, stringSingle)
				return
			}
			if l.text[i] == '\\' {
				i++
			}
		}
	}
	switch next := l.at(l.pos + 1); {
	case l.has("$(("):
		l.push(3, keyword, bashMath)
	case next == '(':
		l.push(2, keyword, bashParen)
	case next == '{':
		n := 2
		if l.at(l.pos+2) == '#' {
			n++
		}
		l.push(n, stringInterp, bashCurly)
	case next >= 0x80:
		l.hard = true // it might be a digit
	case byteKinds[next]&kindDigit != 0:
		l.name(kindDigit)
	case byteKinds[next]&kindWord != 0:
		l.name(kindWord)
	case next != 0 && oneOf(next, "#$?!*@-"):
		l.to(l.pos+2, variable)
	default:
		l.to(l.pos+1, plainClass)
	}
}

func (l *bashLexer) name(kind byte) {
	end := l.run(l.pos+1, kind)
	if l.at(end) >= 0x80 {
		l.hard = true
		return
	}
	l.to(end, variable)
}

// inString reads one token inside a double-quoted string that has expansions.
func (l *bashLexer) inString() {
	switch l.text[l.pos] {
	case '"':
		l.pop(1, stringDouble)
		return
	case '$':
		l.dollar()
		return
	}
	i := l.pos
	for i < len(l.text) && l.text[i] != '"' && l.text[i] != '$' {
		if l.text[i] == '\\' {
			if i+1 == len(l.text) {
				break
			}
			i += l.rune(i + 1)
		}
		i++
	}
	l.to(i, stringDouble)
}

// math reads one token inside $((...)).
func (l *bashLexer) math() {
	c := l.text[l.pos]
	switch {
	case l.has("))"):
		l.pop(2, keyword)
	case oneOf(c, "-+*/%^|&"):
		l.to(l.pos+1, operatorClass)
	case byteKinds[c]&kindDigit != 0:
		end := l.run(l.pos, kindDigit)
		if l.at(end) == '#' {
			if l.at(end+1) >= 0x80 {
				l.hard = true
				return
			}
			if digits := l.run(end+1, kindDigit); digits > end+1 {
				end = digits
			} else if l.at(end+1) != ' ' {
				end++
			}
		}
		if l.at(end) >= 0x80 {
			l.hard = true
			return
		}
		l.to(end, number)
	default:
		l.root()
	}
}

// curly reads one token inside ${...}.
func (l *bashLexer) curly() {
	c := l.text[l.pos]
	switch {
	case c == '}':
		l.pop(1, stringInterp)
	case l.has(":-"):
		l.to(l.pos+2, keyword)
	case c == ':':
		l.to(l.pos+1, plainClass)
	case c >= 0x80:
		l.hard = true
	case byteKinds[c]&kindWord != 0:
		end := l.run(l.pos, kindWord)
		if l.at(end) >= 0x80 {
			l.hard = true
			return
		}
		l.to(end, variable)
	case byteKinds[c]&kindPunct != 0:
		end := l.run(l.pos, kindPunct)
		for end < len(l.text) && l.text[end] >= 0x80 { // letters of any script are in the run too
			end = l.run(end+l.rune(end), kindPunct)
		}
		l.to(end, plainClass)
	default:
		l.root()
	}
}
