//go:build unix

package site_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/output"
	"errdex/internal/site"
)

// A shape is a project of n things of one kind: what a hostile one would have most of.
type shape func(n int) fstest.MapFS

// repeated is the text of n things.
func repeated(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

func definition(code, more string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("code: \"" + code + "\"\ntitle: Error " + code + "\nsummary: Words.\nfixes: [Wait]\n" + more)}
}

func grown(siteMore, collectionMore string) fstest.MapFS {
	return fstest.MapFS{
		"content/site.yaml":         {Data: []byte("title: T\nbase_url: https://a.example\n" + siteMore)},
		"content/a/collection.yaml": {Data: []byte("title: A errors\nnoun: A error\nurl: /docs/a-{slug}\nindex: /docs/a\n" + collectionMore)},
		"content/a/1.yaml":          definition("1", ""),
	}
}

// onePage has n lines in one definition, under a key.
func onePage(key string, line func(i int) string, more ...string) shape {
	return func(n int) fstest.MapFS {
		m := grown(strings.Join(more, ""), "")
		m["content/a/x.yaml"] = definition("x", key+"\n"+repeated(n, line))
		return m
	}
}

// tied has n causes that name fixes, and n fixes.
func tied(cause func(i int) string) shape {
	return func(n int) fstest.MapFS {
		m := grown("", "")
		m["content/a/x.yaml"] = &fstest.MapFile{Data: []byte("code: x\ntitle: X\nsummary: S\ncauses:\n" + repeated(n, cause) +
			"fixes:\n" + repeated(n, func(i int) string { return fmt.Sprintf("  - {id: f%d, title: F, steps: [x]}\n", i) }))}
		return m
	}
}

// manyPages has n definitions, and adds to them.
func manyPages(more func(i, n int) string, add func(m fstest.MapFS, n int)) shape {
	return func(n int) fstest.MapFS {
		m := grown("guides_url: /docs/{slug}\n", "")
		for i := range n {
			m[fmt.Sprintf("content/a/p%d.yaml", i)] = definition(fmt.Sprint("p", i), more(i, n))
		}
		if add != nil {
			add(m, n)
		}
		return m
	}
}

