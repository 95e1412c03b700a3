package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// barred tells of the contents where they are a bar: its top and height, whether its list is open, what it says is being read, how far the page is scrolled, how long it is.
type barred struct {
	Top, Height, Y, Page float64
	Open                 bool
	At                   string
}

func (p *tab) bar() barred {
	p.t.Helper()
	return eval[barred](p, `() => {
		const e = document.querySelector('.toc'), r = e.getBoundingClientRect(), s = e.querySelector('summary');
		return { Top: r.top, Height: r.height, Y: scrollY, Page: document.body.scrollHeight, Open: s.parentNode.open, At: s.dataset.at || '' };
	}`)
}

// TestContentsBar reads a long page, and an index, on a phone and on a tablet: the contents go along as one line that names what is being read, and their list opens over the text without moving it.
func TestContentsBar(t *testing.T) {
	site := realSite(t)
	for _, url := range []string{site.url("full"), site.url("guide"), site.url("index1")} {
		for _, v := range []view{{width: 320, height: 640}, {width: 820, height: 1000, dark: true}} {
			p := open(t, serve(t, site), v)
			p.visit(url)
			where := fmt.Sprintf("%s at %d px", url, v.width)
			before := p.bar()
			if before.At != "" || before.Top < 100 {
				t.Fatalf("%s: at its top the page has the bar %+v", where, before)
			}
			name := eval[string](p, "() => [...document.querySelectorAll('.text h2, .list h2')].at(-1).textContent")
			p.do("() => { scrollTo(0, document.querySelectorAll('.text h2, .list h2')[1].getBoundingClientRect().top + scrollY + 400); }")
			p.wait("the bar to name what is read", "() => !!document.querySelector('.toc summary').dataset.at")
			there := p.bar()
			if there.Top != 0 || there.Height != before.Height || there.Page != before.Page {
				t.Errorf("%s: the bar was %+v and is %+v", where, before, there)
			}
			p.touch(60, 20)
			p.wait("the list", "() => document.querySelector('.toc details').open")
			if opened := p.bar(); !opened.Open || opened.Page != there.Page || opened.Y != there.Y {
				t.Errorf("%s: the open list moves the page: %+v, and it was %+v", where, opened, there)
			}
			// The name of what is read may be cut: it stands in the list, and over what is read.
			report(t, where, slices.DeleteFunc(p.check("overflow", v.width), func(s string) bool {
				return strings.Contains(s, "summary") && strings.HasSuffix(s, "cuts off its text")
			}))
			report(t, where, p.check("targets"))
			hand{tab: p}.act("link", "^"+name+"$")
			p.wait("the last part", "name => [...document.querySelectorAll('.toc [aria-current]')].some(a => a.textContent === name) || scrollY + innerHeight > document.body.scrollHeight - 2", name)
			if after := p.bar(); after.Open {
				t.Errorf("%s: the list stays over what was chosen", where)
			}
			if covered := eval[bool](p, "name => [...document.querySelectorAll('.text h2, .list h2')].find(h => h.textContent === name).getBoundingClientRect().top < document.querySelector('.toc').getBoundingClientRect().bottom", name); covered {
				t.Errorf("%s: the bar lies over the heading that was chosen", where)
			}
		}
	}
}

// TestContentsBarLeft: the list of the bar goes when the focus or a finger goes elsewhere, and with Escape, which gives the focus back to the bar.
func TestContentsBarLeft(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 390, height: 700})
	p.visit(site.url("full"))
	opened := func() {
		t.Helper()
		p.tabTo("DisclosureTriangle", "^On this page$")
		p.press(kb.Enter)
		p.wait("the list", "() => document.querySelector('.toc details').open")
	}
	gone := func(how string) {
		t.Helper()
		if !p.within(patience/10, "() => !document.querySelector('.toc details').open") {
			t.Errorf("%s leaves the list open", how)
		}
	}
	opened()
	p.press(kb.Tab)
	p.press(kb.Escape)
	gone("Escape")
	if x := p.focused(); x.role != "DisclosureTriangle" {
		t.Errorf("Escape gives the focus to %v", x)
	}
	opened()
	for range eval[int](p, "() => document.querySelectorAll('.toc a').length + 1") {
		p.press(kb.Tab)
	}
	gone("Tab past its end")
	opened()
	p.touch(200, 20)
	gone("a finger elsewhere")
}

