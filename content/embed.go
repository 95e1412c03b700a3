// Package content carries errdex's own error reference, so that `errdex explain` can print it anywhere. The rest of content/ is the
// first site and is read from the folder like any other.
package content

import "embed"

// FS has site.yaml and the collection of errdex's own diagnostics.
//
//go:embed site.yaml errdex/*.yaml
var FS embed.FS
