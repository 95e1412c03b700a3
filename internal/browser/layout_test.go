package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/page"
)

// TestReflow looks at every kind of page on small and wide screens: no sideways scrolling, targets that can be hit, an outline
// without gaps, the landmarks.
func TestReflow(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	for _, k := range site.kinds {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, h, view{})
			p.visit(k.url)
			var all findings
			for _, width := range widths {
				p.look(view{width: width})
				where := fmt.Sprint(width)
				all.add(where, p.check("overflow", width))
				all.add(where, p.check("targets"))
				all.add(where, p.check("outline"))
				all.add(where, p.landmarks())
			}
			all.report(t, k.url)
		})
	}
}

// TestZoom looks at a window of 1280 px at 200 and 400 %, and at text of twice the size without any zoom.
func TestZoom(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	for _, k := range site.kinds {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, h, view{})
			p.spoiled = true // by the size of its text
			p.visit(k.url)
			for _, scale := range []int{2, 4} {
				p.look(view{width: 1280 / scale, height: 1024 / scale, scale: float64(scale)})
				report(t, fmt.Sprintf("%s at %d00 %%", k.url, scale), p.check("overflow", 1280/scale))
			}
			call(p, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: 32, Fixed: 26}})
			for _, width := range []int{1280, 640} {
				p.look(view{width: width, height: 900})
				report(t, fmt.Sprintf("%s at %d px with text of twice the size", k.url, width), p.check("overflow", width))
			}
			if size := eval[string](p, "() => getComputedStyle(document.body).fontSize"); size != "32px" {
				t.Errorf("%s: the text is %s where the reader asked for 32px", k.url, size)
			}
		})
	}
}
