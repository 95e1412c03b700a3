package browser

import (
	"fmt"
	"strings"
	"testing"
)

// TestTablesOnPhones: the tables of guides fit on a phone whole, with words that are not cut into letters.
func TestTablesOnPhones(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 390, height: 844})
	seen := 0
	for _, url := range site.pages {
		if !strings.Contains(string(site.files[url[1:]+".html"]), `class="table"`) {
			continue
		}
		p.visit(url)
		tables := eval[[]string](p, "() => [...document.querySelectorAll('.table')].map(e => e.scrollWidth > e.clientWidth + 1 ? e.textContent.trim().slice(0, 60) + ` is ${e.scrollWidth} px wide` : '')")
		for _, s := range tables {
			if seen++; s != "" {
				t.Errorf("%s: the table %s", url, s)
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d tables were looked at", seen)
	}
}

// TestFiltersStay: what an index is filtered by, and how many rows are left, stay in sight of one who scrolls, and cover no group that an address names.
func TestFiltersStay(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 1440, height: 900})
	p.visit(site.url("index1") + "#group-throttling")
	for _, width := range []int{1250, 1100} { // the narrowest where they stay, and one where they would take three lines
		p.look(view{width: width, height: 900})
		p.visit(site.url("index1") + "#group-throttling")
		if under, head := eval[float64](p, "() => document.querySelector('.filters').getBoundingClientRect().bottom"), eval[float64](p, "() => document.querySelector(':target').getBoundingClientRect().top"); head < under {
			t.Errorf("at %d px the filters reach down to %.0f and cover the group's heading at %.0f", width, under, head)
		}
	}
	p.look(view{width: 1440, height: 900})
	p.visit(site.url("index1") + "#group-throttling")
	got := eval[[]float64](p, "() => [document.querySelector('.filters').getBoundingClientRect(), document.querySelector(':target').getBoundingClientRect()].flatMap(r => [r.top, r.bottom])")
	if got[0] != 0 || got[2] < got[1] || got[3] > 450 {
		t.Errorf("the filters reach from %.0f to %.0f, the group's heading from %.0f to %.0f", got[0], got[1], got[2], got[3])
	}
}

// TestIndexColumns: at no width does the text of a column of an index run into the next one.
func TestIndexColumns(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{})
	for _, url := range []string{site.url("index1"), site.url("index2"), "/docs/errdex-errors"} {
		p.visit(url)
		for _, width := range []int{320, 500, 768, 769, 900, 1023, 1024, 1100, 1215, 1216, 1280, 1440} {
			p.look(view{width: width})
			report(t, fmt.Sprint(url, " at ", width), eval[[]string](p, `() => [...document.querySelectorAll('.list tr')].flatMap(tr => {
				const boxes = [...tr.cells].map(c => {
					const r = document.createRange();
					r.selectNodeContents(c);
					return [r.getBoundingClientRect(), c.textContent];
				});
				return boxes.slice(1).filter(([b], i) => boxes[i][0].right > b.left && boxes[i][0].bottom > b.top + 1 && b.bottom > boxes[i][0].top + 1 && b.width).map(([, text]) => tr.cells[0].textContent + ' runs into ' + text);
			})`))
		}
	}
}

// TestAligned: what stands side by side begins at one height, and the lines over the parts of a guide are as long as its tables.
func TestAligned(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 1440, height: 900})
	edge := func(what, side string) float64 {
		return eval[float64](p, "(s, side) => document.querySelector(s).getBoundingClientRect()[side]", what, side)
	}
	p.visit(site.url("full"))
	if plate, facts := edge("h1 b", "top"), edge(".facts", "top"); plate-facts > 1 || facts-plate > 1 {
		t.Errorf("the plate begins at %.1f px and the facts beside it at %.1f", plate, facts)
	}
	const line = `s => { const x = document.createElement('span'); x.style.display = 'inline-block'; document.querySelector(s).append(x); const y = x.getBoundingClientRect().bottom; x.remove(); return y; }`
	for _, width := range []int{390, 1440} {
		p.look(view{width: width, height: 900})
		if name, when := eval[float64](p, line, "h1 small"), eval[float64](p, line, ".when a"); name != when {
			t.Errorf("at %d px the line over the plate stands at %.1f px and the day behind it at %.1f", width, name, when)
		}
	}
	p.visit("/docs/throttling-and-back-off")
	if head, table := edge(".prose h2", "right"), edge(".prose .table", "right"); head != table {
		t.Errorf("the line over a part ends at %.1f px and its table at %.1f", head, table)
	}
}

// TestPlaceholder: on the phones of most readers the box says all of what it is for.
func TestPlaceholder(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 375})
	p.visit(site.url("full"))
	got := eval[[]float64](p, `() => {
		const box = document.querySelector('.finder-box'), s = getComputedStyle(box), pen = document.createElement('canvas').getContext('2d');
		pen.font = s.font;
		return [pen.measureText(box.placeholder).width, box.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight)];
	}`)
	if got[0] > got[1] {
		t.Errorf("the placeholder needs %.0f px and has %.0f", got[0], got[1])
	}
}

// TestHomeHeadings follows the links of the home page's headings, as addresses that somebody was sent: each puts its own heading into the window.
func TestHomeHeadings(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 390, height: 600})
	p.visit("/")
	hrefs := eval[[]string](p, "() => [...document.querySelectorAll('main :is(h2, h3)')].map(h => h.querySelector('a[href]')?.getAttribute('href') || `none in ${h.textContent}`)")
	own := 0
	for i, href := range hrefs {
		if !strings.HasPrefix(href, "#") {
			if !strings.HasPrefix(href, "/docs/") {
				t.Errorf("the link of a heading: %s", href)
			}
			continue
		}
		own++
		p.visit(site.url("stub"))
		p.visit("/" + href)
		if !p.within(patience/5, "i => { const r = document.querySelectorAll('main :is(h2, h3)')[i].getBoundingClientRect(); return r.top >= -1 && r.bottom <= innerHeight; }", i) {
			t.Errorf("%s does not put its heading into the window", href)
		}
	}
	if own < 5 {
		t.Error(fmt.Sprint("only ", own, " headings link to themselves: ", hrefs))
	}
}
