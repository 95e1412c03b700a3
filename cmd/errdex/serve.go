package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"errdex/internal/diag"
	"errdex/internal/serve"
	"errdex/internal/site"
)

type serveCmd struct {
	sourceFlags
	Addr string `help:"Where to listen. Only this machine can reach the default. A taken port is left to its owner and the next free one used." default:"127.0.0.1:8190" placeholder:"HOST:PORT"`
	Poll bool   `help:"Compare the files every moment, where the system cannot tell of changes: network folders, some containers."`
}

func (serveCmd) Help() string {
	return `Builds the site in memory, serves it as a real host would, watches content/, templates/ and static/, and shows every edit in the
browser: the page loads again where it was, a style sheet changes without that. While an edit is broken the last good site stays, with
what is wrong laid over it. Nothing is written. Ctrl-C ends it.

Examples:
  errdex serve                                the site of this folder, at http://127.0.0.1:8190/
  errdex serve --source docs --addr :9000     another folder, for every machine that reaches this one
  errdex serve --poll                         where edits are not noticed`
}

func (c *serveCmd) Run(a *app) error {
	root, opt, err := a.open(c.Source)
	if err != nil {
		return err
	}
	defer root.Close()
	p := newProgress(a.err)
	opt.Progress = p.show
	now := func() time.Time { t, _ := a.now(); return t } // open has found it to be readable
	return serve.Run(a.ctx, site.NewLive(opt, now), serve.Options{
		Dir: c.Source, Roots: site.Roots, Source: opt.Source, Addr: c.Addr, Poll: c.Poll,
		Tell: serve.Tell{
			Ready: func(url, wanted string) {
				if wanted != "" {
					fmt.Fprintf(a.err, "%s is taken by another program, so this is another port.\n", diag.Safe(wanted))
				}
				fmt.Fprintf(a.out, "Serving %s at %s (Ctrl-C ends it)\n", diag.Safe(c.Source), url)
			},
			Notice: func(message string) { fmt.Fprintln(a.err, diag.Safe(message)) },
			Rebuilt: func(r serve.Rebuilt) {
				p.clear()
				a.rebuilt(r, root)
			},
		},
	})
}

// rebuilt prints one line for an update, and its errors below.
func (a *app) rebuilt(r serve.Rebuilt, root *os.Root) {
	what := "built"
	switch n := len(r.Changed); {
	case n == 1:
		what = r.Changed[0]
	case n > 1:
		what = fmt.Sprintf("%s and %s", r.Changed[0], count(n-1, "other", "others"))
	}
	list := &diag.List{}
	if r.Problems != nil {
		list = r.Problems
	}
	parts := []string{took(r.Took)}
	errors, warnings := list.Count()
	if r.Err != nil {
		errors++
	}
	if errors > 0 {
		parts = append(parts, count(errors, "error", "errors"))
	}
	if warnings > 0 {
		parts = append(parts, count(warnings, "warning", "warnings"))
	}
	switch {
	case r.Failed && r.Bare:
		parts = append(parts, "there is no site to show yet")
	case r.Failed:
		parts = append(parts, "the last good site stays")
	}
	fmt.Fprintf(a.err, "%s  %s: %s\n", time.Now().Format(time.TimeOnly), printable(what), strings.Join(parts, ", "))
	if r.Err != nil {
		fmt.Fprintln(a.err, diag.Safe(r.Err.Error()))
	}
	// Warnings are for check; but what a file that is not read brings about cannot be told without it, and who has just saved one waits for its page.
	shown := list.Filter(func(d diag.Diagnostic) bool {
		return r.Failed && d.Severity == diag.Error || d.Cause && (r.Failed || len(r.Changed) == 0 || slices.Contains(r.Changed, d.Span.File))
	})
	_ = diag.Text(a.err, shown, a.textOptions(a.err, root))
}

// printable takes from a file's name what a terminal would obey.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7F && r < 0xA0 {
			return '\uFFFD'
		}
		return r
	}, s)
}
