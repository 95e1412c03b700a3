package browser

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

// policy is the content security policy of the contract (DESIGN, section 3), word for word.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml", ".md": "text/markdown; charset=utf-8", ".png": "image/png",
	".txt": "text/plain; charset=utf-8", ".xml": "application/xml", "": "text/plain; charset=utf-8",
}

// host serves a finished site as a real one does: clean URLs, 404.html with its status, types, caching, compression. It keeps
// everything that it was asked, and can hold back what a test names.
type host struct {
	*httptest.Server
	site *website
	lax  bool // without the policy, to see what it would have to stop
	drip bool // pages arrive in pieces, as they do on a slow line

	mu    sync.Mutex
	asked []string                 // whole requests, with headers and body
	gates map[string]chan struct{} // a path that begins so is answered when its channel is closed
	dead  bool
}

// serve starts a host of its own for a test, so that what is asked in one test is not seen in another.
func serve(t testing.TB, site *website) *host {
	h := &host{site: site, gates: map[string]chan struct{}{}}
	h.Server = httptest.NewServer(h)
	t.Cleanup(func() {
		h.release()
		h.CloseClientConnections()
		h.Close()
	})
	return h
}

// hold lets requests whose path begins with prefix wait until release, as on a network that has stalled.
func (h *host) hold(prefix string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.gates[prefix] = make(chan struct{})
}

func (h *host) release() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for prefix, gate := range h.gates {
		close(gate)
		delete(h.gates, prefix)
	}
}

// unplug makes the host unreachable, for workers and tabs alike, as when a train enters a tunnel.
func (h *host) unplug() {
	h.mu.Lock()
	h.dead = true
	h.mu.Unlock()
	h.CloseClientConnections()
}

func (h *host) requests() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.asked...)
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	whole, _ := httputil.DumpRequest(r, true)
	h.mu.Lock()
	h.asked = append(h.asked, string(whole))
	if h.dead {
		h.mu.Unlock()
		panic(http.ErrAbortHandler)
	}
	var gate chan struct{}
	for prefix, g := range h.gates {
		if strings.HasPrefix(r.URL.Path, prefix) {
			gate = g
		}
	}
	h.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-r.Context().Done():
			return
		}
	}
	name, status := h.site.resolve(r.URL.Path)
	header := w.Header()
	header.Set("Content-Type", types[path.Ext(name)])
	if !h.lax {
		header.Set("Content-Security-Policy", policy)
	}
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	header.Set("Cache-Control", "public, max-age=0, must-revalidate")
	for _, r := range h.site.rules() {
		if ok, _ := path.Match(r.pattern, r.path(name)); ok && (!h.lax || r.name != "Content-Security-Policy") {
			header.Set(r.name, r.value)
		}
	}
	header.Set("Vary", "Accept-Encoding")
	data := h.site.files[name]
	for _, coding := range []string{"br", "gzip"} {
		if strings.Contains(r.Header.Get("Accept-Encoding"), coding) {
			header.Set("Content-Encoding", coding)
			data = h.site.coded(name, coding)
			break
		}
	}
	if h.drip && strings.HasSuffix(name, ".html") {
		header.Del("Content-Encoding")
		w.WriteHeader(status)
		for piece := range slices.Chunk(h.site.files[name], 6000) {
			_, _ = w.Write(piece)
			_ = http.NewResponseController(w).Flush()
			time.Sleep(60 * time.Millisecond)
		}
		return
	}
	header.Set("Content-Length", fmt.Sprint(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data)
	}
}

// website is a finished site in memory.
type website struct {
	files map[string][]byte // by path
	kinds []kind            // one page of each kind, of a real site
	pages []string          // the URLs of all pages but 404

	mu    sync.Mutex
	codes map[string][]byte
}

// rule is a header that the site asks its host for.
type rule struct{ pattern, name, value string }

// path is the path of a file as the pattern of a rule is matched with it: a pattern of one star matches across slashes.
func (r rule) path(file string) string {
	if strings.Count(r.pattern, "/") == 1 {
		return "/" + strings.ReplaceAll(file, "/", "-")
	}
	return "/" + file
}

// rules reads the _headers file of a site, if it has one: what hosts such as Cloudflare Pages are told.
func (s *website) rules() []rule {
	var out []rule
	pattern := ""
	for line := range strings.Lines(string(s.files["_headers"])) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && strings.HasPrefix(line, " ") {
			out = append(out, rule{pattern, name, value})
		} else if strings.HasPrefix(line, "/") {
			pattern = strings.TrimSpace(line)
		}
	}
	return out
}

// resolve finds the file for the path of a URL, and the status it is served with.
func (s *website) resolve(p string) (name string, status int) {
	p = strings.TrimPrefix(p, "/")
	if p == "" {
		p = "index.html"
	}
	if _, ok := s.files[p]; ok {
		return p, http.StatusOK
	}
	if _, ok := s.files[p+".html"]; ok && !strings.HasSuffix(p, "/") {
		return p + ".html", http.StatusOK
	}
	return "404.html", http.StatusNotFound
}

// coded returns a file as it is sent in a coding; it is encoded once.
func (s *website) coded(name, coding string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := coding + " " + name
	if data, ok := s.codes[key]; ok {
		return data
	}
	var b bytes.Buffer
	var w io.WriteCloser = gzip.NewWriter(&b)
	if coding == "br" {
		w = brotli.NewWriterLevel(&b, 5)
	}
	_, _ = w.Write(s.files[name])
	_ = w.Close()
	if s.codes == nil {
		s.codes = map[string][]byte{}
	}
	s.codes[key] = b.Bytes()
	return b.Bytes()
}

// trap is the proxy for everything that is not on this machine. It answers nothing and keeps what it was asked.
type trap struct {
	*httptest.Server
	mu   sync.Mutex
	seen []string
}

func newTrap() *trap {
	x := &trap{}
	x.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		whole, _ := httputil.DumpRequest(r, true)
		x.mu.Lock()
		x.seen = append(x.seen, string(whole))
		x.mu.Unlock()
		http.Error(w, "there is no network here", http.StatusBadGateway)
	}))
	return x
}

func (x *trap) requests() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return append([]string(nil), x.seen...)
}
