package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// pieces are what random samples are put together from: every token of the language, its near misses, and what trips a lexer.
var pieces = map[string][]string{
	"json": {`{`, `}`, `[`, `]`, `:`, `,`, `"a"`, `"a": `, `"`, `\`, `\"`, `\\`, `"\u00e9"`, `"é"`, `true`, `false`, `null`, `nullx`, `truefalse`, `0`, `-1`, `01`, `1.5`, `1.5e+3`, `1e9`, `1e`,
		`1.`, `-`, `.5`, ` `, "\n", "\t", `// a comment`, "// one\n", `/`, `'a'`, `x`, `é`, `...`, `#`, `<b>`, `&`, `12.5E-7`, `2٣`, "\u00a0", "\u2028", "“"},
	"bash": {`if `, `fi`, `for x in `, `do`, `done`, "then\n", `else`, `while`, `function f`, `return`, `dofoo`, `if=1`, `echo `, `cd `, `export `, `read`, `readonly `, `times `, `wait`, "set\n", `exit)`,
		`# a comment`, "# one\n", `#!/bin/sh`, "#!/bin/sh\n", `\`, "\\\n", `\x`, `\é`, `a=b`, `x =`, `y+=1`, `+=`, `[`, `]`, `[[`, `{`, `}`, `(`, `)`, `=`, `==`, `<<<`, `<<EOF`, "\nEOF\n", `EOF`, `<<-'E'`, `<<`, `<`, `>`,
		`2>&1`, `&&`, `||`, `|`, `&`, `;`, `"plain"`, `"`, `"a $x b"`, `"a ${x} b"`, `"\$x"`, `"\101"`, `$"loc"`, `'single'`, `'`, `$'a\n'`, `$'`, "`", "`date`", `$(`, `$((`, `))`, `$(ls)`, `$((1 + 2))`, `16#ff`, `2#`, `2# `,
		`12`, `12 `, `3x`, `${`, `${#x}`, `${x:-y}`, `${x/a/b}`, `:`, `:-`, `$x`, `$_y1`, `$1`, `$12a`, `$#`, `$?`, `$@`, `$-`, `$`, ` `, "\n", "\t", `curl -sS`, `-H`, `é`, `x=é`, `--data-raw`, `a-b`, `a/b.c`, `~`, `%`, `^`, `*`, `**`, `-`, `,`,
		"\u00a0", `٣`, `$٣`, `"é$x"`, `'é'`, `if`, `if"`, `do $`},
}

// reference is what chroma's lexer makes of a text.
func reference(t testing.TB, lang, text string) string {
	t.Helper()
	h := NewHighlighter()
	if h.lexer(lang) == nil {
		t.Fatalf("chroma has no %s", lang)
	}
	return string(h.colour(nil, lang, text, nil))
}

// agree holds the hand lexer of a language to chroma for one text and reports whether it did the text at all.
func agree(t testing.TB, lang, text string) bool {
	t.Helper()
	text = strings.TrimRight(text, "\n") // as Append does
	got, ok := handSpans(nil, lang, text)
	if !ok {
		return false
	}
	if want := reference(t, lang, text); string(got) != want {
		t.Fatalf("%s %q\n got %s\nwant %s", lang, text, got, want)
	}
	return true
}

func TestHandLexersAgreeOnRandomSamples(t *testing.T) {
	n := 20_000
	if testing.Short() {
		n = 2_000
	}
	for _, lang := range []string{"json", "bash"} {
		r := rand.New(rand.NewPCG(7, 7))
		done := 0
		for range n {
			var b strings.Builder
			for range 1 + r.IntN(12) {
				b.WriteString(pieces[lang][r.IntN(len(pieces[lang]))])
				if r.IntN(6) == 0 {
					b.WriteByte(' ')
				}
			}
			if agree(t, lang, b.String()) {
				done++
			}
		}
		if done < n/3 {
			t.Errorf("the %s lexer did %d of %d samples itself: the test says little", lang, done, n)
		}
	}
}
