package link_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/diag"
	"errdex/internal/link"
	"errdex/internal/load"
)

// project is the files of a source folder by path.
type project map[string]string

func (p project) clone() project {
	out := project{}
	for k, v := range p {
		out[k] = v
	}
	return out
}

// link reads and links a project. A test that writes broken content by accident fails here.
func (p project) link(t testing.TB) *link.Map {
	t.Helper()
	m, list := p.try(t)
	for _, d := range list.Sorted() {
		if d.Severity == diag.Error {
			t.Fatalf("%s:%d: %s: %s (%s)", d.Span.File, d.Span.Start.Line, d.ID, d.Message, d.Hint)
		}
	}
	return m
}

func (p project) try(t testing.TB) (*link.Map, *diag.List) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range p {
		fsys[name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(0, 0)}
	}
	tree, err := load.Scan(fsys)
	if err != nil {
		t.Fatal(err)
	}
	items := make([]load.Item, len(tree.Files()))
	for i := range items {
		items[i] = tree.Read(i)
	}
	site, list := tree.Assemble(items)
	m, problems := link.Resolve(site)
	list.Merge(problems)
	return m, list
}

func definition(code string, more ...string) string {
	return fmt.Sprintf("code: %q\ntitle: Error %s\nsummary: What it is.\ncauses:\n  - {id: first, text: Something happened.}\n", code, code) + strings.Join(more, "")
}

func small() project {
	return project{
		"content/site.yaml":           "title: Docs\nbase_url: https://example.com\n",
		"content/api/collection.yaml": "title: API errors\nnoun: API error\nurl: /docs/api-error-{slug}\nindex: /docs/api-errors\ngroups:\n  - {id: access, title: Access}\n",
		"content/api/190.yaml":        definition("190", "group: access\nfixes:\n  - {id: rotate, title: Rotate the token}\n"),
		"content/api/7.yaml":          definition("7", "aliases: [seven]\n"),
		"content/guides/tokens.md":    "---\ntitle: Tokens\ndescription: About tokens.\n---\n\n## How they expire\n\nText.\n",
	}
}

func lock(t testing.TB, l *link.Ledger, p project) *link.Ledger {
	t.Helper()
	out, _ := l.Lock(p.link(t))
	return out
}

// ids returns the diagnostics as "id:line message".
func ids(list *diag.List) []string {
	var out []string
	for _, d := range list.Sorted() {
		out = append(out, d.ID+": "+d.Message)
	}
	return out
}

func read(t testing.TB, data []byte) *link.Ledger {
	t.Helper()
	l, list := link.ReadLedger(data)
	for _, d := range list.Sorted() {
		t.Errorf("line %d: %s: %s (%s)", d.Span.Start.Line, d.ID, d.Message, d.Hint)
	}
	return l
}

