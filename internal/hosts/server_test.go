package hosts_test

import (
	"fmt"
	"strings"
	"testing"

	"errdex/internal/hosts"
)

// TestServersAnswerEveryURL fetches every page, twin, alias and forgiven spelling from real servers.
func TestServersAnswerEveryURL(t *testing.T) {
	m := resolve(t, content())
	eachServer(t, m, false, func(t *testing.T, s server, in hosts.Input) {
		for _, p := range m.Pages {
			if a := s.get(t, p.URL); a.status != 200 || !strings.Contains(a.body, "<title>"+p.URL+"</title>") || a.header.Get("Content-Type") != "text/html; charset=utf-8" {
				t.Errorf("%s: %d %s", p.URL, a.status, a.header)
			}
			for _, ending := range p.Twins() {
				want := map[string]string{".json": "application/json", ".md": "text/markdown; charset=utf-8"}[ending]
				if a := s.get(t, p.URL+ending); a.status != 200 || !strings.HasPrefix(a.body, `"`+p.URL+ending+`"`) || a.header.Get("Content-Type") != want {
					t.Errorf("%s: %d %s", p.URL+ending, a.status, a.header)
				}
			}
			if p.URL != "/" {
				s.leads(t, p.URL+"/", p.URL, 301)
				s.leads(t, p.URL+".html", p.URL, 301)
				s.leads(t, p.URL+"/index.html", p.URL, 301)
				s.leads(t, p.URL+".html?a=b&c", p.URL+"?a=b&c", 301)
				s.leads(t, "/"+strings.ToUpper(p.URL[1:]), p.URL, 301)
			}
		}
		for _, r := range in.Redirects {
			s.leads(t, r.From, r.To, 301)
			s.leads(t, r.From+"?x=%0d%0aSet-Cookie:a", r.To+"?x=%0d%0aSet-Cookie:a", 301)
			if !strings.HasSuffix(r.From, ".json") && !strings.HasSuffix(r.From, ".md") {
				s.leads(t, r.From+"/", r.To, 301)
				s.leads(t, r.From+".html", r.To, 301)
			}
		}
		for from, to := range map[string]string{
			"/docs/api-errors/190": "/docs/api-error-190", "/e/api/190": "/docs/api-error-190", "/e/own/190": "/own/190", "/e/190": "/?q=190",
			"/e/7": "/docs/api-error-7", "/e/100": "/docs/api-error-100", "/docs/api-errors/100-webhook": "/docs/api-error-100-webhook",
			"/docs/api-errors/131051": "/?q=131051", "/e/131051": "/?q=131051", "/e/403": "/own/forbidden", "/e/own/403": "/own/forbidden", "/own/403": "/own/forbidden",
			"/e/forbidden": "/own/forbidden", "/e/api": "/docs/api-errors", "/e/own": "/own", "/e/v1.2": "/docs/api-error-v1.2", "/e/190/": "/?q=190", "/e/7.html": "/docs/api-error-7",
			"/E/7": "/docs/api-error-7",
		} {
			s.leads(t, from, to, 302)
		}
		for from, to := range map[string]string{"/index": "/", "/index.html": "/", "/index.html?q=190": "/?q=190"} {
			s.leads(t, from, to, 301)
		}
	})
}

