package load_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/load"
)

const head = "code: \"1\"\ntitle: x\nsummary: y\ncauses: [a]\n"

// hostile are inputs that cost a naive reader its time, its memory or its stack. Each is nearly as large as a file may be.
func hostile() map[string]string {
	size := load.MaxFile - 200
	if testing.Short() {
		size /= 8
	}
	repeat := func(s string) string { return strings.Repeat(s, size/len(s)) }
	bomb := head + "prevention: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 20; i++ {
		ref := strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10)
		bomb += fmt.Sprintf("k%d: &a%d [%s]\n", i, i, strings.TrimSuffix(ref, ", "))
	}
	return map[string]string{
		"alias bomb":            bomb + "faq: *a19\n",
		"alias of a long text":  head + "meaning: &t \"" + strings.Repeat("**a** _b_ ", 20_000) + "\"\nprevention: [" + strings.Repeat("*t, ", 50_000) + "]\n",
		"alias to itself":       head + "faq: &a [*a, *a]\n",
		"alias chain":           head + "x: &a b\n" + strings.Repeat("y: *a\n", 100_000),
		"deep flow":             head + "faq: " + strings.Repeat("[", 100_000) + "\n",
		"deep flow, closed":     head + "faq: " + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + "\n",
		"deep flow mappings":    head + "faq: " + strings.Repeat("{a: ", 9_000) + strings.Repeat("}", 9_000) + "\n",
		"deep block":            head + "faq:\n" + deepBlock(1_400),
		"deep dashes":           head + "faq:\n  " + strings.Repeat("- ", 9_000) + "x\n",
		"deeper dashes":         head + "faq:\n  " + strings.Repeat("- ", size/7) + "x\n",
		"giant plain":           head + "meaning: " + repeat("a") + "\n",
		"giant quoted":          head + "meaning: \"" + repeat("\\u0041") + "\"\n",
		"giant single":          head + "meaning: '" + repeat("''") + "'\n",
		"giant literal":         head + "meaning: |\n" + repeat("  line\n"),
		"giant folded":          head + "meaning: >\n" + repeat("  line\n\n"),
		"giant plain lines":     head + "meaning: a\n" + repeat("  b\n"),
		"giant quoted lines":    head + "meaning: \"a\n" + repeat("  b\n") + "\"\n",
		"giant key":             repeat("k") + ": v\n",
		"giant comment":         head + "# " + repeat("c") + "\n",
		"comments":              head + repeat("# c\n"),
		"comments deep":         head + "faq:\n" + repeat("  # c\n"),
		"comments and items":    head + "keywords:\n" + repeat("  # c\n  - a # d\n"),
		"empty lines":           head + repeat("\n"),
		"unknown keys":          unknownKeys(60_000),
		"one key again":         head + repeat("title: x\n"),
		"many items":            head + "keywords:\n" + repeat("- a\n"),
		"many bad items":        head + "related:\n" + repeat("- {rf: 1}\n"),
		"many documents":        head + repeat("---\na: b\n"),
		"many anchors":          head + "keywords:\n" + repeat("- &a b\n"),
		"references on a line":  head + "related: [" + strings.TrimSuffix(repeat("r1, "), ", ") + "]\n",
		"faults on a line":      head + "related: [" + strings.TrimSuffix(repeat("{r: 1}, "), ", ") + "]\n",
		"unclosed quote":        head + "meaning: \"" + repeat("line\n "),
		"unclosed list":         head + "keywords: [" + repeat("a, \n "),
		"a fault at the end":    head + "keywords:\n" + repeat("  - a\n") + " b\n",
		"a fault in each key":   repeat("a: [\n"),
		"a fault in a long one": head + "keywords:\n  - " + repeat("a ") + ": b: c\n",
		"tabs":                  head + "faq:\n" + repeat("\t"),
		"brackets":              head + "meaning: '" + repeat("[") + "'\n",
		"links":                 head + "meaning: '" + repeat("[a](") + "'\n",
		"emphasis":              head + "meaning: '" + repeat("*a _b ") + "'\n",
		"quotes in Markdown":    head + "meaning: '" + repeat("> ") + "'\n",
		"backticks":             head + "meaning: '" + repeat("`a``b") + "'\n",
		"HTML":                  head + "meaning: '" + repeat("<a <!-- ") + "'\n",
		"entities":              head + "meaning: '" + repeat("&a;&#x;") + "'\n",
		"table":                 head + "meaning: |\n  " + strings.Repeat("|a", size/11) + "\n  " + strings.Repeat("|-", size/11) + "\n  " + strings.Repeat("|b", size/11) + "\n",
		"reference definitions": head + "meaning: |\n" + repeat("  [a]: b\n"),
		"percent":               repeat("%YAML 1.1\n"),
		"question marks":        repeat("? "),
		"colons":                repeat(": "),
		"exclamation marks":     head + "meaning: " + repeat("!"),
		"ampersands":            head + "meaning: " + repeat("&a "),
	}
}

func deepBlock(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i))
		b.WriteString("a:\n")
	}
	return b.String()
}

func unknownKeys(n int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		fmt.Fprintf(&b, "k%d: x\n", i)
	}
	return b.String()
}

// TestHostile holds that no input takes long, takes much memory, or is reported outside its file.
func TestHostile(t *testing.T) {
	const (
		// On an idle machine none takes longer than one second; what grows with the square of the size takes minutes.
		longest = 20 * time.Second
		most    = 600 << 20 // bytes allocated, not held
	)
	for name, src := range hostile() {
		t.Run(name, func(t *testing.T) {
			if len(src) > load.MaxFile {
				t.Fatalf("%d bytes are more than is read", len(src))
			}
			fsys := fstest.MapFS{
				"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\n")},
				"content/api/collection.yaml": {Data: []byte("title: API errors\nurl: /docs/api-{slug}\nindex: /docs/api\n")},
				"content/api/1.yaml":          {Data: []byte(src)},
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, list := read(t, fsys)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			size := after.TotalAlloc - before.TotalAlloc
			if took > longest || size > most {
				t.Errorf("took %v and %d MiB", took, size>>20)
			}
			t.Logf("%v, %d MiB, %d diagnostics", took, size>>20, list.Len())
			inside(t, fsys, list)
			if name == "a fault at the end" {
				if d := list.Sorted()[0]; d.Span.Start.Line != strings.Count(src, "\n") || d.Span.Start.Col != 2 {
					t.Errorf("the fault in line %d is reported at %+v", strings.Count(src, "\n"), d.Span)
				}
			}
		})
	}
}
