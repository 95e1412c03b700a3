package serve

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func tagOf(body string) string {
	_, rest, _ := strings.Cut(body, `data-page="`)
	have, _, _ := strings.Cut(rest, `"`)
	return have
}

func TestReload(t *testing.T) {
	r := start(t, nil)
	_, body := r.get("/live")
	live, other, old := r.listen("/live", tagOf(body)), r.listen("/docs/a-1", tag([]byte(sampleSite().files["docs/a-1.html"]))), r.listen("/live", "what it was long ago")
	if e := old.next(); e[0] != "reload" {
		t.Errorf("a browser that missed an edit is told %v", e)
	}
	r.write("content/live.html", page("second", "/assets/site.1.css"))
	if e := live.next(); e[0] != "reload" {
		t.Errorf("got %v", e)
	}
	if _, body := r.get("/live"); !strings.Contains(body, "second") {
		t.Error("told to load again before the page was there")
	}
	b := r.rebuilt(func(b Rebuilt) bool { return len(b.Changed) == 1 && b.Changed[0] == "content/live.html" })
	if b.Failed || b.Took <= 0 || b.Took > 10*time.Second {
		t.Errorf("got %+v", b)
	}
	other.none(100 * time.Millisecond)
	// A page that was not there is there now, and the other way round.
	lost := r.listen("/new", tag([]byte(sampleSite().files["404.html"])))
	lost.none(50 * time.Millisecond)
	r.write("content/new.html", page("new", "/s.css"))
	if e := lost.next(); e[0] != "reload" {
		t.Errorf("got %v", e)
	}
}

func TestStyleSwap(t *testing.T) {
	r := start(t, nil)
	_, body := r.get("/live")
	s := r.listen("/live", tagOf(body))
	r.write("content/live.html", page("first", "/assets/site.2.css"))
	e := s.next()
	var got struct {
		Page   string
		Sheets [][2]string
	}
	if err := json.Unmarshal([]byte(e[1]), &got); e[0] != "style" || err != nil || len(got.Sheets) != 1 || got.Sheets[0] != [2]string{"/assets/site.1.css", "/assets/site.2.css"} {
		t.Fatalf("got %v", e)
	}
	if _, body := r.get("/live"); tagOf(body) != got.Page {
		t.Error("the browser is told another tag than its page has now")
	}
	r.write("content/live.html", page("words too", "/assets/site.3.css"))
	if e := s.next(); e[0] != "reload" {
		t.Errorf("a page whose text changed with its style: %v", e)
	}
}

// TestBroken: a broken edit leaves the last good site, says what is wrong to the browser and the terminal, and goes away when it is mended.
func TestBroken(t *testing.T) {
	for _, word := range []string{"ERROR", "LATE", "FAULT", "PANIC"} {
		t.Run(word, func(t *testing.T) {
			r := start(t, nil)
			_, body := r.get("/live")
			s := r.listen("/live", tagOf(body))
			r.write("content/live.html", page("broken "+word, "/assets/site.1.css"))
			b := r.rebuilt(func(b Rebuilt) bool { return b.Failed })
			if (b.Err != nil) != (word == "PANIC") || b.Err == nil && b.Problems.Len() != 1 {
				t.Errorf("told %+v", b)
			}
			r.eventually("/live", "first")
			e := s.next()
			for e[0] == "reload" { // what only the rules know was shown for a moment
				e = s.next()
			}
			var problems []problem
			if err := json.Unmarshal([]byte(e[1]), &problems); e[0] != "problems" || err != nil || len(problems) != 1 || problems[0].Kind != "error" {
				t.Fatalf("got %v", e)
			}
			if word == "ERROR" && (problems[0].Place != "content/live.html:1:1" || problems[0].Message != "this <b>text</b> is wrong" || !strings.Contains(problems[0].Detail, "mend it") ||
				!strings.Contains(problems[0].Detail, "1 | <!doctype html>") || strings.Contains(problems[0].Detail, "found 1 error")) {
				t.Errorf("got %+v", problems[0])
			}
			// A browser that comes now is told too.
			late := r.listen("/docs/a-1", tag([]byte(sampleSite().files["docs/a-1.html"])))
			if e := late.next(); e[0] != "problems" || !strings.Contains(e[1], "-rule") && word != "PANIC" {
				t.Errorf("got %v", e)
			}
			// Another edit while it is broken changes nothing that is shown.
			r.write("content/more.html", page("more", "/s.css"))
			r.rebuilt(func(b Rebuilt) bool { return b.Failed && len(b.Changed) == 1 && b.Changed[0] == "content/more.html" })
			if res, _ := r.get("/more"); res.StatusCode != 404 {
				t.Errorf("a site with problems is shown: %d", res.StatusCode)
			}
			r.write("content/live.html", page("mended", "/assets/site.1.css"))
			r.eventually("/live", "mended")
			r.eventually("/more", "more")
			for e = late.next(); e[1] != "null" && e[1] != "[]"; e = late.next() {
			}
			if e[0] != "problems" {
				t.Errorf("got %v", e)
			}
		})
	}
}

