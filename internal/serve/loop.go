package serve

import (
	"context"
	"runtime"
	"sync"
	"time"

	"errdex/internal/diag"
)

// patience is how long news of a broken edit waits for the next edit: half-written files and the steps of a large paste look broken for a moment.
const patience = 100 * time.Millisecond

// rest is how long nothing must have changed before finished pages are read again: at ten thousand pages that takes a core for seconds, which the next
// edit needs more, and it begins from the start after every edit.
const rest = time.Second

// loop carries changes to the builder and its sites to the hub. All of its state belongs to one goroutine; only rules and verification run
// beside it, since they take longer than the way from an edit to its page.
type loop struct {
	b        Builder
	opt      Options
	hub      *hub
	wg       *sync.WaitGroup
	verdicts chan verdict
	judging  sync.Mutex // one goroutine at a time asks the rules

	turn    int                // counts updates
	cancel  context.CancelFunc // of what still goes on for the last update
	good    Site               // the last site without an error; nil where there was none yet
	before  Site               // the one before good, until the finished pages of good have been read
	failing bool               // the last verdict was bad: the next site is not shown before its own
	unsound bool               // it was finished pages that failed: the next site's are read before it is shown
	pending *Rebuilt           // the last update, where nothing was told of it yet
}

// verdict is what rules or verification made of an update.
type verdict struct {
	turn     int
	site     Site
	list     *diag.List
	err      error
	took     time.Duration
	verified bool // finished pages have been read
}

func (v verdict) failed() bool { return v.err != nil || v.site == nil || v.list.Failed(false) }

// first makes the first site. Its error is the machine's.
func (l *loop) first(ctx context.Context) error {
	start := time.Now()
	u, err := l.b.Update(ctx, nil)
	if err != nil {
		return err
	}
	l.pending = &Rebuilt{}
	v := verdict{site: u.Site, list: u.Rules(), took: time.Since(start)}
	l.judge(v)
	var own context.Context
	own, l.cancel = context.WithCancel(ctx)
	if !v.failed() {
		l.wg.Go(func() { l.verify(own, u, v) })
	}
	return nil
}

func (l *loop) run(ctx context.Context, changes <-chan change) {
	defer func() { l.cancel() }()
	for {
		select {
		case <-ctx.Done():
			return
		case c := <-changes:
			if c.notice != "" {
				l.opt.Tell.Notice(c.notice)
			}
			if c.all || len(c.paths) > 0 {
				l.update(ctx, c)
			}
		case v := <-l.verdicts:
			if v.turn == l.turn {
				l.judge(v)
			}
		}
	}
}

// update follows a change as far as the site; what the rules say of it comes later.
func (l *loop) update(ctx context.Context, c change) {
	u, err := l.b.Update(ctx, c.paths)
	if u == nil && err == nil {
		return // an editor's own files
	}
	l.cancel()
	if l.pending != nil && l.pending.Took > 0 {
		l.opt.Tell.Rebuilt(*l.pending) // it was shown; its verdict has been overtaken
	}
	l.turn++
	l.pending = &Rebuilt{Changed: c.paths}
	if err == nil {
		l.pending.Changed = u.Changed
	}
	var own context.Context
	own, l.cancel = context.WithCancel(ctx)
	if err == nil && u.Site != nil && !u.Doubtful && !l.failing {
		l.hub.show(u.Site)
		l.pending.Took = time.Since(c.at)
	}
	v := verdict{turn: l.turn, err: err}
	unsound := l.unsound
	l.wg.Go(func() { l.finish(own, c.at, u, v, unsound) })
}

// finish asks the rules, reads finished pages, and sends what they say; the next update ends it.
func (l *loop) finish(ctx context.Context, since time.Time, u *Update, v verdict, unsound bool) {
	if v.err == nil {
		l.judging.Lock()
		if ctx.Err() == nil {
			v.site, v.list = u.Site, u.Rules()
		}
		l.judging.Unlock()
		if ctx.Err() == nil && unsound && !v.failed() {
			v.list, v.err = verified(ctx, u, v.list)
			v.verified = true
		}
	}
	if ctx.Err() != nil {
		return
	}
	v.took = time.Since(since)
	if v.failed() {
		select {
		case <-time.After(patience - v.took):
		case <-ctx.Done():
			return
		}
	}
	if !l.send(ctx, v) {
		return
	}
	runtime.GC() // now, when nobody waits: else it falls on one edit in two, and makes it take twice as long
	if !v.failed() && !v.verified {
		l.verify(ctx, u, v)
	}
}

func (l *loop) verify(ctx context.Context, u *Update, v verdict) {
	select {
	case <-time.After(rest):
	case <-ctx.Done():
		return
	}
	list, err := verified(ctx, u, v.list)
	if ctx.Err() == nil {
		l.send(ctx, verdict{turn: v.turn, site: u.Site, list: list, err: err, verified: true})
	}
}

// verified returns found with the faults of finished pages.
func verified(ctx context.Context, u *Update, found *diag.List) (*diag.List, error) {
	list, err := u.Verify(ctx)
	all := &diag.List{}
	all.Merge(found)
	all.Merge(list)
	return all, err
}

func (l *loop) send(ctx context.Context, v verdict) bool {
	select {
	case l.verdicts <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// judge settles what is shown: the new site, or the last good one with the problems over it.
func (l *loop) judge(v verdict) {
	failed := v.failed()
	switch {
	case failed && v.verified && v.site == l.good:
		l.good, l.before = l.before, nil // it had passed its rules
	case !failed && v.site != l.good:
		l.good, l.before = v.site, l.good
	}
	if failed {
		l.hub.fail(l.good, v.list, v.err)
	} else {
		l.hub.settle(l.good)
	}
	if v.verified {
		l.before = nil
	}
	l.failing, l.unsound = failed, failed && (v.verified || l.unsound)
	if l.pending == nil && !failed {
		return // told already
	}
	r := l.pending
	if r == nil {
		r = &Rebuilt{}
	}
	l.pending = nil
	if r.Took == 0 {
		r.Took = v.took
	}
	r.Failed, r.Bare, r.Problems, r.Err = failed, l.good == nil, v.list, v.err
	l.opt.Tell.Rebuilt(*r)
}
