package browser

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

// secrets stand in what is pasted; each also in the forms in which it might travel.
var secrets = []string{"ZebraQuagga7", "EAAGsecretTokenZx9", "4915112345678"}

func marked() string {
	return strings.Replace(strings.Replace(body, `"type"`, `"access_token": "EAAGsecretTokenZx9", "to": "4915112345678", "type"`, 1), "Friday, 26-Apr-24", "ZebraQuagga7", 1)
}

// watchHistory keeps what a page puts into its history, also into entries that one has to go back to see.
const watchHistory = `window.entries = [];
for (const name of ['pushState', 'replaceState']) {
	const own = History.prototype[name];
	History.prototype[name] = function (...args) {
		entries.push(args);
		return own.apply(this, args);
	};
}`

// traces lists where a secret can be seen outside the page's own memory: everything that was asked of this host or any other, the
// addresses and states of the history, and all that a site can store in a browser.
func (p *tab) traces() []string {
	p.t.Helper()
	type source struct {
		name string
		text string
	}
	sources := []source{{"a request to the host", strings.Join(p.host.requests(), "\n")}, {"a request to elsewhere", strings.Join(lab.trap.requests(), "\n")}}
	p.mu.Lock()
	sources = append(sources, source{"a request of the tab", strings.Join(p.requests, "\n")})
	p.mu.Unlock()
	for _, e := range call(p, page.GetNavigationHistory, cdp.Empty{}).Entries {
		if !strings.HasPrefix(e.URL, p.host.URL) {
			continue // of a test that had this tab before
		}
		sources = append(sources, source{"the history", e.URL + " " + e.UserTypedURL + " " + e.Title})
	}
	kept := eval[map[string]string](p, `async () => ({
		'the address': location.href + ' ' + document.referrer,
		'the state of the history': JSON.stringify([history.state, window.entries]),
		'local storage': JSON.stringify(localStorage),
		'session storage': JSON.stringify(sessionStorage),
		'a cookie': document.cookie,
		'the name of the window': window.name,
		'a database': JSON.stringify(await indexedDB.databases()),
		'a cache': JSON.stringify(await caches.keys()),
		'a service worker': JSON.stringify((await navigator.serviceWorker.getRegistrations()).map(r => r.scope)),
		'the list of what was loaded': JSON.stringify(performance.getEntries().map(e => e.name)),
		'a field that the browser may remember': [...document.querySelectorAll('input, textarea')].filter(e => e.autocomplete !== 'off').map(e => e.value).join(' '),
	})`)
	for name, text := range kept {
		sources = append(sources, source{name, text})
		if stores := map[string]bool{"a database": true, "a cache": true, "a service worker": true}; stores[name] && text != "[]" {
			p.t.Errorf("there is %s: %s", name, text)
		}
	}
	var out []string
	for _, s := range sources {
		for _, secret := range secrets {
			if strings.Contains(strings.ToLower(s.text), strings.ToLower(secret)) {
				out = append(out, fmt.Sprintf("%s holds %s", s.name, secret))
			}
		}
	}
	return out
}

// TestPrivate pastes a response with marked values, looks at it, goes to the page, goes on from there, comes back and reloads. No
// request, address, history or storage holds any of the paste; before Enter nothing is fetched that would tell which page was found.
func TestPrivate(t *testing.T) {
	site := realSite(t)
	for _, from := range []string{"/", site.url("index1"), "/docs/nothing-is-here"} {
		p, h := finder(t, from, view{})
		p.preload(watchHistory)
		p.visit(from)
		p.press("/")
		p.paste(marked())
		p.options(1)
		time.Sleep(300 * time.Millisecond) // a prefetch would come by now
		for _, r := range h.requests()[1:] {
			line := strings.SplitN(r, "\r\n", 2)[0]
			if strings.Contains(line, "-error-") || !strings.HasPrefix(line, http.MethodGet) {
				t.Errorf("%s: before Enter there is the request %q", from, line)
			}
		}
		report(t, from+" pasted", p.traces())
		p.press(kb.Enter)
		(hand{tab: p}).arrive("/docs/whatsapp-error-190#subcode-463")
		p.within(patience/10, filled)
		report(t, from+" landed", p.traces())
		p.click(p.thing("link", "^Guides$|^All errors$"))
		p.wait("the next page", "() => document.readyState === 'complete' && !location.pathname.includes('190')")
		report(t, from+" gone on", p.traces())
		p.do("() => history.back()")
		p.wait("the page again", "() => document.readyState === 'complete' && location.pathname.includes('190')")
		p.do("() => location.reload()")
		p.wait("the reload", "() => performance.getEntriesByType('navigation')[0].type === 'reload'")
		report(t, from+" reloaded", p.traces())
		if eval[bool](p, "words => words.some(w => document.documentElement.outerHTML.includes(w))", secrets) {
			t.Errorf("%s: a value of the paste is still there after a reload", from)
		}
	}
}

// TestPrivateWhileTyping types a secret letter by letter on a page, leaves without a result, and follows a link.
func TestPrivateWhileTyping(t *testing.T) {
	p, _ := finder(t, realSite(t).url("full"), view{})
	p.press("/")
	for _, r := range "token ZebraQuagga7 EAAGsecretTokenZx9" {
		p.press(string(r))
	}
	p.options(0)
	p.press(kb.Enter)
	p.press(kb.Escape)
	p.click(p.thing("link", "^All errors$"))
	p.wait("the next page", "() => document.readyState === 'complete' && !location.pathname.includes('190')")
	report(t, "typed", p.traces())
}

// TestLargePaste pastes five megabytes with the error at their end: the page goes on answering, and the error is found. On a busy machine a page
// waits for its turn too, so that the best of three pastes counts.
func TestLargePaste(t *testing.T) {
	p, _ := finder(t, "/", view{})
	line := "2026-03-01T10:00:00Z INFO worker=7 sent wamid.HBgL to queue, 200 in 131 ms\n"
	log := strings.Repeat(line, 5<<20/len(line)) + body
	p.do(`() => {
		window.gap = 0;
		let last = performance.now();
		(function beat() {
			const now = performance.now();
			gap = Math.max(gap, now - last);
			last = now;
			setTimeout(beat, 4);
		})();
	}`)
	best := math.Inf(1)
	for range 3 {
		p.press("/")
		p.press("a", ctrl)
		p.write("131047")
		p.options(1) // the data is here
		p.press("a", ctrl)
		p.do("() => { gap = 0; }")
		p.paste(log)
		p.wait("the error at the end of the paste", "() => /^190/.test(([...document.querySelectorAll('[role=option]')][0] || {innerText: ''}).innerText.trim())")
		worst := eval[float64](p, "() => gap")
		t.Logf("5 MB pasted: the longest wait of the page is %.0f ms", worst)
		best = min(best, worst)
		if best <= 500 {
			break
		}
	}
	// What the browser itself needs to take five megabytes from the clipboard is in it; half a second is felt, not frozen.
	if best > 500 {
		t.Errorf("the page does not answer for %.0f ms", best)
	}
	if n := eval[int](p, "() => document.activeElement.value.length"); n > 1000 {
		t.Errorf("the box shows %d characters", n)
	}
}
