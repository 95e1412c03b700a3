package edit

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/link"
	"errdex/internal/load"
)

// project is a source folder that has been read and linked.
type project struct {
	fsys  fs.FS
	tree  *load.Tree
	site  *catalog.Site
	m     *link.Map
	diags *diag.List

	ledger *link.Ledger // nil where nothing was published yet
}

func read(fsys fs.FS) (*project, error) {
	tree, err := load.Scan(fsys)
	if err != nil {
		return nil, err
	}
	items := make([]load.Item, len(tree.Files()))
	for i := range items {
		items[i] = tree.Read(i)
	}
	p := &project{fsys: fsys, tree: tree}
	p.site, p.diags = tree.Assemble(items)
	var problems *diag.List
	p.m, problems = link.Resolve(p.site)
	p.diags.Merge(problems)
	if data, err := fs.ReadFile(fsys, link.LedgerFile); err == nil { // who cannot read it is told by check
		p.ledger, _ = link.ReadLedger(data)
	}
	return p, nil
}

func (p *project) collection(id string) *catalog.Collection {
	for _, c := range p.site.Collections {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// definition returns the definition that a person calls COLLECTION/NAME, by slug or else by code.
func (p *project) definition(ref string) (*catalog.Definition, error) {
	id, name, ok := strings.Cut(ref, "/")
	c := p.collection(id)
	switch {
	case !ok || name == "":
		return nil, refuse("write COLLECTION/CODE, such as whatsapp/190", "%q does not name a definition", ref)
	case c == nil:
		var ids []string
		for _, c := range p.site.Collections {
			ids = append(ids, c.ID)
		}
		return nil, refuse(suggestion(id, ids), "there is no collection %q", id)
	}
	var coded []*catalog.Definition
	var names []string
	for _, d := range c.Definitions {
		if d.Slug == name {
			return d, nil
		}
		if d.Code.Value == name {
			coded = append(coded, d)
		}
		names = append(names, d.Slug)
	}
	switch len(coded) {
	case 0:
		return nil, refuse(p.absent(ref, name, names), "the collection %s has no error %q", id, name)
	case 1:
		return coded[0], nil
	}
	var slugs []string
	for _, d := range coded {
		slugs = append(slugs, d.Ref())
	}
	return nil, refuse("name the file: "+strings.Join(slugs, " or "), "%s is the code of %d definitions", name, len(coded))
}

// absent says where a page is that is not there, where that is known, or else what may have been meant.
func (p *project) absent(ref, name string, names []string) string {
	if known := p.ledger.Absent(p.m, ref); known != "" {
		return known
	}
	return suggestion(name, names)
}

func suggestion(word string, candidates []string) string {
	if near := diag.Nearest(word, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// changed is a file system with changed files over another one.
type changed struct {
	under fs.FS
	files map[string][]byte
	gone  map[string]bool
}

func over(under fs.FS, changes []Change) changed {
	c := changed{under, map[string][]byte{}, map[string]bool{}}
	for _, x := range changes {
		c.files[x.Path] = x.New
		if x.From != "" && x.From != x.Path {
			c.gone[x.From] = true
		}
	}
	return c
}

func (c changed) Open(name string) (fs.File, error) {
	if data, ok := c.files[name]; ok {
		return &memory{info{path.Base(name), int64(len(data))}, strings.NewReader(string(data))}, nil
	}
	if c.gone[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return c.under.Open(name)
}

func (c changed) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(c.under, name)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e fs.DirEntry) bool {
		full := path.Join(name, e.Name())
		_, new := c.files[full]
		return c.gone[full] || new
	})
	for full, data := range c.files {
		if path.Dir(full) == name {
			entries = append(entries, fs.FileInfoToDirEntry(info{path.Base(full), int64(len(data))}))
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// memory is an open file of changed.
type memory struct {
	info
	io.Reader
}

func (m *memory) Stat() (fs.FileInfo, error) { return m.info, nil }
func (m *memory) Close() error               { return nil }

type info struct {
	name string
	size int64
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return 0o644 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }

// verify holds a site as it would be to the site as it is: no new problem, every reference where it led, every URL and anchor kept.
// name gives the new name of a page, "collection/slug", for its old one; may says which references a change may add, by the page they stand on.
func (p *project) verify(after *project, name func(string) string, may string) error {
	if d, worse := newProblem(p.diags, after.diags); worse {
		return refuse(fmt.Sprintf("%s:%d: %s", d.Span.File, max(d.Span.Start.Line, 1), d.Hint), "the site would have a new problem: %s", d.Message)
	}
	before, now := p.edges(name), after.edges(func(s string) string { return s })
	for e := range before {
		if !now[e] {
			return refuse("change it by hand", "the reference from %s to %s would lead elsewhere", e.from, e.to)
		}
	}
	for e := range now {
		if !before[e] && e.from != may {
			return refuse("change it by hand", "%s would come to refer to %s", e.from, e.to)
		}
	}
	promised, _ := (&link.Ledger{}).Lock(p.m)
	for _, d := range promised.Check(after.m, link.LedgerFile).Sorted() {
		if d.Severity == diag.Error {
			return refuse("change it by hand", "the site would break a promise: %s", d.Message)
		}
	}
	return nil
}

// newProblem returns a problem that a site has come to have. Problems are counted by kind, since their texts may name what was renamed.
func newProblem(before, after *diag.List) (diag.Diagnostic, bool) {
	count := map[string]int{}
	known := map[string]bool{}
	for _, d := range before.Sorted() {
		count[d.ID]++
		known[d.ID+d.Message] = true
	}
	all := after.Sorted()
	for _, d := range all {
		count[d.ID]--
	}
	for _, d := range all {
		if count[d.ID] < 0 && !known[d.ID+d.Message] {
			return d, true
		}
	}
	for _, d := range all {
		if count[d.ID] < 0 {
			return d, true
		}
	}
	return diag.Diagnostic{}, false
}

type edge struct{ from, to, kind string }

// edges returns every reference between pages.
func (p *project) edges(name func(string) string) map[edge]bool {
	out := map[edge]bool{}
	for _, c := range p.site.Collections {
		for _, d := range c.Definitions {
			for _, e := range p.m.Related(d) {
				out[edge{name(d.Ref()), name(e.To.Ref()), e.Relation}] = true
			}
			for _, to := range p.m.ReplacedBy(d) {
				out[edge{name(d.Ref()), name(to.Ref()), "replaced_by"}] = true
			}
			for _, e := range p.m.Incoming(d) {
				out[edge{name(e.From.Ref()), name(d.Ref()), e.Relation}] = true
			}
			for _, g := range p.m.GuidesTo(d) {
				out[edge{name("guides/" + g.Slug), name(d.Ref()), "mention"}] = true
			}
		}
	}
	for _, g := range p.site.Guides {
		for _, d := range p.m.DefinitionsTo(g) {
			out[edge{name(d.Ref()), name("guides/" + g.Slug), "mention"}] = true
		}
	}
	return out
}
