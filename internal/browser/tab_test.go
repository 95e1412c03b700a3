package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long anything may take before a test gives up; two slow tests may share a core.
const patience = 30 * time.Second

// view is how a page is looked at. The zero view is a wide, light screen of someone who wants no motion.
type view struct {
	width, height int
	dark          bool
	motion        bool // motion is welcome
	print         bool
	scale         float64 // device pixels to one of CSS: 2 with a width of 640 is a window of 1280 at 200 %
	noScript      bool
	forced        bool // the system chooses the colours
	more          bool // more contrast is wanted
}

// tab is one tab with a storage of its own. It keeps what a reader's console and network panels would show.
type tab struct {
	t    testing.TB
	ctx  context.Context
	host *host
	v    view

	mu       sync.Mutex
	trouble  []string // console errors, exceptions, violations of the policy, requests that failed
	requests []string
	foreign  []string // requests that leave the host
	dialogs  []string
	loaded   map[network.RequestID]string
	spoiled  bool // another test must not get it
	cancel   func()
}

// open gives a test a tab for a host. A tab is dear, so that one which a test has left is used again: every host has a port, and so
// an origin and a storage, of its own.
func open(t testing.TB, h *host, v view) *tab {
	t.Helper()
	parent := chromium(t)
	p := lab.idleTab()
	if p == nil {
		p = &tab{}
		p.ctx, p.cancel = chromedp.NewContext(parent)
		if err := chromedp.Listen(p.ctx, p.note); err != nil {
			t.Fatal(err)
		}
		p.t = t
		call(p, network.Enable, network.EnableParams{})
		call(p, audits.Enable, cdp.Empty{})
		call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		// The driver keeps a copy of every document in step, which costs more than the pages do and is not used here.
		call(p, css.Disable, cdp.Empty{})
		call(p, dom.Disable, cdp.Empty{})
	}
	p.mu.Lock()
	p.t, p.host, p.loaded = t, h, map[network.RequestID]string{}
	p.trouble, p.requests, p.foreign, p.dialogs = nil, nil, nil, nil
	p.mu.Unlock()
	t.Cleanup(func() {
		p.keepShot()
		if p.spoiled || t.Failed() {
			p.cancel()
			return
		}
		lab.keepTab(p)
	})
	p.look(v)
	return p
}

// idleTab takes a tab that no test uses, if there is one.
func (s *shared) idleTab() *tab {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.idle) == 0 {
		return nil
	}
	p := s.idle[len(s.idle)-1]
	s.idle = s.idle[:len(s.idle)-1]
	return p
}

func (s *shared) keepTab(p *tab) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = append(s.idle, p)
}

// look changes how the page is looked at, without loading it again.
func (p *tab) look(v view) {
	p.t.Helper()
	if v.width == 0 {
		v.width = 1280
	}
	if v.height == 0 {
		v.height = 800
	}
	if v.scale == 0 {
		v.scale = 1
	}
	p.v = v
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(v.width), Height: int64(v.height), DeviceScaleFactor: v.scale, Mobile: v.width < 1000 && v.scale == 1,
	})
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: pick(v.dark, "dark", "light")},
		{Name: "prefers-reduced-motion", Value: pick(v.motion, "no-preference", "reduce")},
		{Name: "forced-colors", Value: pick(v.forced, "active", "none")},
		{Name: "prefers-contrast", Value: pick(v.more, "more", "no-preference")},
	}}
	if v.print {
		media.Media = "print"
	}
	call(p, emulation.SetEmulatedMedia, media)
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.noScript})
}

func pick(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}

// note keeps what happens in the tab. It runs inside the reader of the browser's messages and must not wait.
func (p *tab) note(ev any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	bad := func(format string, args ...any) { p.trouble = append(p.trouble, fmt.Sprintf(format, args...)) }
	switch ev := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		if kind := string(ev.Type); kind == "error" || kind == "warning" || kind == "assert" {
			bad("console %s: %s", kind, arguments(ev.Args))
		}
	case *runtime.EventExceptionThrown:
		text := ev.ExceptionDetails.Text
		if x := ev.ExceptionDetails.Exception; x != nil {
			text += " " + x.Description
		}
		bad("exception: %s", text)
	case *log.EventEntryAdded:
		if l := string(ev.Entry.Level); l == "error" || l == "warning" {
			bad("log %s: %s %s", l, ev.Entry.Text, ev.Entry.URL)
		}
	case *audits.EventIssueAdded:
		if x := ev.Issue.Details; x != nil && x.ContentSecurityPolicyIssueDetails != nil {
			d := x.ContentSecurityPolicyIssueDetails
			bad("policy: %s broken by %s", d.ViolatedDirective, d.BlockedURL)
		}
	case *network.EventRequestWillBeSent:
		url := ev.Request.URL
		p.requests = append(p.requests, url)
		p.loaded[ev.RequestID] = url
		if !strings.HasPrefix(url, p.host.URL+"/") && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "about:") {
			p.foreign = append(p.foreign, url)
		}
	case *network.EventLoadingFailed:
		if !ev.Canceled {
			bad("request failed: %s %s", p.loaded[ev.RequestID], ev.ErrorText)
		}
	case *network.EventResponseReceived:
		if ev.Response.Status >= 400 {
			bad("status %d: %s", ev.Response.Status, ev.Response.URL)
		}
	case *page.EventJavascriptDialogOpening:
		p.dialogs = append(p.dialogs, ev.Message)
		go func() { _, _ = chromedp.Call(p.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{}) }()
	}
}

