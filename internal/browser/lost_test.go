package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// offers returns the links that 404.html makes for this address, once it has made up its mind.
func (p *tab) offers() []string {
	p.t.Helper()
	p.within(patience/10, "() => [...document.querySelectorAll('[data-lost] a')].some(a => a.checkVisibility())")
	return eval[[]string](p, "() => [...document.querySelectorAll('[data-lost] a')].filter(a => a.checkVisibility()).map(a => a.pathname + a.hash)")
}

// TestLost opens addresses that are nearly right: 404.html knows what they wanted, says so, and leads there.
func TestLost(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	p := open(t, h, view{width: 390})
	locked, token := "/docs/whatsapp-error-131031", "/docs/whatsapp-error-190"
	for _, c := range []struct{ path, want string }{
		{"/docs/whatsapp-error-1310311", locked},
		{"/docs/WhatsApp-Error-131031", locked},
		{"/docs/whatsapp-error-131031/", locked},
		{"/DOCS/WHATSAPP-ERROR-131031.HTML", locked},
		{"/docs/whatsapp-error-131031.html/", locked},
		{"/docs/whatsapp-error-131031.", locked},
		{"/docs/whatsapp-error-%28%23190%29", token},
		{"/docs/whatsapp-error-(#190)", token},
		{"/docs/whatsapp-error-%20190", token},
		{"/errors/190", token},
		{"/docs/whatsapp-error-190/", token},
		{"/docs/whatsapp-error-190.md/", token},
		{"/docs/Whatsapp-error-190#fixes", token + "#fixes"},
		{"/docs/whatsapp-error-131074", "/docs/whatsapp-error-131047"},  // two digits swapped
		{"/docs/whatsapp-error-13147", "/docs/whatsapp-error-131047"},   // one left out
		{"/docs/whatsapp-error-#131047", "/docs/whatsapp-error-131047"}, // taken for a place by the browser
		{"/docs/dualhook-error-131047", "/docs/whatsapp-error-131047"},  // the other API's
		{"/docs/dualhook-error-forbiden", "/docs/dualhook-error-forbidden"},
		{"/docs/dualhook-error-FORBIDDEN", "/docs/dualhook-error-forbidden"},
		{"/docs/dualhook-error-forbidden/", "/docs/dualhook-error-forbidden"},
	} {
		p.visit(c.path)
		offers := p.offers()
		if len(offers) == 0 || offers[0] != c.want {
			t.Errorf("%s offers %v first and not %s", c.path, offers, c.want)
		}
		if says := eval[string](p, "() => document.querySelector('[data-lost] .lead[role=status]').innerText"); len(offers) > 0 && !strings.Contains(says, "error") {
			t.Errorf("%s only says %q", c.path, says)
		}
		report(t, c.path, p.troubles("404"))
	}
	p.visit("/docs/whatsapp-error-1310311")
	if offers := p.offers(); len(offers) < 3 {
		t.Errorf("the family of 131031 is not offered: %v", offers)
	}
	for _, path := range []string{"/docs/nothing-is-here", "/favicon-of-nobody.ico", "/docs/%C0%AF", "/%00", "/docs/whatsapp-error-", "//", "/docs/whatsapp-error-toString", "/docs/whatsapp-error-__proto__"} {
		p.visit(path)
		if found := p.within(patience/100, "() => [...document.querySelectorAll('[data-lost] a')].some(a => a.checkVisibility())"); found {
			t.Errorf("%s is taken for %v", path, p.offers())
		}
		report(t, path, p.troubles("404"))
		if !p.has("textbox", "Paste") && !p.has("combobox", "Paste") {
			t.Errorf("%s has no search box", path)
		}
	}
}

// TestLostByKeyboard follows the first offer without a mouse, and comes back.
func TestLostByKeyboard(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 390})
	p.visit("/docs/whatsapp-error-1310311")
	p.offers()
	p.tabTo("link", "^131031 ")
	p.press(kb.Enter)
	hand{tab: p}.arrive("/docs/whatsapp-error-131031")
	if head := eval[string](p, "() => document.querySelector('h1').innerText"); !strings.Contains(head, "131031") {
		t.Errorf("the page is about %q", head)
	}
}

// TestLostStaysQuiet: an address of a stranger does not make 404.html ask for anything but the lists of this site.
func TestLostStaysQuiet(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	p := open(t, h, view{})
	p.visit("/docs/whatsapp-error-1310311?token=EAAGm0PX4ZCps")
	p.offers()
	for i, r := range h.requests() {
		if i > 0 && strings.Contains(strings.SplitN(r, "\r\n", 2)[0], "EAAGm0PX4ZCps") {
			t.Errorf("the address is sent again: %.100s", r)
		}
	}
	report(t, "404", p.troubles("404"))
}