func TestLedgerRecordsEverything(t *testing.T) {
	p := small()
	l := lock(t, &link.Ledger{}, p)
	var got []string
	for line := range strings.Lines(string(l.Bytes())) {
		if strings.HasPrefix(line, "/") {
			columns := strings.Split(strings.TrimSpace(line), "\t")
			got = append(got, strings.Join(columns[:len(columns)-1], " | "))
		}
	}
	want := []string{
		"/ | home",
		"/docs/api-error-190 | api/190 | code 190",
		"/docs/api-error-190#cause-first | api/190",
		"/docs/api-error-190#causes | api/190",
		"/docs/api-error-190#fix-rotate | api/190",
		"/docs/api-error-190#fixes | api/190",
		"/docs/api-error-190#related | api/190",
		"/docs/api-error-190#summary | api/190",
		"/docs/api-error-190.json | api/190",
		"/docs/api-error-190.md | api/190",
		"/docs/api-error-7 | api/7 | code 7",
		"/docs/api-error-7#cause-first | api/7",
		"/docs/api-error-7#causes | api/7",
		"/docs/api-error-7#related | api/7",
		"/docs/api-error-7#summary | api/7",
		"/docs/api-error-7.json | api/7",
		"/docs/api-error-7.md | api/7",
		"/docs/api-error-seven | api/7 | code 7",
		"/docs/api-errors | api",
		"/docs/api-errors#group-access | api",
		"/docs/api-errors.json | api",
		"/docs/tokens | guides/tokens",
		"/docs/tokens#how-they-expire | guides/tokens",
		"/docs/tokens.md | guides/tokens",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	again := read(t, l.Bytes())
	if !bytes.Equal(again.Bytes(), l.Bytes()) {
		t.Errorf("read and written again it differs:\n%s", again.Bytes())
	}
	if list := again.Check(p.link(t), link.LedgerFile); list.Len() > 0 {
		t.Errorf("a site does not hold to its own ledger: %v", ids(list))
	}
	if second, n := again.Lock(p.link(t)); n != 0 || !bytes.Equal(second.Bytes(), l.Bytes()) {
		t.Errorf("locking again added %d lines", n)
	}
}

func TestLedgerCheck(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(project)
		want   []string // id and a part of the message, then a part of the hint
	}{
		{"removed", func(p project) { delete(p, "content/api/190.yaml") },
			[]string{"lost-url: /docs/api-error-190 is gone, which named api/190, code 190 and had 6 anchors", "errdex retire api/190"}},
		{"group renamed", func(p project) {
			p["content/api/collection.yaml"] = strings.ReplaceAll(p["content/api/collection.yaml"], "id: access", "id: entry")
			p["content/api/190.yaml"] = strings.ReplaceAll(p["content/api/190.yaml"], "group: access", "group: entry")
		}, []string{"lost-anchor: the anchor /docs/api-errors#group-access is gone", "write `id: access`"}},
		{"renamed", func(p project) {
			p["content/api/190-token.yaml"] = p["content/api/190.yaml"]
			delete(p, "content/api/190.yaml")
		},
			[]string{"lost-url: /docs/api-error-190 is gone", `content/api/190-token.yaml has the same code: add ` + "`aliases: [\"190\"]` to it",
				"unrecorded-url: not recorded yet: 3 new URLs and 6 new anchors (/docs/api-error-190-token, ...)", "errdex lock"}},
		{"renamed with its alias", func(p project) {
			p["content/api/190-token.yaml"] = p["content/api/190.yaml"] + "aliases: [\"190\"]\n"
			delete(p, "content/api/190.yaml")
		}, []string{"unrecorded-url: not recorded yet: 3 new URLs and 6 new anchors", ""}},
		{"renamed fix", func(p project) {
			p["content/api/190.yaml"] = strings.ReplaceAll(p["content/api/190.yaml"], "rotate", "rotates")
		},
			[]string{"lost-anchor: the anchor /docs/api-error-190#fix-rotate is gone", "anchor_aliases: [{from: fix-rotate, to: fix-rotates}]"}},
		{"renamed fix with its alias", func(p project) {
			p["content/api/190.yaml"] = strings.ReplaceAll(p["content/api/190.yaml"], "rotate", "replace") + "anchor_aliases: [{from: fix-rotate, to: fix-replace}]\n"
		}, []string{"unrecorded-url: not recorded yet: 1 new anchor (/docs/api-error-190#fix-replace)", ""}},
		{"another code", func(p project) {
			p["content/api/190.yaml"] = strings.ReplaceAll(p["content/api/190.yaml"], `"190"`, `"191"`)
		},
			[]string{"changed-code: /docs/api-error-190 was published for code 190 and now leads to code 191", "write `code: \"190\"`, as the file is named"}},
		{"alias to another code", func(p project) {
			p["content/api/7.yaml"] = strings.ReplaceAll(p["content/api/7.yaml"], "aliases: [seven]\n", "")
			p["content/api/190.yaml"] += "aliases: [seven]\n"
		}, []string{"changed-code: /docs/api-error-seven was published for code 7 and now leads to code 190", ""}},
		{"alias dropped", func(p project) {
			p["content/api/7.yaml"] = strings.ReplaceAll(p["content/api/7.yaml"], "aliases: [seven]\n", "")
		},
			[]string{"lost-url: /docs/api-error-seven is gone, which named api/7, code 7", `api/7 is at /docs/api-error-7 now: add "seven" to ` + "`aliases` in content/api/7.yaml"}},
		{"unreadable", func(p project) {
			p["content/api/190.yaml"], p["content/guides/tokens.md"] = "code: [\n", "no front matter\n"
		}, nil},
		{"tombstone", func(p project) { p["content/api/190.yaml"] += "status: removed\nremoved_in: v2\n" }, nil},
		{"guide renamed", func(p project) {
			p["content/guides/keys.md"] = p["content/guides/tokens.md"]
			delete(p, "content/guides/tokens.md")
		},
			[]string{"lost-url: /docs/tokens is gone, which named guides/tokens and had 1 anchor", `content/guides/tokens.md back, or add "tokens"`, "unrecorded-url", ""}},
		{"heading changed", func(p project) {
			p["content/guides/tokens.md"] = strings.ReplaceAll(p["content/guides/tokens.md"], "How they expire", "When they expire")
		}, []string{"lost-anchor: the anchor /docs/tokens#how-they-expire is gone", "add `anchor_aliases: [{from: how-they-expire, to: when-they-expire}]`"}},
		{"pattern changed", func(p project) {
			p["content/api/collection.yaml"] = strings.ReplaceAll(p["content/api/collection.yaml"], "/docs/api-error-{slug}", "/errors/{slug}")
		}, []string{"lost-url: /docs/api-error-190 is gone", `api/190 is at /errors/190 now: add "/docs/api-error-190" to`, "lost-url: /docs/api-error-7 is gone", "",
			"lost-url: /docs/api-error-seven is gone", `add "/docs/api-error-seven" to`, "unrecorded-url", ""}},
		{"index moved", func(p project) {
			p["content/api/collection.yaml"] = strings.ReplaceAll(p["content/api/collection.yaml"], "/docs/api-errors", "/errors")
		}, []string{"lost-url: /docs/api-errors is gone, which named api and had 1 anchor", "set `index` in content/api/collection.yaml back to /docs/api-errors", "unrecorded-url", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := small()
			l := read(t, lock(t, &link.Ledger{}, p).Bytes())
			c.change(p)
			m, problems := p.try(t)
			if e, _ := problems.Count(); e > 0 && c.name != "unreadable" {
				t.Fatal(ids(problems))
			}
			got := l.Check(m, link.LedgerFile).Sorted()
			slices.SortStableFunc(got, func(a, b diag.Diagnostic) int { return int(a.Severity) - int(b.Severity) })
			if len(got) != len(c.want)/2 {
				for _, d := range got {
					t.Logf("%s: %s (%s)", d.ID, d.Message, d.Hint)
				}
				t.Fatalf("%d diagnostics, want %d", len(got), len(c.want)/2)
			}
			for i, d := range got {
				if text := d.ID + ": " + d.Message; !strings.HasPrefix(text, c.want[2*i]) || !strings.Contains(d.Hint, c.want[2*i+1]) {
					t.Errorf("got  %s (%s)\nwant %s (%s)", text, d.Hint, c.want[2*i], c.want[2*i+1])
				}
				at := d.Span // in the ledger, or shown with the place in the file where the slip is
				if at.File != link.LedgerFile && len(d.Related) > 0 {
					at = d.Related[0].Span
				}
				if d.Severity == diag.Error && !strings.HasPrefix(lineOf(l.Bytes(), at.Start.Line), strings.Fields(strings.TrimPrefix(d.Message, "the anchor "))[0]+"\t") {
					t.Errorf("%s points at line %d: %s", d.Message, at.Start.Line, lineOf(l.Bytes(), at.Start.Line))
				}
			}
		})
	}
}

