package hosts

import (
	"path"
	"strings"
)

// CSP is the policy that every page runs under: nothing inline, nothing from elsewhere.
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// How long answers may be kept. Assets carry a hash of their content in their name. A redirect is kept for an hour only, so that a slip can be
// mended; a page for five minutes, then it is asked for again by its ETag.
const (
	cacheAssets   = "public, max-age=31536000, immutable"
	cachePages    = "public, max-age=300"
	cacheRedirect = "public, max-age=3600"
	cacheNothing  = "no-cache"
)

type header struct{ name, value string }

// security are the headers of every answer. The powerful features that a reference never uses are switched off by name, since a browser
// allows what is not named. Strict-Transport-Security binds the whole host name, other sites on it included, so it is only sent when
// the owner of the name asked for it.
func (in *Input) security() []header {
	out := []header{
		{"Content-Security-Policy", CSP},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
		{"Permissions-Policy", "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
	}
	if in.HSTS != "" {
		out = append(out, header{"Strict-Transport-Security", in.HSTS})
	}
	return out
}

// types are the content types by ending. JSON takes no charset (RFC 8259, section 11); Markdown must name one (RFC 7763).
var types = []struct{ ending, value string }{
	{".atom", "application/atom+xml"},
	{".css", "text/css"},
	{".html", "text/html"},
	{".ico", "image/x-icon"},
	{".jpg", "image/jpeg"},
	{".js", "text/javascript"},
	{".json", "application/json"},
	{".md", "text/markdown"},
	{".png", "image/png"},
	{".svg", "image/svg+xml"},
	{".txt", "text/plain"},
	{".webmanifest", "application/manifest+json"},
	{".webp", "image/webp"},
	{".xml", "application/xml"},
}

// special are the files whose ending does not say what they are.
var special = []struct{ path, value string }{
	{"feed.xml", "application/atom+xml"},
	{"opensearch.xml", "application/opensearchdescription+xml"},
}

const problemType = "application/problem+json"

// contentType returns the type of a file, with its charset where it is text.
func contentType(file string) string {
	for _, s := range special {
		if s.path == file {
			return s.value + "; charset=utf-8"
		}
	}
	for _, t := range types {
		if path.Ext(file) == t.ending {
			if text(t.value) {
				return t.value + "; charset=utf-8"
			}
			return t.value
		}
	}
	return "application/octet-stream"
}

// text reports whether a type needs its charset named.
func text(mime string) bool {
	return strings.HasPrefix(mime, "text/") || strings.HasSuffix(mime, "xml") && mime != "image/svg+xml"
}

// cacheOf returns the Cache-Control of a file.
func cacheOf(file string) string {
	if strings.HasPrefix(file, "assets/") {
		return cacheAssets
	}
	return cachePages
}
