package browser

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// These tests share the clipboard of the browser and so do not run beside each other.

// TestCopyTicket copies the summary for a ticket: what it is, whose move, whether to retry, and where to read on.
func TestCopyTicket(t *testing.T) {
	site := realSite(t)
	for _, name := range []string{"full", "string", "stub"} {
		p := open(t, serve(t, site), view{width: 390})
		p.allowClipboard()
		p.visit(site.url(name))
		p.click(p.thing("button", "^Copy for ticket$"))
		p.heard("Copied")
		ticket := p.clipboard()
		heading := eval[string](p, "() => document.querySelector('h1 b').textContent")
		title := eval[string](p, "() => document.querySelector('h1 span').textContent")
		for _, part := range []string{heading, title, "https://dualhook.com" + site.url(name)} {
			if !strings.Contains(ticket, part) {
				t.Errorf("the ticket of %s lacks %q: %q", site.url(name), part, ticket)
			}
		}
		for _, fact := range eval[[]string](p, "() => [...document.querySelectorAll('.facts .key')].map(e => e.firstChild.data.trim())") {
			if !strings.Contains(strings.ToLower(ticket), strings.ToLower(fact)) {
				t.Errorf("the ticket of %s lacks %q: %q", site.url(name), fact, ticket)
			}
		}
		if len(ticket) > 1000 || strings.Contains(ticket, "<") || strings.Contains(ticket, "&amp;") {
			t.Errorf("the ticket of %s is no short plain text: %q", site.url(name), ticket)
		}
	}
	p := open(t, serve(t, site), view{})
	p.allowClipboard()
	p.visit(site.url("full") + "#subcode-463")
	p.click(p.thing("button", "^Copy for ticket$"))
	p.heard("Copied")
	if ticket := p.clipboard(); !strings.Contains(ticket, "463") {
		t.Errorf("a ticket of a sub-code does not say which: %q", ticket)
	}
}

// heard waits until a status has been announced, and until it is gone again, so that the next one is heard too.
func (p *tab) heard(word string) {
	p.t.Helper()
	p.wait(word+" to be announced", "word => [...document.querySelectorAll('[role=status], [aria-live]')].some(e => e.textContent.trim() === word)", word)
}

// TestCopyButtons presses every copy button of a page and compares the clipboard with what stands beside the button.
func TestCopyButtons(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	p.allowClipboard()
	p.visit(site.url("full"))
	// What the page shows, from the bytes as they are served.
	source := string(site.files["docs/whatsapp-error-190.html"])
	var samples []string
	for _, m := range regexp.MustCompile(`(?s)<pre[^>]*>(.*?)</pre>`).FindAllStringSubmatch(source, -1) {
		samples = append(samples, strings.TrimSpace(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[1], ""))))
	}
	if len(samples) == 0 {
		t.Fatal("the page has no sample")
	}
	var copied []string
	for _, x := range p.things("button") {
		if x.name == "Copy" || x.name == "Copy reply" {
			p.do("() => navigator.clipboard.writeText('nothing')")
			p.click(x)
			p.wait("the clipboard", "async () => await navigator.clipboard.readText() !== 'nothing'")
			copied = append(copied, p.clipboard())
		}
	}
	for _, s := range samples {
		found := false
		for _, c := range copied {
			found = found || c == s
		}
		if !found {
			t.Errorf("no button copies the sample %q", s)
		}
		if strings.HasPrefix(s, "{") && !json.Valid([]byte(s)) {
			t.Errorf("a sample is no JSON: %q", s)
		}
	}
	reply := eval[string](p, "() => document.querySelector('.reply blockquote').innerText.trim()")
	message := eval[string](p, "() => document.querySelector('.quote').innerText.trim()")
	for _, want := range []string{reply, message} {
		found := false
		for _, c := range copied {
			found = found || c == want
		}
		if !found {
			t.Errorf("no button copies %q; they copy %q", want, copied)
		}
	}
	if want := len(samples) + 3; len(copied) != want { // the reply can be copied beside it and from the first screen
		t.Errorf("%d buttons copy something and not %d", len(copied), want)
	}
}

// TestCopyRefused: where the clipboard is refused the button says so and the page has no error.
func TestCopyRefused(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	p.visit(site.url("full"))
	p.permit("denied")
	p.click(p.thing("button", "^Copy for ticket$"))
	p.heard("Not copied")
	p.wait("the label to come back", "() => document.querySelector('[data-copy]').textContent === 'Copy for ticket'")
	report(t, "clipboard refused", p.troubles())
}

// TestHeadingLinks: every heading of a page has an address that leads to it; guides too.
func TestHeadingLinks(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 390, height: 700})
	for _, name := range []string{"full", "string", "guide"} {
		p.visit(site.url(name))
		bare := eval[[]string](p, `() => [...document.querySelectorAll('main h2')].filter(h => {
			const id = h.id || (h.closest('[id]') || {}).id, links = [...h.querySelectorAll('a[href^="#"]')];
			return !links.some(a => a.hash === '#' + id && document.getElementById(id));
		}).map(h => h.textContent)`)
		report(t, site.url(name)+": headings without a link to themselves", bare)
		twice := eval[[]string](p, `() => [...document.querySelectorAll('main :is(h2, h3)')].filter(h => h.querySelectorAll('a[href^="#"]').length > 1).map(h => h.textContent)`)
		report(t, site.url(name)+": headings with two links to themselves", twice)
		blank := eval[[]string](p, `() => [...document.querySelectorAll('main :is(h2, h3) a')].filter(a => !a.getBoundingClientRect().width).map(a => a.parentElement.textContent)`)
		report(t, site.url(name)+": headings whose link has no width", blank)
	}
	p.visit(site.url("full"))
	p.tabTo("link", "^Fixes$")
	p.tabTo("link", "^Questions$")
	p.press(kb.Enter)
	p.wait("the heading", "() => location.hash === '#faq' && document.querySelector('#faq').getBoundingClientRect().top < innerHeight / 2")
}
