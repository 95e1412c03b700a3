package edit_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/diag"
	"errdex/internal/edit"
	"errdex/internal/link"
	"errdex/internal/load"
)

// resolve reads and links a project; the list has its problems.
func resolve(t testing.TB, fsys fstest.MapFS) (*link.Map, *diag.List) {
	t.Helper()
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

// generate makes a site whose authors write in many ways.
func generate(r *rand.Rand, n int) fstest.MapFS {
	in := fstest.MapFS{}
	basics(in)
	put := func(path, text string) { in[path] = &fstest.MapFile{Data: []byte(text)} }
	put("content/own/collection.yaml", "title: Own\nurl: /own/{slug}\nindex: /own\ndescription: See [one](error:api/100) and [two](error:api/101#causes).\n")
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint(100 + i)
		if i%5 == 4 {
			names[i] += "-more"
		}
	}
	some := func() string { return names[r.IntN(n)] }
	for i, name := range names {
		var b strings.Builder
		fmt.Fprintf(&b, "# %s, by hand\ncode: \"%d\"\ntitle: Error %d\n", name, 100+i, i)
		switch r.IntN(4) {
		case 0:
			fmt.Fprintf(&b, "aliases: [old-%d]\n", i)
		case 1:
			fmt.Fprintf(&b, "aliases:\n    - old-%d # first\n    - \"older-%d\"\n", i, i)
		case 2:
			b.WriteString("aliases: []\n")
		}
		fmt.Fprintf(&b, "summary: |\n  A text, see [a](error:%s), [b](error:api/%s#causes) and\n  [c](/docs/api-error-%s).\n", some(), some(), some())
		b.WriteString("causes:\n  - {id: c, text: \"x \\\"y\\\" [z](error:" + some() + ")\"}\n")
		used := map[string]bool{name: true}
		b.WriteString("related:\n")
		for range 4 {
			if x := some(); !used[x] {
				used[x] = true
				fmt.Fprintf(&b, []string{"  - %s\n", "  - \"%s\"   # why\n", "  - {ref: 'api/%s', note: n}\n", "  - ref: %s\n    relation: leads_to\n"}[r.IntN(4)], x)
			}
		}
		b.WriteString("  - own/1\n")
		put("content/api/"+name+".yaml", b.String())
	}
	put("content/own/1.yaml", "code: \"1\"\ntitle: Own\nsummary: \"[x](error:api/100)\"\ncauses: [{text: x}]\nrelated: [api/101, {ref: api/102}]\n")
	put("content/guides/g.md", "---\ntitle: Guide\naliases: [old-guide]\n---\n\n## Part\n\n[x](error:api/100#summary), [y][r] and [z](guide:g#part).\n\n[r]: error:api/101\n")
	return in
}

func apply(in fstest.MapFS, p *edit.Plan) fstest.MapFS {
	out := fstest.MapFS{}
	for k, v := range in {
		out[k] = v
	}
	for _, c := range p.Changes {
		if c.From != "" {
			delete(out, c.From)
		}
	}
	for _, c := range p.Changes {
		out[c.Path] = &fstest.MapFile{Data: c.New}
	}
	return out
}

