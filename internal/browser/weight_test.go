package browser

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
)

// The budgets of DESIGN, section 5, in bytes of brotli at level 11.
const (
	pageBudget   = 14336 // HTML and CSS of an error page: one initial window of TCP
	scriptBudget = 8 << 10
	indexBudget  = 12 << 10 // the finder's data for a reference of this size
	rulesBudget  = 4 << 10  // its table of rules, the same for every reference
)

func packed(data []byte, level int) int {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, level)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Len()
}

// TestWeight weighs all pages of errors, and what they load.
func TestWeight(t *testing.T) {
	site := realSite(t)
	size := map[string]int{}
	total := map[string]int{}
	for name, data := range site.files {
		if ext := path.Ext(name); strings.HasPrefix(name, "assets/") {
			size[name] = packed(data, 11)
			total[ext] += size[name]
		}
		if regexp.MustCompile(`\.(woff2?|ttf|otf|eot)$`).MatchString(name) {
			t.Errorf("%s is a font", name)
		}
	}
	css := total[".css"]
	if css == 0 || total[".js"] == 0 {
		t.Fatalf("there is no style or no script to weigh: %v", size)
	}
	// Level 11 takes a hundred times as long as level 5 and is never larger here: only the pages that are heavy at 5 are weighed at 11.
	var pages []string
	quick := map[string]int{}
	for name, data := range site.files {
		if strings.HasSuffix(name, ".html") && strings.Contains(name, "-error-") {
			pages = append(pages, name)
			quick[name] = packed(data, 5)
		}
	}
	slices.SortFunc(pages, func(a, b string) int { return quick[b] - quick[a] })
	for i, name := range pages {
		if i > 7 && quick[name]+css < pageBudget {
			break
		}
		n := packed(site.files[name], 11) + css
		if n > pageBudget {
			t.Errorf("%s and its style are %d bytes, %d over the budget", name, n, n-pageBudget)
		}
		t.Logf("%s: %d bytes with %d of style", name, n, css)
	}
	// The script of a page is what its <script> tags name; the finder's engine runs in a worker and is fetched on first use.
	script := 0
	for _, m := range regexp.MustCompile(`<script src="?/([^" >]+)`).FindAllStringSubmatch(string(site.files["docs/whatsapp-error-190.html"]), -1) {
		script += size[m[1]]
	}
	if script == 0 || script > scriptBudget {
		t.Errorf("the script of a page is %d bytes and may be %d", script, scriptBudget)
	}
	if later := total[".js"] - script; later > scriptBudget {
		t.Errorf("the script that is fetched on first use is %d bytes and may be %d", later, scriptBudget)
	}
	t.Logf("script of a page %d bytes, all script %d; %v", script, total[".js"], size)
	for name, n := range size {
		if strings.HasPrefix(name, "assets/finder.") && strings.HasSuffix(name, ".txt") && n > indexBudget {
			t.Errorf("%s is %d bytes and may be %d", name, n, indexBudget)
		}
		if strings.HasPrefix(name, "assets/finder-rules.") && n > rulesBudget {
			t.Errorf("%s is %d bytes and may be %d", name, n, rulesBudget)
		}
	}
}

// vitals keeps what shifts and what is the largest thing painted.
const vitals = `
window.shifts = [];
window.largest = 0;
new PerformanceObserver(l => l.getEntries().forEach(e => shifts.push(e.value.toFixed(4) + ' ' + e.sources.map(s => s.node && (s.node.outerHTML || s.node.data).slice(0, 60)))))
	.observe({ type: 'layout-shift', buffered: true });
new PerformanceObserver(l => l.getEntries().forEach(e => { largest = e.startTime; })).observe({ type: 'largest-contentful-paint', buffered: true });`

// TestSlowConnection loads every kind of page over a slow line on a slow phone: nothing shifts, also while one scrolls, and the
// first screen is there in good time.
func TestSlowConnection(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	h.drip = true
	for _, width := range []int{390, 1440} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			p := open(t, h, view{width: width, height: 844})
			p.preload(vitals)
			for _, k := range site.kinds {
				p.loadSlowly(t, k, width)
			}
		})
	}
}

// loadSlowly loads a page as a slow phone on a slow line would, and scrolls through it.
func (p *tab) loadSlowly(t *testing.T, k kind, width int) {
	// A new line each time: nothing is in the cache, 150 ms to the host and back, 1.6 Mbit/s.
	call(p, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Latency: 150, DownloadThroughput: 1.6e6 / 8, UploadThroughput: 750e3 / 8}},
	})
	call(p, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 2})
	p.visit(k.url)
	call(p, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 1})
	p.wait("the largest paint", "() => new Promise(r => requestAnimationFrame(() => setTimeout(() => r(largest > 0))))")
	p.do(`async () => {
		for (let n = 0, y = 0; n < 40 && y < document.body.scrollHeight; n++, y += innerHeight * 0.8) {
			scrollTo(0, y);
			await new Promise(r => requestAnimationFrame(r));
		}
	}`)
	where := fmt.Sprintf("%s at %d px", k.url, width)
	report(t, where+" shifts", eval[[]string](p, "() => shifts"))
	lcp := eval[float64](p, "() => largest")
	// 2.5 s is what the field calls good for this line and machine.
	if lcp > 2500 {
		t.Errorf("%s: the largest paint comes after %.0f ms", where, lcp)
	}
	t.Logf("%s: %.0f ms", where, lcp)
}
