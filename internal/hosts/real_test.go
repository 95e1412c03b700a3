package hosts_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errdex/internal/hosts"
	"errdex/internal/output"
	"errdex/internal/site"
)

// TestServersServeTheRealSite builds the site of content/ and fetches all of it, and every forgiven spelling of its codes, from real servers.
func TestServersServeTheRealSite(t *testing.T) {
	var sink output.Memory
	result, err := site.Build(context.Background(), site.Options{Source: os.DirFS(filepath.Join("..", ".."))}, false, &sink)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("the content does not build: %v", err) // its own tests say why
	}
	m := result.Map
	var files []output.File
	for _, path := range sink.Paths() {
		if strings.HasPrefix(path, hosts.Folder+"/") || strings.HasPrefix(path, "_") {
			continue // made again below, for other hosts
		}
		data, _ := sink.Get(path)
		files = append(files, output.File{Path: path, Data: data})
	}
	in := hosts.From(m, listed(files))
	in.Hosts, in.Compressed = []string{"nginx", "caddy", "netlify", "cloudflare"}, true
	more, notes, err := hosts.Files(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		if n.Lost {
			t.Errorf("%+v", n)
		}
	}
	var c hosts.Compressor
	for _, f := range files {
		more = append(more, c.Files(f)...)
	}
	dir := t.TempDir()
	for _, f := range append(files, more...) {
		to := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, start := range map[string]func(t *testing.T) server{
		"nginx": func(t *testing.T) server { return startNginx(t, dir, true) },
		"caddy": func(t *testing.T) server { return startCaddy(t, dir) },
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			for _, f := range files {
				url := "/" + f.Path
				if page, ok := strings.CutSuffix(url, ".html"); ok {
					url = page
				}
				if url == "/index" {
					url = "/"
				}
				want := 200
				if url == "/404" {
					want = 404
				}
				a := s.get(t, url, "Accept-Encoding", "br")
				if a.status != want {
					t.Errorf("%s: %d", url, a.status)
					continue
				}
				if decode(t, a.header.Get("Content-Encoding"), a.body) != string(f.Data) {
					t.Errorf("%s is not the file", url)
				}
			}
			for _, r := range in.Redirects {
				s.leads(t, r.From, r.To, 301)
			}
			for _, c := range in.Collections {
				for _, e := range c.Entries {
					s.leads(t, c.Index+"/"+e.Slug, e.URL, 302)
					s.leads(t, "/e/"+c.ID+"/"+e.Slug, e.URL, 302)
				}
			}
			s.leads(t, "/e/190", "/docs/whatsapp-error-190", 302)
			s.leads(t, "/e/whatsapp/190", "/docs/whatsapp-error-190", 302)
			s.leads(t, "/docs/whatsapp-errors/190", "/docs/whatsapp-error-190", 302)
		})
	}
}
