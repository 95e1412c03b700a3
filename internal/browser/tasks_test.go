package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"
)

// task is something that a reader comes for. It is done by role and visible text alone.
type task struct {
	name string
	do   func(t *testing.T, h hand, site *website)
}

// TestTasks does what readers come for, each task with the mouse, with nothing but the keyboard, and with a finger on a phone. They copy, and so do not run beside each other.
func TestTasks(t *testing.T) {
	site := realSite(t)
	for _, x := range tasks {
		for _, way := range []hand{{}, {keys: true}, {finger: true}} {
			t.Run(x.name+" by "+way.String(), func(t *testing.T) {
				v := view{width: 1024, height: 768}
				if way.finger {
					v = view{width: 390, height: 844}
				}
				p := open(t, serve(t, site), v)
				p.allowClipboard()
				h := way
				h.tab = p
				x.do(t, h, site)
				report(t, x.name, p.troubles("404"))
			})
		}
	}
}

var tasks = []task{
	{"find what a code means and copy the reply", func(t *testing.T, h hand, site *website) {
		needs(t, site)
		h.visit("/")
		h.enter("combobox", "^Paste an error", "131047")
		h.options(1)
		h.press(kb.Enter)
		h.arrive("/docs/whatsapp-error-131047")
		if !h.has("heading", "131047") {
			t.Error("the page does not say that it is about 131047")
		}
		h.act("button", "^Copy reply$")
		h.heard("Copied")
		if got := h.clipboard(); len(got) < 60 || !strings.Contains(got, "24") {
			t.Errorf("the reply is %q", got)
		}
	}},
	{"go from a cause to its fix", func(t *testing.T, h hand, site *website) {
		h.visit(site.url("full"))
		h.act("link", "^Fix 1")
		h.wait("the fix in the window", "() => { const e = document.querySelector('.fix:target'); return !!e && e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < innerHeight; }")
	}},
	{"list what may be retried with back-off", func(t *testing.T, h hand, site *website) {
		h.visit("/")
		h.act("link", "^WhatsApp Business Platform errors$")
		h.arrive(site.url("index1"))
		if !h.has("combobox", "^Retry") {
			h.act("DisclosureTriangle", "More filters")
		}
		label := h.choose("^Retry", "back-off")
		left := h.rows()
		if len(left) < 5 || !strings.Contains(label, "back-off") {
			t.Errorf("%q leaves %d rows", label, len(left))
		}
		if !strings.Contains(h.said(), " of ") {
			t.Errorf("the count is announced as %q", h.said())
		}
		h.act("link", "^"+strings.Fields(left[0][0])[0]+" ")
		h.wait("the page of the first row", "code => document.readyState === 'complete' && !!document.querySelector('h1 b') && document.querySelector('h1 b').textContent === code", strings.Fields(left[0][0])[0])
	}},
	{"open a group of the index", func(t *testing.T, h hand, site *website) {
		h.visit(site.url("index1"))
		if !h.has("link", "^Throttling$") {
			h.act("DisclosureTriangle", "^Groups$")
		}
		h.act("link", "^Throttling$")
		h.wait("the group in the window", "() => { const e = document.querySelector('#group-throttling:target'); return !!e && e.getBoundingClientRect().top >= -1 && e.getBoundingClientRect().top < innerHeight / 2; }")
		h.act("link", "^130429 ")
		h.arrive("/docs/whatsapp-error-130429")
	}},
	{"follow a related error and come back", func(t *testing.T, h hand, site *website) {
		h.visit(site.url("full"))
		to := eval[string](h.tab, "() => document.querySelector('#related').closest('section').querySelector('.refs a').textContent.trim()")
		h.act("link", "^"+strings.Fields(to)[0]+" ")
		h.wait("the related page", "code => document.readyState === 'complete' && !!document.querySelector('h1 b') && document.querySelector('h1 b').textContent === code", strings.Fields(to)[0])
		h.do("() => history.back()")
		h.arrive(site.url("full"))
	}},
	{"read on to the next error of the group", func(t *testing.T, h hand, site *website) {
		h.visit(site.url("full"))
		h.act("link", "^Next ")
		h.wait("the next page", "url => location.pathname !== url && document.readyState === 'complete'", site.url("full"))
		h.act("link", "^Previous ")
		h.arrive(site.url("full"))
	}},
	{"read in the dark", func(t *testing.T, h hand, site *website) {
		h.visit(site.url("full"))
		light := eval[string](h.tab, ground)
		h.act("button", "^Switch to dark theme$")
		if eval[string](h.tab, ground) == light {
			t.Error("it is still light")
		}
		h.act("link", "^All errors$")
		h.wait("the next page", "url => location.pathname !== url && document.readyState === 'complete'", site.url("full"))
		if eval[string](h.tab, ground) == light {
			t.Error("it is light again on the next page")
		}
	}},
	{"paste a response and see its sub-code", func(t *testing.T, h hand, site *website) {
		needs(t, site)
		h.visit(site.url("guide"))
		h.enter("combobox", "^Paste an error", body)
		h.options(1)
		if h.keys {
			h.press(kb.Enter)
		} else {
			h.point(h.thing("option", "^190"))
		}
		h.arrive("/docs/whatsapp-error-190#subcode-463")
		if !h.has("link", "^463$") {
			t.Error("the sub-code is not there")
		}
	}},
	{"get from a wrong address to the right page", func(t *testing.T, h hand, site *website) {
		h.visit("/docs/WHATSAPP-ERROR-131031/")
		h.wait("an offer", "() => [...document.querySelectorAll('[data-lost] a')].some(a => a.checkVisibility())")
		h.act("link", "^131031 ")
		h.arrive("/docs/whatsapp-error-131031")
	}},
	{"send a colleague the link to a question", func(t *testing.T, h hand, site *website) {
		h.visit("/docs/whatsapp-error-131047")
		h.act("link", "^Can I extend the 24-hour window")
		h.wait("the question's address", "() => location.hash === '#faq-extend-window'")
		sent := eval[string](h.tab, "() => location.pathname + location.hash")
		h.visit("/")
		h.visit(sent)
		h.wait("the question in the window", "() => { const r = document.querySelector('h3:target').getBoundingClientRect(); return r.top >= 0 && r.bottom < innerHeight / 2; }")
	}},
	{"go from a sample to the words for the customer", func(t *testing.T, h hand, site *website) {
		h.visit("/docs/whatsapp-error-131047#examples")
		if h.has("DisclosureTriangle", "^On this page$") {
			if !eval[bool](h.tab, "() => document.querySelector('.toc summary').getBoundingClientRect().top >= 0") {
				t.Error("the contents are not in sight")
			}
			h.act("DisclosureTriangle", "^On this page$")
		}
		h.act("link", "^For support$")
		h.wait("the reply in the window", "() => { const r = document.querySelector('.reply').getBoundingClientRect(); return location.hash === '#support' && r.top > 0 && r.bottom < innerHeight; }")
	}},
	{"copy a summary for a ticket and print the page", func(t *testing.T, h hand, site *website) {
		h.visit("/docs/whatsapp-error-131031")
		h.act("button", "^Copy for ticket$")
		h.heard("Copied")
		if got := h.clipboard(); !strings.Contains(got, "https://dualhook.com/docs/whatsapp-error-131031") {
			t.Errorf("the summary is %q", got)
		}
		if sheet := call(h.tab, page.PrintToPDF, page.PrintToPDFParams{}); len(sheet.Data) < 10000 {
			t.Errorf("the sheet is %d bytes", len(sheet.Data))
		}
	}},
}

// needs skips what cannot be done without the search box.
func needs(t *testing.T, site *website) {
	t.Helper()
	if !site.script("findbox") || !site.script("finder") {
		t.Skip("static/findbox.js is not there yet: nothing to test")
	}
}
