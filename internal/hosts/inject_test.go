package hosts_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"errdex/internal/hosts"
)

// hostile are texts that mean something in at least one of the formats.
var hostile = []string{
	"/a b", "/a\nb", "/a\r\nX: y", "/a\tb", "/a\"b", "/a'b", "/a`b", "/a$uri", "/a${x}", "/a{path}", "/a}b", "/a;b", "/a#b", "/a:slug", "/a*", "/a\\b", "/a<b>", "/a&b", "/a%0ab",
	"//evil.example", "/\\evil.example", "https://evil.example/", "/../a", "/.hosts/a", "/a/../b", "/a//b", "", "a", "/a\x00", "/a\u2028b", "/ä", "/a?b", "/a(b)", "/a|b", "/a~b\n",
}

// TestNothingBreaksOut puts hostile texts wherever a text can come from: each is refused with a plain error.
func TestNothingBreaksOut(t *testing.T) {
	for _, bad := range hostile {
		for what, change := range map[string]func(*hosts.Input){
			"redirect from": func(in *hosts.Input) {
				in.Redirects = append(in.Redirects, hosts.Redirect{From: bad, To: "/docs/api-error-1"})
			},
			"redirect to": func(in *hosts.Input) {
				in.Redirects = append(in.Redirects, hosts.Redirect{From: "/docs/x", To: bad})
			},
			"index":   func(in *hosts.Input) { in.Collections[0].Index = bad },
			"pattern": func(in *hosts.Input) { in.Collections[0].Pattern = bad + "/{slug}" },
			"id":      func(in *hosts.Input) { in.Collections[0].ID = bad },
			"url":     func(in *hosts.Input) { in.Collections[0].Entries[0].URL = bad },
			"slug":    func(in *hosts.Input) { in.Collections[0].Entries[0].Slug = bad },
			"base":    func(in *hosts.Input) { in.BaseURL = "https://docs.example.com" + bad },
			"hsts":    func(in *hosts.Input) { in.HSTS = "max-age=1" + bad },
			"host":    func(in *hosts.Input) { in.Hosts = []string{"nginx", bad} },
		} {
			in := large(3)
			in.Hosts = hosts.Names
			change(&in)
			_, _, err := hosts.Files(in)
			switch {
			case bad == "" && (what == "base" || what == "hsts"): // nothing was added
			case bad == "" && what == "pattern": // /{slug}
			case bad == "a" && (what == "id" || what == "slug"), bad == "a" && what == "base": // a fine name
			case err == nil:
				t.Errorf("%s %q is taken", what, bad)
			case strings.ContainsAny(err.Error(), "\n\r\x00"):
				t.Errorf("%s %q: the error has a line break: %q", what, bad, err)
			}
		}
	}
}

func TestBaseURLs(t *testing.T) {
	for base, want := range map[string]bool{
		"https://docs.example.com": true, "http://localhost:8080": true, "https://пример.рф": true, "http://[::1]:80": true, "https://example.com/docs": true,
		"https://example.com/": false, "example.com": false, "ftp://example.com": false, "https://": false, "https://a b.example": false, "https://user@example.com": false,
		"https://example.com?x": false, "https://example.com#x": false, "https://exa{mple}.com": false, "https://-example.com": false, "https://example.com/a b": false, "": false,
	} {
		in := large(2)
		in.Hosts, in.BaseURL = hosts.Names, base
		if _, _, err := hosts.Files(in); (err == nil) != want {
			t.Errorf("%q: %v", base, err)
		}
	}
}

func TestLoopsAndChainsAreRefused(t *testing.T) {
	for _, redirects := range [][]hosts.Redirect{
		{{From: "/a", To: "/a"}}, {{From: "/a", To: "/b"}, {From: "/b", To: "/c"}}, {{From: "/a", To: "/b"}, {From: "/a", To: "/c"}}, {{From: "/a", To: "/b"}, {From: "/b", To: "/a"}},
	} {
		if _, _, err := hosts.Files(hosts.Input{BaseURL: "https://a.example", Redirects: redirects}); err == nil {
			t.Errorf("%v is taken", redirects)
		}
	}
}