func lineOf(data []byte, n int) string {
	lines := strings.Split(string(data), "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// TestLedgerIsNeverShortened takes away or changes every line in turn.
func TestLedgerIsNeverShortened(t *testing.T) {
	p := small()
	l := lock(t, &link.Ledger{}, p)
	p["content/api/8.yaml"] = definition("8")
	l = lock(t, read(t, l.Bytes()), p)
	lines := strings.SplitAfter(strings.TrimSuffix(string(l.Bytes()), "\n"), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, with := range []string{"", strings.Replace(line, "api", "apx", 1)} {
			if with == line {
				continue
			}
			changed := strings.Join(lines[:i], "") + with + strings.Join(lines[i+1:], "")
			if _, list := link.ReadLedger([]byte(changed)); list.Len() == 0 {
				t.Errorf("line %d was replaced by %q and nobody noticed: %s", i+1, with, line)
			}
		}
	}
	// An older seal with all its lines is missed by the newer one; the newest is not, which is what the doc says.
	old, newest := "", ""
	for _, line := range lines {
		if strings.HasPrefix(line, "seal ") {
			if strings.Contains(line, "after") {
				newest = line[5:13]
			} else {
				old = line[5:13]
			}
		}
	}
	without := func(id string) []byte {
		return []byte(strings.Join(slices.DeleteFunc(slices.Clone(lines), func(s string) bool {
			return strings.Contains(s, "@"+id) || strings.HasPrefix(s, "seal "+id)
		}), ""))
	}
	if _, list := link.ReadLedger(without(old)); !strings.Contains(strings.Join(ids(list), "\n"), "altered-ledger: the seal "+old+", which comes before this one") {
		t.Errorf("the older seal was taken away: %v", ids(list))
	}
	if _, list := link.ReadLedger(without(newest)); list.Len() != 0 {
		t.Errorf("the newest seal was taken away: %v", ids(list))
	}
}

func TestLedgerGivenUp(t *testing.T) {
	p := small()
	data := string(lock(t, &link.Ledger{}, p).Bytes())
	delete(p, "content/api/190.yaml")
	p["content/api/7.yaml"] += "group: access\n"
	line := "/docs/api-error-190\tapi/190\tcode 190"
	at := strings.Index(data, line)
	end := at + strings.IndexByte(data[at:], '\n')
	data = data[:end] + "\tgone 2026-11-22 published by mistake" + data[end:]
	l := read(t, []byte(data))
	if list := l.Check(p.link(t), link.LedgerFile); list.Len() > 0 {
		t.Errorf("a page that was given up is missed: %v", ids(list))
	}
	// Both versions of the line, as a union of two branches keeps them.
	both := read(t, []byte(data+data[at:end]+"\n"))
	if list := both.Check(p.link(t), link.LedgerFile); list.Len() > 0 || !bytes.Equal(both.Bytes(), l.Bytes()) {
		t.Errorf("`gone` is lost in a union: %v", ids(list))
	}
	// The slug may come back with another code, and is then held to that one.
	p["content/api/190.yaml"] = definition("191")
	l = lock(t, l, p)
	if list := read(t, l.Bytes()).Check(p.link(t), link.LedgerFile); list.Len() > 0 {
		t.Errorf("%v", ids(list))
	}
	p["content/api/190.yaml"] = definition("192")
	if list := read(t, l.Bytes()).Check(p.link(t), link.LedgerFile); !strings.Contains(strings.Join(ids(list), "\n"), "changed-code: /docs/api-error-190 was published for code 191") {
		t.Errorf("%v", ids(list))
	}
	for _, bad := range []string{"gone", "gone 2026-11-22", "gone soon because", "gone 2026-13-01 old", "gone 2026-11-22 WHY", "gone 2026-11-22 reason."} {
		if _, list := link.ReadLedger([]byte("/a\tapi/a\t" + bad + "\n")); len(ids(list)) != 1 || !strings.HasPrefix(ids(list)[0], "malformed-ledger: `gone` needs") {
			t.Errorf("%q: %v", bad, ids(list))
		}
	}
}

func FuzzReadLedger(f *testing.F) {
	f.Add([]byte("# errdex urls.lock 1\nseal 3f9a2c1b\t1 lines\n/a\tapi/a\tcode 1\t@3f9a2c1b\n"))
	f.Add([]byte("<<<<<<< ours\n/a\tb\n=======\n/a\tb\tgone 2026-01-01 x\r\n>>>>>>> theirs\n"))
	f.Add([]byte("/a#b\thome\t@\t@\n\xff\x00seal x\n# errdex urls.lock 2\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, list := link.ReadLedger(data)
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, d := range list.Sorted() {
			if d.Span.Start.Line > lines || d.Hint == "" || d.Message == "" {
				t.Errorf("%+v in %d lines", d, lines)
			}
		}
		again, _ := link.ReadLedger(l.Bytes())
		if !bytes.Equal(again.Bytes(), l.Bytes()) {
			t.Errorf("not the same when read again:\n%q\n%q", l.Bytes(), again.Bytes())
		}
		if list.Len() == 0 {
			if _, second := link.ReadLedger(l.Bytes()); second.Len() > 0 {
				t.Errorf("%q: writing it broke it: %v", data, ids(second))
			}
		}
	})
}

// BenchmarkLedger is what the ledger costs a build: reading it and holding the site to it.
func BenchmarkLedger(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		p := small()
		for i := range n {
			code := fmt.Sprint(1000 + i)
			p["content/api/"+code+".yaml"] = definition(code, "fixes:\n  - {id: a, title: Fix}\n  - {id: b, title: Fix}\nmeaning: Text.\nwhere: Text.\nfaq:\n  - {question: Q, answer: A}\nprevention: [x]\nsources: [{title: x}]\n")
		}
		m := p.link(b)
		l, _ := (&link.Ledger{}).Lock(m)
		data := l.Bytes()
		b.Run(fmt.Sprintf("%d", n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				l, list := link.ReadLedger(data)
				list.Merge(l.Check(m, link.LedgerFile))
				if list.Len() > 0 {
					b.Fatal(ids(list))
				}
			}
		})
	}
}

func TestLedgerSealsWhatWasWrittenByHand(t *testing.T) {
	p := small()
	l := lock(t, &link.Ledger{}, p)
	byHand := read(t, append(l.Bytes(), "/docs/api-error-190#fix-printed-in-a-book\tapi/190\n"...))
	if list := byHand.Check(p.link(t), link.LedgerFile); len(ids(list)) != 1 || !strings.HasPrefix(ids(list)[0], "lost-anchor") {
		t.Errorf("%v", ids(list))
	}
	sealed, n := byHand.Lock(p.link(t))
	if n != 1 || strings.Contains(string(sealed.Bytes()), "book\tapi/190\n") {
		t.Errorf("%d lines sealed:\n%s", n, sealed.Bytes())
	}
	read(t, sealed.Bytes())
}
