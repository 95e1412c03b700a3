package browser

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// ownStatus is what the network panel says about a page that is meant to answer 404.
const ownStatus = `404.*docs/|docs/.*404`

// TestClean visits a page of every kind: nothing in the console, no break of the policy, no failed request, none to elsewhere.
func TestClean(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	p := open(t, h, view{})
	for _, k := range site.kinds {
		p.visit(k.url)
		// What is fetched and run on first use belongs to the page as well.
		p.do("() => { scrollTo(0, document.body.scrollHeight); }")
		allowed := []string{}
		if k.status == http.StatusNotFound {
			allowed = append(allowed, ownStatus)
		}
		report(t, k.url, p.troubles(allowed...))
	}
}

// TestEveryPage puts all pages one after the other into a window of 320 px: none scrolls sideways, all have an outline without
// gaps. A page is put in place of the one before, which takes a tenth of the time of loading it; what loading it says in the
// console is asked for one page of every kind above.
func TestEveryPage(t *testing.T) {
	site := realSite(t)
	p := open(t, serve(t, site), view{width: 320, height: 640})
	p.visit("/")
	seen := 0
	for urls := range slices.Chunk(site.pages, 50) {
		found := eval[map[string][]string](p, `async urls => {
			const checks = `+expression()+`, out = {};
			for (const url of urls) {
				const page = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
				document.body.replaceWith(document.adoptNode(page.body));
				out[url] = checks.small();
			}
			return out;
		}`, urls)
		for url, list := range found {
			seen++
			report(t, url, list)
		}
	}
	if seen != len(site.pages) || seen < 200 {
		t.Errorf("%d of %d pages were looked at", seen, len(site.pages))
	}
}

// runs says whether the value of an attribute is an address that is run and not visited.
func runs(key, value string) bool {
	if !slices.Contains([]string{"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc"}, key) {
		return false
	}
	value = strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1 // browsers drop these when they look for the scheme
		}
		return r
	}, value))
	return strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "vbscript:") || strings.HasPrefix(value, "data:text")
}

// inline returns what of a page would need an inline script or style to be allowed, or asks for something of another origin.
func inline(page []byte) []string {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				out = append(out, fmt.Sprintf("<%s> has %s", n.Data, a.Key))
			}
			if runs(a.Key, a.Val) {
				out = append(out, fmt.Sprintf("<%s> has %s=%q", n.Data, a.Key, a.Val))
			}
		}
		elsewhere := func(url string) bool { return strings.Contains(url, "//") && !strings.HasPrefix(url, "data:") }
		switch n.Data {
		case "style", "base", "object", "embed", "iframe", "frame", "applet":
			out = append(out, fmt.Sprintf("there is a <%s>", n.Data))
		case "script":
			if attr["src"] == "" && attr["type"] != "application/ld+json" {
				out = append(out, "there is an inline <script>")
			}
		case "meta":
			if strings.EqualFold(attr["http-equiv"], "refresh") {
				out = append(out, "there is a meta refresh")
			}
		case "link":
			if rel := attr["rel"]; (rel == "stylesheet" || rel == "icon" || rel == "preload") && elsewhere(attr["href"]) {
				out = append(out, "a <link> to "+attr["href"])
			}
		}
		if elsewhere(attr["src"]) || elsewhere(attr["srcset"]) || attr["ping"] != "" {
			out = append(out, fmt.Sprintf("<%s> loads from another origin", n.Data))
		}
	}
	return out
}

// TestPolicy: the headers that the site asks its host for are the contract's, on every page.
func TestPolicy(t *testing.T) {
	site := realSite(t)
	h := serve(t, site)
	for _, k := range site.kinds {
		r, err := http.Get(h.URL + k.url)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != k.status {
			t.Errorf("%s: status %d and not %d", k.url, r.StatusCode, k.status)
		}
		for name, want := range map[string]string{"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Content-Type": "text/html; charset=utf-8"} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q and not %q", k.url, name, got, want)
			}
		}
	}
	if len(site.rules()) == 0 {
		t.Error("the site asks its host for no headers")
	}
}

func TestNothingInline(t *testing.T) {
	for name, data := range realSite(t).files {
		if strings.HasSuffix(name, ".html") {
			report(t, name, inline(data))
		}
	}
}
