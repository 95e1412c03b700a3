package hosts_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/hosts"
	"errdex/internal/link"
	"errdex/internal/load"
	"errdex/internal/output"
)

// content is a small source folder with one of everything that a host can get wrong: codes that two definitions share, a slug that is not its
// code, upper case, dots, aliases of every form, two collections that know the same code.
func content() map[string]string {
	def := func(code string, more ...string) string {
		return fmt.Sprintf("code: %q\ntitle: Error %s\nsummary: What it is.\ncauses:\n  - {id: first, text: Something happened.}\n", code, code) + strings.Join(more, "")
	}
	return map[string]string{
		"content/site.yaml":                  "title: Docs\nbase_url: https://docs.example.com\n",
		"content/api/collection.yaml":        "title: API errors\nnoun: API error\nurl: /docs/api-error-{slug}\nindex: /docs/api-errors\n",
		"content/api/190.yaml":               def("190", "aliases: [token-expired, \"0190\", /old/190, Mixed-Case]\n"),
		"content/api/7.yaml":                 def("7", "status: removed\n"),
		"content/api/100.yaml":               def("100"),
		"content/api/100-webhook.yaml":       def("100"),
		"content/api/131051-a.yaml":          def("131051"),
		"content/api/131051-b.yaml":          def("131051"),
		"content/api/E_AUTH.yaml":            def("E_AUTH", "aliases: [e_auth_old]\n"),
		"content/api/v1.2.yaml":              def("v1.2"),
		"content/own/collection.yaml":        "title: Own errors\nurl: /own/{slug}\nindex: /own\n",
		"content/own/190.yaml":               def("190"),
		"content/own/forbidden.yaml":         def("403"),
		"content/guides/account-health.md":   "---\ntitle: Health\ndescription: About it.\naliases: [health]\n---\n\n## How\n\nText.\n",
		"content/guides/throttling-guide.md": "---\ntitle: Throttling\ndescription: About it.\n---\n\nText.\n",
	}
}

func resolve(t testing.TB, files map[string]string) *link.Map {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := load.Scan(fsys)
	if err != nil {
		t.Fatal(err)
	}
	items := make([]load.Item, len(tree.Files()))
	for i := range items {
		items[i] = tree.Read(i)
	}
	site, list := tree.Assemble(items)
	m, problems := link.Resolve(site)
	list.Merge(problems)
	for _, d := range list.Sorted() {
		t.Fatalf("%s:%d: %s: %s", d.Span.File, d.Span.Start.Line, d.ID, d.Message)
	}
	return m
}

// pages stands for what a build writes before the hosts are asked: each file says which it is.
func pages(m *link.Map) []output.File {
	var out []output.File
	add := func(path, text string) { out = append(out, output.File{Path: path, Data: []byte(text)}) }
	body := strings.Repeat("<p>Text that is worth compressing.</p>\n", 60)
	for _, p := range m.Pages {
		path := strings.TrimPrefix(p.URL, "/") + ".html"
		if p.URL == "/" {
			path = "index.html"
		}
		add(path, "<!doctype html><title>"+p.URL+"</title>\n"+body)
		for _, ending := range p.Twins() {
			add(strings.TrimPrefix(p.URL, "/")+ending, `"`+p.URL+ending+`"`+"\n"+strings.Repeat("twin ", 200))
		}
	}
	add("404.html", "<!doctype html><title>Page not found</title>\n"+body)
	add("feed.xml", "<feed/>")
	add("opensearch.xml", "<OpenSearchDescription/>")
	add("sitemap.xml", "<urlset/>")
	add("robots.txt", "User-agent: *\n")
	add("assets/site.0123456789ab.css", strings.Repeat("p { margin: 0 }\n", 100))
	add("assets/site.0123456789ab.js", strings.Repeat("let a = 1\n", 100))
	add("img/Photo.svg", "<svg/>")
	return out
}

func listed(files []output.File) []hosts.File {
	var out []hosts.File
	for _, f := range files {
		out = append(out, hosts.File{Path: f.Path, Size: int64(len(f.Data))})
	}
	return out
}

// build writes a whole site for the hosts into a folder.
func build(t testing.TB, m *link.Map, compress bool, names ...string) (dir string, in hosts.Input) {
	t.Helper()
	files := pages(m)
	in = hosts.From(m, listed(files))
	in.Hosts, in.Compressed = names, compress
	in.Read = func(path string) ([]byte, bool) {
		for _, f := range files {
			if f.Path == path {
				return f.Data, true
			}
		}
		return nil, false
	}
	more, _, err := hosts.Files(in)
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, more...)
	if compress {
		var c hosts.Compressor
		for _, f := range files[:len(files):len(files)] {
			files = append(files, c.Files(f)...)
		}
	}
	dir = t.TempDir()
	for _, f := range files {
		to := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, in
}