func TestServersHeaders(t *testing.T) {
	m := resolve(t, content())
	eachServer(t, m, false, func(t *testing.T, s server, _ hosts.Input) {
		for _, c := range []struct {
			path, cache, mime string
			status            int
		}{
			{"/docs/api-error-190", "public, max-age=300", "text/html; charset=utf-8", 200},
			{"/", "public, max-age=300", "text/html; charset=utf-8", 200},
			{"/docs/api-error-190.json", "public, max-age=300", "application/json", 200},
			{"/assets/site.0123456789ab.css", "public, max-age=31536000, immutable", "text/css; charset=utf-8", 200},
			{"/assets/site.0123456789ab.js", "public, max-age=31536000, immutable", "text/javascript; charset=utf-8", 200},
			{"/assets/site.old.css", "no-cache", "text/html; charset=utf-8", 404},
			{"/img/Photo.svg", "public, max-age=300", "image/svg+xml", 200},
			{"/feed.xml", "public, max-age=300", "application/atom+xml; charset=utf-8", 200},
			{"/opensearch.xml", "public, max-age=300", "application/opensearchdescription+xml; charset=utf-8", 200},
			{"/sitemap.xml", "public, max-age=300", "application/xml; charset=utf-8", 200},
			{"/robots.txt", "public, max-age=300", "text/plain; charset=utf-8", 200},
			{"/nothing", "no-cache", "text/html; charset=utf-8", 404},
			{"/nothing.json", "no-cache", "text/html; charset=utf-8", 404},
			{"/nothing.html", "no-cache", "text/html; charset=utf-8", 404},
			{"/docs/", "no-cache", "text/html; charset=utf-8", 404},
			{"/docs", "no-cache", "text/html; charset=utf-8", 404},
			{"/assets/", "no-cache", "text/html; charset=utf-8", 404},
			{"/404", "no-cache", "text/html; charset=utf-8", 404},
			{"/404.html", "no-cache", "text/html; charset=utf-8", 404},
			{"/.hosts/nginx/http.conf", "no-cache", "text/html; charset=utf-8", 404},
			{"/.hosts/caddy/Caddyfile", "no-cache", "text/html; charset=utf-8", 404},
			{"/.problem/docs/api-error-190", "no-cache", "text/html; charset=utf-8", 404},
			{"/docs/..%2f..%2fetc/passwd", "", "", 404},
			{"/e/nothing", "no-cache", "text/html; charset=utf-8", 404},
			{"/docs/api-errors/nothing", "no-cache", "text/html; charset=utf-8", 404},
			{"/docs/api-error-190%0d%0aX-A:b", "no-cache", "text/html; charset=utf-8", 404},
		} {
			a := s.get(t, c.path)
			if a.status != c.status && !(c.cache == "" && a.status == 400) {
				t.Errorf("%s: %d, want %d", c.path, a.status, c.status)
			}
			if c.cache == "" {
				continue
			}
			if got := strings.Join(a.header.Values("Cache-Control"), " | "); got != c.cache {
				t.Errorf("%s: Cache-Control %q, want %q", c.path, got, c.cache)
			}
			if got := strings.Join(a.header.Values("Content-Type"), " | "); got != c.mime {
				t.Errorf("%s: Content-Type %q, want %q", c.path, got, c.mime)
			}
			if c.status == 404 && !strings.Contains(a.body, "Page not found") {
				t.Errorf("%s is not answered with 404.html", c.path)
			}
			for name, want := range map[string]string{
				"Content-Security-Policy": hosts.CSP, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin",
				"Cross-Origin-Opener-Policy": "same-origin", "Strict-Transport-Security": "",
			} {
				if got := strings.Join(a.header.Values(name), " | "); got != want {
					t.Errorf("%s: %s %q, want %q", c.path, name, got, want)
				}
			}
			if !strings.Contains(a.header.Get("Permissions-Policy"), "camera=()") {
				t.Errorf("%s: no Permissions-Policy", c.path)
			}
		}
		a := s.get(t, "/docs/api-error-190")
		if b := s.get(t, "/docs/api-error-190", "If-None-Match", a.header.Get("Etag")); b.status != 304 || b.body != "" {
			t.Errorf("asked again with its ETag %q: %d", a.header.Get("Etag"), b.status)
		}
	})
}

func TestServersNegotiate(t *testing.T) {
	m := resolve(t, content())
	const html, json, problem, md = "text/html; charset=utf-8", "application/json", "application/problem+json", "text/markdown; charset=utf-8"
	eachServer(t, m, true, func(t *testing.T, s server, _ hosts.Input) {
		for _, c := range []struct{ accept, want string }{
			{"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", html},
			{"*/*", html}, {"", html}, {"text/*", html},
			{"application/problem+json", problem}, {"Application/Problem+JSON", problem}, {"application/problem+json, application/json", problem},
			{"application/problem+json;q=1, */*;q=0.1", problem}, {"application/problem+json;q=0, application/json", json},
			{"application/json", json}, {"application/json, text/plain, */*", json}, {"application/json;q=0.9, */*;q=0.8", json}, {"application/json;q=0.5, text/html", html},
			{"text/markdown", md}, {"text/markdown, text/html, */*", md}, {"text/html, text/markdown", html}, {"text/html;q=0.9, text/markdown", md},
			{"text/markdown;q=0.5, text/html", html}, {"text/markdown;q=0", html}, {"text/markdown;q=0.0, text/html;q=0.1", html}, {"text/markdown;q=0.001", md},
			{"text/markdownish", html}, {"x-text/markdown", html}, {"text/markdown; charset=utf-8", html},
		} {
			a := s.get(t, "/docs/api-error-190", "Accept", c.accept)
			if got := a.header.Get("Content-Type"); a.status != 200 || got != c.want {
				t.Errorf("Accept: %s: %d %s, want %s", c.accept, a.status, got, c.want)
			}
			if !varies(a.header, "Accept") {
				t.Errorf("Accept: %s: Vary %q", c.accept, a.header.Values("Vary"))
			}
			want := map[string]string{html: "<!doctype", json: `"/docs/api-error-190.json"`, problem: `"/docs/api-error-190.json"`, md: `"/docs/api-error-190.md"`}[c.want]
			if !strings.HasPrefix(a.body, want) {
				t.Errorf("Accept: %s: the body is %.40q", c.accept, a.body)
			}
		}
		// What has no such twin is the page.
		for path, accept := range map[string]string{"/docs/account-health": "application/problem+json", "/docs/api-errors": "text/markdown", "/": "application/json", "/assets/site.0123456789ab.css": "text/markdown"} {
			if a := s.get(t, path, "Accept", accept); a.status != 200 || strings.Contains(a.header.Get("Content-Type"), accept) {
				t.Errorf("%s as %s: %d %s", path, accept, a.status, a.header.Get("Content-Type"))
			}
		}
		if a := s.get(t, "/docs/account-health", "Accept", "text/markdown"); a.header.Get("Content-Type") != md {
			t.Errorf("a guide as Markdown: %s", a.header.Get("Content-Type"))
		}
		if a := s.get(t, "/nothing", "Accept", problem); a.status != 404 {
			t.Errorf("nothing as a problem: %d", a.status)
		}
		s.leads(t, "/docs/api-error-token-expired", "/docs/api-error-190", 301)
	})
}

