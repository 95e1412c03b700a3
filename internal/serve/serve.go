// Package serve shows a site to its author: it watches the source folder, has the site brought up to date, serves it on this machine as a real host
// would, and tells the browsers that look at it. It knows neither definitions nor pages: it is handed a Builder, which follows files, and gets a
// Site, which is asked for files. An edit that breaks the site leaves the last good one in place, with the problems laid over it.
//
// It is the only importer of fsnotify. The command of the same name calls it; nothing of it is in a build.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"sync"
	"syscall"
	"time"

	"errdex/internal/diag"
)

// Site is a finished site. It does not change and is safe for concurrent use.
type Site interface {
	// File returns the bytes of a file by its path in the site, such as docs/x.html; the error is fs.ErrNotExist where there is none.
	File(path string) ([]byte, error)
	// Redirect returns the page to which an old path leads, both as paths from the root.
	Redirect(from string) (to string, ok bool)
	// Headers returns the headers that a host sends with a path, as names and values.
	Headers(path string) [][2]string
}

// Builder makes sites of the files in a folder. It is used by one goroutine.
type Builder interface {
	// Update follows the files that changed, named relative to the source folder, with slashes; nil stands for all files. Where none of them
	// has to do with the site, it returns nil. The error is the machine's or a template's.
	Update(ctx context.Context, changed []string) (*Update, error)
}

// Update is what a change came to.
type Update struct {
	// Site is the site as the files have it now; nil where Problems forbid one.
	Site Site
	// Doubtful keeps the site from being shown before Rules has spoken.
	Doubtful bool
	// Changed are those of the changed files that have to do with the site; nil stands for all files.
	Changed []string
	// Problems are those found on the way.
	Problems *diag.List
	// Rules returns all problems, and Verify those of finished pages. They take longer than Update, change nothing, and may be called beside a
	// later Update.
	Rules  func() *diag.List
	Verify func(ctx context.Context) (*diag.List, error)
}

// Options say what to serve and where. All of them must be set, except Poll.
type Options struct {
	Dir    string   // the source folder
	Roots  []string // the folders in it of which the site is made
	Source fs.FS    // the source folder again, for the lines at which problems point
	Addr   string   // host:port; where the port is taken, the next free one is used
	Poll   bool     // compare the files again and again, where the system cannot tell
	Tell   Tell
}

// Tell is called with what happens, one call at a time.
type Tell struct {
	Ready   func(url, wanted string) // the server listens; wanted is the address that was taken by another program, or empty
	Rebuilt func(Rebuilt)
	Notice  func(message string) // what a person should know beside that
}

// Rebuilt says how an update went.
type Rebuilt struct {
	Changed  []string      // relative to the source folder; nil stands for all files
	Took     time.Duration // from the first sign of the change until the site was there to fetch
	Failed   bool          // the last good site stays
	Bare     bool          // and there has been none yet
	Problems *diag.List    // may be nil
	Err      error         // the machine's, or a template's
}

// Run serves until ctx ends and then lets the answers under way come to their end. Its error says why it could not listen or build at all; that
// ctx ended is none.
func Run(ctx context.Context, b Builder, opt Options) error {
	listener, wanted, err := listen(opt.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	ctx, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer stop()
	l := &loop{b: b, opt: opt, hub: newHub(opt.Source), wg: &wg, verdicts: make(chan verdict)}
	changes := watch(ctx, &wg, opt)
	if err := l.first(ctx); err != nil {
		return err
	}
	h := newHandler(listener.Addr().(*net.TCPAddr), opt.Addr, l.hub)
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, BaseContext: func(net.Listener) context.Context { return ctx }}
	wg.Go(func() { l.run(ctx, changes) })
	failed := make(chan error, 1)
	wg.Go(func() { failed <- server.Serve(listener) })
	opt.Tell.Ready(h.url, wanted)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	// The streams of events end with ctx; what else is under way gets three seconds.
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	if server.Shutdown(end) != nil {
		server.Close()
	}
	<-failed
	return nil
}

// nearPorts is how many ports above a taken one are tried before any free one is.
const nearPorts = 20

// listen opens addr or, where its port is taken, a free one near it; wanted is then addr.
func listen(addr string) (l net.Listener, wanted string, err error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, "", fmt.Errorf("%q is not an address: write it as 127.0.0.1:8190", addr)
	}
	l, err = net.Listen("tcp", addr)
	if err == nil || !errors.Is(err, syscall.EADDRINUSE) {
		return l, "", err
	}
	first, _ := strconv.Atoi(port)
	for p := first + 1; p <= min(first+nearPorts, 65535) && first > 0; p++ {
		if l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p))); err == nil {
			return l, addr, nil
		}
	}
	l, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	return l, addr, err
}
