package load

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	"errdex/internal/diag"
)

// clean refuses bytes that are not text, with the place of the first and the number of the others, and drops a byte order
// mark. What it lets through has line breaks that every editor counts alike: LF and CR LF.
// ascii tells that it lets through printable ASCII and LF alone.
func clean(data []byte, file string, list *diag.List) (text []byte, ascii, ok bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf32(data) {
		list.ErrorHint(top(file), "invalid-encoding", "this file is UTF-32", "save it as UTF-8")
		return nil, false, false
	}
	if utf16(data) {
		list.ErrorHint(top(file), "invalid-encoding", "this file is UTF-16", "save it as UTF-8")
		return nil, false, false
	}
	var first diag.Diagnostic
	found := 0
	ascii = true
	for i := 0; ; {
		if i += plainSize(data[i:]); i == len(data) {
			break
		}
		ascii = false
		message, hint, size := "", "", 1
		switch c := data[i]; {
		case c == '\t':
		case c == '\r' && i+1 < len(data) && data[i+1] == '\n':
		case c < utf8.RuneSelf:
			message, hint = badASCII(c)
		default:
			message, hint, size = badRune(data[i:])
		}
		if message != "" {
			if found++; found == 1 {
				at := diag.Pos{Line: bytes.Count(data[:i], []byte{'\n'}) + 1, Col: i - bytes.LastIndexByte(data[:i], '\n')}
				first = diag.Diagnostic{Span: diag.Span{File: file, Start: at, End: diag.Pos{Line: at.Line, Col: at.Col + size}}, ID: "invalid-encoding", Message: message, Hint: hint}
			}
		}
		i += size
	}
	if found == 0 {
		return data, ascii, true
	}
	if found > 1 {
		first.Hint += fmt.Sprintf("; it is the first of %d", found)
	}
	list.Add(first)
	return nil, false, false
}

// plainSize returns how many bytes at the beginning of data are printable ASCII or line breaks (LF), as nearly all of a file are.
func plainSize(data []byte) int {
	rest := data
	for len(rest) >= 16 && notPlain(binary.LittleEndian.Uint64(rest))|notPlain(binary.LittleEndian.Uint64(rest[8:])) == 0 {
		rest = rest[16:]
	}
	for len(rest) > 0 && (rest[0]-' ' < 0x7F-' ' || rest[0] == '\n') {
		rest = rest[1:]
	}
	return len(data) - len(rest)
}

// notPlain is 0 where each of eight bytes is printable ASCII or a line break. Of the sums none carries into the next byte: their highest bits tell which of the
// bytes are 0x7F, which are not below a blank, and which are no line breaks.
func notPlain(b uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	low := b &^ tops
	above, other := low+(0x80-' ')*ones, low^'\n'*ones+0x7F*ones
	return (b | (low + ones) | other&^above) & tops
}

// utf16 reports whether data looks like UTF-16 of either order: by its mark, or because every other byte of its beginning
// is zero, as in text of Latin letters.
func utf16(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return true
	}
	var zero [2]int
	n := min(len(data), 64)
	for i, c := range data[:n] {
		if c == 0 {
			zero[i%2]++
		}
	}
	return n >= 4 && (zero[0] >= n/3 && zero[1] == 0 || zero[1] >= n/3 && zero[0] == 0)
}

// utf32 reports whether data looks like UTF-32 of either order: three bytes of every four are zero.
func utf32(data []byte) bool {
	n := min(len(data), 64) &^ 3
	zero := bytes.Count(data[:n], []byte{0})
	return n >= 8 && (zero >= n*3/4 || bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")) && zero >= n/2)
}

func badASCII(c byte) (message, hint string) {
	if c == '\r' {
		return "this line ends with CR alone", "save the file with LF line endings"
	}
	return fmt.Sprintf("a control character (0x%02X) stands here", c), "remove it"
}

// badRune judges a character that is not ASCII: YAML counts three of them as line breaks, which no editor does, and the
// C1 controls and the byte order mark are not text.
func badRune(data []byte) (message, hint string, size int) {
	r, size := utf8.DecodeRune(data)
	switch {
	case r == utf8.RuneError && size <= 1:
		return fmt.Sprintf("this byte (0x%02X) is not UTF-8", data[0]), "save the file as UTF-8", 1
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		return fmt.Sprintf("an invisible line separator (%U) stands here", r), "remove it, or break the line", size
	case r >= 0x80 && r < 0xA0, r == 0xFFFE, r == 0xFFFF:
		return fmt.Sprintf("a control character (%U) stands here", r), "remove it", size
	case r == '\uFEFF':
		return "an invisible byte order mark (U+FEFF) stands here", "remove it", size
	}
	return "", "", size
}
