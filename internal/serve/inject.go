package serve

import (
	"bytes"
	_ "embed"
	"regexp"
)

// base is the path under which serve's own files stand. They come before a site's.
const base = "/__errdex/"

//go:embed reload.js
var reloadScript []byte

//go:embed problems.css
var problemsStyle []byte

//go:embed nosite.html
var noSite []byte

// inject returns a page with serve's script in it. have is the tag of the page without it, by which the script asks whether there is a newer one.
func inject(page []byte, have string) []byte {
	script := `<script src="` + base + `reload.js" data-page="` + have + `" defer></script>`
	at := bytes.Index(page, []byte("</head>"))
	if at < 0 {
		at = len(page) // a parser takes a script at the end of any page
	}
	out := make([]byte, 0, len(page)+len(script))
	out = append(out, page[:at]...)
	out = append(out, script...)
	return append(out, page[at:]...)
}

var stylesheet = regexp.MustCompile(`<link rel="?stylesheet"? href="?([^"> ]+)"?>`)

// restyled reports whether two pages differ in the names of their style sheets and in nothing else, and which took the place of which. Such a change
// needs no reload.
func restyled(old, now []byte) (sheets [][2]string, ok bool) {
	a, b := stylesheet.FindAllSubmatch(old, -1), stylesheet.FindAllSubmatch(now, -1)
	if len(a) == 0 || len(a) != len(b) {
		return nil, false
	}
	for i := range a {
		if from, to := string(a[i][1]), string(b[i][1]); from != to {
			sheets = append(sheets, [2]string{from, to})
			old = bytes.ReplaceAll(old, a[i][0], b[i][0])
		}
	}
	return sheets, len(sheets) > 0 && bytes.Equal(old, now)
}
