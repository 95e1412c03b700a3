package browser

import (
	"fmt"
	"testing"
)

// TestForcedColours looks at every kind of page where the system chooses the colours, as in Windows' contrast themes: all text can be read, the focus is seen, and what
// only a ground told is told by a line: the error's code, the first action, what is chosen in the search box, what is being read.
func TestForcedColours(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	p := open(t, h, view{})
	for _, k := range site.kinds {
		for _, dark := range []bool{false, true} {
			p.look(view{width: 390, dark: dark, forced: true})
			p.visit(k.url)
			where := k.url + pick(dark, ", dark", ", light")
			if !eval[bool](p, "() => matchMedia('(forced-colors: active)').matches") {
				t.Fatal("the colours are not forced")
			}
			report(t, where, p.check("ink", 4.5))
			_, steps := p.walk()
			var faults []string
			for _, s := range steps {
				for _, f := range s.Faults {
					faults = append(faults, s.What+" "+f)
				}
			}
			report(t, where+": the focus", faults)
		}
	}
	lined := func(what string) {
		t.Helper()
		if !eval[bool](p, `s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).some(e => { const c = getComputedStyle(e);
			return parseFloat(c.borderTopWidth) >= 1 && c.borderTopStyle !== 'none' || parseFloat(c.outlineWidth) >= 1 && c.outlineStyle !== 'none' || c.textDecorationLine !== 'none'; })`, what) {
			t.Errorf("where colours are forced nothing marks %s", what)
		}
	}
	p.look(view{width: 1280, forced: true})
	p.visit(site.url("full"))
	lined(".first")
	lined("h1 b")
	p.do("() => { location.hash = document.querySelector('.fix[id]').id; }")
	lined(".fix:target")
	if site.script("findbox") {
		p.press("/")
		p.write("131047")
		p.options(1)
		lined("[role=option][aria-selected=true]")
	}
	p.visit(site.url("index1"))
	p.do("() => { document.querySelector('.map li a').focus(); }")
	lined(".map li.on a")
}

// TestMoreContrast: who asks for more contrast gets 7 : 1 for every text (WCAG 1.4.6), in both themes.
func TestMoreContrast(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	for _, k := range site.kinds {
		for _, v := range []view{{width: 390, more: true}, {width: 1440, dark: true, more: true}} {
			p.look(v)
			p.visit(k.url)
			report(t, fmt.Sprint(k.url, pick(v.dark, " dark", " light")), p.check("ink", 7))
		}
	}
}

// TestTextSpacing sets the distances that WCAG 1.4.12 names, as a reader's own style does: nothing is cut off or leaves the window, folded parts included.
func TestTextSpacing(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	p.preload(`addEventListener('DOMContentLoaded', () => {
		const s = new CSSStyleSheet();
		s.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
		document.adoptedStyleSheets = [s];
		document.querySelectorAll('details').forEach(d => { d.open = true; });
	})`)
	for _, k := range site.kinds {
		for _, width := range []int{320, 820, 1440} {
			p.look(view{width: width})
			p.visit(k.url)
			report(t, fmt.Sprint(k.url, " at ", width), p.check("overflow", width))
		}
	}
}
