package markdown

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// facts is everything a Doc tells, as text: its HTML both ways, its links, headings and raw HTML, its plain text.
func facts(d *Doc) string {
	var b strings.Builder
	href := func(i int) string { return fmt.Sprintf("/link-%d", i) }
	hl := func(dst []byte, lang, text string) []byte { return fmt.Appendf(dst, "<pre>%q %q</pre>", lang, text) }
	fmt.Fprintf(&b, "blocks %s\ninline %s\nown %s\n", d.AppendHTML(nil, href, hl), d.AppendInline(nil, href, hl), d.AppendHTML(nil, nil, hl))
	fmt.Fprintf(&b, "links %+v\nheadings %+v\nraw %+v\nsingle %t empty %t\nplain %q\nresolved %q\n", d.Links, d.Headings, d.RawHTML, d.Single(), d.Empty(), d.Plain(), d.Resolved(href))
	return b.String()
}

// shortAgrees holds the two short cuts of Parse to goldmark for one source and reports whether one of them did it.
func shortAgrees(t testing.TB, p *Parser, source string) bool {
	t.Helper()
	source = strings.TrimRight(source, " \t\r\n")
	got := &Doc{Source: source, body: emptyBody}
	if source == "" || !readPlain(got) && !readQuick(got) {
		return false
	}
	want := &Doc{Source: source, body: emptyBody}
	p.read(want, Options{})
	if s, ok := got.Verbatim(); ok && s != string(want.AppendInline(nil, nil, nil)) {
		t.Fatalf("%q is not its HTML, %q", s, want.AppendInline(nil, nil, nil))
	}
	if facts(got) != facts(want) {
		t.Fatalf("%q\n got %s\nwant %s", source, facts(got), facts(want))
	}
	return true
}

// fieldPieces are put together to fields: what authors write, what is nearly that, and what is something else.
var fieldPieces = []string{"word", "two words", " ", " ", "\n", "\n", "\n\n", "\n\n\n", "`code`", "`a b`", "` a`", "``", "``a``", "`", "*em*", "**strong**", "*", "**", "***", "* ", "*a b*", "**a `b` c**", "*a\nb*",
	"[text](error:190)", "[a `b`](/docs/x#y)", "[a](https://x.y/z?a=b)", "[a](<x>)", "[a](b \"c\")", "[a]", "[a][b]", "[", "]", "](", "(", ")", "[x](javascript:alert(1))", "[*a*](b)", "**[a](b)**", "[a\nb](c)", "![i](/p.png)", "!", "!!",
	"- item", "- a\n- b", "- a\n  more\n- b", "\n- ", "1. one\n2. two", "2. two", "1) one", "10. x", "- [ ] task", "- [X](b)", "- [x](b)", "- [a](b)", "+ x", "-", "---", "===", "# head", "> quote", "    code", "\t", "  ", " \n", "  \n", "\\", "\\*", "&amp;", "&", "<b>", "<", ">",
	"_a_", "a_b", "__a__", "~~a~~", "http://x.y", "www.x.y", "WWW.", "wWw", "w", "a@b.c", "::", ":", "://", "|a|b|\n|-|-|", "|", "é", "“q”", "é*a*", "*é*", "漢字", "\u00a0", "(*a*)", "*a*.", "*a*b", "a*b*", "{x}", "$1", "\"q\"", "'s", "5 x", "5. x", "5.5", "%", "^", "=",
	"[a]: b", "\n[a]: b\n", "\n:-", "\n-:", "\n:-:|", "```\ncode\n```", "~~~", "\x00", "\v", "\f", "\u2028", "```", "[](a)", "[a]()", "[ a ](b)", "[a](b)c", "`a`b`c`", "`a\nb`", "**a**b", "a **b** c", "(`x`)", "https:", "mailto:a", "#", "##x", "a#b", "1", "12", "x1. ", "-a", "*a", "b*"}

func TestQuickAgrees(t *testing.T) {
	n := 150_000
	if testing.Short() {
		n = 15_000
	}
	p := NewParser()
	r := rand.New(rand.NewPCG(21, 22))
	done := 0
	for range n {
		var b strings.Builder
		for range 1 + r.IntN(9) {
			b.WriteString(fieldPieces[r.IntN(len(fieldPieces))])
		}
		if shortAgrees(t, p, b.String()) {
			done++
		}
	}
	if done < n/50 {
		t.Errorf("the short cuts did %d of %d fields: the test says little", done, n)
	}
}

// TestQuickReads holds the simplest forms to be read without goldmark: a change that sends them to it is a loss that no other
// test would see.
func TestQuickReads(t *testing.T) {
	for _, source := range []string{
		"Text with `code`, *emphasis*, **strong** and [a link](error:190).",
		"Two lines\nof one paragraph.\n\nAnd a second (with `code`): so.",
		"- one\n- two `code`\n  and more\n- [three](/docs/x)",
		"First:\n\n1. one\n2. **two**.\n\nThen.",
		"`GET /v3/x` answers 200.",
		"**Careful:** [the `token`](#fix-token) ends.",
		"5 calls a second, at most.",
	} {
		if !shortAgrees(t, NewParser(), source) {
			t.Errorf("goldmark reads %q", source)
		}
	}
}

func FuzzQuick(f *testing.F) {
	for _, s := range fieldPieces {
		f.Add(s)
		f.Add("a " + s + " b\n\n- " + s)
	}
	p := NewParser()
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) < 2_000 {
			shortAgrees(t, p, source)
		}
	})
}
