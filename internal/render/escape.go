package render

import (
	"cmp"
	"strings"
)

// appenders are the chains of escapers that the built-in templates come to, each as one function that appends a plain string.
// They give the bytes that html/template's give, or report false where it must decide.
var appenders = map[string]func(dst []byte, s string) ([]byte, bool){
	"htmlescaper":                         appendHTML,
	"attrescaper":                         appendHTML,
	"rcdataescaper":                       appendHTML,
	"urlfilter urlnormalizer attrescaper": appendURL,
	"urlescaper attrescaper":              appendURLPart,
}

// appendHTML is html/template's escaping of text in elements and in quoted attributes, which are the same for plain strings.
func appendHTML(dst []byte, s string) ([]byte, bool) {
	for last := 0; ; {
		i := last
		for i < len(s) && !escaped[s[i]] {
			i++
		}
		dst = append(dst, s[last:i]...)
		if i == len(s) {
			return dst, true
		}
		dst = append(dst, escapes[s[i]]...)
		last = i + 1
	}
}

// escapes are what takes the place of a byte; bytes with none stay. escaped tells which have one, since most bytes have not.
var escapes, escaped = func() (to [256]string, has [256]bool) {
	for c, esc := range map[byte]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"} {
		to[c], has[c] = esc, true
	}
	return to, has
}()

// urlKeeps tells which bytes a URL keeps: unreserved ones everywhere, reserved ones (RFC 3986) where a whole URL is printed.
var urlUnreserved, urlReserved = byteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"), byteSet("!#$&*+,/:;=?@[]")

func byteSet(s string) (set [256]bool) {
	for i := range len(s) {
		set[s[i]] = true
	}
	return set
}

// appendURL is for a whole URL in an attribute. One whose scheme html/template would defuse is left to it.
func appendURL(dst []byte, s string) ([]byte, bool) {
	if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") &&
		!strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
		return dst, false
	}
	return appendEncoded(dst, s, true), true
}

// appendURLPart is for a part of a URL, such as what follows a # in the template.
func appendURLPart(dst []byte, s string) ([]byte, bool) { return appendEncoded(dst, s, false), true }

func appendEncoded(dst []byte, s string, whole bool) []byte {
	const hex = "0123456789abcdef"
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '&' && whole:
			dst = append(dst, "&amp;"...)
		case c == '+' && whole:
			dst = append(dst, "&#43;"...)
		case urlUnreserved[c], whole && urlReserved[c], whole && c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			dst = append(dst, c)
		default:
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		}
	}
	return dst
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func compareInts(a, b int64) int     { return cmp.Compare(a, b) }
func compareStrings(a, b string) int { return cmp.Compare(a, b) }
