// Package browser holds the tests that need a real browser: what a reader sees, hears, clicks and types on the finished site.
// They build the real content into memory, serve it on loopback as a host would, under the content security policy of the
// contract, and drive one headless Chromium. Nothing here is part of the program; nothing imports it.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// shared is what all tests use: one browser, and sites that are built when the first test asks.
type shared struct {
	root   string // the folder of the module
	folder string // a temporary folder for the browser's profile
	trap   *trap

	real  func() (*website, error)
	large func() (*website, error)

	mu     sync.Mutex
	chrome context.Context // the browser, once it runs
	starts int             // how often it was started
	stop   func()          // ends it
	idle   []*tab          // open, and used by no test
}

// lab is set by TestMain before any test runs.
var lab *shared

func TestMain(m *testing.M) {
	code := 1
	defer func() { os.Exit(code) }()
	folder, err := os.MkdirTemp("", "errdex-browser-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	defer os.RemoveAll(folder)
	lab = &shared{root: filepath.Join("..", ".."), folder: folder, trap: newTrap()}
	defer lab.trap.Close()
	lab.real = sync.OnceValues(lab.buildReal)
	lab.large = sync.OnceValues(lab.buildLarge)
	code = m.Run()
	if lab.stop != nil {
		lab.stop()
	}
}

// inCI says whether a test that lacks what it needs must fail instead of being skipped.
func inCI() bool { return os.Getenv("CI") == "true" }

// missing ends a test that cannot run here.
func missing(t testing.TB, what string) {
	t.Helper()
	if inCI() {
		t.Fatalf("CI is set and there is no %s", what)
	}
	t.Skipf("there is no %s", what)
}

func chromePath() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// startChrome starts the one browser. Its proxy is the trap, so that a request of any tab or worker to another machine is seen;
// requests to loopback go there directly.
func (s *shared) startChrome() error {
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromePath()),
		chromedp.UserDataDir(filepath.Join(s.folder, fmt.Sprint("profile", s.starts))),
		chromedp.ProxyServer(s.trap.URL),
		chromedp.Flag("headless", true),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		// A tab that is not in front must not be slowed down: two tests run side by side.
		chromedp.Flag("disable-background-timer-throttling", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.Flag("disable-renderer-backgrounding", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.WSURLReadTimeout(time.Minute),
	}
	allocator, release := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	s.stop = func() {
		bounded, done := context.WithTimeout(ctx, 10*time.Second)
		defer done()
		_ = chromedp.Cancel(bounded)
		cancel()
		release()
	}
	if err := chromedp.Do(ctx); err != nil {
		return fmt.Errorf("starting %s: %w", chromePath(), err)
	}
	s.chrome, s.idle = ctx, nil
	s.starts++
	return nil
}

// chromium returns the context of the one browser. Where it has been killed, the test that had it has failed; the next one gets
// another, three times at most.
func chromium(t testing.TB) context.Context {
	t.Helper()
	if chromePath() == "" {
		missing(t, "chromium, chromium-browser or google-chrome")
	}
	lab.mu.Lock()
	defer lab.mu.Unlock()
	if lab.chrome == nil || lab.chrome.Err() != nil && lab.starts < 3 {
		if err := lab.startChrome(); err != nil {
			t.Fatal(err)
		}
	}
	return lab.chrome
}
