package hosts_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"errdex/internal/hosts"
	"errdex/internal/link"

	"github.com/andybalholm/brotli"
)

// server is a real one that serves a folder.
type server struct {
	name, url string
	brotli    bool
}

// need returns the path of a program, or skips the test; where CI is set a missing program is a failure.
func need(t testing.TB, names ...string) string {
	t.Helper()
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed, and CI is set", names[0])
	}
	t.Skipf("%s is not installed", names[0])
	return ""
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// said is what a server that still runs has written.
type said struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

// run starts a server and waits until it answers; it is stopped with the test.
func run(t testing.TB, cmd *exec.Cmd, address string) {
	t.Helper()
	var log said
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	died := make(chan error, 1)
	go func() { died <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-died
		died <- nil
		if t.Failed() {
			t.Logf("%s said:\n%s", cmd.Args[0], log.String())
		}
	})
	for deadline := time.Now().Add(20 * time.Second); ; {
		select {
		case err := <-died:
			died <- err
			t.Fatalf("%s does not start: %v\n%s", cmd.Args[0], err, log.String())
		case <-time.After(20 * time.Millisecond):
		}
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			c.Close()
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s does not listen\n%s", cmd.Args[0], log.String())
		}
	}
}

// nginxModule is where Debian and most others put the module; without it nginx serves gzip only.
const nginxModule = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"

func startNginx(t testing.TB, dir string, compressed bool) server {
	t.Helper()
	program := need(t, "nginx", "/usr/sbin/nginx")
	address, tmp := freeAddress(t), t.TempDir()
	s := server{name: "nginx", url: "http://" + address}
	module, brotli := "", ""
	if _, err := os.Stat(nginxModule); err == nil && compressed {
		module, brotli = "load_module "+nginxModule+";", "include "+dir+"/.hosts/nginx/brotli.conf;"
		s.brotli = true
	}
	config := fmt.Sprintf(`%s
daemon off; master_process off; pid %[2]s/pid; error_log stderr;
events {}
http {
	access_log off; client_body_temp_path %[2]s/a; proxy_temp_path %[2]s/b; fastcgi_temp_path %[2]s/c; uwsgi_temp_path %[2]s/d; scgi_temp_path %[2]s/e;
	include %[3]s/.hosts/nginx/http.conf;
	server {
		listen %[4]s;
		root %[3]s;
		include %[3]s/.hosts/nginx/server.conf;
		%[5]s
	}
}
`, module, tmp, dir, address, brotli)
	file := filepath.Join(tmp, "nginx.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, exec.Command(program, "-p", tmp, "-c", file), address)
	return s
}

func startCaddy(t testing.TB, dir string) server {
	t.Helper()
	program := need(t, "caddy")
	address, tmp := freeAddress(t), t.TempDir()
	// Several tests run at once, and each would open the same port for its administrator.
	file := filepath.Join(tmp, "Caddyfile")
	if err := os.WriteFile(file, []byte("{\n\tadmin off\n}\nimport "+dir+"/.hosts/caddy/Caddyfile\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "run", "--adapter", "caddyfile", "--config", file)
	cmd.Env = append(os.Environ(), "HOME="+tmp, "XDG_CONFIG_HOME="+tmp, "XDG_DATA_HOME="+tmp,
		"ERRDEX_ADDRESS=http://"+address, "ERRDEX_ROOT="+dir)
	run(t, cmd, address)
	return server{name: "caddy", url: "http://" + address, brotli: true}
}

// answer is a response that was read.
type answer struct {
	status int
	header http.Header
	body   string
}

func (s server) get(t testing.TB, path string, headers ...string) answer {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req) // follows nothing, decodes nothing
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}

// eachServer runs a test on both servers, with the files of one build.
func eachServer(t *testing.T, m *link.Map, compressed bool, f func(t *testing.T, s server, in hosts.Input)) {
	dir, in := build(t, m, compressed, "nginx", "caddy")
	t.Run("nginx", func(t *testing.T) { f(t, startNginx(t, dir, compressed), in) })
	t.Run("caddy", func(t *testing.T) { f(t, startCaddy(t, dir), in) })
}

// leads fetches a path and expects one redirect, relative or of the same host, to a page that is there.
func (s server) leads(t *testing.T, from, to string, status int) {
	t.Helper()
	a := s.get(t, from)
	location := strings.TrimPrefix(a.header.Get("Location"), s.url)
	if a.status != status || location != to {
		t.Errorf("%s: %d to %q, want %d to %q", from, a.status, location, status, to)
		return
	}
	if a.header.Get("Content-Security-Policy") == "" || a.header.Get("Set-Cookie") != "" {
		t.Errorf("%s: the redirect has %v", from, a.header)
	}
	if got := a.header.Get("Cache-Control"); got != "public, max-age=3600" {
		t.Errorf("%s: a redirect is kept for %q", from, got)
	}
	if b := s.get(t, location); b.status != 200 {
		t.Errorf("%s leads to %s, which answers %d", from, location, b.status)
	}
}

// varies reports whether an answer says that it depends on a header of the request.
func varies(h http.Header, name string) bool {
	for _, v := range strings.Split(strings.Join(h.Values("Vary"), ","), ",") {
		if strings.EqualFold(strings.TrimSpace(v), name) {
			return true
		}
	}
	return false
}

func decode(t *testing.T, encoding, body string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	switch encoding {
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	case "br":
		r = brotli.NewReader(r)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
