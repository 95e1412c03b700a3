package render

import (
	"cmp"
	"strings"

	"errdex/internal/markdown"
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
	for {
		n := markdown.Before(&escaped, s)
		dst = append(dst, s[:n]...)
		if n == len(s) {
			return dst, true
		}
		dst = append(dst, escapes[s[n]]...)
		s = s[n+1:]
	}
}

// escapes are what takes the place of a byte; bytes with none stay. escaped tells which have one, since most bytes have not.
var escapes, escaped = func() (to [256]string, has markdown.ByteSet) {
	for c, esc := range map[byte]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"} {
		to[c], has[c] = esc, 1
	}
	return to, has
}()

// urlChanges are the bytes that are not kept where a whole URL is printed, and urlPartChanges those where a part of one is: all but unreserved ones, and, of a whole URL, most reserved ones
// (RFC 3986).
var urlChanges, urlPartChanges = allBut(unreserved + "!#$*,/:;=?@[]"), allBut(unreserved)

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

func allBut(s string) markdown.ByteSet {
	set := markdown.SetOf(s)
	for c := range set {
		set[c] ^= 1
	}
	return set
}

// appendURL is for a whole URL in an attribute. One whose scheme html/template would defuse is left to it.
func appendURL(dst []byte, s string) ([]byte, bool) {
	if s != "" && s[0] != '/' && defused(s) {
		return dst, false
	}
	return appendEncoded(dst, s, true), true
}

func defused(url string) bool {
	scheme, _, ok := strings.Cut(url, ":")
	return ok && !strings.Contains(scheme, "/") && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto")
}

// appendURLPart is for a part of a URL, such as what follows a # in the template.
func appendURLPart(dst []byte, s string) ([]byte, bool) { return appendEncoded(dst, s, false), true }

func appendEncoded(dst []byte, s string, whole bool) []byte {
	const hex = "0123456789abcdef"
	changes := &urlPartChanges
	if whole {
		changes = &urlChanges
	}
	for {
		n := markdown.Before(changes, s)
		dst = append(dst, s[:n]...)
		if n == len(s) {
			return dst
		}
		switch c := s[n]; {
		case c == '&' && whole:
			dst = append(dst, "&amp;"...)
		case c == '+' && whole:
			dst = append(dst, "&#43;"...)
		case c == '%' && whole && n+2 < len(s) && isHex(s[n+1]) && isHex(s[n+2]):
			dst = append(dst, c)
		default:
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		}
		s = s[n+1:]
	}
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func compareInts(a, b int64) int     { return cmp.Compare(a, b) }
func compareStrings(a, b string) int { return cmp.Compare(a, b) }
