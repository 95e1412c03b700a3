package load

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"errdex/internal/bench/corpus"
	"errdex/internal/diag"

	"gopkg.in/yaml.v3"
)

// describe prints a tree with everything the loader looks at.
func describe(b *strings.Builder, n *yaml.Node, depth int) {
	fmt.Fprintf(b, "%*s%d/%d %s %d:%d %q %q\n", depth, "", n.Kind, n.Style, n.Tag, n.Line, n.Column, n.Value, n.Anchor)
	for _, c := range n.Content {
		describe(b, c, depth+1)
	}
}

// quickAgrees holds the quick parser to yaml.v3 for one text and reports whether it read the text at all.
func quickAgrees(t testing.TB, src []byte) bool {
	t.Helper()
	var got, want strings.Builder
	ascii := plainSize(src) == len(src)
	if !parseQuick(src, ascii, func(root *yaml.Node, lines []int) {
		describe(&got, root, 0)
		placesAgree(t, &reader{src: src, root: root, lines: lines, quick: true, ascii: ascii})
	}) {
		return false
	}
	if ascii {
		var careful strings.Builder
		if !parseQuick(src, false, func(root *yaml.Node, _ []int) { describe(&careful, root, 0) }) || careful.String() != got.String() {
			t.Fatalf("what is ASCII is read otherwise when that is not known:\n%s", src)
		}
	}
	dec := yaml.NewDecoder(bytes.NewReader(src))
	root, err := parse(dec)
	if err != nil {
		t.Fatalf("yaml.v3 refuses what the quick parser reads: %v\n%s", err, src)
	}
	describe(&want, root.Content[0], 0)
	if got.String() != want.String() {
		g, w := strings.Split(got.String(), "\n"), strings.Split(want.String(), "\n")
		for i := range min(len(g), len(w)) {
			if g[i] != w[i] {
				t.Fatalf("node %d differs:\n got %s\nwant %s\nin\n%s", i, g[i], w[i], src)
			}
		}
		t.Fatalf("%d nodes, want %d, in\n%s", len(g), len(w), src)
	}
	if _, err := parse(dec); err == nil {
		t.Fatalf("the quick parser overlooks a second document in\n%s", src)
	}
	return true
}

// placesAgree holds what the reader takes for granted of the quick parser's trees to what it finds out of others: where things stand, and that nothing is said of a text.
func placesAgree(t testing.TB, r *reader) {
	var found, said diag.List
	r.diags = &said
	careful := &reader{src: r.src, root: r.root, diags: &found}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if got, want := r.start(n), careful.start(n); got != want {
			t.Fatalf("%q begins at %v, not at %v, in\n%s", n.Value, want, got, r.src)
		}
		if n.Kind == yaml.ScalarNode {
			got, want := r.text(n, "title"), careful.text(n, "title")
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("a text is read as %+v, want %+v, in\n%s", got, want, r.src)
			}
			r.oddStart(got, n, true)
			careful.oddStart(want, n, true)
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(r.root)
	if !reflect.DeepEqual(said, found) {
		t.Fatalf("%+v is said, want %+v, of\n%s", said, found, r.src)
	}
}