func arguments(args []*runtime.RemoteObject) string {
	var out []string
	for _, a := range args {
		if a.Description != "" {
			out = append(out, a.Description)
		} else {
			out = append(out, string(a.Value))
		}
	}
	return strings.Join(out, " ")
}

// troubles returns what went wrong since the last call, without what matches one of the allowed patterns.
func (p *tab) troubles(allowed ...string) []string {
	p.t.Helper()
	if !p.v.noScript {
		p.do("() => new Promise(r => setTimeout(r, 30))") // a promise that nobody caught is reported a task later
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
next:
	for _, s := range append(p.trouble, p.foreign...) {
		for _, a := range allowed {
			if regexp.MustCompile(a).MatchString(s) {
				continue next
			}
		}
		out = append(out, s)
	}
	p.trouble, p.foreign = nil, nil
	return out
}

// visit loads a page, waits until its scripts have run, and fails where the status is not the wanted one.
func (p *tab) visit(url string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(p.host.URL+url)); err != nil {
		p.t.Fatalf("%s: %v", url, err)
	}
}

// call sends one command to the tab.
func call[P, R any](p *tab, cmd cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, cmd, params)
	if err != nil {
		p.t.Fatalf("%s: %v", cmd.Method, err)
	}
	return r
}

// eval calls a JavaScript function in the page, awaits its promise and decodes what it returns.
func eval[T any](p *tab, function string, args ...any) T {
	p.t.Helper()
	v, err := try[T](p, function, args...)
	if err != nil {
		p.t.Fatalf("%v in %s", err, function)
	}
	return v
}

func try[T any](p *tab, function string, args ...any) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	list, err := json.Marshal(args)
	if err != nil {
		return *new(T), err
	}
	return chromedp.Run(ctx, chromedp.Evaluate[T](fmt.Sprintf("(%s)(...%s)", function, nonNil(list)), chromedp.EvalAwaitPromise))
}

func nonNil(list []byte) string {
	if string(list) == "null" {
		return "[]"
	}
	return string(list)
}

// do calls a JavaScript function for what it does.
func (p *tab) do(function string, args ...any) {
	p.t.Helper()
	eval[chromedp.Void](p, function, args...)
}

// wait polls until the function returns true. The page may be replaced meanwhile.
func (p *tab) wait(what, function string, args ...any) {
	p.t.Helper()
	if !p.within(patience, function, args...) {
		p.t.Fatalf("waited %s for: %s", patience, what)
	}
}

func (p *tab) within(d time.Duration, function string, args ...any) bool {
	for end := time.Now().Add(d); ; time.Sleep(10 * time.Millisecond) {
		if ok, err := try[bool](p, function, args...); err == nil && ok {
			return true
		} else if errors.Is(err, context.Canceled) || time.Now().After(end) {
			return false
		}
	}
}

// preload runs a script in every document that is loaded from now on, before any of its own.
func (p *tab) preload(source string) {
	p.t.Helper()
	p.spoiled = true
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: source})
}

// shot takes a picture of the window.
func (p *tab) shot(name string) {
	r := call(p, page.CaptureScreenshot, page.CaptureScreenshotParams{})
	_ = os.WriteFile(name, r.Data, 0o644)
}

// keepShot leaves a picture of the window of a failed test in the folder that ERRDEX_SHOTS names.
func (p *tab) keepShot() {
	folder := os.Getenv("ERRDEX_SHOTS")
	if folder == "" || !p.t.Failed() || p.ctx.Err() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if r, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{}); err == nil {
		name := regexp.MustCompile(`\W+`).ReplaceAllString(p.t.Name(), "-")
		_ = os.WriteFile(filepath.Join(folder, name+".png"), r.Data, 0o644)
	}
}
