// Package site is the recipe: the one package that knows the order of the stages, and where the workers are. Data flows one
// way, from files to a catalog, to a linked map, to diagnostics, to finished files; a problem of the content ends up in the
// list, a failure of the machine is an error.
package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"errdex/internal/assets"
	"errdex/internal/catalog"
	"errdex/internal/check"
	"errdex/internal/diag"
	"errdex/internal/link"
	"errdex/internal/load"
)

// Options are the inputs of every run. Only Source is needed.
type Options struct {
	Source   fs.FS                               // the folder that holds content/ and, if present, templates/ and static/
	Workers  int                                 // how many files are read or rendered at once; the number of cores where it is 0
	Now      time.Time                           // for rules that look at dates; the zero time switches them off
	Version  string                              // of the program
	Compress bool                                // write .gz and .br beside text files, for hosts that serve them
	Progress func(stage string, done, total int) // told now and then, from any goroutine; may be nil
	Reading  func(files int)                     // told how many files there are before they are read; may be nil
	Heap     Heap                                // collects garbage while workers rest; nil where that is left to the runtime
}

// Heap is asked between pages, by one worker at a time, whether it is time to collect garbage. While it collects no worker makes a page.
type Heap interface {
	Begin()                // workers rest from now on
	Full(percent int) bool // whether it has so much of what it may have
	Collect()
}

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// Checked is a site that has been read, linked and checked.
type Checked struct {
	Site   *catalog.Site
	Map    *link.Map
	Diags  *diag.List
	Ledger *link.Ledger // as it was read; nil where nothing was published yet
}

// Check reads, links and checks a site. The error is the machine's; what is wrong with the content is in Diags.
func Check(ctx context.Context, opt Options) (*Checked, error) {
	l, err := read(ctx, opt, func() {})
	if err != nil {
		return nil, err
	}
	return checked(opt.workers(), l.m, l.ledger, l.list, opt.Now), nil
}

// linked is a site that has been read and linked. list holds what was found on the way, and ledger may be nil.
type linked struct {
	m      *link.Map
	ledger *link.Ledger
	list   *diag.List
}

func read(ctx context.Context, opt Options, beside func()) (*linked, error) {
	tree, err := load.Scan(opt.Source)
	if err != nil {
		return nil, err
	}
	files := tree.Files()
	if opt.Reading != nil {
		opt.Reading(len(files))
	}
	items := make([]load.Item, len(files))
	err = each(ctx, opt, "reading", len(files), func(i int) error {
		items[i] = tree.Read(i)
		return nil
	})
	if err != nil {
		return nil, err
	}
	beside()
	cat, list := tree.Assemble(items)
	if cat.Static, err = assets.Paths(sub(opt.Source, "static")); err != nil {
		return nil, err
	}
	m, problems := link.ResolveOn(opt.workers(), cat)
	list.Merge(problems)
	list.Merge(templateProblems(opt.Source))
	ledger, err := readLedger(opt.Source, list)
	if err != nil {
		return nil, err
	}
	return &linked{m, ledger, list}, nil
}

// checked applies the rules to a linked site; list holds what the stages before have found, and ledger may be nil. Rules see the day and no more of
// the time, so that nothing changes within a day: the cache counts on it.
func checked(cores int, m *link.Map, ledger *link.Ledger, list *diag.List, now time.Time) *Checked {
	all := &diag.List{}
	all.Merge(list)
	all.Merge(check.RunOn(cores, m, now.UTC().Truncate(24*time.Hour)))
	if ledger != nil {
		torn := false // what is missing from a ledger that was torn is not new
		list.Filter(func(d diag.Diagnostic) bool {
			torn = torn || d.Span.File == link.LedgerFile && d.Severity == diag.Error
			return false
		})
		all = ledger.GivenUp(m, all)
		all.Merge(ledger.Check(m, link.LedgerFile).Filter(func(d diag.Diagnostic) bool { return !torn || d.ID != "unrecorded-url" }))
	}
	return &Checked{m.Site, m, check.Silence(m.Site, all), ledger}
}

// readLedger reads the ledger of published URLs; a site without one has promised nothing yet, and gets nil.
func readLedger(fsys fs.FS, list *diag.List) (*link.Ledger, error) {
	data, err := fs.ReadFile(fsys, link.LedgerFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", link.LedgerFile, err)
	}
	ledger, problems := link.ReadLedger(data)
	list.Merge(problems)
	return ledger, nil
}

// Lock returns the ledger of the source folder with everything that the site publishes now, and the number of lines it gained. What was
// recorded before stays. The list is that of Check; with an error in it, nothing may be recorded and the ledger is nil.
func Lock(ctx context.Context, opt Options) (ledger *link.Ledger, added int, c *Checked, err error) {
	if c, err = Check(ctx, opt); err != nil {
		return nil, 0, nil, err
	}
	if c.Diags.Failed(false) {
		return nil, 0, c, nil
	}
	old, err := readLedger(opt.Source, &diag.List{})
	if err != nil {
		return nil, 0, c, err
	}
	if old == nil {
		old = &link.Ledger{}
	}
	ledger, added = old.Lock(c.Map)
	return ledger, added, c, nil
}

// sub returns a folder of the source, or nil where there is none.
func sub(fsys fs.FS, name string) fs.FS {
	if info, err := fs.Stat(fsys, name); err != nil || !info.IsDir() {
		return nil
	}
	s, err := fs.Sub(fsys, name)
	if err != nil {
		return nil
	}
	return s
}

// each runs f for 0 to n-1 on the workers and returns the error of the lowest index that failed. Worker order never shows: f fills
// slot i and nothing else.
func each(ctx context.Context, opt Options, stage string, n int, f func(i int) error) error {
	var (
		next, done atomic.Int64
		mu         sync.Mutex
		first      = n
		failure    error
		wg         sync.WaitGroup
	)
	for range min(opt.workers(), n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
					return
				}
				if err := f(i); err != nil {
					mu.Lock()
					if i < first {
						first, failure = i, err
					}
					mu.Unlock()
					next.Store(int64(n))
				}
				if d := int(done.Add(1)); opt.Progress != nil && (d%256 == 0 || d == n) {
					opt.Progress(stage, d, n)
				}
			}
		})
	}
	wg.Wait()
	if failure != nil {
		return failure
	}
	return ctx.Err()
}
