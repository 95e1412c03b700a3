package link_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/link"
	"errdex/internal/load"
)

// linked links a site given as files; a file that is only a name gets the least that a definition needs.
func linked(t *testing.T, files map[string]string) (*link.Map, []string) {
	t.Helper()
	site, list := loaded(t, files)
	m, problems := link.Resolve(site)
	list.Merge(problems)
	var got []string
	for _, d := range list.Sorted() {
		got = append(got, fmt.Sprintf("%s:%d:%d %s: %s (%s)", strings.TrimPrefix(d.Span.File, "content/"), d.Span.Start.Line, d.Span.Start.Col, d.ID, d.Message, d.Hint))
	}
	return m, got
}

func loaded(t *testing.T, files map[string]string) (*catalog.Site, *diag.List) {
	t.Helper()
	fsys := fstest.MapFS{
		"content/site.yaml":         {Data: []byte("title: T\nbase_url: https://a.example/\n")},
		"content/a/collection.yaml": {Data: []byte("title: A\nnoun: A error\nurl: /docs/a-{slug}\nindex: /docs/a\ngroups: [{id: g1, title: G1}, {id: g2, title: G2}]\n")},
		"content/b/collection.yaml": {Data: []byte("title: B\nurl: /b/{slug}\nindex: /b\n")},
	}
	for name, text := range files {
		code := name[strings.LastIndexByte(name, '/')+1:]
		code = strings.TrimSuffix(code, ".yaml")
		if strings.HasSuffix(name, ".yaml") && !strings.Contains(text, "code:") && !strings.Contains(text, "title:") {
			text = fmt.Sprintf("code: %q\ntitle: T%s\nsummary: S\nfixes: [F]\n%s", code, code, text)
		}
		fsys["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := load.Scan(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var items []load.Item
	for i := range tree.Files() {
		items = append(items, tree.Read(i))
	}
	return tree.Assemble(items)
}

func the(t *testing.T, m *link.Map, ref string) *catalog.Definition {
	t.Helper()
	found := m.Find(ref)
	if len(found) != 1 {
		t.Fatalf("%s: %d definitions", ref, len(found))
	}
	return found[0]
}

func TestReferences(t *testing.T) {
	m, got := linked(t, map[string]string{
		"a/1.yaml":      "related: [\"2\", x, b/9, a/3-late, old]\n",
		"a/2.yaml":      "related: [{ref: \"1\", relation: confused_with, note: why}]\nmeaning: \"[x](error:3-late)\"\n",
		"a/3-late.yaml": "code: \"3\"\ntitle: Three\nsummary: S\nfixes: [F]\naliases: [old2]\n",
		"a/x.yaml":      "code: \"0x1\"\ntitle: X\nsummary: S\nfixes: [F]\nrelated: [\"3\"]\n",
		"a/4.yaml":      "aliases: [old]\n",
		"b/9.yaml":      "",
	})
	if len(got) > 0 {
		t.Fatal(strings.Join(got, "\n"))
	}
	var related []string
	for _, e := range m.Related(the(t, m, "1")) {
		related = append(related, e.To.Ref()+" "+e.Relation)
	}
	want := []string{"a/2 see_also", "a/x see_also", "b/9 see_also", "a/3-late see_also", "a/4 see_also"}
	if !slices.Equal(related, want) {
		t.Errorf("related %q, want %q", related, want)
	}
	var from []string
	for _, e := range m.Incoming(the(t, m, "3-late")) {
		from = append(from, e.From.Slug+" "+e.Relation)
	}
	if want := []string{"1 see_also", "x see_also", "2 mention"}; !slices.Equal(from, want) {
		t.Errorf("incoming %q, want %q", from, want)
	}
	if got := m.Redirects; !slices.Equal(got, []link.Redirect{{From: "/docs/a-old", To: "/docs/a-4"}, {From: "/docs/a-old2", To: "/docs/a-3-late"}}) {
		t.Errorf("redirects %v", got)
	}
	if m.URL(the(t, m, "b/9")) != "/b/9" || m.Absolute("/b/9") != "https://a.example/b/9" {
		t.Error("URLs")
	}
}

// TestMisses has a line of diagnostics for each way in which a reference can lead nowhere.
// Who links to a page several times, with other links between, is named once.
func TestOnce(t *testing.T) {
	guide := "---\ntitle: %s\n---\n[one](error:1), [two](/docs/a-2) and [one](/docs/a-1)\n"
	m, got := linked(t, map[string]string{
		"a/1.yaml":    "meaning: \"[g](guide:g) and [h](/docs/h)\"\nwhere: \"[h](guide:h), [g](guide:g) and [g](/docs/g)\"\n",
		"a/2.yaml":    "meaning: \"[g](/docs/g)\"\n",
		"guides/g.md": fmt.Sprintf(guide, "G"), "guides/h.md": fmt.Sprintf(guide, "H"),
	})
	if len(got) > 0 {
		t.Fatal(strings.Join(got, "\n"))
	}
	for _, want := range []string{"g: 1 2", "h: 1"} {
		slug, from, _ := strings.Cut(want, ": ")
		i := slices.IndexFunc(m.Site.Guides, func(g *catalog.Guide) bool { return g.Slug == slug })
		var names []string
		for _, d := range m.DefinitionsTo(m.Site.Guides[i]) {
			names = append(names, d.Slug)
		}
		if strings.Join(names, " ") != from {
			t.Errorf("%s is linked from %q, want %s", slug, names, from)
		}
	}
	for _, ref := range []string{"1", "2"} {
		if guides := m.GuidesTo(the(t, m, ref)); len(guides) != 2 || guides[0].Slug != "g" || guides[1].Slug != "h" {
			t.Errorf("%s: %d guides link to it, want g and h", ref, len(guides))
		}
	}
}

func TestMisses(t *testing.T) {
	_, got := linked(t, map[string]string{
		"a/100.yaml":      "related: [\"100\", \"101\", \"101\", \"1O1\", c/1, b/8, \"7\", \"\"]\n",
		"a/101.yaml":      "aliases: [100, \"a b\", /x/../y, dup, dup]\nreplaced_by: [\"101\"]\n",
		"a/100-x.yaml":    "code: \"100\"\ntitle: X\nsummary: S\nfixes: [F]\nmeaning: |\n  [a](error:200) [b](guide:gide) [c](/docs/a-10) [d](/docs/a-old-one) [e](?x) [f](vbscript:x) [g](error:101#fixs)\naliases: [old-one, dup]\n",
		"a/7-a.yaml":      "code: \"7\"\ntitle: X\nsummary: S\nfixes: [F]\n",
		"a/7-b.yaml":      "code: \"7\"\ntitle: X\nsummary: S\nfixes: [F]\n",
		"b/9.yaml":        "aliases: [/docs/a]\n",
		"guides/guide.md": "---\ntitle: G\naliases: [/b]\n---\n\n[x](error:1O1) [y](error:9) [z](#end)\n",
	})
	want := []string{
		`a/100-x.yaml:6:13 unresolved-reference: there is no error "200" (did you mean 100?)`,
		`a/100-x.yaml:6:28 unresolved-reference: there is no guide "gide" (did you mean guide?)`,
		`a/100-x.yaml:6:38 unresolved-link: there is no page at /docs/a-10 (did you mean /docs/a-100, which is written error:100?)`,
		`a/100-x.yaml:6:75 unresolved-link: "?x" is a relative link, which would mean another page on every page (write error:CODE, guide:NAME, a path of this site that begins with a slash, or a whole address that begins with https://)`,
		`a/100-x.yaml:6:83 unsafe-link: a link may not use the scheme "vbscript" (use error:, guide:, https:, mailto:, tel:, a path from the root, or an anchor)`,
		`a/100-x.yaml:6:105 unresolved-anchor: A error 101 has no anchor #fixs (did you mean #fixes?)`,
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("missing: %s", w)
		}
	}
	for _, id := range []string{"self-reference", "duplicate-reference", "ambiguous-reference", "alias-shadows-page", "invalid-url", "duplicate-alias"} {
		if !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, " "+id+":") }) {
			t.Errorf("no %s", id)
		}
	}
	if t.Failed() {
		t.Log("\n" + strings.Join(got, "\n"))
	}
}

