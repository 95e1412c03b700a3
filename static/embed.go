// Package static holds the built-in styles, scripts and pictures. A project's own static/ lies over them file by file.
package static

import "embed"

// FS has the files as they are written; the build gives them their hashed names.
//
//go:embed *.css *.js *.svg
var FS embed.FS
