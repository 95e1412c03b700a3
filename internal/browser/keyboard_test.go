package browser

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

// step is one stop on the way of the Tab key.
type step struct {
	At     int // its place among the controls of the page, -1 for a box that only scrolls
	What   string
	Faults []string
}

// walk presses Tab from the top of the page until the focus has left it, and returns what should have been reached and what was.
func (p *tab) walk() (controls []string, steps []step) {
	p.t.Helper()
	controls = p.check("watchFocus")
	for range len(controls) + 40 {
		call(p, input.DispatchKeyEvent, *kb.Encode([]rune(kb.Tab)[0])[0])
		if n := len(steps); n%16 == 0 || n >= len(controls)-1 {
			if eval[bool](p, "n => focusLog.length > n && [document.body, null].includes(document.activeElement)", 0) {
				break
			}
		}
		steps = append(steps, step{})
	}
	return controls, eval[[]step](p, "() => focusLog.map(({ at, what, faults }) => ({ At: at, What: what, Faults: faults }))")
}

// TestTab goes through every kind of page by keyboard: everything is reached, in the order of the text, with a focus that shows.
func TestTab(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	for i, k := range site.kinds {
		if k.name == "index1" {
			continue // the same as index2 with 200 rows more
		}
		for j, v := range []view{{width: 320, height: 640}, {width: 1440, dark: true}} {
			if i%2 == j && (k.name == "stub" || k.name == "deprecated" || k.name == "string") {
				continue // the same template as the full page
			}
			t.Run(fmt.Sprint(k.name, " ", v.width), func(t *testing.T) {
				t.Parallel()
				p := open(t, h, v)
				p.visit(k.url)
				controls, steps := p.walk()
				var reached []int
				var faults []string
				for _, s := range steps {
					if s.At >= 0 && !slices.Contains(reached, s.At) {
						reached = append(reached, s.At)
					}
					for _, f := range s.Faults {
						faults = append(faults, s.What+" "+f)
					}
				}
				report(t, k.url+": focus", faults)
				if !slices.IsSorted(reached) {
					t.Errorf("%s: the focus jumps: %v", k.url, reached)
				}
				var lost []string
				for i, c := range controls {
					if !slices.Contains(reached, i) {
						lost = append(lost, c)
					}
				}
				report(t, k.url+": never reached by Tab", lost)
				if len(controls) < 5 {
					t.Errorf("%s: only %d controls were looked for", k.url, len(controls))
				}
			})
		}
	}
}

// TestSkipLink is the first stop; it shows itself and takes the reader past the header.
func TestSkipLink(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	for _, name := range []string{"full", "index2"} {
		p := open(t, h, view{width: 390})
		p.visit(site.url(name))
		p.press(kb.Tab)
		if x := p.focused(); x.role != "link" || x.name != "Skip to content" {
			t.Fatalf("%s: the first Tab goes to %v", name, x)
		}
		size := eval[[]float64](p, "() => { const r = document.activeElement.getBoundingClientRect(); return [r.width, r.height, r.left, r.top]; }")
		if size[0] < 24 || size[1] < 24 || size[2] < 0 || size[3] < 0 {
			t.Errorf("%s: the skip link does not show itself: %v", name, size)
		}
		p.press(kb.Enter)
		p.press(kb.Tab)
		if ground := eval[string](p, "() => getComputedStyle(document.querySelector('main')).backgroundColor"); ground != "rgba(0, 0, 0, 0)" {
			t.Errorf("%s: behind the skip link the whole page is marked as a target: %s", name, ground)
		}
		if !eval[bool](p, "() => document.querySelector('main').contains(document.activeElement)") {
			t.Errorf("%s: behind the skip link the focus is on %v", name, p.focused())
		}
	}
}

// TestFocusAfterJump follows a link to a fix by keyboard: the next Tab goes on from there, not from the top.
func TestFocusAfterJump(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 390, height: 700})
	p.visit(site.url("full"))
	p.tabTo("link", "^Fix 1")
	p.press(kb.Enter)
	p.wait("the fix to be in the window", `() => {
		const e = document.querySelector(':target'), r = e && e.getBoundingClientRect();
		return !!e && e.matches('.fix') && r.top > -1 && r.top < innerHeight / 2;
	}`)
	p.press(kb.Tab)
	if !eval[bool](p, "() => document.querySelector(':target').contains(document.activeElement)") {
		t.Errorf("behind the jump the focus is on %v", p.focused())
	}
}
