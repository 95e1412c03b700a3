package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/diag"
	"errdex/internal/site"

	"github.com/chromedp/chromedp/kb"
)

// attacks are texts that run where some sink of a page takes them for markup, a link, a style, a script or a template.
var attacks = []string{
	`<script>window.pwned=1;alert(1)</script>`,
	`</script><script>window.pwned=1;alert(1)</script>`,
	`"><img src=x onerror="window.pwned=1;alert(1)">`,
	`' onmouseover='window.pwned=1;alert(1)' x='`,
	`" onfocus="window.pwned=1;alert(1)" autofocus tabindex="0`,
	`x onpointerenter=window.pwned=1 y=`,
	`<svg onload=window.pwned=1><animate onbegin=window.pwned=1 attributeName=x dur=1s></svg>`,
	`<details open ontoggle=window.pwned=1><summary>x</summary></details>`,
	`</title></textarea></style></noscript></template><img src=x onerror=window.pwned=1>`,
	`--><img src=x onerror=window.pwned=1><!--`,
	`]]><script xmlns="http://www.w3.org/1999/xhtml">window.pwned=1</script><![CDATA[`,
	`<meta http-equiv=refresh content="0;url=https://evil.example/meta"><base href="https://evil.example/">`,
	`<style>*{background:url(https://evil.example/style)}</style><link rel=stylesheet href=https://evil.example/link>`,
	`red;background:url(https://evil.example/css)}*{color:red`,
	`<iframe src="javascript:parent.pwned=1"></iframe><object data=https://evil.example/object></object>`,
	`<form action=https://evil.example/form><input name=q autofocus onfocus=window.pwned=1></form>`,
	`javascript:window.pwned=1;alert(1)//`,
	"[run](javascript:window.pwned=1) [run](jav\tascript:window.pwned=1) <javascript:window.pwned=1> [run](&#106;avascript:window.pwned=1) [run](data:text/html,<script>window.pwned=1</script>)",
	`![run](javascript:window.pwned=1) ![seen](https://evil.example/image.png) ![seen](//evil.example/image.png)`,
	`[a](https://e.example/ "x\" onmouseover=\"window.pwned=1") [b](<https://e.example/" onmouseover="window.pwned=1>)`,
	"[r]: javascript:window.pwned=1\n\n[run][r] and `<script>window.pwned=1</script>`\n\n```html\" onload=\"window.pwned=1\n<script>window.pwned=1</script>\n```",
	`&lt;script&gt;window.pwned=1&lt;/script&gt; &#60;script&#62;window.pwned=1&#60;/script&#62; \u003cscript\u003ewindow.pwned=1\u003c/script\u003e`,
	`{{"<script>window.pwned=1</script>"}} {{.Site}} ${window.pwned=1} <%= pwned %> {{template "top" .}} #{pwned}`,
	`<a href="https://evil.example/" ping="https://evil.example/ping" onclick=window.pwned=1>x</a>`,
	"line one\r\nX-Injected: 1\r\n\r\n<script>window.pwned=1</script>",
	`<math><mi xlink:href="javascript:window.pwned=1">x</mi></math><plaintext>`,
}

// hostileFields puts a text into every field of a definition that takes one, a line of YAML each, so that a diagnostic's line names the
// field it refuses.
func hostileFields(n int, attack string) []string {
	v := quoted(attack)
	u := quoted("https://e.example/" + attack)
	return []string{
		"code: " + quoted(fmt.Sprintf("%d %s", n, attack)), "title: " + v, "group: bad", "summary: " + v, "first_action: " + v, "message: " + v,
		"variants: [{text: " + v + ", field: " + v + ", subcode: \"1\"}]", "params: [{name: hole, meaning: " + v + ", example: " + v + "}]",
		"keywords: [" + v + "]", "since: " + v, "deprecated_since: " + v,
		"retry: {policy: backoff, after: 4s, note: " + v + "}",
		"surfaces: [{kind: response, where: " + v + ", path: " + v + "}]",
		"subcodes: [{code: \"1\", title: " + v + ", text: " + v + "}]",
		"meaning: " + v, "where: " + v, "prevention: [" + v + "]", "reproduce: " + v,
		"causes: [{id: one, text: " + v + ", fixes: [one]}, " + v + "]",
		"fixes: [{id: one, title: " + v + ", steps: [" + v + "], verify: " + v + ", caution: " + v + "}, " + v + "]",
		"examples: [{title: " + v + ", kind: code, language: html, body: " + v + "}, {title: x, kind: code, language: " + v + ", body: x}]",
		"faq: [{question: " + v + ", answer: " + v + "}]", "support: {reply: " + v + ", collect: [" + v + "]}",
		"sections: [{title: " + v + ", text: " + v + "}]",
		"equivalents: [{vendor: " + v + ", code: " + v + ", url: " + u + ", note: " + v + "}]",
		"links: [{title: " + v + ", url: " + u + "}]", "sources: [{title: " + v + ", url: " + u + ", retrieved: 2026-01-01}]",
		"related: [{ref: \"safe\", relation: see_also, note: " + v + "}]", "aliases: [" + v + "]",
	}
}

