package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestFirstScreen: what decides stands in the first screen of a full page, on a phone and on a screen: code, title, what it is, the first action, when it was checked,
// whose move it is, whether to retry, the status, where it is seen. All of it is there without script too.
func TestFirstScreen(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	for _, slug := range []string{"190", "131047", "131031", "130429", "80007", "131026"} {
		url := "/docs/whatsapp-error-" + slug
		for _, v := range []view{{width: 390, height: 844}, {width: 820, height: 1180}, {width: 1440, height: 900, dark: true}, {width: 1440, height: 900, noScript: true}} {
			p.look(v)
			p.visit(url)
			var below []string
			for _, part := range []string{".when", "h1 b", "h1 span", "#summary", ".first", ".facts .key", ".facts .key.v"} {
				if !strings.Contains(string(site.files[url[1:]+".html"]), `class="first"`) && part == ".first" {
					continue
				}
				at := eval[float64](p, "s => { const e = document.querySelector(s); return e ? e.getBoundingClientRect().bottom : 1e9; }", part)
				if at > float64(v.height) {
					below = append(below, fmt.Sprintf("%s ends at %.0f px", part, at))
				}
			}
			facts := eval[[]string](p, "() => [...document.querySelectorAll('.facts div')].filter(e => e.getBoundingClientRect().bottom <= innerHeight).map(e => e.querySelector('dt').textContent)")
			for _, fact := range []string{"Whose move", "Retry", "HTTP status", "Seen in"} {
				if strings.Contains(string(site.files[url[1:]+".html"]), "<dt>"+fact) && !slices.Contains(facts, fact) {
					below = append(below, fact+" is not in the first screen")
				}
			}
			report(t, fmt.Sprintf("%s at %d × %d", url, v.width, v.height), below)
		}
	}
}

// TestContents: the contents of a page stay in sight on a wide screen and say what is being read; on a phone they are folded away.
func TestContents(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 1440, height: 900})
	p.visit(site.url("full"))
	heads := eval[[]string](p, "() => [...document.querySelectorAll('.text h2')].map(h => h.textContent)")
	listed := eval[[]string](p, "() => [...document.querySelectorAll('.toc a')].map(a => a.textContent)")
	if !slices.Equal(heads, listed) {
		t.Errorf("the contents list %q and the page has %q", listed, heads)
	}
	for _, anchor := range []string{"causes", "examples", "related"} {
		p.do("id => { document.getElementById(id).closest('section').scrollIntoView(); }", anchor)
		p.wait(anchor+" to be marked", "id => { const a = document.querySelector('.toc [aria-current]'); return !!a && a.hash === '#' + id; }", anchor)
		box := eval[[]float64](p, "() => { const r = document.querySelector('.toc [aria-current]').getBoundingClientRect(); return [r.top, r.bottom]; }")
		if box[0] < 0 || box[1] > 900 {
			t.Errorf("at #%s the contents are out of sight: %v", anchor, box)
		}
	}
	if n := eval[int](p, "() => document.querySelectorAll('.toc [aria-current]').length"); n != 1 {
		t.Errorf("%d lines are marked", n)
	}
	p.look(view{width: 390})
	p.visit(site.url("full"))
	if p.has("link", "^Causes$") && eval[bool](p, "() => [...document.querySelectorAll('.toc a')].some(a => a.checkVisibility())") {
		t.Error("on a phone the contents are not folded away")
	}
	hand{tab: p}.act("DisclosureTriangle", "^On this page$")
	hand{tab: p}.act("link", "^Fixes$")
	p.wait("the fixes", "() => location.hash === '#fixes'")
}

// TestMapOnPhones: the map fits beside the names on a phone, and a finger on its marks shows which groups belong together, without leading away.
func TestMapOnPhones(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 320, height: 1000})
	for _, width := range []int{320, 390, 500, 639} {
		p.look(view{width: width, height: 1000})
		p.visit(site.url("index1"))
		p.do("() => { document.querySelector('.toc details').open = true; }")
		report(t, fmt.Sprint("the map at ", width), p.check("overflow", width))
		got := eval[struct{ X, Y, Width, Height, Off float64 }](p, `() => {
			const svg = document.querySelector('.map svg').getBoundingClientRect(), rows = [...document.querySelectorAll('.map li')];
			const row = (i, y) => { const r = rows[i].getBoundingClientRect(); return Math.abs(r.top + r.height / 2 - y); };
			return { X: svg.left, Y: svg.top, Width: svg.width, Height: svg.height, Off: Math.max(row(0, svg.top + 12), row(rows.length - 1, svg.bottom - 12)) };
		}`)
		if got.Width < 70 || got.X < 150 || got.Off > 1 {
			t.Errorf("at %d px the map is %+v", width, got)
		}
		p.touch(got.X+10, got.Y+24*2+12)
		here, with := "() => [...document.querySelectorAll('.map .at')].map(e => e.textContent.trim())", "() => [...document.querySelectorAll('.map li.on')].length"
		if at := eval[[]string](p, here); len(at) != 1 || !strings.HasPrefix(at[0], "Throttling") {
			t.Errorf("a finger on the third row shows %q", at)
		}
		if n := eval[int](p, with); n < 2 || n > 20 {
			t.Errorf("throttling belongs to %d groups", n)
		}
		if at := eval[string](p, "() => location.pathname"); at != site.url("index1") {
			t.Errorf("a finger on the map leads to %s", at)
		}
	}
}

// TestMap: the map of the reference leads to its errors by mouse, shows what a group has to do with others, and stands in nobody's way.
func TestMap(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 1440, height: 1200})
	p.visit(site.url("index1"))
	type stat struct {
		Marks, Lines, Rows, Tabs int
		Hidden                   bool
	}
	got := eval[stat](p, `() => {
		const svg = document.querySelector('.map svg'), links = [...svg.querySelectorAll('a')];
		return { Marks: links.length, Lines: svg.querySelectorAll('path').length, Rows: document.querySelectorAll('.list tbody tr').length,
			Tabs: links.filter(a => a.tabIndex >= 0).length, Hidden: svg.ariaHidden === 'true' };
	}`)
	if got.Marks != got.Rows || got.Lines < 10 || got.Tabs > 0 || !got.Hidden {
		t.Errorf("the map is %+v", got)
	}
	// A group that is pointed at, or has the focus, shows its lines, and only those.
	shown := "() => [...document.querySelectorAll('.map path.on')].map(e => e.getAttribute('class'))"
	p.tabTo("link", "^Throttling$")
	row := eval[int](p, "() => [...document.querySelectorAll('.map li a')].indexOf(document.activeElement)")
	on := eval[[]string](p, shown)
	if len(on) == 0 {
		t.Error("the group that has the focus shows no line")
	}
	for _, class := range on {
		if !slices.Contains(strings.Fields(class), fmt.Sprint("g", row)) {
			t.Errorf("a line of another group stands out: %s", class)
		}
	}
	p.do("() => document.activeElement.blur()")
	if on := eval[[]string](p, shown); len(on) > 0 {
		t.Errorf("lines stay: %q", on)
	}
	to := eval[string](p, "() => document.querySelector('.map svg a').getAttribute('href')")
	p.do("() => document.querySelector('.map svg rect').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }))")
	hand{tab: p}.arrive(to)
}
