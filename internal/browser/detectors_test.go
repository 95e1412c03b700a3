package browser

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// sample is a page made for one test, with a style and a script of its own.
type sample struct{ body, css, js string }

const soundBody = `<a class="skip" href="#main">Skip to content</a><header><nav aria-label="Site"><a class="big" href="/">Home of all</a></nav></header>
<main id="main" tabindex="-1"><h1>One</h1><p>Words.</p><h2 id="two">Two</h2><p><a class="big" href="#two">There</a></p></main><footer><p>End</p></footer>`

const soundCSS = `body{margin:0;background:#fff;color:#000;font:16px sans-serif}.big{display:inline-block;padding:8px}a{color:#00c}
.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.skip{display:inline-block;padding:8px}:focus-visible{outline:3px solid #000}`

func (s sample) site() *website {
	return &website{files: map[string][]byte{
		"index.html": []byte(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title>` +
			`<link rel="icon" href="data:image/png,"><link rel="stylesheet" href="/c.css"><script src="/c.js" defer></script></head><body>` + s.body + `</body></html>`),
		"404.html": []byte("<!doctype html>"), "c.css": []byte(soundCSS + s.css), "c.js": []byte(";" + s.js),
	}}
}

// TestDetectors gives every measure of these tests a page with the fault it is for, and one without any: a test that cannot fail is
// worth nothing.
func TestDetectors(t *testing.T) {
	axe := axe(t)
	body := func(old, new string) string { return strings.Replace(soundBody, old, new, 1) }
	measures := map[string]func(*tab) []string{
		"axe":       func(p *tab) []string { return p.violations(axe) },
		"troubles":  func(p *tab) []string { return p.troubles() },
		"dialogs":   func(p *tab) []string { return p.dialogs },
		"overflow":  func(p *tab) []string { return p.check("overflow", 320) },
		"targets":   func(p *tab) []string { return p.check("targets") },
		"outline":   func(p *tab) []string { return p.check("outline") },
		"landmarks": func(p *tab) []string { return p.landmarks() },
		"ink":       func(p *tab) []string { return p.check("ink", 7) },
		"motion":    func(p *tab) []string { return p.check("motion") },
		"plain":     func(p *tab) []string { return p.check("plain") },
		"ran":       func(p *tab) []string { return eval[[]string](p, ran) },
		"inline":    func(p *tab) []string { return inline(p.host.site.files["index.html"]) },
		"shifts":    func(p *tab) []string { return eval[[]string](p, "() => shifts") },
		"sheet": func(p *tab) []string {
			p.look(view{width: 794, print: true})
			return p.check("sheet")
		},
		"focus": func(p *tab) (out []string) {
			controls, steps := p.walk()
			order, seen := []int{}, map[int]bool{}
			for _, s := range steps {
				for _, f := range s.Faults {
					out = append(out, s.What+" "+f)
				}
				if s.At >= 0 && !seen[s.At] {
					seen[s.At] = true
					order = append(order, s.At)
				}
			}
			if !slices.IsSorted(order) {
				out = append(out, fmt.Sprint("jumps ", order))
			}
			if len(seen) < len(controls) {
				out = append(out, "not reached")
			}
			return out
		},
	}
	cases := []struct {
		measure, says string
		sample
	}{
		{"axe", "image-alt", sample{body: body("Words.", `<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E" width=9 height=9>`)}},
		{"axe", "color-contrast", sample{body: soundBody, css: "p{color:#bbb}"}},
		{"axe", "target-size", sample{body: body("Words.", "<button class=b>a</button><button class=b>b</button>"), css: ".b{width:9px;height:9px;padding:0;border:0;overflow:hidden;font-size:8px}"}},
		{"axe", "aria-", sample{body: body("Words.", `<span role="checkbox" tabindex=0>x</span>`)}},
		{"troubles", "console error: \"no\"", sample{body: soundBody, js: "console.error('no')"}},
		{"troubles", "exception", sample{body: soundBody, js: "nothing.there()"}},
		{"troubles", "exception", sample{body: soundBody, js: "Promise.reject(Error('lost'))"}},
		{"troubles", "status 404", sample{body: body("Words.", `<img alt="x" src="/gone.png">`)}},
		{"troubles", "policy: script-src", sample{body: body("Words.", "<script>window.x = 1</script>")}},
		{"troubles", "policy: style-src", sample{body: body("Words.", `<b style="color:red">x</b>`)}},
		{"troubles", "policy: img-src", sample{body: body("Words.", `<img alt="x" src="https://elsewhere.example/x.png">`)}},
		{"troubles", "policy: connect-src", sample{body: soundBody, js: "fetch('https://elsewhere.example/x').catch(() => 0)"}},
		{"dialogs", "hello", sample{body: soundBody, js: "alert('hello')"}},
		{"overflow", "px wide", sample{body: soundBody, css: "h1{width:900px}"}},
		{"overflow", "reaches", sample{body: soundBody, css: "html,body{overflow-x:hidden}h1{width:900px}"}},
		{"overflow", "cuts off", sample{body: soundBody, css: "h1{width:20px;overflow:hidden;white-space:nowrap}"}},
		{"targets", "button", sample{body: body("Words.", "<button class=b>a</button>"), css: ".b{height:20px;padding:0;border:0}"}},
		{"targets", "px", sample{body: body(`<a class="big" href="#two">There</a>`, `<a href="#two">There</a>`)}},
		{"outline", "2 headings of level 1", sample{body: body("<h2 id=\"two\">Two</h2>", "<h1 id=two>Two</h1>")}},
		{"outline", "behind level 1", sample{body: body("<h2 id=\"two\">Two</h2>", "<h3 id=two>Two</h3>")}},
		{"outline", "empty", sample{body: body("<h2 id=\"two\">Two</h2>", "<h2 id=two></h2>")}},
		{"landmarks", "0 landmarks of the role main", sample{body: strings.ReplaceAll(soundBody, "main", "div")}},
		{"landmarks", "two landmarks named", sample{body: body("</header>", `</header><nav aria-label="Site"></nav>`)}},
		{"landmarks", "without a name", sample{body: body("</header>", "</header><nav></nav>")}},
		{"ink", "rgb(102, 102, 119)", sample{body: soundBody, css: "h1{color:#667}"}},
		{"motion", "moves", sample{body: soundBody, css: "a{transition:color 1s}"}},
		{"motion", "moves", sample{body: soundBody, css: "html{scroll-behavior:smooth}"}},
		{"motion", "moves", sample{body: soundBody, css: "@keyframes k{to{opacity:0}}h1::before{content:'x';animation:k 1s}"}},
		{"sheet", "nav", sample{body: soundBody}},
		{"sheet", "on white", sample{body: soundBody, css: "h1{color:#fff;background:#000}"}},
		{"sheet", "the paper is", sample{body: soundBody, css: "@media print{header{display:none}body{background:#222}}"}},
		{"sheet", "cut off", sample{body: body("Words.", "</p><pre>"+strings.Repeat("wide ", 90)+"</pre><p>"), css: "pre{overflow:auto}"}},
		{"plain", "does nothing", sample{body: body("Words.", "<button>x</button>")}},
		{"plain", "cannot be read", sample{body: soundBody, css: "main p{display:none}"}},
		{"focus", "no outline", sample{body: soundBody, css: "a:focus-visible{outline:none}"}},
		{"focus", "has the outline", sample{body: soundBody, css: "a:focus-visible{outline-color:#eee}"}},
		{"focus", "lies under", sample{body: soundBody, css: "header{padding-bottom:60px}footer{position:fixed;inset:0;background:#fff}"}},
		{"focus", "out of sight", sample{body: soundBody, css: "header .big{position:absolute;left:0;width:1px;overflow:hidden;padding:0}"}},
		{"focus", "jumps", sample{body: body(`<a class="big" href="#two"`, `<a class="big" tabindex="3" href="#two"`)}},
		{"focus", "not reached", sample{body: soundBody, js: "document.querySelector('header a').onfocus = e => e.target.blur()"}},
		{"ran", "java\tscript:", sample{body: body("#two", " java\tscript:1")}},
		{"ran", "has onclick", sample{body: body("<p>", "<p onclick=x>")}},
		{"inline", "onclick", sample{body: body("<p>", "<p onclick=x>")}},
		{"inline", "inline <script>", sample{body: soundBody + "<script>1</script>"}},
		{"inline", "meta refresh", sample{body: soundBody + `<meta http-equiv="Refresh" content="99;url=/">`}},
		{"inline", "<base>", sample{body: soundBody + `<base href="/">`}},
		{"inline", "another origin", sample{body: soundBody + `<script src="//elsewhere.example/x.js"></script>`}},
		{"inline", "JaVa", sample{body: body("#two", "JaVa\nScript:1")}},
		{"shifts", "0.", sample{body: soundBody, css: "body{min-height:2000px}", js: "setTimeout(() => document.querySelector('h1').before(Object.assign(document.createElement('p'), { textContent: 'late', style: 'height: 200px' })), 200)"}},
	}
	sound := open(t, serve(t, sample{body: soundBody}.site()), view{width: 320})
	sound.preload(vitals)
	for name, measure := range measures {
		if name != "sheet" {
			sound.visit("/")
			report(t, "the sound page: "+name, measure(sound))
		}
	}
	for half := range 2 {
		t.Run(fmt.Sprint(half), func(t *testing.T) {
			t.Parallel()
			h := serve(t, cases[0].site())
			p := open(t, h, view{})
			p.preload(vitals)
			for i := half; i < len(cases); i += 2 {
				c := cases[i]
				h.site = c.site()
				p.look(view{width: 320})
				p.dialogs = nil
				p.visit("/")
				if c.measure != "troubles" {
					p.troubles()
				}
				if c.measure == "shifts" {
					p.within(patience/10, "() => shifts.length > 0")
				}
				found := measures[c.measure](p)
				if !slices.ContainsFunc(found, func(s string) bool { return strings.Contains(s, c.says) }) {
					t.Errorf("%s does not say %q: %q", c.measure, c.says, found)
				}
			}
		})
	}
}

// TestTrap: what leaves for another machine without a policy that stops it is seen, from a tab and from a worker.
func TestTrap(t *testing.T) {
	s := sample{body: soundBody, js: `
		fetch('http://elsewhere.example/from-the-tab', { mode: 'no-cors' }).catch(() => 0);
		new Worker('/w.js');`}.site()
	s.files["w.js"] = []byte("fetch('http://elsewhere.example/from-a-worker', { mode: 'no-cors' }).catch(() => 0)")
	h := serve(t, s)
	h.lax = true
	p := open(t, h, view{})
	p.visit("/")
	for _, want := range []string{"from-the-tab", "from-a-worker"} {
		seen := func() bool { return strings.Contains(strings.Join(lab.trap.requests(), "\n"), want) }
		for range 200 {
			if seen() {
				break
			}
			p.do("() => new Promise(r => setTimeout(r, 10))")
		}
		if !seen() {
			t.Errorf("the trap has not seen the request %s", want)
		}
	}
	if found := p.troubles(); !slices.ContainsFunc(found, func(s string) bool { return strings.Contains(s, "from-the-tab") }) {
		t.Errorf("the tab has not seen its request to elsewhere: %q", found)
	}
}