// TestBrokenForAMoment: a file that is whole again at once is not complained about. A machine that is busy elsewhere may be late a few times.
func TestBrokenForAMoment(t *testing.T) {
	r := start(t, nil)
	complaints := 0
	for n := range 10 {
		r.write("content/live.html", "ERROR half a file")
		time.Sleep(10 * time.Millisecond)
		r.write("content/live.html", page(fmt.Sprint("whole ", n), "/assets/site.1.css"))
		r.eventually("/live", fmt.Sprint("whole ", n))
		for told := true; told; {
			select {
			case b := <-r.told:
				if b.Failed {
					complaints++
				}
			default:
				told = false
			}
		}
	}
	if complaints > 5 {
		t.Errorf("%d complaints of 10", complaints)
	}
}

// TestNothingGood: without a first site there is a page that waits for one.
func TestNothingGood(t *testing.T) {
	r := start(t, func(o *Options) {
		if err := os.WriteFile(filepath.Join(o.Dir, "content", "live.html"), []byte("ERROR"), 0o644); err != nil {
			t.Fatal(err)
		}
	})
	for _, path := range []string{"/", "/live", "/docs/a-1.json"} {
		if res, body := r.get(path); res.StatusCode != 503 || !strings.Contains(body, base+"reload.js") || res.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %q", path, res.StatusCode, body)
		}
	}
	s := r.listen("/live", "")
	if e := s.next(); e[0] != "problems" || !strings.Contains(e[1], "some-rule") {
		t.Errorf("got %v", e)
	}
	r.write("content/live.html", page("good", "/s.css"))
	if e := s.next(); e[0] != "problems" {
		t.Errorf("got %v", e)
	}
	if e := s.next(); e[0] != "reload" {
		t.Errorf("got %v", e)
	}
	r.eventually("/live", "good")
}

func TestTakenPort(t *testing.T) {
	first := start(t, nil)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(first.url, "http://"))
	second := start(t, func(o *Options) { o.Addr = "127.0.0.1:" + port })
	if second.wanted != "127.0.0.1:"+port || second.url == first.url {
		t.Errorf("wanted %q, got %s", second.wanted, second.url)
	}
	if res, _ := second.get("/"); res.StatusCode != 200 {
		t.Errorf("got %d", res.StatusCode)
	}
	for _, addr := range []string{"nonsense", "127.0.0.1", "127.0.0.1:99999", "no-such-host.invalid:8190"} {
		if l, _, err := listen(addr); err == nil {
			l.Close()
			t.Errorf("it listens on %q", addr)
		}
	}
}

// TestStops: when it ends, streams end, and no goroutine of it is left.
func TestStops(t *testing.T) {
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	before := ours()
	for _, poll := range []bool{false, true} {
		r := start(t, func(o *Options) { o.Poll = poll })
		streams := []*stream{r.listen("/", ""), r.listen("/live", "x"), r.listen("/docs/a-1", "")}
		for range 5 {
			r.write("content/live.html", page(time.Now().String(), "/s.css"))
			time.Sleep(3 * time.Millisecond)
		}
		begin := time.Now()
		if err := r.stop(); err != nil {
			t.Errorf("it ended with %v", err)
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("it took %v to end", took)
		}
		for _, s := range streams {
			end := time.After(5 * time.Second)
			for open := true; open; {
				select {
				case _, open = <-s.events:
				case <-end:
					t.Fatal("a stream goes on")
				}
			}
		}
	}
	for end := time.Now().Add(5 * time.Second); ours() > before; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines are left:\n%s", ours()-before, stacks())
		}
	}
}

func stacks() string {
	buf := make([]byte, 1<<20)
	return string(buf[:runtime.Stack(buf, true)])
}

// ours counts the goroutines that run code of this package or of fsnotify.
func ours() int {
	n := 0
	for _, g := range strings.Split(stacks(), "\n\n") {
		if strings.Contains(g, "errdex/internal/serve.") && !strings.Contains(g, "testing.tRunner") || strings.Contains(g, "fsnotify") || strings.Contains(g, "net/http.(*conn)") {
			n++
		}
	}
	return n
}
