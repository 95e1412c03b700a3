package browser

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
)

const ground = "() => getComputedStyle(document.body).backgroundColor"

// TestTheme switches the theme: it is remembered on the next page, from the first frame on, and forgotten where the reader goes
// back to what the system says.
func TestTheme(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	p.preload(`window.grounds = []; requestAnimationFrame(function f() {
		if (document.body) grounds.push(getComputedStyle(document.body).backgroundColor);
		if (grounds.length < 30) requestAnimationFrame(f);
	})`)
	p.visit(site.url("full"))
	light := eval[string](p, ground)
	p.look(view{dark: true})
	dark := eval[string](p, ground)
	if light == dark {
		t.Fatalf("both themes are %s", light)
	}
	p.look(view{})
	p.click(p.thing("button", "^Switch to dark theme$"))
	if got := eval[string](p, ground); got != dark {
		t.Fatalf("after the switch the ground is %s and not %s", got, dark)
	}
	if !p.has("button", "^Switch to light theme$") {
		t.Error("the switch does not say that it now goes to the light theme")
	}
	for _, url := range []string{site.url("full"), "/", site.url("index2")} {
		p.visit(url)
		p.wait("30 frames", "() => grounds.length >= 30")
		for _, got := range eval[[]string](p, "() => grounds") {
			if got != dark {
				t.Fatalf("%s: a frame was painted on %s though the dark theme was chosen", url, got)
			}
		}
	}
	p.click(p.thing("button", "^Switch to light theme$"))
	if got := eval[string](p, ground); got != light {
		t.Errorf("switched back the ground is %s and not %s", got, light)
	}
	p.look(view{dark: true})
	p.visit("/")
	if got := eval[string](p, ground); got != dark {
		t.Errorf("a reader who is back at the system's theme does not follow it any more: %s", got)
	}
}

// TestThemeLate holds back the script that knows the chosen theme: the page is read meanwhile, since that script is asynchronous, and nothing of it is painted before.
// The tools of the page stand where they will be, since a media query and not the script says that script is on.
func TestThemeLate(t *testing.T) {
	site := realSite(t)
	for name, data := range site.files {
		if m := regexp.MustCompile(`<script src="[^"]*">`).Find(data); m != nil && strings.HasSuffix(name, ".html") {
			t.Fatalf("%s: %s stops the reading of the page", name, m)
		}
	}
	h := serve(t, site)
	p := open(t, h, view{})
	p.preload(`window.grounds = []; requestAnimationFrame(function f() {
		if (document.body) grounds.push(getComputedStyle(document.body).backgroundColor);
		if (grounds.length < 10) requestAnimationFrame(f);
	})`)
	p.visit(site.url("full"))
	light := eval[string](p, ground)
	call(p, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	p.do("() => { localStorage.theme = 'dark'; }")
	for _, url := range []string{site.url("guide"), site.url("index1") + "?retry=never"} {
		h.hold("/assets/theme.")
		p.do("url => { window.old = true; location.assign(url); }", url)
		p.wait("the end of the page", "() => !window.old && !!document.querySelector('.foot') && document.readyState !== 'loading'")
		p.do("() => new Promise(r => setTimeout(r, 300))")
		if n := eval[int](p, "() => performance.getEntriesByType('paint').length"); n > 0 {
			t.Errorf("%s is painted before its theme is known", url)
		}
		before := eval[float64](p, "() => document.querySelector('.top nav').getBoundingClientRect().left")
		h.release()
		p.wait("10 frames", "() => grounds.length >= 10")
		for _, got := range eval[[]string](p, "() => grounds") {
			if got == light {
				t.Errorf("%s: a frame was painted on %s though the dark theme was chosen", url, got)
				break
			}
		}
		if after := eval[float64](p, "() => document.querySelector('.top nav').getBoundingClientRect().left"); after != before {
			t.Errorf("%s: the header moves from %.0f to %.0f", url, before, after)
		}
		p.wait("the list", "() => ![...document.querySelectorAll('.list section:not([hidden]), .text')].some(e => getComputedStyle(e).visibility === 'hidden')")
	}
}

// TestThemeWithoutStorage switches where storage is refused: the page works, the choice is not kept.
func TestThemeWithoutStorage(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	p.preload(`Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } })`)
	p.visit(site.url("full"))
	before := eval[string](p, ground)
	p.click(p.thing("button", "^Switch to dark theme$"))
	if eval[string](p, ground) == before {
		t.Error("the switch does nothing where storage is refused")
	}
	report(t, "storage refused", p.troubles())
}

// TestMotion: nothing moves for readers who asked for that.
func TestMotion(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	for _, k := range site.kinds {
		p.visit(k.url)
		report(t, k.url, p.check("motion"))
	}
}

// TestPrint looks at every kind of page as it is printed, from either theme, and at the PDF.
func TestPrint(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	for _, k := range site.kinds {
		var all findings
		for _, dark := range []bool{false, true} {
			p.look(view{width: 794, dark: dark})
			p.visit(k.url)
			if dark {
				p.do("() => { document.documentElement.dataset.theme = 'dark'; }")
			}
			p.look(view{width: 794, dark: dark, print: true})
			all.add("from "+pick(dark, "dark", "light"), p.check("sheet"))
		}
		all.report(t, k.url+" printed")
	}
	p.look(view{print: true})
	p.visit(site.url("full"))
	if all := eval[[]bool](p, "() => [...document.querySelectorAll('.variants li')].map(e => e.checkVisibility() && e.getBoundingClientRect().height > 0)"); len(all) < 5 || slices.Contains(all, false) {
		t.Errorf("messages are not printed: %v", all)
	}
	p.look(view{})
	p.visit(site.url("full"))
	sheet := call(p, page.PrintToPDF, page.PrintToPDFParams{})
	if n := len(regexp.MustCompile(`/Type\s*/Page[^s]`).FindAll(sheet.Data, -1)); n < 2 || n > 12 {
		t.Errorf("%s prints on %d pages", site.url("full"), n)
	}
}
