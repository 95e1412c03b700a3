package serve

import (
	"net"
	"net/http"
	"strings"
	"testing"
)

func TestAnswers(t *testing.T) {
	r := start(t, nil)
	for _, c := range []struct {
		path     string
		status   int
		location string
		kind     string
		body     string
	}{
		{"/", 200, "", "text/html; charset=utf-8", "home"},
		{"/docs/a-1", 200, "", "text/html; charset=utf-8", "one"},
		{"/docs/x.y", 200, "", "text/html; charset=utf-8", "dots"},
		{"/docs/a-1?q=1", 200, "", "text/html; charset=utf-8", "one"},
		{"/docs/a-1.json", 200, "", "application/json; charset=utf-8", `{"code":"1"}`},
		{"/docs/a-1.md", 200, "", "text/markdown; charset=utf-8", "# one"},
		{"/assets/site.1.css", 200, "", "text/css; charset=utf-8", "b{}"},
		{"/feed.xml", 200, "", "application/atom+xml; charset=utf-8", "<feed/>"},
		{"/sitemap.xml", 200, "", "application/xml; charset=utf-8", "<urlset/>"},
		{"/pic/logo.svg", 200, "", "image/svg+xml", "<svg/>"},
		// One address a page: the others lead there, and nothing leads out of the site.
		{"/docs/a-1.html", 301, "/docs/a-1", "", ""},
		{"/docs/a-1/", 301, "/docs/a-1", "", ""},
		{"/docs/a-1/?q=1", 301, "/docs/a-1?q=1", "", ""},
		{"//docs//a-1", 301, "/docs/a-1", "", ""},
		{"/docs/./a-1", 301, "/docs/a-1", "", ""},
		{"/docs/../docs/a-1", 301, "/docs/a-1", "", ""},
		{"/index.html", 301, "/", "", ""},
		{"/index", 301, "/", "", ""},
		{"//", 301, "/", "", ""},
		{"/docs/old", 301, "/docs/a-1", "", ""},
		{"/docs/old.json", 301, "/docs/a-1.json", "", ""},
		{"/docs/old/", 301, "/docs/old", "", ""},
		{"//evil.example/", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"//evil.example/..", 301, "/", "", ""},
		{"/\\evil.example", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/%5cevil.example/", 404, "", "text/html; charset=utf-8", "nothing here"},
		// What is not there.
		{"/docs/a-2", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/docs", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/docs/", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/404", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/404.html", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/_redirects", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/_headers", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/content/live.html", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/../content/live.html", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/..%2fcontent%2flive.html", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/%2e%2e/%2e%2e/etc/passwd", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/docs/a-1%00", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/docs/a-1%0d%0aX:%20y", 404, "", "text/html; charset=utf-8", "nothing here"},
		{"/__errdex/nothing", 404, "", "text/plain; charset=utf-8", "404"},
		{"/__errdex/../docs/a-1", 404, "", "text/plain; charset=utf-8", "404"},
		// A page whose template failed says so, and loads again when that is mended.
		{"/bad", 500, "", "text/html; charset=utf-8", "unexpected EOF"},
		{"/__errdex/reload.js", 200, "", "text/javascript; charset=utf-8", "EventSource"},
		{"/__errdex/problems.css", 200, "", "text/css; charset=utf-8", "errdex-problems"},
	} {
		res, body := r.get(c.path)
		if res.StatusCode != c.status || res.Header.Get("Location") != c.location || !strings.Contains(body, c.body) || c.kind != "" && res.Header.Get("Content-Type") != c.kind {
			t.Errorf("GET %s: %d %q %q %.80q", c.path, res.StatusCode, res.Header.Get("Location"), res.Header.Get("Content-Type"), body)
		}
		if res.Header.Get("X-Content-Type-Options") != "nosniff" || c.status != 301 && res.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("GET %s: headers %v", c.path, res.Header)
		}
		if html := strings.HasPrefix(c.kind, "text/html"); html != strings.Contains(body, `<script src="/__errdex/reload.js"`) {
			t.Errorf("GET %s: the script is there: %v", c.path, !html)
		}
		head, empty := r.ask("HEAD", c.path)
		if head.StatusCode != c.status || empty != "" || head.Header.Get("Content-Type") != res.Header.Get("Content-Type") || head.ContentLength != res.ContentLength {
			t.Errorf("HEAD %s: %d %d %v", c.path, head.StatusCode, head.ContentLength, head.Header)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"} {
		if res, _ := r.ask(method, "/"); res.StatusCode != 405 || res.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d %q", method, res.StatusCode, res.Header.Get("Allow"))
		}
	}
}