// TestContentsStay: without script nothing would close the list, and a window as low as at 400 % zoom has no room for a bar; there the contents stay at their place.
func TestContentsStay(t *testing.T) {
	site := realSite(t)
	for _, v := range []view{{width: 390, height: 700, noScript: true}, {width: 320, height: 256, scale: 4}} {
		p := open(t, serve(t, site), v)
		p.visit(site.url("full"))
		p.do("() => { scrollTo(0, 3000); }")
		if b := p.bar(); b.Y < 2000 || b.Top > 0 || b.Top+b.Height > 0 {
			t.Errorf("in a window of %d × %d px the bar is %+v", v.width, v.height, b)
		}
	}
}

// TestContentsOfWhatIsLeft: the bar of an index names a group that the filters have left.
func TestContentsOfWhatIsLeft(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 390, height: 844})
	p.visit(site.url("index1") + "?group=throttling")
	p.do("() => { scrollTo(0, 700); }")
	p.wait("the bar", "() => !!document.querySelector('.toc summary').dataset.at")
	if at := p.bar().At; at != "Throttling" {
		t.Errorf("only Throttling is left, and the bar names %s", at)
	}
}

// TestContentsAfterJump: after a jump into the middle of a part, or to the end, the contents name that part and not the one before the jump.
func TestContentsAfterJump(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 1100, height: 900})
	p.visit(site.url("full"))
	for _, id := range []string{"fixes", "examples", "causes"} {
		p.do("id => { const r = document.getElementById(id).closest('section').getBoundingClientRect(); scrollTo(0, scrollY + r.bottom - innerHeight / 4 - 40); }", id)
		if !p.within(patience/10, "id => document.querySelector('.toc [aria-current]')?.hash === '#' + id", id) {
			t.Errorf("at the end of #%s the contents name %q", id, eval[string](p, "() => document.querySelector('.toc [aria-current]')?.hash || ''"))
		}
	}
}

// TestContentsBarSearch: from the middle of a page the search box is one touch away, and Escape leads back to where the reader was. At the top, where the box is in
// sight, nothing else offers it.
func TestContentsBarSearch(t *testing.T) {
	site := realSite(t)
	needs(t, site)
	p := open(t, serve(t, site), view{width: 390, height: 844})
	p.visit("/docs/whatsapp-error-131047")
	if p.has("button", "^Search$") {
		t.Error("at the top a second search is offered")
	}
	p.do("() => { scrollTo(0, 3000); }")
	p.wait("the bar to name what is read", "() => !!document.querySelector('.toc summary').dataset.at")
	at := p.bar().Y
	if !p.has("button", "^Search$") {
		t.Fatal("there is no search in the bar")
	}
	p.touch(350, 22)
	p.wait("the box", inBox)
	if top := eval[float64](p, "() => document.activeElement.getBoundingClientRect().top"); top < 0 || top > 400 {
		t.Errorf("the box is at %.0f px", top)
	}
	p.write("190")
	p.options(1)
	p.press(kb.Escape)
	if x := p.focused(); x.role != "DisclosureTriangle" || p.bar().Y != at {
		t.Errorf("Escape gives the focus to %v at %.0f px, and the reader was at %.0f", x, p.bar().Y, at)
	}
	p.wait("the bar", "() => !!document.querySelector('.toc summary').dataset.at")
	p.touch(350, 22)
	p.wait("the box", inBox)
	p.press("a", ctrl)
	p.write("190")
	p.options(1)
	p.press(kb.Enter)
	hand{tab: p}.arrive("/docs/whatsapp-error-190")
}

// TestTabBack goes up long pages by keyboard: nothing that has the focus lies under what stays in sight above it.
func TestTabBack(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	for _, v := range []view{{width: 390, height: 700}, {width: 820, height: 600}, {width: 1440, height: 800}} {
		p := open(t, h, v)
		for _, url := range []string{site.url("full"), site.url("guide"), site.url("index2")} {
			p.visit(url)
			p.check("watchFocus")
			p.do("() => { scrollTo(0, document.body.scrollHeight); [...document.querySelectorAll('.foot a')].at(-1).focus(); }")
			for range 60 {
				p.press(kb.Tab, shift)
			}
			steps := eval[[]step](p, "() => focusLog.map(({ at, what, faults }) => ({ At: at, What: what, Faults: faults }))")
			var faults []string
			for _, s := range steps {
				for _, f := range s.Faults {
					// A table or a sample, which gets the focus to be scrolled, may be taller than the window; its beginning may be out of sight.
					if !strings.Contains(s.What, "div.table") && !strings.Contains(s.What, "pre.chroma") {
						faults = append(faults, s.What+" "+f)
					}
				}
			}
			report(t, fmt.Sprint(url, " at ", v.width), faults)
			if len(steps) < 40 {
				t.Errorf("%s: only %d steps", url, len(steps))
			}
		}
	}
}