func quoted(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}

// hostile builds a site whose every text is an attack. What errdex refuses with a diagnostic is taken out line by line; what is left
// is what could reach a page.
func hostile(t *testing.T) *website {
	files := map[string][]string{}
	for i, a := range attacks {
		files[fmt.Sprintf("content/bad/evil%d.yaml", i)] = hostileFields(i, a)
		if i%3 != 0 {
			continue // guides go the way of a definition's fields
		}
		flat := strings.Join(strings.Fields(a), " ")
		guide := "---\ntitle: " + quoted(a) + "\ndescription: " + quoted(a) + "\n---\n\n## " + flat + "\n\n" + a + "\n\n| a | b |\n|---|---|\n| " + flat + " | x |\n\n> " + a
		files[fmt.Sprintf("content/guides/g%d.md", i)] = strings.Split(guide, "\n")
	}
	files["content/bad/safe.yaml"] = []string{"code: safe", "title: Safe", "summary: Safe.", "fixes: [None.]"}
	files[`content/bad/"><script>window.pwned=1<.yaml`] = files["content/bad/safe.yaml"]
	files["content/site.yaml"] = []string{"title: " + quoted(attacks[0]), "description: " + quoted(attacks[2]), "base_url: https://hostile.example", "language: en", "organization: {name: " + quoted(attacks[1]) + ", url: " + quoted(attacks[16]) + "}", "edit_url: " + quoted(`https://e.example/" onmouseover="window.pwned=1" x="{path}`)}
	files["content/bad/collection.yaml"] = []string{"title: " + quoted(attacks[2]), "noun: " + quoted(attacks[0]), "description: " + quoted(attacks[8]), "url: /docs/bad-error-{slug}", "index: /docs/bad-errors", "groups: [{id: bad, title: " + quoted(attacks[0]) + ", description: " + quoted(attacks[2]) + "}]"}
	put := 0
	for _, lines := range files {
		put += len(lines)
	}
	var last string
	for range 30 {
		source := fstest.MapFS{}
		for name, lines := range files {
			source[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
		}
		c, err := site.Check(context.Background(), site.Options{Source: source})
		if err != nil {
			t.Fatal(err)
		}
		if !c.Diags.Failed(false) {
			left := 0
			for _, lines := range files {
				left += len(lines) - count(lines, "")
			}
			t.Logf("%d of %d lines of hostile text are left; the others are refused", left, put)
			if left < put/2 {
				t.Fatal("too little is left: this test tests nothing")
			}
			w, _, err := build(source)
			if err != nil {
				t.Fatal(err)
			}
			return w
		}
		for _, d := range c.Diags.Sorted() {
			if d.Severity != diag.Error {
				continue
			}
			last = fmt.Sprint(d)
			lines, line := files[d.Span.File], d.Span.Start.Line-1
			if line < 0 || line >= len(lines) || strings.HasPrefix(lines[line], "code: ") || strings.HasPrefix(lines[line], "---") {
				delete(files, d.Span.File)
			} else {
				lines[line] = harmless(lines[line])
			}
		}
	}
	t.Fatalf("the hostile corpus is still refused after 30 rounds: %s", last)
	return nil
}

// harmless is what stands in place of a refused line: a required key keeps a value.
func harmless(line string) string {
	for _, key := range []string{"title", "summary", "noun", "base_url"} {
		if strings.HasPrefix(line, key+": ") {
			return key + ": x"
		}
	}
	return ""
}

func count(lines []string, s string) (n int) {
	for _, l := range lines {
		if l == s {
			n++
		}
	}
	return n
}

// provoke does to a page what a reader might: points at everything, gives everything the focus, opens and presses what can be.
const provoke = `async () => {
	for (const e of document.querySelectorAll('body *')) {
		for (const kind of ['mouseover', 'pointerenter', 'mouseenter', 'focus', 'toggle', 'load', 'error', 'begin']) e.dispatchEvent(new Event(kind, { bubbles: true }));
		if (e.localName === 'details') e.open = true;
	}
	for (const b of document.querySelectorAll('button')) b.click();
	await new Promise(r => setTimeout(r, 20));
}`

// ran returns what shows that some of the text was run or obeyed.
const ran = `() => {
	const out = [];
	if (window.pwned) out.push('script of the content ran');
	for (const a of document.querySelectorAll('[href], [src], [action]')) {
		for (const k of ['href', 'src', 'action']) {
			const v = a.getAttribute(k);
			if (v && /^[\s\u0000-\u0020]*(javascript|vbscript|data):/i.test(v.replace(/[\t\n\r]/g, '')) && !v.startsWith('data:image/')) out.push(a.localName + ' ' + k + '=' + v.slice(0, 60));
		}
	}
	for (const e of document.querySelectorAll('*')) {
		for (const { name } of e.attributes) if (/^on|^style$|^ping$|^srcdoc$/.test(name)) out.push(e.localName + ' has ' + name);
		if (/^(iframe|object|embed|base|style|plaintext|math)$/.test(e.localName)) out.push('there is a ' + e.localName);
	}
	return out;
}`

// TestHostile loads every page of the hostile site under the policy and, to see that the policy has nothing to do, without it.
func TestHostile(t *testing.T) {
	w := hostile(t)
	for _, name := range []string{"_headers", "_redirects"} {
		if strings.Contains(string(w.files[name]), "\nX-Injected") {
			t.Errorf("%s has a line of the content", name)
		}
	}
	delete(w.files, "_headers") // a host that shows every file instead of offering it for download is the harder case
	for name, data := range w.files {
		if strings.HasSuffix(name, ".html") {
			report(t, name, inline(data))
		}
	}
	pages := append(slices.Clone(w.pages), "/docs/bad-error-evil0x", "/feed.xml", "/sitemap.xml", "/opensearch.xml", "/docs/bad-errors.json", "/docs/bad-error-evil0.json", "/docs/bad-error-evil0.md", "/llms.txt")
	for _, a := range attacks[:6] {
		pages = append(pages, "/docs/bad-error-"+url.PathEscape(a), "/docs/bad-errors?text="+url.QueryEscape(a)+"&retry="+url.QueryEscape(a)+"#"+url.QueryEscape(a))
	}
	for _, lax := range []bool{false, true} {
		t.Run(pick(lax, "without the policy", "with the policy"), func(t *testing.T) {
			t.Parallel()
			h := serve(t, w)
			h.lax = lax
			p := open(t, h, view{width: 1000, height: 4000})
			p.allowClipboard()
			for i, url := range pages {
				if lax && i%8 != 0 && !strings.HasSuffix(url, "evil0x") {
					continue // what the policy had nothing to do with is the same without it
				}
				p.visit(url)
				// The browser shows other types with a style of its own, which the policy forbids; script would still run.
				allowed := []string{"404"}
				if strings.HasSuffix(url, "evil0x") && len(p.offers()) == 0 {
					t.Errorf("%s: 404.html offers nothing, so that no title of the content reaches it", url)
				}
				if eval[string](p, "() => document.contentType") == "text/html" {
					p.do(provoke)
					report(t, url, eval[[]string](p, ran))
				} else {
					allowed = append(allowed, "[Ss]tyle")
				}
				if eval[bool](p, "() => !!window.pwned") {
					t.Errorf("%s: script of the content ran", url)
				}
				report(t, url, p.troubles(allowed...))
				if at := eval[string](p, "() => location.origin"); at != h.URL {
					t.Fatalf("%s: the page has gone to %s", url, at)
				}
			}
			if w.script("findbox") {
				p.pasteAttacks(t)
			}
			if len(p.dialogs) > 0 {
				t.Errorf("dialogs: %q", p.dialogs)
			}
		})
	}
	t.Cleanup(func() {
		for _, r := range lab.trap.requests() {
			if strings.Contains(r, "evil.example") {
				t.Errorf("a request left: %.200s", r)
			}
		}
	})
}

// pasteAttacks looks for each attack in the search box, whose options then are titles that are attacks, and goes to one.
func (p *tab) pasteAttacks(t *testing.T) {
	p.visit("/docs/bad-error-safe")
	p.press("/")
	for i, a := range attacks {
		p.press("a", ctrl)
		p.write(a)
		p.wait("an answer", "() => !/Reading/.test(document.querySelector('[role=listbox]').innerText)")
		if i == 0 && len(p.box().Options) == 0 {
			t.Error("the search box offers nothing for the title of a page")
		}
		report(t, "the search box", eval[[]string](p, ran))
	}
	p.press("a", ctrl)
	p.write("evil0")
	p.press(kb.Enter)
	p.within(patience/30, "() => location.pathname.endsWith('evil0')")
	p.do(provoke)
	report(t, "the page behind the search box", eval[[]string](p, ran))
	report(t, "the search box", p.troubles("404"))
}
