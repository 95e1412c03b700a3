package site

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"errdex/internal/assets"
	"errdex/internal/check"
	"errdex/internal/link"
	"errdex/internal/load"
	"errdex/internal/render"
)

func TestDevStages(t *testing.T) {
	dir := os.Getenv("SV_DIR")
	if dir == "" {
		t.Skip()
	}
	root, _ := os.OpenRoot(dir)
	fsys := root.FS()
	lap := func(what string, f func()) {
		runtime.GC()
		s := time.Now()
		f()
		fmt.Printf("%-20s %v\n", what, time.Since(s))
	}
	for range 2 {
		var tree *load.Tree
		lap("scan", func() { tree, _ = load.Scan(fsys) })
		files := tree.Files()
		items := make([]load.Item, len(files))
		lap("read", func() {
			each(context.Background(), Options{}, "", len(files), func(i int) error { items[i] = tree.Read(i); return nil })
		})
		lap("read one", func() { items[5] = tree.Read(5) })
		lap("assemble", func() { tree.Assemble(items) })
		cat, list := tree.Assemble(items)
		lap("paths", func() { cat.Static, _ = assets.Paths(sub(fsys, "static")) })
		lap("resolve", func() { link.Resolve(cat) })
		m, p := link.Resolve(cat)
		list.Merge(p)
		lap("check", func() { list.Merge(check.Run(m, time.Now())) })
		lap("silence", func() { check.Silence(cat, list) })
		lap("entries", func() { render.Entries(m) })
		e := render.Entries(m)
		lap("fingerprint", func() { assets.Hashed("x.txt", fingerprint(e, "")) })
		lap("render.New", func() { render.New(m, nil, nil, render.Site{}) })
	}
}

func BenchmarkDevResolve(b *testing.B) {
	root, _ := os.OpenRoot("/tmp/sv/c10k")
	tree, _ := load.Scan(root.FS())
	files := tree.Files()
	items := make([]load.Item, len(files))
	each(context.Background(), Options{}, "", len(files), func(i int) error { items[i] = tree.Read(i); return nil })
	cat, _ := tree.Assemble(items)
	b.ReportAllocs()
	for b.Loop() {
		link.Resolve(cat)
	}
}
