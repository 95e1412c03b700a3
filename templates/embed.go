// Package templates holds the built-in page templates. A project's own templates/ lies over them file by file.
package templates

import "embed"

// FS has one file a page kind, and layout.html with what they share.
//
//go:embed *.html
var FS embed.FS
