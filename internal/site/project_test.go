package site_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// project is a source folder that tests edit at random. It keeps the files as text; what it knows beside that is only enough to make edits that are mostly
// right. Every edit returns the paths that it touched.
type project struct {
	r     *rand.Rand
	files map[string]string
	next  int
	edits int
	saved map[string]string // files as they were before they were broken
	base  map[string]string // files as they were at first
}

// reset puts all files back and returns those that differed.
func (p *project) reset() []string {
	var out []string
	for name := range p.files {
		if text, ok := p.base[name]; !ok || text != p.files[name] {
			out = append(out, name)
		}
	}
	for name := range p.base {
		if _, ok := p.files[name]; !ok {
			out = append(out, name)
		}
	}
	p.files = maps.Clone(p.base)
	clear(p.saved)
	slices.Sort(out)
	return out
}

var testWords = strings.Fields("token account limit webhook number template media expired invalid missing refused blocked header value payload quota bucket caller region `code` **bold**")

func newProject(seed uint64, definitions int) *project {
	p := &project{r: rand.New(rand.NewPCG(seed, 8)), files: map[string]string{}, saved: map[string]string{}}
	p.files["content/site.yaml"] = "title: Test docs\nbase_url: https://docs.example\nreview_after: 180d\norganization: {name: Example, url: https://example.com}\n"
	for _, c := range []string{"api", "pay"} {
		p.files["content/"+c+"/collection.yaml"] = fmt.Sprintf("title: %s errors\nnoun: %s error\nurl: /docs/%s-{slug}\nindex: /docs/%s\ngroups:\n  - {id: g0, title: Zero, description: All of it.}\n  - {id: g1, title: One}\n  - {id: g2, title: Two}\n", c, c, c, c)
	}
	p.files["content/api/100.yaml"] = "code: \"100\"\ntitle: First\nsummary: Words.\nmeaning: |\n  Words.\ncauses: [It]\nfixes: [{id: x, title: Wait}]\n"
	for range definitions {
		p.add()
	}
	p.files["content/guides/start.md"] = "---\ntitle: Start\ndescription: How to begin.\n---\n\n## First\n\nWords.\n"
	p.base = maps.Clone(p.files)
	return p
}

func (p *project) words(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = testWords[p.r.IntN(len(testWords))]
	}
	return strings.Join(out, " ")
}

