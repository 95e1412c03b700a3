package browser

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// rows describes the visible rows of an index by what a reader sees of them.
const rows = `() => [...document.querySelectorAll('.list tbody tr')].filter(r => r.checkVisibility()).map(r => [...r.children].map(c => c.textContent.trim()))`

func (p *tab) rows() [][]string {
	p.t.Helper()
	return eval[[][]string](p, rows)
}

// said returns what the filter announces.
func (p *tab) said() string {
	p.t.Helper()
	return eval[string](p, "() => document.querySelector('.filters [role=status]').textContent.trim()")
}

// TestFilters narrows the real index with each filter and with two at once. What is left must be what the columns say, and as many
// as are announced.
func TestFilters(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 1440})
	p.visit(site.url("index1"))
	total := len(p.rows())
	if total < 150 {
		t.Fatalf("the index has %d rows", total)
	}
	h := hand{tab: p}
	p.moreFilters()
	has := func(word string) func(string) bool {
		return func(cell string) bool { return strings.Contains(strings.ToLower(cell), word) }
	}
	cases := []struct {
		filter, option string
		column         int
		fits           func(cell string) bool
	}{
		{"^HTTP", "429", 1, has("429")},
		{"^Retry", "back-off", 2, has("back-off")},
		{"^Whose move", "admin", 3, has("admin")},
		{"^Seen in", "webhook", 4, has("webhook")},
	}
	for _, c := range cases {
		label := h.choose(c.filter, c.option)
		left := p.rows()
		if len(left) == 0 || len(left) == total {
			t.Errorf("%s %s leaves %d of %d rows", c.filter, label, len(left), total)
		}
		for _, r := range left {
			if !c.fits(r[c.column]) {
				t.Errorf("%s %s leaves the row %q", c.filter, label, r)
			}
		}
		p.announced(len(left), total)
		if n := strings.Trim(label[strings.LastIndex(label, "(")+1:], ")"); n != strconv.Itoa(len(left)) {
			t.Errorf("%s: the option %q promises another number than the %d rows it leaves", c.filter, label, len(left))
		}
		p.click(p.thing("button", "^Clear$"))
		p.wait("all rows", "n => document.querySelectorAll('.list tbody tr:not([hidden])').length === n", total)
	}
	group := h.choose("^Group", "throttling")
	if left := p.rows(); len(left) == 0 || len(left) > total/3 {
		t.Errorf("%s leaves %d rows", group, len(left))
	}
	if heads := eval[[]string](p, "() => [...document.querySelectorAll('.list h2')].filter(h => h.checkVisibility()).map(h => h.innerText)"); len(heads) != 1 || heads[0] != "Throttling" {
		t.Errorf("%s leaves the headings %q", group, heads)
	}
	h.choose("^Retry", "back-off")
	p.click(p.thing("searchbox", "^Contains"))
	p.write("limit")
	for _, r := range p.rows() {
		if !has("back-off")(r[2]) {
			t.Errorf("three filters at once leave %q", r)
		}
	}
	p.announced(len(p.rows()), total)
}

// moreFilters opens the other filters where the screen is too small to show them at once.
func (p *tab) moreFilters() {
	p.t.Helper()
	if !p.has("combobox", "^Retry") {
		p.click(p.thing("DisclosureTriangle", "More filters"))
	}
}

func (p *tab) announced(left, total int) {
	p.t.Helper()
	want := fmt.Sprintf("%d of %d errors", left, total)
	if left == total {
		want = fmt.Sprintf("%d errors", total)
	}
	if got := p.said(); got != want {
		p.t.Errorf("%q is announced and not %q", got, want)
	}
}

// TestFilterText finds rows by code, by words of the title, and by keywords that no column shows; nothing found is said.
func TestFilterText(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 390})
	p.visit(site.url("index1"))
	total := len(p.rows())
	for _, c := range []struct{ text, has string }{
		{"131047", "131047"}, {"1310", "131009"}, {"Access TOKEN", "190"}, {"re-engagement", "131047"}, {"oauth", "190"}, {"  131047  ", "131047"},
	} {
		p.click(p.thing("searchbox", "^Contains"))
		p.press("a", ctrl)
		p.write(c.text)
		left := p.rows()
		found := false
		for _, r := range left {
			found = found || strings.HasPrefix(r[0], c.has+" ")
		}
		if !found || len(left) == total {
			t.Errorf("%q leaves %d rows and not the one of %s", c.text, len(left), c.has)
		}
		p.announced(len(left), total)
	}
	p.press("a", ctrl)
	p.write("no error says this")
	if left := p.rows(); len(left) > 0 {
		t.Errorf("a text that nothing has leaves %q", left[0])
	}
	p.announced(0, total)
}

