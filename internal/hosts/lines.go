package hosts

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// The limits of hosts that read _redirects and _headers.
const (
	// Cloudflare, developers.cloudflare.com/pages/configuration/redirects: 2,000 static and 100 dynamic redirects of 1,000 characters each.
	// Its parser counts every rule behind the first dynamic one as dynamic, so those come last.
	cloudflareStatic  = 2000
	cloudflareDynamic = 100
	cloudflareLine    = 1000
	// developers.cloudflare.com/pages/platform/limits: 20,000 files on the free plan, 100,000 on a paid one, 25 MiB a file, 100 header rules
	// of 2,000 characters a line.
	cloudflareFiles     = 20_000
	cloudflareFilesPaid = 100_000
	cloudflareFileSize  = 25 << 20
	cloudflareHeaders   = 100
	cloudflareHeader    = 2000
	// docs.netlify.com/manage/routing/redirects/overview: from 10,000 rules on a deploy may fail; docs.netlify.com/site-deploys/overview: 54,000
	// files in one folder.
	netlifyRules  = 10_000
	netlifyFolder = 54_000
)

// cloudflare writes for Cloudflare Pages and Workers static assets, which serve docs/x.html at /docs/x and lead /docs/x.html and /docs/x/ there.
func (w *writer) cloudflare() {
	w.redirects()
	w.headers()
	if n := len(w.in.Files); n > cloudflareFiles {
		note := Note{Host: "cloudflare", Message: fmt.Sprintf("the site has %d files, the free plan takes %d", n, cloudflareFiles), Hint: "a paid plan takes 100,000"}
		if n > cloudflareFilesPaid {
			note.Message, note.Hint = fmt.Sprintf("the site has %d files, Cloudflare takes %d", n, cloudflareFilesPaid), "publish to another host"
		}
		w.note(note)
	}
	for _, f := range w.in.Files {
		if f.Size > cloudflareFileSize {
			w.note(Note{Host: "cloudflare", Message: fmt.Sprintf("%s has %d bytes, Cloudflare takes %d", f.Path, f.Size, cloudflareFileSize), Hint: "make it smaller"})
		}
	}
	w.compressedInVain("cloudflare")
}

// netlify writes for Netlify, which serves docs/x.html at /docs/x and brings URLs in order before it looks at rules.
func (w *writer) netlify() {
	w.redirects()
	w.headers()
	folders := map[string]int{}
	for _, f := range w.in.Files {
		folders[path.Dir(f.Path)]++
	}
	for dir, n := range folders {
		if n > netlifyFolder {
			w.note(Note{Host: "netlify", Message: fmt.Sprintf("the folder %s has %d files, Netlify takes %d", dir, n, netlifyFolder), Hint: "publish to another host, or split the collection"})
		}
	}
	w.compressedInVain("netlify")
}

// compressedInVain speaks of --compress where every host that is named compresses by itself.
func (w *writer) compressedInVain(host string) {
	if w.in.Compressed && !w.named("nginx") && !w.named("caddy") {
		w.note(Note{Host: host, Message: "this host compresses by itself and never looks at .br and .gz files", Hint: "build for it without --compress"})
	}
}

// redirects writes _redirects, the form of which both hosts share: from, to, status.
func (w *writer) redirects() {
	cloudflare, netlify := w.named("cloudflare"), w.named("netlify")
	forever, forNow := "301", "302"
	if netlify && w.stubs() {
		if cloudflare {
			w.note(Note{Host: "netlify", Message: "old URLs are answered by stub pages and not by redirects, since Cloudflare cannot read forced rules", Hint: "build for the two hosts apart"})
		} else {
			forever, forNow = "301!", "302!" // a file of the same name, the stub, would go before the rule
		}
	}
	var rules []rule
	add := func(from, to, status string) { rules = append(rules, rule{from, to, status}) }
	for _, r := range w.routes.kept {
		add(r.From, r.To, forever)
	}
	kept := len(rules)
	forgive, dynamic := w.routes.forgive, []pattern(nil)
	if cloudflare && kept+len(forgive) > cloudflareStatic {
		forgive, dynamic = w.routes.compact(), w.routes.dynamic
		dynamic = dynamic[:min(len(dynamic), cloudflareDynamic)]
	}
	for _, r := range forgive {
		add(r.From, r.To, forNow)
	}
	if cloudflare {
		// The host brings the spelling of pages in order, not that of rules.
		for _, r := range w.routes.kept {
			if path.Ext(r.From) == "" && len(rules)+2 <= cloudflareStatic {
				add(r.From+"/", r.To, forever)
				add(r.From+".html", r.To, forever)
			}
		}
		rules = w.fit(rules, kept)
	}
	for _, p := range dynamic {
		add(p.prefix+":slug", strings.Replace(p.to, "{slug}", ":slug", 1), forNow)
	}
	if netlify && len(rules) > netlifyRules {
		w.note(Note{Host: "netlify", Message: fmt.Sprintf("there are %d redirects, and from %d on a deploy may fail", len(rules), netlifyRules), Hint: "publish to another host"})
	}
	var b bytes.Buffer
	b.WriteString("# from, to, status: old URLs first, then other ways to write those of pages\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "%s %s %s\n", r.from, r.to, r.status)
	}
	w.file("_redirects", b.Bytes())
}

type rule struct{ from, to, status string }

// fit leaves out what Cloudflare would not read.
func (w *writer) fit(rules []rule, kept int) []rule {
	var out []rule
	long := 0
	for _, r := range rules {
		if len(r.from)+len(r.to)+len(r.status)+2 > cloudflareLine {
			long++
			continue
		}
		out = append(out, r)
	}
	if long > 0 {
		w.note(Note{Host: "cloudflare", Message: fmt.Sprintf("%d redirects are longer than %d characters and are left out", long, cloudflareLine), Hint: "shorten the paths", Lost: true})
	}
	if cut := len(out) - cloudflareStatic; cut > 0 {
		lost := max(0, kept-cloudflareStatic)
		note := Note{Host: "cloudflare", Message: fmt.Sprintf("%d of %d redirects are left out, Cloudflare takes %d", cut, len(out), cloudflareStatic),
			Hint: "those left out only forgive how a URL is written"}
		if lost > 0 {
			note.Lost, note.Hint = true, fmt.Sprintf("%d of them are URLs that were published: publish to another host, or use Bulk Redirects", lost)
		}
		w.note(note)
		out = out[:cloudflareStatic]
	}
	return out
}

// headers writes _headers. Cloudflare joins the values of a header that two matching rules set, so no header stands in two of them; both hosts
// send pages to be asked for again each time, which is short enough.
func (w *writer) headers() {
	var b bytes.Buffer
	b.WriteString("/*\n")
	for _, h := range w.in.security() {
		fmt.Fprintf(&b, "  %s: %s\n", h.name, h.value)
	}
	fmt.Fprintf(&b, "\n/assets/*\n  Cache-Control: %s\n", cacheAssets)
	fmt.Fprintf(&b, "\n/*.md\n  Content-Type: %s\n", contentType("x.md"))
	for _, s := range special {
		fmt.Fprintf(&b, "\n/%s\n  Content-Type: %s\n", s.path, contentType(s.path))
	}
	w.file("_headers", b.Bytes())
}