func TestServersCompress(t *testing.T) {
	m := resolve(t, content())
	for _, compressed := range []bool{true, false} {
		t.Run(fmt.Sprintf("files=%v", compressed), func(t *testing.T) {
			eachServer(t, m, compressed, func(t *testing.T, s server, _ hosts.Input) {
				for _, path := range []string{"/docs/api-error-190", "/docs/api-error-190.json", "/docs/api-error-190.md", "/assets/site.0123456789ab.css", "/assets/site.0123456789ab.js", "/nothing"} {
					plain := s.get(t, path)
					if plain.header.Get("Content-Encoding") != "" {
						t.Errorf("%s is %s though nothing was accepted", path, plain.header.Get("Content-Encoding"))
					}
					for _, encoding := range []string{"gzip", "br", "gzip, deflate, br, zstd"} {
						want := encoding
						switch {
						case strings.Contains(encoding, ","):
							want = "br"
							fallthrough
						case encoding == "br":
							if !compressed || !s.brotli {
								want = map[bool]string{true: "", false: "gzip"}[encoding == "br"]
							}
						}
						a := s.get(t, path, "Accept-Encoding", encoding)
						if got := a.header.Get("Content-Encoding"); got != want {
							t.Errorf("%s as %s is sent as %q, want %q", path, encoding, got, want)
							continue
						}
						if body := decode(t, want, a.body); body != plain.body {
							t.Errorf("%s as %s is something else", path, encoding)
						}
						if a.header.Get("Content-Type") != plain.header.Get("Content-Type") || a.status != plain.status {
							t.Errorf("%s as %s: %d %s", path, encoding, a.status, a.header.Get("Content-Type"))
						}
						if want != "" && !varies(a.header, "Accept-Encoding") {
							t.Errorf("%s as %s: Vary %q", path, encoding, a.header.Values("Vary"))
						}
					}
				}
			})
		})
	}
}

// TestServersBesideOtherHosts serves an output that was built for every host at once, in which stubs lie where old URLs were.
func TestServersBesideOtherHosts(t *testing.T) {
	m := resolve(t, content())
	dir, in := build(t, m, false, hosts.Names...)
	for _, s := range []server{startNginx(t, dir, false), startCaddy(t, dir)} {
		for _, r := range in.Redirects {
			s.leads(t, r.From, r.To, 301)
			if !strings.HasSuffix(r.From, ".json") && !strings.HasSuffix(r.From, ".md") {
				s.leads(t, r.From+".html", r.To, 301)
			}
		}
		for _, p := range m.Pages {
			if a := s.get(t, p.URL); a.status != 200 || !strings.Contains(a.body, "<title>"+p.URL+"</title>") {
				t.Errorf("%s: %s: %d", s.name, p.URL, a.status)
			}
		}
		for _, path := range []string{"/.hosts/s3/upload.sh", "/.hosts/cloudfront/redirects.json", "/.nojekyll"} {
			if a := s.get(t, path); a.status != 404 {
				t.Errorf("%s: %s: %d", s.name, path, a.status)
			}
		}
	}
}