func TestPlacesThatClash(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"duplicate-slug": {"a/x.yaml": "", "a/X.yaml": ""},
		"invalid-slug":   {"a/a b.yaml": ""},
		"duplicate-url":  {"guides/a.md": "---\ntitle: G\n---\n"},
		"invalid-url":    {"c/collection.yaml": "title: C\nurl: docs/{slug}\nindex: /docs/c\n"},
	} {
		_, got := linked(t, files)
		if !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, " "+name+":") }) {
			t.Errorf("%s is not reported: %q", name, got)
		}
	}
}

func TestOrder(t *testing.T) {
	m, got := linked(t, map[string]string{
		"a/10.yaml": "group: g2\n", "a/9.yaml": "group: g2\n", "a/E7.yaml": "", "a/E10.yaml": "", "a/100.yaml": "group: g1\n", "a/0x9.yaml": "status: removed\ngroup: g2\n",
	})
	if len(got) > 0 {
		t.Fatal(got)
	}
	var order []string
	for _, g := range link.Index(m.Site.Collections[0]) {
		for _, d := range g.Definitions {
			order = append(order, g.Group.ID.Value+"/"+d.Slug)
		}
	}
	if want := []string{"g1/100", "g2/9", "g2/10", "/E7", "/E10"}; !slices.Equal(order, want) {
		t.Errorf("order %q, want %q", order, want)
	}
	prev, next := m.Neighbours(the(t, m, "10"))
	if prev == nil || prev.Slug != "9" || next != nil {
		t.Errorf("neighbours %v %v", prev, next)
	}
}

