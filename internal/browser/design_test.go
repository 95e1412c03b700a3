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
	got := eval[[]float64](p, "() => [document.querySelector('.filters').getBoundingClientRect(), document.querySelector(':target').getBoundingClientRect()].flatMap(r => [r.top, r.bottom])")
	if got[0] != 0 || got[2] < got[1] || got[3] > 450 {
		t.Errorf("the filters reach from %.0f to %.0f, the group's heading from %.0f to %.0f", got[0], got[1], got[2], got[3])
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
