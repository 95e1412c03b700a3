package load

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// TestPlace holds where words of a decoded text stand. In each source «x» marks the word whose place is asked for; the
// marks are taken out before it is read.
func TestPlace(t *testing.T) {
	for name, src := range map[string]string{
		"plain":                    "k: one «two» three",
		"plain, key with spaces":   "k:    «two»",
		"plain of several lines":   "k: one\n  two\n  «three» four",
		"plain with an empty line": "k: one\n\n  «three»",
		"plain, first line":        "k: «one»\n  two",
		"plain, CRLF":              "k: one\r\n  «two»\r\n",
		"plain, comment":           "k: one «two» # comment",
		"plain in a flow":          "k: {a: [x, y «two» z]}",
		"plain over lines in flow": "k: [one\n   «two», three]",
		"non-ASCII before":         "k: 漢字 é «two»",
		"non-ASCII itself":         "k: é «漢字» x",
		"emoji key":                "🙂: 🙂 «two»",
		"single quotes":            "k: 'one «two»'",
		"single, quote doubled":    "k: 'it''s «two»'",
		"single, quote inside":     "k: 'x «it''s» y'",
		"single, several lines":    "k: 'one\n  «two»\n\n  three'",
		"single, after the empty":  "k: 'one\n  two\n\n  «three»'",
		"double quotes":            `k: "one «two»"`,
		"double, escapes before":   `k: "a\tb\n\"c\" \u00e9 \x41 \U0001F642 «two»"`,
		"double, escape itself":    `k: "a «\u00e9b» c"`,
		"double, several lines":    "k: \"one\n  «two»\"",
		"double, escaped break":    "k: \"one \\\n     «two»\"",
		"double, break and tab":    "k: \"one\n\t«two»\"",
		"double, blank, then word": "k: \"one\n\n\n  «two»\"",
		"double, spaces before":    "k: \"one   \n  «two»\"",
		"literal":                  "k: |\n  one\n  «two» three\n",
		"literal, first word":      "k: |\n  «one»\n",
		"literal, deeper line":     "k: |\n  one\n      «two»\n",
		"literal, empty lines":     "k: |\n  one\n\n\n  «two»\n",
		"literal, empty first":     "k: |\n\n  one «two»\n",
		"literal, indicator":       "k: |2\n    one\n  «two»\n",
		"literal, strip":           "k: |-\n  one\n  «two»",
		"literal, keep":            "k: |+\n  «one»\n\n\n",
		"literal, header comment":  "k: | # why\n  one «two»\n",
		"literal, CRLF":            "k: |\r\n  one\r\n  «two»\r\n",
		"literal, tab in the text": "k: |\n  one\t«two»\n  \t«",
		"literal, in a list":       "- - |\n    one\n    «two»\n",
		"literal, no indentation":  "- |\n one\n «two»\n",
		"literal, no break at end": "k: |\n  one\n  «two»",
		"folded":                   "k: >\n  one\n  «two» three\n",
		"folded, paragraphs":       "k: >\n  one\n  two\n\n  «three»\n  four\n",
		"folded, deeper line":      "k: >\n  one\n    deeper\n  «two»\n",
		"folded, strip":            "k: >-\n  one\n  «two»",
		"folded, empty first":      "k: >\n\n  one\n  «two»\n",
		"anchor before":            "k: &name one «two»",
		"type before":              "k: !!str one «two»",
		"type before a literal":    "k: !!str |\n  one\n  «two»\n",
		"anchor before quotes":     "k: &name \"one «two»\"",
		"alias":                    "a: &n one «two»\nb: *n",
		"document start":           "--- \nk: one «two»",
		"byte order mark":          "\ufeffk: one «two»",
	} {
		t.Run(name, func(t *testing.T) {
			src, _, _ = strings.Cut(src, "«\x00")
			at := strings.Index(src, "«")
			end := strings.Index(src, "»")
			if end < 0 {
				return
			}
			word := src[at+len("«") : end]
			src = src[:at] + word + src[end+len("»"):]
			src = strings.TrimSuffix(src, "«")
			data := bytes.TrimPrefix([]byte(src), []byte("\ufeff"))
			at -= len(src) - len(data)
			want := diag.Pos{Line: 1 + bytes.Count(data[:at], []byte("\n")), Col: at - bytes.LastIndexByte(data[:at], '\n')}
			r := &reader{src: data}
			found := false
			scalars(t, data, func(n *yaml.Node) {
				value := decodeWord(word)
				i := strings.Index(n.Value, value)
				if i < 0 || found {
					return
				}
				found = true
				p := r.place(n)
				if got := p.At(n.Value, i); !p.Exact() || got != want {
					t.Errorf("%q in %q is at %v (exact: %v), want %v", value, n.Value, got, p.Exact(), want)
				}
				if got := p.At(n.Value, i+len(value)); got.Line == want.Line && got.Col != want.Col+len(word) {
					t.Errorf("the end of %q is at %v, want column %d", value, got, want.Col+len(word))
				}
			})
			if !found {
				t.Errorf("no text holds %q", word)
			}
		})
	}
}