func TestCompareCodes(t *testing.T) {
	ordered := []string{"0", "00", "3", "010", "10", "100", "100-a", "131047", "A1", "A02", "A10", "B"}
	for i := range ordered {
		for j := range ordered {
			c := link.CompareCodes(ordered[i], ordered[j])
			if (c < 0) != (i < j) || (c == 0) != (i == j) {
				t.Errorf("%s and %s: %d", ordered[i], ordered[j], c)
			}
		}
	}
}

// BenchmarkResolve links two thousand definitions that all mention the same one: linking must cost what the links cost, not what the
// site does.
func BenchmarkResolve(b *testing.B) {
	fsys := fstest.MapFS{
		"content/site.yaml":         {Data: []byte("title: T\nbase_url: https://a.example\n")},
		"content/a/collection.yaml": {Data: []byte("title: A\nurl: /docs/a-{slug}\nindex: /docs/a\n")},
	}
	const n = 2000
	for i := range n {
		fsys[fmt.Sprintf("content/a/%d.yaml", i)] = &fstest.MapFile{Data: []byte(fmt.Sprintf(
			"code: \"%d\"\ntitle: T\nsummary: S\nfixes: [F]\nmeaning: \"[x](error:0) [y](error:%d)\"\nrelated: [\"%d\", \"%d\"]\n", i, (i+7)%n, (i+1)%n, (i+2)%n))}
	}
	tree, err := load.Scan(fsys)
	if err != nil {
		b.Fatal(err)
	}
	var items []load.Item
	for i := range tree.Files() {
		items = append(items, tree.Read(i))
	}
	site, _ := tree.Assemble(items)
	b.ReportAllocs()
	for b.Loop() {
		link.Resolve(site)
	}
}
