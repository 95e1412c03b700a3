package hosts

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
)

//go:embed moved.js
var movedJS []byte

// movedPath is where the script of the stubs lies, with a hash of its bytes like every asset.
func movedPath() string {
	sum := sha256.Sum256(movedJS)
	return "assets/moved." + hex.EncodeToString(sum[:6]) + ".js"
}

// stub is the page that stands in for a redirect. The script comes first and holds the parser up, so that a reader is gone, with the fragment, before
// anything else happens; only where no script runs does the refresh, which would drop the fragment, come into play. Search engines read the
// canonical address. The path is one of the site, so nothing in it needs escaping.
func (w *writer) stub(to string) []byte {
	var b bytes.Buffer
	absolute := w.in.BaseURL + to
	fmt.Fprintf(&b, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>This page has moved</title>
<script src="/%[3]s" data-to="%[1]s"></script>
<noscript><meta http-equiv="refresh" content="0; url=%[1]s"></noscript>
<link rel="canonical" href="%[2]s">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
</head>
<body>
<p>This page has moved to <a href="%[1]s">%[2]s</a>.</p>
</body>
</html>
`, to, absolute, movedPath())
	return b.Bytes()
}

// published reports whether a path is that of a file, and not of a page.
func (w *writer) published(path string) bool { return w.routes.taken[path] }

const (
	// docs.github.com, "GitHub Pages limits": a published site may have 1 GB.
	githubSize = 1 << 30
	// Beyond this many, stubs for other spellings would be most of the site.
	githubStubs = 10_000
	// Copies of twins for old URLs have no more than this together: one page may have thousands of old URLs, and a twin a megabyte.
	githubCopies = 256 << 20
)

// githubPages writes stubs, since GitHub Pages knows neither redirects nor headers.
func (w *writer) githubPages() {
	w.file(".nojekyll", []byte{})
	w.file(movedPath(), movedJS)
	lost, copied := 0, 0
	twins := map[string][]byte{} // each is made once, however many copies there are
	for _, r := range w.routes.kept {
		if !w.published(r.To) {
			w.file(r.From[1:]+".html", w.stub(r.To))
			continue
		}
		data, ok := twins[r.To]
		if !ok && copied < githubCopies {
			if data, ok = w.read(r.To[1:]); ok {
				twins[r.To] = data
			}
		}
		if copied += len(data); !ok || copied > githubCopies {
			lost++
			continue
		}
		w.file(r.From[1:], data)
	}
	if lost > 0 {
		w.note(Note{Host: "github_pages", Message: fmt.Sprintf("%d old JSON and Markdown URLs are not answered", lost), Hint: "publish to a host with redirects", Lost: true})
	}
	w.githubForgive()
	w.githubFolders()
	if w.size > githubSize {
		w.note(Note{Host: "github_pages", Message: fmt.Sprintf("the site has %d MB, GitHub Pages takes 1,024", w.size>>20), Hint: "publish to another host"})
	}
	w.compressedInVain("github_pages")
}

func (w *writer) read(path string) ([]byte, bool) {
	if w.in.Read == nil {
		return nil, false
	}
	return w.in.Read(path)
}

// githubForgive writes stubs below /e/ only: those below an index would make a folder of the name of its page, and it is not certain which of the
// two GitHub Pages then looks at (jekyll/jekyll#4920). The script of 404.html finds the page for the others.
func (w *writer) githubForgive() {
	var forgive []Redirect
	collections := make(map[string]bool, len(w.in.Collections))
	for _, c := range w.in.Collections {
		collections["/e/"+c.ID] = true
	}
	for _, r := range w.routes.forgive {
		if strings.HasPrefix(r.From, "/e/") && !collections[r.From] {
			forgive = append(forgive, r)
		}
	}
	if len(forgive) > githubStubs {
		w.note(Note{Host: "github_pages", Message: fmt.Sprintf("URLs below /e/ are not forgiven, there would be %d stubs", len(forgive)), Hint: "hosts with redirects need none"})
		return
	}
	for _, r := range forgive {
		w.file(r.From[1:]+".html", w.stub(r.To))
	}
}

// githubFolders puts the page x.html a second time at x/index.html where there is a folder x too, so that /x is answered whichever of the two the
// host takes.
func (w *writer) githubFolders() {
	folders := map[string]bool{}
	parents := func(path string) {
		for i := strings.LastIndexByte(path, '/'); i > 0; i = strings.LastIndexByte(path[:i], '/') {
			folders[path[:i]] = true
		}
	}
	for _, f := range w.in.Files {
		parents(f.Path)
	}
	for _, f := range w.files {
		parents(f.Path)
	}
	stubs := make(map[string]int, len(w.files))
	for i, f := range w.files {
		stubs[f.Path] = i
	}
	for folder := range folders {
		index := folder + "/index.html"
		if w.published("/" + index) {
			continue
		}
		if i, ok := stubs[folder+".html"]; ok {
			w.file(index, w.files[i].Data)
		} else if w.published("/" + folder + ".html") {
			if data, ok := w.read(folder + ".html"); ok {
				w.file(index, data)
			} else {
				w.note(Note{Host: "github_pages", Message: fmt.Sprintf("there is a page /%[1]s and a folder %[1]s, and the host may take the folder", folder), Hint: "change `url` or `index` in the collection.yaml, so that no page has the name of a folder", Lost: true})
			}
		}
	}
}