// samples are the real content and some of the generated.
func quickSamples(t testing.TB) [][]byte {
	t.Helper()
	var out [][]byte
	root := os.DirFS("../../content")
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".yaml") {
			var data []byte
			data, err = fs.ReadFile(root, name)
			out = append(out, data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range corpus.Files(corpus.Config{Definitions: 60, Seed: 4}) {
		if strings.HasSuffix(name, ".yaml") {
			out = append(out, data)
		}
	}
	return out
}

func TestQuickAgrees(t *testing.T) {
	read := 0
	all := quickSamples(t)
	for _, src := range all {
		if quickAgrees(t, src) {
			read++
		}
	}
	if read < len(all)*9/10 {
		t.Errorf("the quick parser read %d of %d files: it is of little use", read, len(all))
	}
}

// TestQuickReads holds what definitions often have to be read without yaml.v3: a change that sends it there is a loss that no other test would see.
func TestQuickReads(t *testing.T) {
	for _, src := range []string{
		"# yaml-language-server: $schema=error.json\n\ncode: \"190\"\ntitle: It's late\n",
		"\n# remark\ncode: x\n  # remark\n\n\nsteps:\n- one\n\n# remark\n- two\n",
		"retrieved: 2026-10-31\nverified: 2026-11-30\n",
		"a: {b: [c, \"d\", 'e'], f: https://x.y/z}\nb: |-\n  text – more\n\n    code\nc: 'it''s'\nd: \"a \\\"b\\\" \\n\"\n",
	} {
		if !quickAgrees(t, []byte(src)) {
			t.Errorf("this is left to yaml.v3:\n%s", src)
		}
	}
}

var quickPieces = []string{"a: b\n", "  a: b\n", "    a: b\n", "key:\n", "  key:\n", "- x\n", "  - x\n", "    - x\n", "- a: 1\n", "  - a: 1\n", "    b: 2\n", "text: |\n", "  text: |\n", "- |\n", "  - |-\n", "t: |+\n", "t: |2\n", "t: >\n",
	"  line one\n", "    line two\n", "      deep\n", "\n", "  \n", "        \n", "# comment\n", "  # comment\n", "t: a # c\n", "q: \"a\"\n", "q: \"a \\\"b\\\" \\\\ \\n\\t\"\n", "q: \"\\/\"\n", "q: \"\\\\\"\n", "q: \"a\\\\\\\\\"\n", "q: \"\\\\\\\"\"\n", "q: \"\\\"\"\n", "q: ''\n", "q: ''''\n", "q: ''''''\n", "q: \"\"\n", "f: [\"\\\\\", \"\\\"\", '''']\n", "q: \"a\n", "b\"\n", "q: 'it''s'\n", "q: 'x'\n", "q: 'x' y\n", "f: [a, b]\n", "f: [a , \"b\", 'c']\n",
	"f: []\n", "f: {}\n", "f: [ ]\n", "f: {k: v}\n", "f: {k: \"v\", l: [1, 2]}\n", "f: [a,b]\n", "f: [a, ]\n", "f: [https://x.y/z, b:c]\n", "f: {k: }\n", "f: [a: b]\n", "f: [a\n", "  b]\n", "- {k: v, n: 0190}\n", "  - [a, [b]]\n", "n: 190\n", "n: 0190\n", "n: 2026-09-11\n",
	"n: 2026-13-11\n", "n: 2026-11-30\n", "n: 2026-11-31\n", "n: 2026-12-31\n", "n: 2026-02-29\n", "n: 2024-02-29\n", "n: 2026-02-30\n", "n: 2026-1:-01\n", "n: 2026-01-3:\n", "n: 4s\n", "n: 1e3\n", "n: 0x1F\n", "n: 1_000\n", "n: true\n", "n: yes\n", "n: null\n", "n: ~\n", "n: .5\n", "n: -1\n", "true: x\n", "n: a: b\n", "n: a:\n", "n: http://x\n", "n: *x\n", "n: &x y\n", "n: !!str 1\n", "---\n", "...\n", "%YAML 1.2\n", "é: x\n",
	"n: é, \"ü\"\n", "f: [é, ü, x]\n", "\tx: y\n", "n:\ty\n", "n: x\ty\n", "? a\n", "- - x\n", "-\n", "<<: x\n", "n: <<\n", "n : x\n", "n:  x\n", "-  x: 1\n", "   y: 2\n", "n: x \n", "n: \"x\" \n", "k: v", "  continued\n", "n: \u0085\n", "n: a\u2028b\n", "\"k\": v\n", "n: -\n", "n: - a\n"}

// TestQuickAgreesOnMutations breaks files in the ways that people break them, and puts small files together out of pieces.
func TestQuickAgreesOnMutations(t *testing.T) {
	n := 6_000
	if testing.Short() {
		n = 600
	}
	all := quickSamples(t)
	r := rand.New(rand.NewPCG(11, 12))
	read := 0
	for range n {
		lines := bytes.SplitAfter(all[r.IntN(len(all))], []byte("\n"))
		from := r.IntN(len(lines))
		lines = append([][]byte(nil), lines[from:min(len(lines), from+2+r.IntN(25))]...)
		for range 1 + r.IntN(3) {
			i := r.IntN(len(lines))
			line := bytes.Clone(lines[i])
			switch r.IntN(6) {
			case 0:
				line = append([]byte("  "), line...)
			case 1:
				line = bytes.TrimPrefix(line, []byte(" "))
			case 2:
				if len(line) > 1 {
					k := r.IntN(len(line) - 1)
					line = append(line[:k], line[k+1:]...)
				}
			case 3:
				k := r.IntN(len(line) + 1)
				c := []rune("\"'[]{},:#|-> \n\\&*!?%@`é")[r.IntN(23)]
				line = append(line[:k], append([]byte(string(c)), line[k:]...)...)
			case 4:
				line = []byte(quickPieces[r.IntN(len(quickPieces))])
			case 5:
				lines[r.IntN(len(lines))] = lines[i]
			}
			lines[i] = line
		}
		if src := unindent(bytes.Join(lines, nil)); utf8.Valid(src) && quickAgrees(t, src) {
			read++
		}
	}
	for range n {
		var b strings.Builder
		for range 1 + r.IntN(7) {
			b.WriteString(quickPieces[r.IntN(len(quickPieces))])
		}
		if quickAgrees(t, []byte(b.String())) {
			read++
		}
	}
	if read < n/20 {
		t.Errorf("the quick parser read %d of %d texts: the test says little", read, 2*n)
	}
}

// unindent moves a text to the left until its first line stands there, so that a cut-out part of a file is a file.
func unindent(src []byte) []byte {
	indent := len(src) - len(bytes.TrimLeft(src, " "))
	return bytes.ReplaceAll(src[indent:], []byte("\n"+strings.Repeat(" ", indent)), []byte("\n"))
}

func FuzzQuick(f *testing.F) {
	for _, p := range quickPieces {
		f.Add([]byte("first: 1\n" + p))
		f.Add([]byte(p + "first: 1\n"))
	}
	for _, s := range quickSamples(f)[:20] {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if data, _, ok := clean(src, "f.yaml", &diag.List{}); ok && len(src) < 1<<14 {
			quickAgrees(t, data)
		}
	})
}
