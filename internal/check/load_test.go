package check_test

import (
	"io/fs"
	"testing"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/link"
	"errdex/internal/load"
)

// read loads and links a source folder. The list holds what both found.
func read(t testing.TB, fsys fs.FS) (*catalog.Site, *link.Map, *diag.List) {
	t.Helper()
	tree, err := load.Scan(fsys)
	if err != nil {
		t.Fatal(err)
	}
	items := make([]load.Item, len(tree.Files()))
	for i := range items {
		items[i] = tree.Read(i)
	}
	site, list := tree.Assemble(items)
	m, found := link.Resolve(site)
	list.Merge(found)
	return site, m, list
}
