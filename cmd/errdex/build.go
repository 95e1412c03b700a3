package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"errdex/internal/diag"
	"errdex/internal/output"
	"errdex/internal/site"
)

type buildCmd struct {
	sourceFlags
	Out      string `help:"Folder to write." default:"public" placeholder:"DIR" type:"path"`
	Strict   bool   `help:"Warnings fail the build too."`
	Compress bool   `help:"Write .gz and .br beside each text file, for hosts that serve them."`
	NoCache  bool   `help:"Build even where nothing has changed since the last build."`
}

func (buildCmd) Help() string {
	return `Reads content/, checks it, renders every page and replaces the output folder in one step: a build that fails or is
killed leaves the site that was there. Files of others in the folder (a CNAME, a .git) are kept. Where neither the source nor the output has changed
since the last build, nothing is built; what is known of that lies in the user's cache folder.

A file in templates/ replaces the built-in one of its name: layout.html, which defines the blocks that the others call, and error.html, index.html,
home.html, guide.html, notfound.html.

Examples:
  errdex build                                   content/ here, into public/
  errdex build --source docs --out /srv/errors   from and to other folders
  errdex build --strict                          in CI: warnings fail too
  errdex build --compress                        for nginx and Caddy, which hand the compressed files out`
}

func (c *buildCmd) Run(a *app) error {
	start := time.Now()
	if err := refuse(c.Out, c.Source); err != nil {
		return err
	}
	root, opt, err := a.open(c.Source)
	if err != nil {
		return err
	}
	defer root.Close()
	source := newFolders(root)
	defer source.Close()
	opt.Source = source
	folder, err := output.Open(c.Out)
	if err != nil {
		return fmt.Errorf("preparing %s: %w", c.Out, err)
	}
	defer folder.Abort()
	p := newProgress(a.err)
	opt.Progress, opt.Compress = p.show, c.Compress
	if ownHeap(a.env) {
		opt.Reading, opt.Heap = largePages, newHeap()
	}
	var cache *site.Cache
	if !c.NoCache {
		cache = &site.Cache{Store: newMemoFile(c.Source, c.Out), Program: sync.OnceValue(identity)}
	}
	r, done, err := site.BuildInto(a.ctx, opt, c.Strict, folder, c.Out, cache)
	p.clear()
	if r != nil {
		a.diagnostics(a.err, r.Diags, root)
	}
	if errors.Is(err, site.ErrContent) {
		if _, err := os.Stat(c.Out); err == nil {
			fmt.Fprintf(a.err, "Nothing was written: %s is as it was.\n", diag.Safe(c.Out))
		} else {
			fmt.Fprintln(a.err, "Nothing was written.")
		}
		return errContent
	}
	if err != nil {
		return err
	}
	if done.Piecewise {
		r.Advice = append(slices.Clip(r.Advice), c.Out+" is a mount point, or its parent may not be written, and its file system exchanges no files: pages of the last site and of this one stood "+
			"side by side for a moment; a folder one level down is replaced in one step")
	}
	for _, line := range r.Advice {
		fmt.Fprintf(a.err, "note: %s\n", diag.Safe(line))
	}
	changed := ""
	if done.Unchanged > 0 {
		changed = fmt.Sprintf(" (%s changed, %s removed)", count(done.Written, "", ""), count(done.Removed, "", ""))
	}
	fmt.Fprintf(a.err, "%s, %s%s, %s checked, %s: %s\n", count(r.Stats.Pages, "page", "pages"), count(done.Files, "file", "files"), changed,
		count(r.Stats.Links, "link", "links"), took(time.Since(start)), diag.Safe(c.Out))
	return nil
}

// open opens a source folder. Links inside it that lead out of it are not followed.
func (a *app) open(source string) (*os.Root, site.Options, error) {
	a.source = source
	root, err := os.OpenRoot(source)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, site.Options{}, fmt.Errorf("there is no folder %s: name the folder that holds content/ with --source", source)
	}
	if err != nil {
		return nil, site.Options{}, err
	}
	now, err := a.now()
	return root, site.Options{Source: root.FS(), Now: now, Version: version()}, err
}

// now is the time by which facts are old; SOURCE_DATE_EPOCH (reproducible-builds.org) overrules the clock.
func (a *app) now() (time.Time, error) {
	if s := a.env("SOURCE_DATE_EPOCH"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH is %q and must be a number of seconds since 1970", s)
		}
		return time.Unix(n, 0).UTC(), nil
	}
	return time.Now().UTC(), nil
}

// diagnostics prints a list for people.
func (a *app) diagnostics(w io.Writer, list *diag.List, root *os.Root) {
	_ = diag.Text(w, list, a.textOptions(w, root))
}

// count puts a number into words, with separators: 20,014 files.
func count(n int, one, many string) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if n == 1 {
		many = one
	}
	return strings.TrimSpace(s + " " + many)
}

func took(d time.Duration) string {
	if d < time.Second {
		return d.Round(time.Millisecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}