// TestFilterAddress keeps the filters in the address: a reload, going away and back, and a link sent to a colleague restore them;
// what the address says and no list has does no harm.
func TestFilterAddress(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	p := open(t, h, view{width: 1440})
	p.visit(site.url("index1"))
	before := eval[int](p, "() => history.length")
	p.click(p.thing("searchbox", "^Contains"))
	p.write("token")
	p.moreFilters()
	hand{tab: p}.choose("^Retry", "after")
	want := fmt.Sprint(p.rows())
	if eval[int](p, "() => history.length") != before {
		t.Error("every letter makes an entry of the history")
	}
	address := eval[string](p, "() => location.pathname + location.search")
	if !strings.Contains(address, "token") || !strings.Contains(address, "retry=") {
		t.Fatalf("the address is %s", address)
	}
	same := func(how string) {
		t.Helper()
		p.wait("the page", "() => document.readyState === 'complete' && !!document.querySelector('.list')")
		if got := fmt.Sprint(p.rows()); got != want {
			t.Errorf("after %s the rows are %s and not %s", how, got, want)
		}
		if got := eval[string](p, "() => document.querySelector('.filters input').value"); got != "token" {
			t.Errorf("after %s the field says %q", how, got)
		}
		if !eval[bool](p, "() => document.querySelector('.filters select[name=retry]').checkVisibility() && document.querySelector('.filters select[name=retry]').value !== ''") {
			t.Errorf("after %s the list that filters is not shown", how)
		}
	}
	p.visit(address)
	same("a link")
	p.do("() => { location.reload(); }")
	p.wait("the new page", "() => performance.getEntriesByType('navigation')[0].type === 'reload'")
	same("a reload")
	first := eval[string](p, "() => [...document.querySelectorAll('.list tbody tr:not([hidden]) a')][0].pathname")
	p.do("() => { [...document.querySelectorAll('.list tbody tr:not([hidden]) a')][0].click(); }")
	p.wait("the page of the first row", "url => location.pathname === url && document.readyState === 'complete'", first)
	p.do("() => { history.back(); }")
	p.wait("the index", "url => location.pathname === url", site.url("index1"))
	same("going back")
	p.visit(site.url("index1") + "?retry=nonsense&text=&else=%3Cscript%3E&http=%00")
	if got := p.rows(); len(got) < 150 {
		t.Errorf("an address with filters that do not exist leaves %d rows", len(got))
	}
	report(t, "filters in the address", p.troubles())
}

// TestFilterLarge filters 4,000 rows while one types: each letter is answered, and painted, within 100 ms.
func TestFilterLarge(t *testing.T) {
	site := largeSite(t)
	p := open(t, serve(t, site), view{width: 1440})
	p.preload(`window.waits = [];
		new PerformanceObserver(l => l.getEntries().forEach(e => { if (e.name === 'keydown') waits.push(e.duration); }))
			.observe({ type: 'event', durationThreshold: 16, buffered: true });`)
	p.visit("/docs/api-errors")
	if n := len(p.rows()); n != largeCount {
		t.Fatalf("the large index has %d rows", n)
	}
	p.click(p.thing("searchbox", "^Contains"))
	// The work alone, to the finished layout; the least of several runs is what the page costs, the rest is the machine's.
	work := eval[[]float64](p, `() => ['t', 'te', 'temp', 'template 7', '', 'step 12'].map(text => {
		const f = document.querySelector('.filters input');
		return Math.min(...[0, 1, 2].map(() => {
			f.value = text === '' ? 'x' : '';
			f.dispatchEvent(new Event('input', { bubbles: true }));
			document.body.offsetHeight;
			const start = performance.now();
			f.value = text;
			f.dispatchEvent(new Event('input', { bubbles: true }));
			document.body.offsetHeight;
			return performance.now() - start;
		}));
	})`)
	for _, ms := range work {
		if ms > 100 {
			t.Errorf("filtering %d rows takes %.0f ms: %.0f", largeCount, ms, work)
			break
		}
	}
	p.press("a", ctrl)
	p.press(kb.Backspace)
	for _, r := range "template" {
		p.press(string(r))
		p.do("() => new Promise(r => requestAnimationFrame(() => setTimeout(r)))")
	}
	left := p.rows()
	if len(left) != largeCount/10 {
		t.Errorf("%d rows are left and not %d", len(left), largeCount/10)
	}
	p.announced(len(left), largeCount)
	t.Logf("work %.0f ms; from the key to the paint %.0f ms", work, eval[[]float64](p, "() => waits"))
}
