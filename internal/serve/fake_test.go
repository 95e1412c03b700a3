package serve

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"errdex/internal/diag"
)

// fakeSite is a site of a few files. A file whose text begins with FAIL cannot be made.
type fakeSite struct {
	files     map[string]string
	redirects map[string]string
}

func (s *fakeSite) File(path string) ([]byte, error) {
	text, ok := s.files[path]
	if !ok {
		return nil, fs.ErrNotExist
	}
	if strings.HasPrefix(text, "FAIL") {
		return nil, io.ErrUnexpectedEOF
	}
	return []byte(text), nil
}

func (s *fakeSite) Redirect(from string) (string, bool) {
	to, ok := s.redirects[from]
	return to, ok
}

func (s *fakeSite) Headers(string) [][2]string {
	return [][2]string{{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"}}
}

// with returns a copy of the site with other texts.
func (s *fakeSite) with(pairs ...string) *fakeSite {
	out := &fakeSite{map[string]string{}, s.redirects}
	for k, v := range s.files {
		out.files[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out.files[pairs[i]] = pairs[i+1]
	}
	return out
}

func page(text, sheet string) string {
	return `<!doctype html><html><head><title>T</title><link rel="stylesheet" href="` + sheet + `"></head><body>` + text + `</body></html>`
}

func sampleSite() *fakeSite {
	return &fakeSite{
		files: map[string]string{
			"index.html": page("home", "/assets/site.1.css"), "docs/a-1.html": page("one", "/assets/site.1.css"), "404.html": page("nothing here", "/assets/site.1.css"),
			"docs/a-1.json": `{"code":"1"}`, "docs/a-1.md": "# one\n", "assets/site.1.css": "b{}", "feed.xml": "<feed/>", "sitemap.xml": "<urlset/>",
			"pic/logo.svg": "<svg/>", "favicon.ico": "x", "_redirects": "secret", "_headers": "secret", "bad.html": "FAIL", "docs/x.y.html": page("dots", "/s.css"),
		},
		redirects: map[string]string{"/docs/old": "/docs/a-1", "/docs/old.json": "/docs/a-1.json"},
	}
}

// folder is a Builder that makes a site of the files in a folder: content/x.html becomes x.html. A file with the word ERROR is a problem, one with LATE a problem that
// only the rules know, one with FAULT a problem of finished pages, one with PANIC the machine's.
type folder struct {
	dir string

	mu      sync.Mutex
	updates [][]string
}

func (f *folder) Update(_ context.Context, changed []string) (*Update, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.updates = append(f.updates, changed)
	site := sampleSite()
	var early, late, faults diag.List
	var failed error
	filepath.WalkDir(filepath.Join(f.dir, "content"), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil
		}
		data, _ := os.ReadFile(name)
		rel, _ := filepath.Rel(f.dir, name)
		text, span := string(data), diag.Span{File: filepath.ToSlash(rel), Start: diag.Pos{Line: 1, Col: 1}}
		switch {
		case strings.Contains(text, "ERROR"):
			early.ErrorHint(span, "some-rule", "this <b>text</b> is wrong", "mend it")
		case strings.Contains(text, "LATE"):
			late.Error(span, "late-rule", "this is wrong as a whole")
		case strings.Contains(text, "FAULT"):
			faults.Error(span, "page-rule", "this page is wrong")
		case strings.Contains(text, "PANIC"):
			failed = io.ErrClosedPipe
		}
		rel, _ = filepath.Rel(filepath.Join(f.dir, "content"), name)
		site.files[filepath.ToSlash(rel)] = text
		return nil
	})
	if failed != nil {
		return nil, failed
	}
	u := &Update{Changed: changed, Problems: &early, Verify: func(context.Context) (*diag.List, error) { return &faults, nil }}
	u.Rules = func() *diag.List {
		all := &diag.List{}
		all.Merge(&early)
		all.Merge(&late)
		return all
	}
	if early.Len() == 0 {
		u.Site = site
	}
	return u, nil
}

// running is a server under test.
type running struct {
	t       *testing.T
	url     string
	wanted  string
	dir     string
	builder *folder
	told    chan Rebuilt
	notices chan string
	stop    func() error
}

// start serves a new folder with a few files.
func start(t *testing.T, change func(*Options)) *running {
	t.Helper()
	r := &running{t: t, dir: t.TempDir(), told: make(chan Rebuilt, 1000), notices: make(chan string, 10)}
	r.write("content/live.html", page("first", "/assets/site.1.css"))
	r.builder = &folder{dir: r.dir}
	ready := make(chan struct{})
	opt := Options{
		Dir: r.dir, Roots: []string{"content", "templates"}, Source: os.DirFS(r.dir), Addr: "127.0.0.1:0",
		Tell: Tell{
			Ready:   func(url, wanted string) { r.url, r.wanted = strings.TrimSuffix(url, "/"), wanted; close(ready) },
			Rebuilt: func(b Rebuilt) { r.told <- b },
			Notice:  func(m string) { r.notices <- m },
		},
	}
	if change != nil {
		change(&opt)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, r.builder, opt) }()
	r.stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(10 * time.Second):
			t.Error("it does not stop")
			return nil
		}
	})
	t.Cleanup(func() { r.stop() })
	select {
	case <-ready:
	case err := <-done:
		t.Fatal(err)
	case <-time.After(20 * time.Second):
		t.Fatal("it does not start")
	}
	<-r.told // the first build
	return r
}

