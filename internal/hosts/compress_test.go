package hosts_test

import (
	"bytes"
	"strings"
	"testing"

	"errdex/internal/hosts"
	"errdex/internal/output"
)

func TestCompress(t *testing.T) {
	text := []byte(strings.Repeat("Every page is made of the same words, and a few others. ", 100))
	var warm, cold hosts.Compressor
	warm.Compress(output.File{Path: "other.html", Data: []byte("something before")})
	for _, path := range []string{"docs/x.html", "docs/x.json", "docs/x.md", "assets/site.0.css", "feed.xml", "robots.txt"} {
		a, b := warm.Files(output.File{Path: path, Data: text}), cold.Files(output.File{Path: path, Data: text})
		if len(a) != 2 || len(b) != 2 || a[0].Path != path+".gz" || a[1].Path != path+".br" {
			t.Fatalf("%s: %d files", path, len(a))
		}
		for i, encoding := range []string{"gzip", "br"} {
			if !bytes.Equal(a[i].Data, b[i].Data) {
				t.Errorf("%s: what was compressed before shows", a[i].Path)
			}
			if decode(t, encoding, string(a[i].Data)) != string(text) {
				t.Errorf("%s is something else", a[i].Path)
			}
		}
	}
	gz, _ := cold.Compress(output.File{Path: "x.html", Data: text})
	if gz[4]|gz[5]|gz[6]|gz[7] != 0 || gz[3] != 0 {
		t.Errorf("a time or a name is in the header: % x", gz[:10])
	}
	page, asset := output.File{Path: "x.css", Data: text}, output.File{Path: "assets/x.css", Data: text}
	_, nine := cold.Compress(page)
	_, eleven := cold.Compress(asset)
	if bytes.Equal(nine, eleven) {
		t.Error("assets are compressed like pages")
	}
	for path, data := range map[string][]byte{"x.png": text, "small.html": text[:100], ".hosts/nginx/http.conf": text, "_redirects": text, "vercel.json": text, ".nojekyll": text, "empty.html": nil} {
		if out := cold.Files(output.File{Path: path, Data: data}); len(out) > 0 {
			t.Errorf("%s is compressed", path)
		}
	}
}

func BenchmarkCompress(b *testing.B) {
	f := output.File{Path: "docs/x.html", Data: []byte(strings.Repeat("<p>Every page is made of the same words, and a few <a href=\"/docs/y\">others</a>.</p>\n", 80))}
	var c hosts.Compressor
	b.ReportAllocs()
	b.SetBytes(int64(len(f.Data)))
	for b.Loop() {
		c.Compress(f)
	}
}

func BenchmarkFiles(b *testing.B) {
	for _, host := range hosts.Names {
		in := large(10_000)
		in.Hosts = []string{host}
		b.Run(host, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := hosts.Files(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