// TestEditsKeepEveryURL makes edits at random. After each of them the site has no problem, the ledger of everything that was ever published holds, every
// old URL leads to its page by one redirect at most, and no line changed that has nothing to do with the edit.
func TestEditsKeepEveryURL(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 11))
		in := generate(r, 14)
		m, list := resolve(t, in)
		if list.Len() > 0 {
			t.Fatalf("the site to begin with: %+v", list.Sorted()[0])
		}
		ledger, _ := (&link.Ledger{}).Lock(m)
		made := map[string]int{}
		for step := range 30 {
			m, _ = resolve(t, in)
			var refs []string
			for _, p := range m.Pages {
				switch {
				case p.Definition != nil && p.Definition.Collection.ID == "api":
					refs = append(refs, p.Definition.Ref())
				case p.Guide != nil:
					refs = append(refs, "guides/"+p.Guide.Slug)
				}
			}
			ref := refs[r.IntN(len(refs))]
			folder, slug, _ := strings.Cut(ref, "/")
			var plan *edit.Plan
			var err error
			kind := "mv"
			switch k := r.IntN(6); {
			case k < 3 || folder == "guides":
				plan, err = edit.Move(in, ref, fmt.Sprintf("%s/%s", folder, []string{slug + "-x", strings.TrimSuffix(slug, "-x"), fmt.Sprint(r.IntN(200)), "n" + slug, strings.ToUpper(slug)}[r.IntN(5)]))
			case k == 3:
				kind = "deprecate"
				plan, err = edit.Deprecate(in, ref, edit.Withdrawal{In: "v2", ReplacedBy: []string{"own/1"}})
			default:
				kind = "retire"
				plan, err = edit.Retire(in, ref, edit.Withdrawal{In: "2026-11-22", ReplacedBy: []string{"own/1"}[:r.IntN(2)]})
			}
			var refusal *edit.Refusal
			if errors.As(err, &refusal) {
				made["refused"]++
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			made[kind]++
			for _, c := range plan.Changes {
				if added, removed := linesChanged(string(c.Old), string(c.New)); removed > c.Places+1 || added > c.Places+3 {
					t.Errorf("seed %d, step %d, %s %s: %s lost %d lines and gained %d for %d references\n%s\n%s", seed, step, kind, ref, c.Path, removed, added, c.Places, c.Old, c.New)
				}
			}
			in = apply(in, plan)
			now, list := resolve(t, in)
			if list.Len() > 0 {
				t.Fatalf("seed %d, step %d, %s %s: %+v", seed, step, kind, ref, list.Sorted()[0])
			}
			for _, d := range ledger.Check(now, link.LedgerFile).Sorted() {
				if d.Severity == diag.Error {
					t.Errorf("seed %d, step %d, %s %s: %s (%s)", seed, step, kind, ref, d.Message, d.Hint)
				}
			}
			for _, x := range now.AllRedirects() {
				if slices.ContainsFunc(now.AllRedirects(), func(y link.Redirect) bool { return y.From == x.To }) {
					t.Errorf("seed %d, step %d: %s takes two redirects", seed, step, x.From)
				}
			}
			ledger, _ = ledger.Lock(now)
		}
		if made["mv"] < 5 || made["retire"] == 0 || made["deprecate"] == 0 {
			t.Errorf("seed %d: %v", seed, made)
		}
	}
}

// linesChanged counts the lines of b that are not in a, and of a that are not in b, each as often as it stands there.
func linesChanged(a, b string) (added, removed int) {
	count := map[string]int{}
	for line := range strings.Lines(a) {
		count[line]++
	}
	for line := range strings.Lines(b) {
		count[line]--
	}
	for _, n := range count {
		if n < 0 {
			added -= n
		} else {
			removed += n
		}
	}
	return added, removed
}

// FuzzMove gives any text as a definition that refers to the page that is renamed. The edit is refused, or everything else stays as it was.
func FuzzMove(f *testing.F) {
	f.Add("code: \"2\"\ntitle: Two\nsummary: \"[x](error:a)\"\nrelated: [a, {ref: 'api/a'}]\ncauses: [{text: x}]\n", "b")
	f.Add("code: &c a\nrelated: [*c]\ntitle: >\n  folded [x](error:a)\n  text\n", "0")
	f.Add("{code: a, related: [\"a\", 'a'], aliases: [a]}", "null")
	f.Add("\ufeff---\r\ncode: a\r\nrelated:\r\n- a\r\n- a # x\r\n...\r\n", "B")
	f.Fuzz(func(t *testing.T, text, slug string) {
		in := fstest.MapFS{}
		basics(in)
		in["content/api/a.yaml"] = &fstest.MapFile{Data: []byte("code: \"1\"\ntitle: One\nsummary: It is.\ncauses: [{text: x}]\n")}
		in["content/api/z.yaml"] = &fstest.MapFile{Data: []byte(text)}
		_, before := resolve(t, in)
		plan, err := edit.Move(in, "api/a", "api/"+slug)
		if err != nil {
			var refusal *edit.Refusal
			if !errors.As(err, &refusal) || strings.ContainsAny(refusal.Message, "\n") {
				t.Errorf("%v", err)
			}
			return
		}
		_, after := resolve(t, apply(in, plan))
		be, _ := before.Count()
		ae, _ := after.Count()
		if ae > be {
			t.Errorf("%d errors became %d: %+v", be, ae, after.Sorted()[0])
		}
	})
}