func (r *running) write(name, text string) {
	r.t.Helper()
	name = filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// get asks for a path without following redirects.
func (r *running) get(path string, header ...string) (*http.Response, string) {
	r.t.Helper()
	return r.ask("GET", path, header...)
}

func (r *running) ask(method, path string, header ...string) (*http.Response, string) {
	r.t.Helper()
	req, err := http.NewRequest(method, r.url+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
		req.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	res, err := client.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return res, string(body)
}

// rebuilt waits for the news of an update for which want is true.
func (r *running) rebuilt(want func(Rebuilt) bool) Rebuilt {
	r.t.Helper()
	end := time.After(20 * time.Second)
	for {
		select {
		case b := <-r.told:
			if want(b) {
				return b
			}
		case <-end:
			r.t.Fatal("no such news")
		}
	}
}

// eventually waits until a page has a text.
func (r *running) eventually(path, text string) {
	r.t.Helper()
	end := time.Now().Add(20 * time.Second)
	for time.Now().Before(end) {
		if _, body := r.get(path); strings.Contains(body, text) {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	r.t.Fatalf("%s never had %q", path, text)
}

// stream is one browser's stream of events.
type stream struct {
	t      *testing.T
	events chan [2]string
	cancel func()
}

func (r *running) listen(path, have string) *stream {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	req, _ := http.NewRequestWithContext(ctx, "GET", r.url+base+"events?"+url.Values{"path": {path}, "have": {have}}.Encode(), nil)
	transport := &http.Transport{}
	res, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	s := &stream{r.t, make(chan [2]string, 100), cancel}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer res.Body.Close()
		defer close(s.events)
		var name string
		in := bufio.NewScanner(res.Body)
		for in.Scan() {
			if v, ok := strings.CutPrefix(in.Text(), "event: "); ok {
				name = v
			}
			if v, ok := strings.CutPrefix(in.Text(), "data: "); ok {
				s.events <- [2]string{name, v}
			}
		}
	}()
	r.t.Cleanup(func() { cancel(); <-done; transport.CloseIdleConnections() })
	return s
}

// next returns the next event; none returns that there is none for a while.
func (s *stream) next() [2]string {
	s.t.Helper()
	select {
	case e := <-s.events:
		return e
	case <-time.After(20 * time.Second):
		s.t.Fatal("no event")
		return [2]string{}
	}
}

func (s *stream) none(wait time.Duration) {
	s.t.Helper()
	select {
	case e, open := <-s.events:
		if open {
			s.t.Errorf("an event that nobody needs: %v", e)
		}
	case <-time.After(wait):
	}
}
