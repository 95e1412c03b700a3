package site_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/bench/corpus"
	"errdex/internal/site"
)

// BenchmarkLiveEdit is the way of an edit under `serve` from the news of it to the bytes of its page.
func BenchmarkLiveEdit(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			fsys := fstest.MapFS{}
			for name, data := range corpus.Files(corpus.Config{Definitions: n}) {
				fsys[name] = &fstest.MapFile{Data: data}
			}
			live := site.NewLive(site.Options{Source: fsys, Now: day}, today)
			u, err := live.Update(context.Background(), nil)
			if err != nil || u.Site == nil {
				b.Fatal(err, u)
			}
			name := corpus.EditedFile(corpus.Config{Definitions: n})
			text := fsys[name].Data
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				mark := fmt.Sprintf("edit%dx", i)
				fsys[name] = &fstest.MapFile{Data: bytes.Replace(text, []byte("summary: |\n  "), []byte("summary: |\n  "+mark+" "), 1)}
				u, err := live.Update(context.Background(), []string{name})
				if err != nil || u.Site == nil || u.Doubtful {
					b.Fatal(err, u)
				}
				slug := strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".yaml")
				page, err := u.Site.File("docs/payments-error-" + slug + ".html")
				if err != nil || !bytes.Contains(page, []byte(mark)) {
					b.Fatal(err, slug)
				}
			}
		})
	}
}