// TestStrangeFiles gives names that static/ can hold and that are no site paths. They reach JSON and lists only, where they are what they are.
func TestStrangeFiles(t *testing.T) {
	in := large(3)
	in.Hosts = hosts.Names
	for _, bad := range hostile {
		if name := strings.Trim(bad, "/"); name != "" && name != "a" && name != "evil.example" && !strings.Contains(name, "..") {
			in.Files = append(in.Files, hosts.File{Path: "img/" + name + ".html"}, hosts.File{Path: "img/" + name})
		}
	}
	slices.SortFunc(in.Files, func(a, b hosts.File) int { return strings.Compare(a.Path, b.Path) })
	in.Files = slices.CompactFunc(in.Files, func(a, b hosts.File) bool { return a.Path == b.Path })
	files, notes, err := hosts.Files(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		switch filepath.Base(f.Path) {
		case "objects.json", "redirects.json", "objects.tsv":
		default:
			if bytes.Contains(f.Data, []byte("img/")) {
				t.Errorf("%s speaks of a file in img/", f.Path)
			}
		}
		if strings.HasSuffix(f.Path, ".json") && !json.Valid(f.Data) {
			t.Errorf("%s is no JSON", f.Path)
		}
		if strings.HasSuffix(f.Path, ".tsv") {
			for line := range strings.Lines(string(f.Data)) {
				if strings.Count(line, "\t") != 4 {
					t.Errorf("%s: %q", f.Path, line)
				}
			}
		}
	}
	if !slices.ContainsFunc(notes, func(n hosts.Note) bool { return strings.Contains(n.Message, `img/a\nb`) && n.Host == "s3" }) {
		t.Errorf("%v", notes)
	}
}

func TestFilesAreTheSame(t *testing.T) {
	in := large(300)
	in.Hosts = slices.Clone(hosts.Names)
	first, _, err := hosts.Files(in)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(in.Hosts)
	slices.Reverse(in.Files)
	slices.Reverse(in.Redirects)
	slices.Reverse(in.Collections[0].Entries)
	second, _, err := hosts.Files(in)
	if err != nil {
		t.Fatal(err)
	}
	if len(first) != len(second) {
		t.Fatalf("%d and %d files", len(first), len(second))
	}
	for i := range first {
		if first[i].Path != second[i].Path || !bytes.Equal(first[i].Data, second[i].Data) {
			t.Errorf("%s differs", first[i].Path)
		}
	}
}

// FuzzFiles gives any text as any part of the input. It is refused, or every file is still of its form: lines of three words in _redirects, entries of
// one form in the maps of nginx and Caddy, JSON where JSON is due; and no text that has not the form of a path is found anywhere but in JSON.
func FuzzFiles(f *testing.F) {
	for _, bad := range hostile {
		f.Add(bad, "/docs/x", "/docs/errors", "E-1")
		f.Add("/a", bad, "/e", "190")
	}
	f.Add("/Docs/A", "/docs/b", "/docs/api-errors", "100002")
	entry := regexp.MustCompile(`^    "(~\^)?/[A-Za-z0-9._~/\\-]*\$?" "/[A-Za-z0-9._~/?=-]*";$`)
	f.Fuzz(func(t *testing.T, from, to, index, code string) {
		in := large(6)
		in.Hosts = hosts.Names
		in.Redirects = append(in.Redirects, hosts.Redirect{From: from, To: to})
		in.Collections[0].Index = index
		marked := "zq" + code + "zq"
		in.Collections[0].Entries[1].Code = marked
		files, _, err := hosts.Files(in)
		if err != nil {
			return
		}
		for _, f := range files {
			text := string(f.Data)
			switch {
			case f.Path == "_redirects":
				lineRules(t, strings.ReplaceAll(text, "!", ""), false)
			case f.Path == ".hosts/nginx/http.conf":
				for _, name := range []string{"errdex_kept", "errdex_forgiven", "errdex_page"} {
					_, body, _ := strings.Cut(text, "map $errdex_key $"+name+" {\n    default \"\";\n")
					body, _, _ = strings.Cut(body, "}\n")
					for line := range strings.Lines(body) {
						if !entry.MatchString(strings.TrimSuffix(line, "\n")) {
							t.Errorf("%s: %q", name, line)
						}
					}
				}
			case strings.HasSuffix(f.Path, ".json") && !json.Valid(f.Data):
				t.Errorf("%s is no JSON", f.Path)
			}
			if !strings.HasSuffix(f.Path, ".json") && bytes.Contains(f.Data, []byte(marked)) && !regexp.MustCompile(`^[A-Za-z0-9._~-]+$`).MatchString(code) {
				t.Errorf("%s has the code %q", f.Path, code)
			}
		}
	})
}

