package site

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"errdex/internal/assets"
	"errdex/internal/catalog"
	"errdex/internal/check"
	"errdex/internal/diag"
	"errdex/internal/link"
	"errdex/internal/load"
	"errdex/internal/markdown"
	"errdex/internal/render"
	"errdex/internal/serve"
)

// Roots are the folders of a source folder that a site is made of.
var Roots = []string{"content", "templates", "static"}

// Live follows a source folder whose files change and makes the site of every moment for package serve. Its stages are those of Build. What saves
// time is that each is given as it was what has not changed: a file that is the same is not read again, a definition whose names and place are the
// same is linked alone, and no page is rendered before somebody asks for it. It is used by one goroutine.
type Live struct {
	opt  Options
	now  func() time.Time
	hl   *markdown.Highlighter
	keys indexKeys
	debt debt

	tree   *load.Tree // nil where everything is to be read
	items  []load.Item
	place  map[string]int                 // of a file in items, by its path
	stray  map[string]bool                // what Scan found and does not read
	heads  map[string]*catalog.Collection // to which every definition points
	static map[string]bool                // nil where it is to be listed
	ledger *recorded                      // nil where it is to be read
	look   *look                          // nil where it is to be loaded
	list   *diag.List                     // of reading and linking
	m      *link.Map                      // linked without a problem from items as they are; nil where it could not be

	overlaid diag.List // what is wrong with the project's templates
}

// recorded is the ledger of published URLs, which may be nil, with what is wrong with the file.
type recorded struct {
	ledger   *link.Ledger
	problems diag.List
}

// NewLive returns the live site of opt.Source. now tells the day by which facts are old; opt.Now is not used.
func NewLive(opt Options, now func() time.Time) *Live {
	return &Live{opt: opt, now: now, hl: markdown.NewHighlighter(), keys: indexKeys{}}
}

// Update implements serve.Builder.
func (l *Live) Update(ctx context.Context, changed []string) (*serve.Update, error) {
	w := l.sort(changed)
	if !w.all && len(w.concerned) == 0 {
		return nil, nil
	}
	if err := l.follow(ctx, &w); err != nil {
		l.m = nil
		return nil, err
	}
	m, list, ledger := l.m, l.list, l.ledger.ledger
	if w.content() || w.look || m == nil {
		m, list = l.link(w)
	}
	opt := l.opt
	opt.Now = l.now()
	l.debt.add(w, l.items)
	// The rules have one core: somebody asks for the page on the other.
	u := &serve.Update{Changed: w.concerned, Problems: list, Rules: func() *diag.List { return checked(1, m, ledger, list, opt.Now).Diags }}
	if list.Failed(false) {
		return u, nil
	}
	b := newBuild(opt, m, l.look, l.hl, l.keys)
	if w.look {
		if err := b.try(); err != nil {
			l.look = nil
			return nil, err
		}
	}
	u.Site, u.Doubtful = newSnapshot(b), l.doubt(m, w, opt.Now)
	u.Verify = l.debt.verification(opt, b)
	return u, nil
}

// work is what a change asks for.
type work struct {
	all    bool // everything is to be read
	scan   bool // files may have come or gone, or what site.yaml or a collection.yaml says may be another
	static bool // the list of static files may be another
	ledger bool
	look   bool
	paths  map[string]bool // the definitions and guides that changed

	concerned []string // the changed files that have to do with the site
}

func (w work) content() bool { return w.scan || w.static || len(w.paths) > 0 }

// sort finds out what a change asks for. Editors write files beside the one that they save; most of them are gone by now and ask for nothing.
func (l *Live) sort(changed []string) work {
	if changed == nil || l.tree == nil {
		return work{all: true, scan: true, static: true, ledger: true, look: true}
	}
	w := work{paths: map[string]bool{}}
	for _, p := range changed {
		top, rest, _ := strings.Cut(p, "/")
		_, known := l.place[p]
		switch {
		case rest == "":
			return l.sort(nil)
		case top != "content" && strings.Contains(p, "/."):
			continue // hidden files are nobody's
		case top == "templates":
			w.look = true
		case top == "static":
			w.look, w.static = true, true
		case p == link.LedgerFile:
			w.ledger = true
		case known:
			w.paths[p] = true
			w.scan = w.scan || !l.isFile(p)
		case l.matters(p):
			w.paths[p] = true // it may be one that is read from now on
			w.scan = true
		default:
			continue
		}
		w.concerned = append(w.concerned, p)
	}
	return w
}

func (l *Live) isFile(p string) bool {
	info, err := fs.Stat(l.opt.Source, p)
	return err == nil && info.Mode().IsRegular()
}

// matters reports whether a path under content/ that is not a file to read may change which there are: it is there now, or it was.
func (l *Live) matters(p string) bool {
	if name := path.Base(p); strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return false // no such name is ever read
	}
	if _, err := fs.Stat(l.opt.Source, p); err == nil || l.stray[p] || path.Base(p) == "collection.yaml" || path.Base(p) == "site.yaml" {
		return true
	}
	for folder := range l.stray {
		if strings.HasPrefix(p, folder+"/") {
			return true
		}
	}
	for known := range l.place {
		if strings.HasPrefix(known, p+"/") {
			return true
		}
	}
	return false
}