func text(format string) func(i int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

func always(s string) func(i, n int) string { return func(int, int) string { return s } }

const allHosts = "hosts: [cloudflare, netlify, vercel, nginx, caddy, s3, gcs, github_pages]\n"

// shapes are what grew, or might have grown, faster than what was read.
func shapes() map[string]shape {
	subcodes := func(m fstest.MapFS, n int) {
		m["content/a/x.yaml"] = definition("x", "subcodes:\n"+repeated(n, text("  - {code: \"%d\", title: x}\n")))
	}
	ledger := func(lines func(i int) string) func(m fstest.MapFS, n int) {
		return func(m fstest.MapFS, n int) {
			subcodes(m, n)
			m["content/urls.lock"] = &fstest.MapFile{Data: []byte("# errdex urls.lock 1: every URL and anchor ever published. `errdex lock` adds lines; no line is ever taken away.\n" + repeated(n, lines))}
		}
	}
	few := func(add func(m fstest.MapFS, n int)) shape {
		return func(n int) fstest.MapFS {
			m := grown("", "")
			add(m, n)
			return m
		}
	}
	return map[string]shape{
		"aliases, every host": onePage("aliases:", text("  - alias-%d\n"), allHosts),
		"pages, every host": func(n int) fstest.MapFS {
			m := manyPages(always(""), nil)(n)
			m["content/site.yaml"] = grown(allHosts, "")["content/site.yaml"]
			return m
		},
		"anchor aliases":                onePage("anchor_aliases:", text("  - {from: old-%d, to: fixes}\n")),
		"anchor aliases that lead away": onePage("anchor_aliases:", text("  - {from: old-%d, to: nowhere}\n")),
		"sections":                      onePage("sections:", text("  - {title: Section %d, text: x}\n")),
		"sections of one title":         onePage("sections:", func(int) string { return "  - {title: Same, text: x}\n" }),
		"questions":                     onePage("faq:", text("  - {question: Q %d, answer: A}\n")),
		"headings of one text":          onePage("meaning: |", func(int) string { return "  ## a\n\n" }),
		"fences":                        onePage("meaning: |", text("  ```json\n  {\"a\": %d}\n  ```\n\n")),
		"cells":                         onePage("meaning: |\n  |a|b|\n  |-|-|", func(int) string { return "  |x|y|\n" }),
		"variants with holes":           onePage("variants:", text("  - 'a {x} b {y%d} c'\n")),
		"unknown keys":                  onePage("", text("key%d: v\n")),
		"payload keys":                  onePage("examples:\n  - title: E\n    kind: payload\n    language: json\n    body: |\n      {\"code\": \"x\"", text(",\n       \"k%d\": 1")),
		"params of other names": func(n int) fstest.MapFS {
			m := grown("", "")
			m["content/a/x.yaml"] = definition("x", "message: '"+repeated(n, text("w{a%d} "))+"'\nparams:\n"+repeated(n, text("  - {name: b%d, meaning: x}\n")))
			return m
		},
		"causes with a fix each":       tied(func(i int) string { return fmt.Sprintf("  - {id: c%d, text: x, fixes: [f%d]}\n", i, i) }),
		"causes with the same fix":     tied(text("  - {id: c%d, text: x, fixes: [f1]}\n")),
		"causes with no such fix":      tied(func(i int) string { return fmt.Sprintf("  - {id: c%d, text: x, fixes: [zzz%d]}\n", i, i) }),
		"one message":                  manyPages(always("message: \"the same message for {all} of them\"\n"), nil),
		"links to one page":            manyPages(always("related: [\"1\"]\n"), nil),
		"links to anchors of a page":   manyPages(func(i, n int) string { return fmt.Sprintf("meaning: \"[x](error:x#subcode-%d)\"\n", i) }, subcodes),
		"links to no anchor of a page": manyPages(func(i, n int) string { return fmt.Sprintf("meaning: \"[x](error:x#zzz%d)\"\n", i) }, subcodes),
		"links to no page":             manyPages(func(i, n int) string { return fmt.Sprintf("related: [zz%d]\n", i) }, nil),
		"links to no path":             manyPages(func(i, n int) string { return fmt.Sprintf("meaning: \"[x](/docs/zz%d)\"\n", i) }, nil),
		"links to no guide": manyPages(func(i, n int) string { return fmt.Sprintf("meaning: \"[x](guide:zz%d)\"\n", i) }, func(m fstest.MapFS, n int) {
			for i := range n {
				m[fmt.Sprintf("content/guides/g%d.md", i)] = &fstest.MapFile{Data: []byte("---\ntitle: G\ndescription: D\n---\n\nx\n")}
			}
		}),
		"links to a code of many": manyPages(always("related: [\"77\"]\n"), func(m fstest.MapFS, n int) {
			for i := range n {
				m[fmt.Sprintf("content/a/q%d.yaml", i)] = definition("77", "")
			}
		}),
		"no such group": manyPages(func(i, n int) string { return fmt.Sprintf("group: zz%d\n", i) }, func(m fstest.MapFS, n int) {
			m["content/a/collection.yaml"] = grown("", "groups:\n"+repeated(n, text("  - {id: g%d, title: G}\n")))["content/a/collection.yaml"]
		}),
		"a ring of replacements":         manyPages(func(i, n int) string { return fmt.Sprintf("status: removed\nreplaced_by: [p%d]\n", (i+1)%n) }, nil),
		"recorded anchors":               few(ledger(text("/docs/a-x#subcode-%d\ta/x\n"))),
		"recorded anchors that are lost": few(ledger(text("/docs/a-x#subcode-z%d\ta/x\n"))),
		"recorded URLs that are lost":    manyPages(always(""), ledger(func(i int) string { return fmt.Sprintf("/docs/a-dead%d\ta/dead%d\n", i, i) })),
	}
}

// processor is the time that this process has spent on a core.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestGrowth builds each shape in two sizes: what is twelve times as much may take forty times as long on a machine that does other things too, and not the square, 144.
// Processor time is compared, and the smaller size is given what starting costs.
func TestGrowth(t *testing.T) {
	const small, large = 500, 6000
	for name, make := range shapes() {
		t.Run(name, func(t *testing.T) {
			measure := func(n int) float64 {
				source := make(n)
				start := processor(t)
				_, err := site.Build(context.Background(), site.Options{Source: source, Now: day}, false, &output.Memory{})
				if err != nil && !errors.Is(err, site.ErrContent) {
					t.Fatal(err)
				}
				return (processor(t) - start).Seconds()
			}
			a, b := measure(small), measure(large)
			for try := 0; try < 2 && b > 40*max(a, 0.02); try++ { // the collector may have been at work for another
				a, b = max(a, measure(small)), min(b, measure(large))
			}
			if b > 40*max(a, 0.02) {
				t.Errorf("%d take %.3f s and %d take %.3f s", small, a, large, b)
			}
		})
	}
}
