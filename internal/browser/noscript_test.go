package browser

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestScriptOff reads every kind of page without script: all of it can be read or opened, no control is shown that does nothing,
// and links are followed.
func TestScriptOff(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	for _, width := range []int{390, 1440} {
		p := open(t, h, view{width: width, noScript: true})
		for _, k := range site.kinds {
			p.visit(k.url)
			where := fmt.Sprintf("%s at %d px without script", k.url, width)
			report(t, where, p.check("plain"))
			report(t, where, p.check("overflow", width))
			report(t, where, p.check("outline"))
			if k.status == http.StatusOK {
				report(t, where, p.troubles())
			}
		}
		if eval[bool](p, "() => document.documentElement.classList.contains('js')") {
			t.Fatal("script runs: this test tests nothing")
		}
	}
}

// TestScriptOffWay goes from the home page over an index and a cause to its fix, without script and by keyboard.
func TestScriptOffWay(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 390, noScript: true})
	p.visit("/")
	h := hand{tab: p, keys: true}
	h.act("link", "^WhatsApp Business Platform errors$")
	h.arrive(site.url("index1"))
	h.act("link", "^190 ")
	h.arrive(site.url("full"))
	h.act("link", "^Fix 1")
	p.wait("the fix", "() => !!document.querySelector('.fix:target')")
}

// TestScriptsLost: script is on and does not arrive, as where a filter stands between. What does nothing without it is gone after a while, and all else can be read.
func TestScriptsLost(t *testing.T) {
	site := realSite(t)
	bare := &website{files: map[string][]byte{}}
	for name, data := range site.files {
		if !strings.HasSuffix(name, ".js") {
			bare.files[name] = data
		}
	}
	p := open(t, serve(t, bare), view{})
	for _, url := range []string{site.url("home"), site.url("full"), site.url("index1") + "?retry=never", "/docs/nothing-is-here"} {
		p.visit(url)
		p.do("() => new Promise(r => setTimeout(r, 4200))")
		// Only a hint to those who turned script off stays away.
		report(t, url, slices.DeleteFunc(p.check("plain"), func(s string) bool { return strings.Contains(s, "nojs") && strings.HasSuffix(s, "cannot be read") }))
	}
}