// definitions lists the paths of the definitions.
func (p *project) definitions() []string {
	var out []string
	for name := range p.files {
		if strings.HasSuffix(name, ".yaml") && strings.Count(name, "/") == 2 && !strings.HasSuffix(name, "collection.yaml") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func (p *project) pick() string {
	all := p.definitions()
	if len(all) == 0 {
		return p.add()
	}
	return all[p.r.IntN(len(all))]
}

// ref names a definition, seen from a collection.
func (p *project) ref(from string) string {
	c, s := parts(p.pick())
	if c == from && p.r.IntN(3) > 0 {
		return s
	}
	return c + "/" + s
}

func parts(name string) (collection, slug string) {
	f := strings.Split(name, "/")
	return f[1], strings.TrimSuffix(f[2], ".yaml")
}

func (p *project) add() string {
	p.next++
	slug := fmt.Sprint(100 + p.next)
	if p.r.IntN(6) == 0 {
		slug += "-more"
	}
	c := []string{"api", "api", "pay"}[p.r.IntN(3)]
	name := "content/" + c + "/" + slug + ".yaml"
	p.files[name] = p.definition(c, slug)
	return name
}

// definition writes a whole definition with a few links in it.
func (p *project) definition(collection, slug string) string {
	var b strings.Builder
	code, _, _ := strings.Cut(slug, "-")
	fmt.Fprintf(&b, "code: %q\ntitle: \"%s %s\"\ngroup: g%d\nsummary: |\n  %s.\nmessage: \"(#%s) %s {time}\"\nparams: [{name: time, meaning: When.}]\nkeywords: [%s]\n",
		code, strings.ReplaceAll(p.words(3), "*", ""), slug, p.r.IntN(3), p.words(9), code, strings.NewReplacer("*", "", "`", "").Replace(p.words(4)), strings.NewReplacer("*", "", "`", "").Replace(testWords[p.r.IntN(18)]))
	if p.r.IntN(9) == 0 {
		b.WriteString([]string{"status: removed\n", "status: deprecated\n", "depth: stub\n"}[p.r.IntN(3)])
	}
	fmt.Fprintf(&b, "causes:\n  - {id: a, text: \"%s.\", fixes: [x]}\nfixes:\n", p.words(6))
	for _, id := range []string{"x", "y", "z"}[:1+p.r.IntN(3)] {
		fmt.Fprintf(&b, "  - {id: %s, title: \"Do %s\", steps: [\"%s\"]}\n", id, p.words(2), p.words(5))
	}
	fmt.Fprintf(&b, "meaning: |\n  %s", p.words(12))
	for range p.r.IntN(3) {
		anchor := []string{"", "#fixes", "#fix-x", "#causes"}[p.r.IntN(4)]
		fmt.Fprintf(&b, " [see](error:%s%s)", p.ref(collection), anchor)
	}
	switch p.r.IntN(6) {
	case 0:
		b.WriteString(" [guide](guide:start)")
	case 1:
		c, s := parts(p.pick())
		fmt.Fprintf(&b, " [page](/docs/%s-%s#fix-x)", c, s)
	}
	b.WriteString(".\n")
	if p.r.IntN(2) == 0 {
		fmt.Fprintf(&b, "examples:\n  - {title: It, kind: payload, language: json, body: '{\"error\": {\"code\": %s, \"n\": %d}}'}\n", code, p.r.IntN(5))
	}
	related, seen := "", map[string]bool{collection + "/" + slug: true}
	for range p.r.IntN(4) {
		c, s := parts(p.pick())
		ref := c + "/" + s
		if seen[ref] {
			continue
		}
		seen[ref] = true
		if c == collection && p.r.IntN(3) > 0 {
			ref = s
		}
		related += fmt.Sprintf("  - {ref: %q, relation: %s, note: %q}\n", ref, []string{"see_also", "leads_to", "confused_with"}[p.r.IntN(3)], p.words(2))
	}
	if related != "" {
		b.WriteString("related:\n" + related)
	}
	if p.r.IntN(5) == 0 {
		fmt.Fprintf(&b, "aliases: [old-%s-%d]\n", slug, p.r.IntN(2))
	}
	b.WriteString("sources: [{title: S, url: \"https://s.example/\"}]\nverified: 2026-11-01\n")
	return b.String()
}

// edit makes one edit. What it broke is mended soon, so that most states have a site, and now and then everything goes back to where it began, as when
// somebody checks out another branch.
func (p *project) edit() []string {
	if p.edits++; p.edits%150 == 0 {
		return p.reset()
	}
	if len(p.saved) > 0 && p.r.IntN(2) == 0 {
		var out []string
		for name := range maps.Keys(p.saved) {
			out = append(out, name)
			if p.files[name] = p.saved[name]; p.saved[name] == "" {
				delete(p.files, name)
			}
		}
		clear(p.saved)
		slices.Sort(out)
		return out
	}
	name := p.pick()
	collection, slug := parts(name)
	text := p.files[name]
	switch n := p.r.IntN(100); {
	case n < 40: // words of a text
		p.files[name] = strings.Replace(text, "meaning: |\n  ", "meaning: |\n  "+p.words(1)+" ", 1)
	case n < 50: // a title, which other pages show
		p.files[name] = replaceLine(text, "title: ", fmt.Sprintf("title: \"New %s %d\"", strings.ReplaceAll(p.words(2), "*", ""), p.r.IntN(100)))
	case n < 62:
		p.keep(name)
		p.files[name] = p.definition(collection, slug)
	case n < 65:
		return []string{p.add()}
	case n < 67: // rename, with or without an alias
		p.next++
		to := fmt.Sprintf("content/%s/%d.yaml", collection, 100+p.next)
		p.keep(name)
		p.keep(to)
		p.files[to] = text
		delete(p.files, name)
		return []string{name, to}
	case n < 69:
		p.keep(name)
		delete(p.files, name)
	case n < 72: // broken YAML
		p.keep(name)
		p.files[name] = text[:p.r.IntN(len(text))]
	case n < 75: // a dead reference
		p.keep(name)
		p.files[name] = text + "links: [{title: X, url: \"https://x.example\"}]\nwhere: See [it](error:nothing).\n"
	case n < 78:
		p.keep(name)
		p.files[name] = replaceLine(text, "group: ", fmt.Sprintf("group: g%d", p.r.IntN(4)))
	case n < 80: // two definitions of one code
		p.keep(name)
		p.files[name] = replaceLine(text, "code: ", fmt.Sprintf("code: \"%d\"", 100+p.r.IntN(p.next)))
	case n < 82:
		name = "content/" + collection + "/collection.yaml"
		p.keep(name)
		p.files[name] = replaceLine(p.files[name], []string{"title: ", "noun: ", "url: ", "index: "}[p.r.IntN(4)], []string{"title: Other errors", "noun: fault", "url: /docs/" + collection + "-{slug}", "noun: error"}[p.r.IntN(4)])
	case n < 84:
		name = "content/site.yaml"
		p.keep(name)
		p.files[name] += []string{"guides_url: /guides/{slug}\n", "description: Words.\n", "edit_url: https://e.example/{path}\n", "collections: [pay, api]\n", "nonsense: 1\n"}[p.r.IntN(5)]
	case n < 88:
		name = "content/guides/" + []string{"start", "more", "end"}[p.r.IntN(3)] + ".md"
		p.keep(name)
		p.files[name] = fmt.Sprintf("---\ntitle: Guide %d\n---\n\n## %s\n\nSee [a](error:%s) and [b](error:%s#fixes).\n", p.r.IntN(9), strings.NewReplacer("*", "", "`", "").Replace(p.words(2)), p.ref(""), p.ref(""))
	case n < 90:
		name = "static/" + []string{"logo.svg", "pic/a.svg", "site.css", "notes.txt"}[p.r.IntN(4)]
		p.keep(name)
		p.files[name] = fmt.Sprintf("a{b:%d}\n", p.r.IntN(9))
	case n < 93:
		name = "templates/" + []string{"home.html", "notfound.html", "guide.html"}[p.r.IntN(3)]
		p.keep(name)
		p.files[name] = []string{`{{template "top" .}}<h1>{{.Title}}</h1>{{template "bottom" .}}`, `{{template "top" .}}<a href="/nowhere">x</a>{{template "bottom" .}}`,
			`{{if}}`, `{{template "top" .}}{{.Nothing}}{{template "bottom" .}}`, `{{template "top" .}}<p id="q" onclick="x()">{{template "bottom" .}}`}[p.r.IntN(5)]
	case n < 95: // files that are not read
		name = []string{"content/api/notes.txt", "content/api/.swp", "content/loose.yaml", "content/api/_draft.yaml", "content/pay/x.yml"}[p.r.IntN(5)]
		p.keep(name)
		p.files[name] = "code: 1\n"
	case n < 97: // a collection comes or goes
		name = "content/extra/collection.yaml"
		other := "content/extra/1.yaml"
		p.keep(name)
		p.keep(other)
		p.files[name] = "title: Extra\nurl: /extra/{slug}\nindex: /extra\n"
		p.files[other] = "code: \"1\"\ntitle: One\nsummary: Words.\nfixes: [Wait]\n"
		return []string{name, other}
	default: // several at once
		out := []string{name}
		p.files[name] = strings.Replace(text, "meaning: |\n  ", "meaning: |\n  twice ", 1)
		other := p.pick()
		p.files[other] = strings.Replace(p.files[other], "meaning: |\n  ", "meaning: |\n  at once ", 1)
		return append(out, other)
	}
	return []string{name}
}

// keep remembers a file as it is, so that it can be put back; an empty text stands for no file.
func (p *project) keep(name string) {
	if _, ok := p.saved[name]; !ok {
		p.saved[name] = p.files[name]
	}
}

func replaceLine(text, start, with string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, start) {
			lines[i] = with
			break
		}
	}
	return strings.Join(lines, "\n")
}