func TestConditional(t *testing.T) {
	r := start(t, nil)
	for _, path := range []string{"/docs/a-1", "/docs/a-1.json", "/assets/site.1.css"} {
		res, _ := r.get(path)
		etag := res.Header.Get("ETag")
		if len(etag) < 10 || etag[0] != '"' {
			t.Fatalf("%s: ETag %q", path, etag)
		}
		if res, body := r.get(path, "If-None-Match", etag); res.StatusCode != 304 || body != "" {
			t.Errorf("%s: %d %q", path, res.StatusCode, body)
		}
		if res, _ := r.get(path, "If-None-Match", `"other"`); res.StatusCode != 200 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
		if res, body := r.get(path, "Range", "bytes=0-1"); res.StatusCode != 206 || len(body) != 2 {
			t.Errorf("%s: %d %q", path, res.StatusCode, body)
		}
	}
	before, _ := r.get("/live")
	r.write("content/live.html", page("second", "/assets/site.1.css"))
	r.eventually("/live", "second")
	if res, _ := r.get("/live", "If-None-Match", before.Header.Get("ETag")); res.StatusCode != 200 {
		t.Errorf("a page that changed: %d", res.StatusCode)
	}
}

// TestHosts: a name that was made to point to this machine does not get a page of it.
func TestHosts(t *testing.T) {
	r := start(t, nil)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(r.url, "http://"))
	for host, ok := range map[string]bool{
		"localhost:" + port: true, "127.0.0.1:" + port: true, "[::1]:" + port: true, "LOCALHOST:" + port: true,
		"localhost": false, "127.0.0.1": false, "localhost:1": false, "evil.example": false, "evil.example:" + port: false, "localhost.evil.example:" + port: false,
		"127.0.0.1.evil.example:" + port: false, "0.0.0.0:" + port: false, "192.168.1.1:" + port: false, "localhost:" + port + "@evil.example": false,
	} {
		for _, path := range []string{"/", "/__errdex/reload.js", "/__errdex/events", "/docs/a-1.json"} {
			if ok && path == "/__errdex/events" {
				continue // it does not end
			}
			res, body := r.get(path, "Host", host)
			if got := res.StatusCode == 200; got != ok || !ok && (res.StatusCode != http.StatusMisdirectedRequest || !strings.Contains(body, "127.0.0.1:"+port)) {
				t.Errorf("Host %q, %s: %d %.60q", host, path, res.StatusCode, body)
			}
		}
	}
}

func TestHostsOfAddress(t *testing.T) {
	for _, c := range []struct {
		asked string
		ip    string
		port  int
		allow []string
		deny  []string
		url   string
	}{
		{"127.0.0.1:80", "127.0.0.1", 80, []string{"localhost", "127.0.0.1:80", "[::1]"}, []string{"localhost:81", "::1"}, "http://127.0.0.1:80/"},
		{"docs.test:8190", "127.0.0.1", 8190, []string{"docs.test:8190", "DOCS.TEST:8190", "localhost:8190"}, []string{"docs.test", "x.docs.test:8190"}, "http://docs.test:8190/"},
		{":9000", "::", 9000, []string{"localhost:9000", "127.0.0.1:9000"}, []string{"evil.example:9000", "0.0.0.0:9000"}, "http://localhost:9000/"},
		{"[::1]:9000", "::1", 9000, []string{"[::1]:9000"}, nil, "http://[::1]:9000/"},
	} {
		at := &net.TCPAddr{IP: net.ParseIP(c.ip), Port: c.port}
		h := newHosts(at, c.asked)
		for _, host := range c.allow {
			if !h.allow(&http.Request{Host: host}) {
				t.Errorf("%s: %s is refused", c.asked, host)
			}
		}
		for _, host := range append(c.deny, "", "evil.example") {
			if h.allow(&http.Request{Host: host}) {
				t.Errorf("%s: %s is let in", c.asked, host)
			}
		}
		if got := public(at, c.asked); got != c.url {
			t.Errorf("%s: printed as %s", c.asked, got)
		}
	}
}

// FuzzFind: whatever the path, the answer is a file of the site, or leads to a path of it that answers.
func FuzzFind(f *testing.F) {
	for _, p := range []string{"/", "/docs/a-1", "//x", "/docs/old", "/..", "/a\\b", "/docs/a-1.html/", "/index/", "", "x", "/./", "/404/", "//evil.example/%2e%2e"} {
		f.Add(p)
	}
	site := sampleSite()
	f.Fuzz(func(t *testing.T, p string) {
		at, data, err := find(site, p)
		switch {
		case err != nil:
			if at.file != "bad.html" {
				t.Errorf("%q: %v", p, err)
			}
		case at.to != "":
			if !strings.HasPrefix(at.to, "/") || strings.HasPrefix(at.to, "//") || strings.ContainsAny(at.to, "\\\r\n") || at.to == p {
				t.Errorf("%q leads to %q", p, at.to)
			}
			if next, _, err := find(site, at.to); err != nil || next.status == 404 {
				t.Errorf("%q leads to %q, which does not answer", p, at.to)
			}
		case site.files[at.file] != string(data) || hidden(at.file):
			t.Errorf("%q: %+v", p, at)
		}
	})
}
