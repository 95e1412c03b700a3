package hosts_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"errdex/internal/hosts"
	"errdex/internal/output"
)

// TestHostsKeepEveryURL asks every host for every page, twin, old URL and forgiven spelling.
func TestHostsKeepEveryURL(t *testing.T) {
	m := resolve(t, content())
	for _, c := range []struct {
		names string
		host  func(files map[string]string) host
		// what the host cannot forgive
		index bool
	}{
		{"cloudflare", func(f map[string]string) host { return cloudflare(t, f) }, true},
		{"netlify", func(f map[string]string) host { return netlify(t, f) }, true},
		{"netlify cloudflare", func(f map[string]string) host { return netlify(t, f) }, true},
		{"netlify github_pages", func(f map[string]string) host { return netlify(t, f) }, true},
		{"cloudflare github_pages s3", func(f map[string]string) host { return cloudflare(t, f) }, true},
		{"vercel", func(f map[string]string) host { return vercel(t, f) }, true},
		{"github_pages", githubPages, false},
		{"s3", func(f map[string]string) host { return bucket(t, f, "s3") }, true},
		{"gcs", func(f map[string]string) host { return bucket(t, f, "gcs") }, true},
	} {
		t.Run(c.names, func(t *testing.T) {
			files, in, notes := written(t, m, strings.Fields(c.names)...)
			h := c.host(files)
			for _, n := range notes {
				if n.Lost {
					t.Errorf("%s: %s (%s)", n.Host, n.Message, n.Hint)
				}
			}
			for _, p := range m.Pages {
				want := strings.TrimPrefix(p.URL, "/") + ".html"
				if p.URL == "/" {
					want = "index.html"
				}
				if status, to, file := h(p.URL); status != 200 || file != want {
					t.Errorf("%s: %d %s %s", p.URL, status, to, file)
				}
				for _, ending := range p.Twins() {
					if status, _, file := h(p.URL + ending); status != 200 || file != p.URL[1:]+ending {
						t.Errorf("%s: %d %s", p.URL+ending, status, file)
					}
				}
			}
			for _, r := range in.Redirects {
				status, to, file := h(r.From)
				copied := status == 200 && files[file] == files[r.To[1:]] && files[file] != ""
				if !copied && (status != 301 || to != r.To) {
					t.Errorf("%s: %d %s, want %s", r.From, status, to, r.To)
				} else if !copied {
					if status, _, _ := h(to); status != 200 {
						t.Errorf("%s leads to %s, which answers %d", r.From, to, status)
					}
				}
			}
			forgiven := map[string]string{"/e/7": "/docs/api-error-7", "/e/api/190": "/docs/api-error-190", "/e/190": "/?q=190", "/e/403": "/own/forbidden", "/e/v1.2": "/docs/api-error-v1.2"}
			if c.index {
				forgiven["/docs/api-errors/190"], forgiven["/e/own"] = "/docs/api-error-190", "/own"
			}
			for from, want := range forgiven {
				if status, to, _ := h(from); status != 301 && status != 302 || to != want {
					t.Errorf("%s: %d %s, want %s", from, status, to, want)
				}
			}
		})
	}
}

// large is a site with n definitions, a third of which has been renamed once, and one more code than slugs.
func large(n int) hosts.Input {
	in := hosts.Input{BaseURL: "https://docs.example.com"}
	c := hosts.Collection{ID: "api", Index: "/docs/api-errors", Pattern: "/docs/api-error-{slug}"}
	page := func(url string) {
		for _, ending := range []string{".html", ".json", ".md"} {
			in.Files = append(in.Files, hosts.File{Path: url[1:] + ending, Size: 4 << 10})
		}
	}
	for i := range n {
		code := fmt.Sprint(100_000 + i)
		slug := code
		if i%3 == 0 {
			slug = code + "-token"
			for _, ending := range []string{"", ".json", ".md"} {
				in.Redirects = append(in.Redirects, hosts.Redirect{From: "/docs/api-error-" + code + ending, To: "/docs/api-error-" + slug + ending})
			}
		}
		url := "/docs/api-error-" + slug
		c.Entries = append(c.Entries, hosts.Entry{Slug: slug, Code: code, URL: url})
		page(url)
	}
	page("/docs/api-errors")
	in.Files = append(in.Files, hosts.File{Path: "index.html"}, hosts.File{Path: "404.html"})
	in.Collections = []hosts.Collection{c}
	return in
}