// TestServersTakeEveryPath has nginx and Caddy read what they are given for paths of every character that is allowed, in numbers.
func TestServersTakeEveryPath(t *testing.T) {
	in := large(10_000)
	in.Hosts = []string{"nginx", "caddy"}
	long := "/" + strings.Repeat("a", 600) + "/b_~c-d.e"
	in.Redirects = append(in.Redirects, hosts.Redirect{From: long, To: "/docs/api-errors"}, hosts.Redirect{From: "/A~._-/0", To: "/docs/api-errors"},
		hosts.Redirect{From: "/docs/API-errors", To: "/docs/api-error-100001"}, hosts.Redirect{From: "/docs/Api-errors", To: "/docs/api-error-100002"},
		hosts.Redirect{From: "/true", To: "/docs/api-errors"}, hosts.Redirect{From: "/default", To: "/docs/api-errors"}, hosts.Redirect{From: "/hostnames", To: "/docs/api-errors"})
	files, _, err := hosts.Files(in)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range append(files, pages(resolve(t, content()))...) {
		to := filepath.Join(dir, filepath.FromSlash(f.Path))
		_ = os.MkdirAll(filepath.Dir(to), 0o755)
		if err := os.WriteFile(to, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []func() server{func() server { return startNginx(t, dir, false) }, func() server { return startCaddy(t, dir) }} {
		s := s()
		for from, to := range map[string]string{long: "/docs/api-errors", "/A~._-/0": "/docs/api-errors", "/docs/API-errors": "/docs/api-error-100001", "/docs/Api-errors": "/docs/api-error-100002",
			"/docs/api-error-100003": "/docs/api-error-100003-token", "/docs/api-error-100003.json": "/docs/api-error-100003-token.json", "/default": "/docs/api-errors", "/true": "/docs/api-errors"} {
			if a := s.get(t, from); a.status != 301 || strings.TrimPrefix(a.header.Get("Location"), s.url) != to {
				t.Errorf("%s: %.60s: %d %s, want %s", s.name, from, a.status, a.header.Get("Location"), to)
			}
		}
		if a := s.get(t, "/docs/api-errors"); a.status != 200 {
			t.Errorf("%s: a page that an alias only differs from by case: %d %s", s.name, a.status, a.header.Get("Location"))
		}
	}
}

// TestServersLeadNowhereElse asks for paths by which servers have been made to redirect to other sites, or to split a header.
func TestServersLeadNowhereElse(t *testing.T) {
	m := resolve(t, content())
	eachServer(t, m, false, func(t *testing.T, s server, _ hosts.Input) {
		for _, path := range []string{
			"//docs/api-error-190.html", "//docs/api-error-190/", "//docs/api-error-190", "///docs/api-error-190.html", "//evil.example/%2e%2e", "//evil.example/..;/", "/%2fevil.example/",
			"/%5cevil.example/", "/\\evil.example/", "//evil.example/index.html", "/docs/api-error-190.html%0d%0aX-Split:1", "/docs/api-error-190/%0d%0aX-Split:1", "//e/7", "/e//7", "//index.html",
			"/docs//api-error-190.html", "/docs/api-error-190.html//", "/docs/../docs/api-error-190.html", "/docs/./api-error-190/", "//www.evil.example/docs/api-error-190.html", "/.//evil.example/",
		} {
			a := s.get(t, path)
			location := strings.TrimPrefix(a.header.Get("Location"), s.url)
			if strings.HasPrefix(location, "//") || strings.HasPrefix(location, "/\\") || strings.Contains(location, "evil") || location != "" && !strings.HasPrefix(location, "/") || a.header.Get("X-Split") != "" {
				t.Errorf("%s: %d to %q", path, a.status, a.header.Get("Location"))
			}
			if location != "" {
				if b := s.get(t, location); b.status != 200 {
					t.Errorf("%s leads to %s, which answers %d", path, location, b.status)
				}
			}
		}
	})
}

// TestCompressedNeighboursStayHome gives a build with --compress to a bucket, which can hand out one form of a file only.
func TestCompressedNeighboursStayHome(t *testing.T) {
	in := large(3)
	in.Hosts, in.Compressed = []string{"s3", "nginx"}, true
	in.Files = append(in.Files, hosts.File{Path: "index.html.br"}, hosts.File{Path: "index.html.gz"}, hosts.File{Path: "data.tar.gz"})
	files, notes, err := hosts.Files(in)
	if err != nil || len(notes) > 0 {
		t.Fatal(err, notes)
	}
	for _, f := range files {
		if strings.HasPrefix(f.Path, ".hosts/s3/objects") && (bytes.Contains(f.Data, []byte("index.html.")) || !bytes.Contains(f.Data, []byte("data.tar.gz"))) {
			t.Errorf("%s:\n%s", f.Path, f.Data)
		}
	}
}

func TestUploadScriptsParse(t *testing.T) {
	files, _, _ := written(t, resolve(t, content()), "s3", "gcs")
	for _, host := range []string{"s3", "gcs"} {
		cmd := exec.Command("sh", "-n")
		cmd.Stdin = strings.NewReader(files[".hosts/"+host+"/upload.sh"])
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v %s", host, err, out)
		}
	}
}