// follow reads what changed. After an error what could not be read counts as changed the next time too.
func (l *Live) follow(ctx context.Context, w *work) (err error) {
	if w.scan {
		if err := l.scan(ctx, *w); err != nil {
			l.tree = nil
			return err
		}
	} else {
		for p := range w.paths {
			l.read(l.place[p])
		}
	}
	if w.static || l.static == nil {
		was := l.static
		if l.static, err = assets.Paths(sub(l.opt.Source, "static")); err != nil {
			return err
		}
		if !maps.Equal(was, l.static) {
			l.m = nil
		}
	}
	if w.ledger || l.ledger == nil {
		var r recorded
		if r.ledger, err = readLedger(l.opt.Source, &r.problems); err != nil {
			return err
		}
		l.ledger, l.m = &r, nil
	}
	if w.look || l.look == nil {
		w.look, l.look = true, nil
		l.overlaid = *templateProblems(l.opt.Source)
		l.look, err = loadLook(l.opt.Source)
		if f := (*render.Fault)(nil); errors.As(err, &f) && l.overlaid.Failed(false) {
			err = nil // it is among them
		}
	}
	return err
}

// scan lists the files anew and reads those that changed or are new.
func (l *Live) scan(ctx context.Context, w work) error {
	tree, err := load.Scan(l.opt.Source)
	if err != nil {
		return err
	}
	l.m = nil
	files := tree.Files()
	items, place := make([]load.Item, len(files)), make(map[string]int, len(files))
	var unread []int
	for i, f := range files {
		place[f.Path] = i
		if was, ok := l.place[f.Path]; ok && !w.all && !w.paths[f.Path] {
			items[i] = l.items[was]
		} else {
			unread = append(unread, i)
		}
	}
	err = each(ctx, l.opt, "reading", len(unread), func(i int) error {
		items[unread[i]] = tree.Read(unread[i])
		return nil
	})
	if err != nil {
		return err
	}
	l.tree, l.items, l.place = tree, items, place
	l.heads, l.stray = map[string]*catalog.Collection{}, map[string]bool{}
	site, list := tree.Assemble(nil)
	for _, c := range site.Collections {
		l.heads[c.ID] = c // without definitions, since there were no items
	}
	for _, d := range list.Sorted() {
		l.stray[d.Span.File] = true
	}
	for i := range items {
		l.head(i)
	}
	return nil
}

func (l *Live) read(i int) {
	l.items[i] = l.tree.Read(i)
	l.head(i)
}

// head points a definition to what its collection.yaml says now. A definition is not changed once it was read, so it is copied.
func (l *Live) head(i int) {
	if d := l.items[i].Definition; d != nil {
		moved := *d
		moved.Collection = l.heads[d.Collection.ID]
		l.items[i].Definition = &moved
	}
}

// link assembles and links the items. Where one definition changed and everything was in order before, only its own links are resolved.
func (l *Live) link(w work) (*link.Map, *diag.List) {
	before := l.m
	site, list := l.tree.Assemble(l.items)
	site.Static = l.static
	var m *link.Map
	var problems *diag.List
	linked := false
	if old, now, ok := l.only(w, before); ok {
		m, problems, linked = before.Replace(site, old, now)
	}
	if !linked {
		m, problems = link.ResolveOn(l.opt.workers(), site)
	}
	l.list, l.m = list, m
	if problems.Len() > 0 {
		l.m = nil
	}
	list.Merge(problems)
	list.Merge(&l.ledger.problems)
	list.Merge(&l.overlaid)
	return m, list
}

// only returns the definition that is all that changed since m was linked, as it was and as it is.
func (l *Live) only(w work, m *link.Map) (old, now *catalog.Definition, ok bool) {
	if m == nil || w.scan || len(w.paths) != 1 {
		return nil, nil, false
	}
	for p := range w.paths {
		now = l.items[l.place[p]].Definition
	}
	if now == nil {
		return nil, nil, false
	}
	old = m.Definition(now.Collection.ID, now.Slug)
	return old, now, old != nil
}

// manyFiles is how many definitions may change at once for the site to be shown when only their own rules were asked.
const manyFiles = 32

// doubt asks the rules about the definitions that changed and no others. What they hold against one of them they will hold against the site; what they
// hold against the site as a whole comes later.
func (l *Live) doubt(m *link.Map, w work, now time.Time) bool {
	if w.all || len(w.paths) > manyFiles {
		return true
	}
	var ds []*catalog.Definition
	for _, p := range slices.Sorted(maps.Keys(w.paths)) {
		if i, ok := l.place[p]; ok && l.items[i].Definition != nil {
			ds = append(ds, l.items[i].Definition)
		}
	}
	return len(ds) > 0 && check.Run(m.Only(ds), now.UTC()).Failed(false)
}