// TestLimits passes the limits of every host and expects to be told, with the rest still within them.
func TestLimits(t *testing.T) {
	find := func(files []output.File, path string) string {
		for _, f := range files {
			if f.Path == path {
				return string(f.Data)
			}
		}
		return ""
	}
	build := func(in hosts.Input, host string) ([]output.File, string) {
		in.Hosts = []string{host}
		files, notes, err := hosts.Files(in)
		if err != nil {
			t.Fatal(err)
		}
		var text []string
		for _, n := range notes {
			text = append(text, fmt.Sprintf("%v %s: %s", n.Lost, n.Message, n.Hint))
		}
		return files, strings.Join(text, "\n")
	}
	// 1,000 pages: too many rules one by one, but patterns make most of them.
	files, notes := build(large(1000), "cloudflare")
	h := cloudflare(t, map[string]string{"_redirects": find(files, "_redirects")})
	for path, want := range map[string]string{"/e/100001": "/docs/api-error-100001", "/e/api/100003": "/docs/api-error-100003-token", "/docs/api-errors/100002": "/docs/api-error-100002",
		"/docs/api-errors/100003-token": "/docs/api-error-100003-token", "/docs/api-error-100003.json": "/docs/api-error-100003-token.json"} {
		if _, to, _ := h(path); to != want {
			t.Errorf("%s leads to %q, want %q", path, to, want)
		}
	}
	if !strings.Contains(notes, "false") || strings.Contains(notes, "true") {
		t.Errorf("1,000 pages on Cloudflare: %s", notes)
	}
	files, notes = build(large(10_000), "cloudflare")
	lineRules(t, find(files, "_redirects"), false)
	for _, want := range []string{"true", "redirects are left out, Cloudflare takes 2000: 8002 of them are URLs that were published", "the site has 30005 files, the free plan takes 20000"} {
		if !strings.Contains(notes, want) {
			t.Errorf("10,000 pages on Cloudflare: %q is not among\n%s", want, notes)
		}
	}
	files, notes = build(large(10_000), "vercel")
	vercel(t, map[string]string{"vercel.json": find(files, "vercel.json")})
	if !strings.Contains(notes, "true") || !strings.Contains(notes, "redirects are left out, Vercel takes") {
		t.Errorf("10,000 pages on Vercel: %s", notes)
	}
	if _, notes = build(large(10_000), "netlify"); !strings.Contains(notes, "from 10000 on a deploy may fail") {
		t.Errorf("10,000 pages on Netlify: %s", notes)
	}
	if _, notes = build(large(20_000), "netlify"); !strings.Contains(notes, "the folder docs has 60003 files, Netlify takes 54000") {
		t.Errorf("20,000 pages on Netlify: %s", notes)
	}
	if _, notes = build(large(20_000), "github_pages"); !strings.Contains(notes, "URLs below /e/ are not forgiven") || !strings.Contains(notes, "old JSON and Markdown URLs are not answered") {
		t.Errorf("20,000 pages on GitHub Pages: %s", notes)
	}
	if _, notes = build(large(3000), "caddy"); !strings.Contains(notes, "wrong case are not forgiven") {
		t.Errorf("3,000 pages on Caddy: %s", notes)
	}
	files, notes = build(large(30_000), "s3")
	if pairs := find(files, ".hosts/cloudfront/redirects.json"); len(pairs) > 5<<20 || !strings.Contains(notes, "would have more than 5 MB") {
		t.Errorf("30,000 pages on S3: %d bytes; %s", len(pairs), notes)
	}
	in := large(10)
	in.Files[0].Size = 26 << 20
	if _, notes = build(in, "cloudflare"); !strings.Contains(notes, "has 27262976 bytes, Cloudflare takes 26214400") {
		t.Errorf("a large file on Cloudflare: %s", notes)
	}
	in.Files[0].Size = 2 << 30
	if _, notes = build(in, "github_pages"); !strings.Contains(notes, "GitHub Pages takes 1,024") {
		t.Errorf("a large site on GitHub Pages: %s", notes)
	}
	in.Compressed = true
	for _, host := range []string{"cloudflare", "netlify", "vercel", "github_pages", "s3", "gcs"} {
		if _, notes = build(in, host); !strings.Contains(notes, "compresses by itself") {
			t.Errorf("--compress on %s: %s", host, notes)
		}
	}
}

// TestHeadersFile holds _headers to the grammar and the limits of Cloudflare (workers-sdk, parseHeaders.ts), and to setting no header in two rules
// that match the same path, since the host would join them.
func TestHeadersFile(t *testing.T) {
	files, _, _ := written(t, resolve(t, content()), "cloudflare", "netlify")
	rules, path := map[string]map[string]string{}, ""
	for n, line := range strings.Split(files["_headers"], "\n") {
		switch {
		case len(line) > 2000:
			t.Fatalf("line %d has %d characters", n+1, len(line))
		case strings.TrimSpace(line) == "":
		case line[0] == '/':
			path = line
			rules[path] = map[string]string{}
		default:
			name, value, ok := strings.Cut(strings.TrimSpace(line), ":")
			if !ok || path == "" || strings.ContainsAny(name, " \t") || strings.TrimSpace(value) == "" || rules[path][name] != "" {
				t.Fatalf("line %d: %q", n+1, line)
			}
			rules[path][name] = strings.TrimSpace(value)
		}
	}
	if len(rules) > 100 {
		t.Errorf("%d rules", len(rules))
	}
	if rules["/*"]["Content-Security-Policy"] != hosts.CSP || rules["/assets/*"]["Cache-Control"] != "public, max-age=31536000, immutable" || rules["/*.md"]["Content-Type"] != "text/markdown; charset=utf-8" {
		t.Errorf("%v", rules)
	}
	for _, path := range []string{"/", "/docs/api-error-190", "/docs/api-error-190.md", "/assets/site.css", "/feed.xml"} {
		seen := map[string]string{}
		for rule, headers := range rules {
			if !regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(rule), `\*`, ".*") + "$").MatchString(path) {
				continue
			}
			for name := range headers {
				if seen[name] != "" {
					t.Errorf("%s gets %s from %s and %s", path, name, seen[name], rule)
				}
				seen[name] = rule
			}
		}
	}
}

func TestHSTSIsAsked(t *testing.T) {
	m := resolve(t, content())
	for _, c := range []struct {
		value string
		want  bool
	}{{"", false}, {"max-age=31536000; includeSubDomains; preload", true}} {
		in := hosts.From(m, listed(pages(m)))
		in.Hosts, in.HSTS = hosts.Names, c.value
		files, _, err := hosts.Files(in)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, f := range files {
			if strings.Contains(strings.ToLower(string(f.Data)), "strict-transport-security") {
				if n++; !strings.Contains(string(f.Data), c.value) {
					t.Errorf("%s has another value", f.Path)
				}
			}
		}
		if want := map[bool]int{true: 6, false: 0}[c.want]; n != want {
			t.Errorf("HSTS %q is in %d files, want %d", c.value, n, want)
		}
	}
}
