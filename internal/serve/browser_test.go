package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a tab that shows a page of the server under test.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu      sync.Mutex
	trouble []string
	frames  [][]byte
}

// openBrowser starts a browser of its own; without one the test is skipped, except in CI.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	switch {
	case path == "" && os.Getenv("CI") == "true":
		t.Fatal("CI is set and there is no chromium")
	case path == "" || testing.Short():
		t.Skip("needs chromium and a few seconds")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Flag("headless", true), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.WSURLReadTimeout(time.Minute),
	}
	allocator, release := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		end, done := context.WithTimeout(ctx, 10*time.Second)
		defer done()
		_ = chromedp.Cancel(end)
		cancel()
		release()
	})
	b := &browser{t: t, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	command(b, log.Enable, cdp.Empty{})
	return b
}

// note keeps what goes wrong in the tab and what it looks like. It runs inside the reader of the browser's messages and must not wait.
func (b *browser) note(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		b.trouble = append(b.trouble, ev.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if ev.Entry.Level == "error" {
			b.trouble = append(b.trouble, ev.Entry.Text+" "+ev.Entry.URL)
		}
	case *cdppage.EventScreencastFrame:
		b.frames = append(b.frames, ev.Data)
		go func() {
			ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
			defer cancel()
			_, _ = chromedp.Call(ctx, cdppage.ScreencastFrameAck, cdppage.ScreencastFrameAckParams{SessionID: ev.SessionID})
		}()
	}
}

func command[P, R any](b *browser, c cdp.Command[P, R], params P) R {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	r, err := chromedp.Call(ctx, c, params)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *browser) visit(url string) {
	b.t.Helper()
	command(b, cdppage.Navigate, cdppage.NavigateParams{URL: url})
	b.until(`document.readyState == 'complete' && location.href == ` + fmt.Sprintf("%q", url))
}

// eval returns the JSON of an expression, "" where it cannot be had, as while a page loads.
func (b *browser) eval(expression string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
	defer cancel()
	r, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "JSON.stringify(" + expression + ")"})
	if err != nil || r.ExceptionDetails != nil || r.Result == nil {
		return ""
	}
	var s string
	_ = json.Unmarshal(r.Result.Value, &s)
	return s
}

func (b *browser) until(condition string) {
	b.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if b.eval(condition) == "true" {
			return
		}
	}
	b.t.Fatalf("never true: %s", condition)
}

// white returns how many of the frames since the last call are mostly white, and how many there were.
func (b *browser) white() (white, all int) {
	b.mu.Lock()
	frames := b.frames
	b.frames = nil
	b.mu.Unlock()
	for _, data := range frames {
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			b.t.Fatal(err)
		}
		n, light := 0, 0
		for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 8 {
			for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 8 {
				r, g, bl, _ := img.At(x, y).RGBA()
				if n++; r > 0xF000 && g > 0xF000 && bl > 0xF000 {
					light++
				}
			}
		}
		if 2*light > n {
			white++
		}
	}
	return white, len(frames)
}

// tall is a page that can be scrolled and is dark, so that a flash of white would be seen.
func tall(text, sheet string) string {
	return page("<h1>"+text+"</h1>"+strings.Repeat("<p>words</p>", 400), sheet)
}

// TestBrowser edits files under a real browser, in which a page runs under the policy of a published site: a reload keeps the place and shows no empty
// page in between, a style comes without one, and problems are text.
func TestBrowser(t *testing.T) {
	b := openBrowser(t)
	r := start(t, nil)
	r.write("content/site.a.css", "html{background:#123;color:#eee}")
	r.write("content/site.b.css", "html{background:#321;color:#eee}")
	r.write("content/tall.html", tall("first", "/site.a.css"))
	r.eventually("/tall", "first")
	r.eventually("/site.b.css", "#321")
	b.visit(r.url + "/tall")
	b.until(`getComputedStyle(document.documentElement).backgroundColor == 'rgb(17, 34, 51)'`)
	b.eval(`scrollTo(0, 4000)`)
	b.until(`scrollY == 4000`)
	command(b, cdppage.StartScreencast, cdppage.StartScreencastParams{Format: "png", EveryNthFrame: 1})

	for i := range 10 {
		r.write("content/tall.html", tall(fmt.Sprintf("edit %d", i), "/site.a.css"))
		b.until(fmt.Sprintf(`document.querySelector('h1').textContent == 'edit %d' && document.readyState == 'complete'`, i))
		b.until(`scrollY == 4000`)
	}
	time.Sleep(300 * time.Millisecond)
	if white, all := b.white(); white > 0 || all < 4 {
		t.Errorf("%d of %d frames were empty", white, all)
	}

	b.eval(`window.kept = true`)
	r.write("content/tall.html", tall("edit 9", "/site.b.css"))
	b.until(`getComputedStyle(document.documentElement).backgroundColor == 'rgb(51, 34, 17)'`)
	b.until(`document.querySelectorAll('link[rel=stylesheet]').length == 1`)
	if b.eval(`window.kept && scrollY == 4000`) != "true" {
		t.Error("the page was loaded again for a style")
	}

	r.write("content/live.html", "ERROR <img src=x onerror=alert(1)>")
	b.until(`!!document.querySelector('body > div')?.shadowRoot && !document.querySelector('body > div').hidden`)
	if got := b.eval(`(() => { const r = document.querySelector('body > div').shadowRoot; return [r.querySelector('h3').textContent, r.querySelectorAll('img,b').length, r.querySelector('.place').textContent] })()`); got != `["this <b>text</b> is wrong",0,"content/live.html:1:1  [some-rule]"]` {
		t.Errorf("over the page stands %s", got)
	}
	if folder := os.Getenv("ERRDEX_SHOTS"); folder != "" {
		shot := command(b, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{})
		_ = os.WriteFile(filepath.Join(folder, "serve-problems.png"), shot.Data, 0o644)
	}
	if got := b.eval(`(() => { const s = document.querySelector('body > div').shadowRoot.querySelector('section').getBoundingClientRect(); return [s.top, s.left, s.width == document.documentElement.clientWidth && s.height == innerHeight] })()`); got != `[0,0,true]` {
		t.Errorf("it covers %s", got)
	}
	r.write("content/live.html", page("mended", "/s.css"))
	b.until(`!document.querySelector('body > div') && window.kept && scrollY == 4000`)

	if white, all := b.white(); white > 0 {
		t.Errorf("%d of %d frames were empty", white, all)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.trouble) > 0 {
		t.Errorf("the browser complains: %v", b.trouble)
	}
}
