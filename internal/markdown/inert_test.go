package markdown

import (
	"strings"
	"testing"
)

var inertCases = []struct{ text, want string }{
	{"plain *text* with a [link](https://x.example) and <https://y.example>", "plain *text* with a [link](https://x.example) and <https://y.example>"},
	{"a < b, `<b>` and\n\n```html\n<b>\n```\n", "a < b, `<b>` and\n\n```html\n<b>\n```\n"},
	{"<script>alert(1)</script>", `\<script>alert(1)\</script>`},
	{"It is <b>late</b>.", `It is \<b>late\</b>.`},
	{"<!-- x\n\n<img src=x onerror=alert(1)>\n-->", "\\<!-- x\n\n\\<img src=x onerror=alert(1)>\n-->"},
	{"[x](javascript:alert(1))", "[x](#)"},
	{"[x]\n\n[x]: javascript:alert(1)", "[x]\n\n[x]: #"},
	{"<javascript:alert(1)>", `\<javascript:alert(1)>`},
	{"- a `\n- <script>`</script>", "- a `\n- \\<script>`\\</script>"},
}

// TestInert: what is HTML becomes text, code and links stay as they are, and what is inert already is not touched.
func TestInert(t *testing.T) {
	p := NewParser()
	for _, c := range inertCases {
		got := p.Inert(c.text)
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
		if again := p.Inert(got); again != got {
			t.Errorf("%q is not settled: %q", got, again)
		}
	}
}

// FuzzInert: whatever the text, no HTML and no link that could run is left in it.
func FuzzInert(f *testing.F) {
	for _, c := range inertCases {
		f.Add(c.text)
	}
	f.Add("<p\n<p\n<p\n>")
	f.Add("[a](<javascript:x>) ![b](data:text/html,x)\n\n> <?x\n> ?>")
	p := NewParser()
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2048 || strings.ContainsFunc(text, func(c rune) bool { return c < ' ' && c != '\n' }) { // the loader takes no control characters
			return
		}
		got := p.Inert(text)
		d := &Doc{Source: got}
		p.read(d, Options{})
		if len(d.RawHTML) > 0 {
			t.Errorf("%q becomes %q, which has HTML", text, got)
		}
		for _, l := range d.Links {
			if !SafeURL(l.Dest) && !strings.HasPrefix(l.Dest, "error:") && !strings.HasPrefix(l.Dest, "guide:") && l.At.End > l.At.Start {
				t.Errorf("%q becomes %q, which links to %q", text, got, l.Dest)
			}
		}
	})
}
