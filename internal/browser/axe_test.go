package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// widths are those of a small phone, a phone, a tablet and a screen, in CSS pixels.
var widths = []int{320, 390, 820, 1440}

// axe is the accessibility checker, injected through the protocol, which the policy of the page does not bind.
func axe(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(lab.root, ".cache", "axe-core-4.14.1", "package", "axe.min.js"))
	if err != nil {
		missing(t, "axe-core: run .ci/prepare")
	}
	return string(data)
}

// violations runs axe-core on the page as it stands and returns one line for each rule that is broken.
func (p *tab) violations(axe string) []string {
	p.t.Helper()
	if !eval[bool](p, "() => !!window.axe") {
		if err := chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](axe)); err != nil {
			p.t.Fatal(err)
		}
	}
	return eval[[]string](p, `async () => {
		const r = await axe.run(document, {
			resultTypes: ['violations'],
			runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
		});
		return r.violations.map(v => v.id + ': ' + v.help + ', ' + v.nodes.length + ' times: ' +
			v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' + (n.any.concat(n.all, n.none)[0] || {}).message).join(' | '));
	}`)
}

// TestAccessibility holds every kind of page to WCAG 2.2 AA and axe's best practices, in both themes and four widths.
func TestAccessibility(t *testing.T) {
	axe, site := axe(t), realSite(t)
	for _, k := range site.kinds {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, serve(t, site), view{})
			p.visit(k.url)
			var all findings
			for _, width := range widths {
				for i, dark := range []bool{false, true} {
					if slices.Contains([]string{"index1", "stub", "deprecated", "string"}, k.name) && (width/100+i)%2 == 0 {
						continue // made by the same template as a kind that is looked at in all eight ways
					}
					p.look(view{width: width, dark: dark})
					all.add(fmt.Sprint(width, pick(dark, " dark", " light")), p.violations(axe))
				}
			}
			all.report(t, k.url)
		})
	}
}

// TestAccessibilityOfStates holds what script opens to the same.
func TestAccessibilityOfStates(t *testing.T) {
	axe, site := axe(t), realSite(t)
	type state struct{ name, url, reach string }
	states := []state{
		{"filters open and used", site.url("index1"), `() => {
			document.querySelector('.filters details').open = true;
			const f = document.querySelector('.filters select');
			f.selectedIndex = 1;
			f.dispatchEvent(new Event('input', { bubbles: true }));
		}`},
		{"filters without a hit", site.url("index1"), `() => {
			const f = document.querySelector('.filters input');
			f.value = 'no error says this';
			f.dispatchEvent(new Event('input', { bubbles: true }));
		}`},
		{"contents open", site.url("full"), `() => { document.querySelector('.toc details').open = true; }`},
		{"map open", site.url("index1"), `() => {
			document.querySelector('.toc details').open = true;
			document.querySelector('.map svg').dispatchEvent(new PointerEvent('pointermove', { clientY: document.querySelector('.map svg').getBoundingClientRect().top + 60 }));
			if (!document.querySelector('.map .on')) throw Error('nothing stands out');
		}`},
		{"a fix in the address", site.url("full"), `() => { location.hash = document.querySelector('.fix[id]').id; }`},
		{"guesses for a lost address", "/docs/whatsapp-error-1310311", `async () => {
			for (let n = 0; n < 300 && document.querySelector('[data-lost] ul').hidden; n++) await new Promise(r => setTimeout(r, 10));
			if (document.querySelector('[data-lost] ul').hidden) throw Error('no guesses');
		}`},
	}
	if site.script("findbox") {
		const find = `async () => {
			const box = [...document.querySelectorAll('[data-finder] input')].find(e => e.checkVisibility());
			box.focus();
			box.value = %q;
			box.dispatchEvent(new Event('input', { bubbles: true }));
			for (let n = 0; n < 300 && !document.querySelectorAll('[data-finder] [role=option]').length; n++) await new Promise(r => setTimeout(r, 10));
			if (!document.querySelector('[data-finder] [role=option]')) throw Error('no options');
		}`
		for _, kind := range []string{"home", "full", "404"} {
			states = append(states, state{"finder open on " + kind, site.url(kind), fmt.Sprintf(find, "template paused")})
		}
		states = append(states, state{"finder not sure", "/", fmt.Sprintf(find, "payment")})
		states = append(states, state{"finder without a hit", "/", `async () => {
			const box = document.querySelector('[data-finder] input');
			box.focus();
			box.value = 'zyxwv qponm';
			box.dispatchEvent(new Event('input', { bubbles: true }));
			for (let n = 0; n < 300 && !/Nothing here/.test(document.querySelector('[role=listbox]').innerText); n++) await new Promise(r => setTimeout(r, 10));
			if (document.querySelector('[role=option]')) throw Error('there are options');
		}`})
	}
	for _, s := range states {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, serve(t, site), view{})
			p.visit(s.url)
			p.do(s.reach)
			var all findings
			for _, v := range []view{{width: 320}, {width: 1440, dark: true}} {
				p.look(v)
				where := fmt.Sprint(v.width)
				all.add(where, p.violations(axe))
				all.add(where, p.check("overflow", v.width))
				all.add(where, p.check("targets"))
			}
			all.report(t, s.url)
		})
	}
}
