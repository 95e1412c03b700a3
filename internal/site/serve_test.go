package site_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"errdex/internal/output"
	"errdex/internal/serve"
	"errdex/internal/site"
)

var injected = regexp.MustCompile(`<script src="/__errdex/reload\.js" data-page="[0-9a-f]*" defer></script>`)

// TestServeEqualsCold edits files on disk under a running server, in bursts, and waits until it serves what a cold build of the folder writes.
func TestServeEqualsCold(t *testing.T) {
	rounds := 2300 // some ten thousand edits
	if testing.Short() {
		rounds = 8
	}
	p, dir := newProject(11, 15), t.TempDir()
	for name, text := range p.files {
		write(t, filepath.Join(dir, name), text)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	opt := site.Options{Source: root.FS(), Now: day, Version: "test"}
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- serve.Run(ctx, site.NewLive(opt, today), serve.Options{Dir: dir, Roots: site.Roots, Source: root.FS(), Addr: "127.0.0.1:0", Tell: serve.Tell{
			Ready: func(url, _ string) { ready <- strings.TrimSuffix(url, "/") }, Rebuilt: func(serve.Rebuilt) {}, Notice: func(m string) { t.Log(m) },
		}})
	}()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	url := <-ready
	good, edits, early := 0, 0, 0
	for n := range rounds {
		if n == rounds/4 {
			early = megabytes()
		}
		for range 1 + p.r.IntN(8) {
			edits++
			for _, name := range p.edit() {
				if text, ok := p.files[name]; ok {
					write(t, filepath.Join(dir, name), text)
				} else if err := os.Remove(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(time.Duration(p.r.IntN(30)) * time.Millisecond)
		}
		mem := &output.Memory{}
		if _, err := site.Build(ctx, opt, false, mem); err != nil {
			continue
		}
		good++
		var wrong string
		for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if wrong = differs(t, url, mem); wrong == "" {
				break
			}
		}
		if wrong != "" {
			t.Fatalf("round %d: %s", n, wrong)
		}
	}
	late := megabytes()
	t.Logf("%d edits, %d good sites of %d; %d MB after a quarter, %d MB at the end", edits, good, rounds, early, late)
	if late > early+40 { // the highlighter keeps 16 MiB, and the project grows a little
		t.Errorf("from %d to %d MB", early, late)
	}
	if good < rounds/3 {
		t.Error("the edits do not try what they should")
	}
}

// megabytes is the size of the heap without garbage.
func megabytes() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc >> 20)
}

// differs names a path whose answer is not the file that was built, or returns nothing.
func differs(t *testing.T, url string, mem *output.Memory) string {
	t.Helper()
	for _, path := range mem.Paths() {
		want, _ := mem.Get(path)
		address, status := "/"+path, 200
		switch {
		case path == "_headers" || path == "_redirects":
			want, status = nil, 404
		case path == "index.html":
			address = "/"
		case path == "404.html":
			status = 404
		default:
			address = strings.TrimSuffix(address, ".html")
		}
		res, err := http.Get(url + address)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := injected.ReplaceAllString(string(body), ""); res.StatusCode != status || want != nil && got != string(want) {
			return fmt.Sprintf("%s is answered with %d and other bytes", address, res.StatusCode)
		}
	}
	return ""
}