// decodeWord is what the marked word of a case is in the decoded text.
func decodeWord(s string) string {
	return strings.NewReplacer(`\u00e9`, "é", "''", "'").Replace(s)
}

// scalars calls f for each scalar of a document.
func scalars(t testing.TB, data []byte, f func(*yaml.Node)) {
	root, err := parse(yaml.NewDecoder(bytes.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *yaml.Node, depth int)
	walk = func(n *yaml.Node, depth int) {
		if n.Kind == yaml.ScalarNode {
			f(n)
		}
		for _, c := range n.Content {
			if depth < 200 {
				walk(c, depth+1)
			}
		}
	}
	walk(root, 0)
}

// FuzzPlace holds that a place that calls itself exact is: every visible character of the text stands in the source where
// the place says, or an escape does. Where it is not exact, it is at least in the file.
func FuzzPlace(f *testing.F) {
	for _, s := range []string{
		"k: one two\n", "k: |\n  one\n\n  two\n", "k: >\n  one\n  two\n\n  three\n", "k: \"a\\tb\\u00e9\n  c\"\n", "k: 'it''s\n  so'\n",
		"k: |2\n    one\n  two\n", "- a\n- &x b\n- *x\n", "k: \"one \\\n  two\"\n", "k: {a: [b, 'c'], d: \"e\"}\n", "k: plain\n  more\n\n  text\n",
		"漢: 字 'x'\n", "k: >-\n    a\n     b\n    c\n", "k: !!str |\n  a\n", "a: |\n\tb\n", "k: |\n  a \n  \n   b\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems diag.List
		data, _, ok := clean(data, "f", &problems)
		if !ok || len(data) > 1<<11 {
			return
		}
		if parseError(data) != "" {
			return
		}
		if _, err := parse(yaml.NewDecoder(bytes.NewReader(data))); err != nil {
			return // empty
		}
		r := &reader{src: data}
		scalars(t, data, func(n *yaml.Node) {
			p := r.place(n)
			for i, c := range n.Value {
				at := p.At(n.Value, i)
				line := r.line(at.Line)
				if line == nil || at.Col < 1 || at.Col > len(line)+1 {
					t.Fatalf("offset %d of %q is at %v, which is not in the file", i, n.Value, at)
				}
				if !p.Exact() || c == ' ' || c == '\n' || c == '\t' {
					continue
				}
				if at.Col > len(line) {
					t.Fatalf("%q at offset %d of %q is at %v, behind its line %q", c, i, n.Value, at, line)
				}
				if got, _ := utf8.DecodeRune(line[at.Col-1:]); got != c && got != '\\' {
					t.Fatalf("%q at offset %d of %q is at %v, where %q stands", c, i, n.Value, at, got)
				}
			}
			if end := p.At(n.Value, len(n.Value)); r.line(end.Line) == nil || end.Col > len(r.line(end.Line))+1 {
				t.Fatalf("the end of %q is at %v, which is not in the file", n.Value, end)
			}
		})
	})
}
