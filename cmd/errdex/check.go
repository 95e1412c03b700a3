package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/check"
	"errdex/internal/diag"
	"errdex/internal/site"
)

type checkCmd struct {
	sourceFlags
	Strict bool   `help:"Warnings fail the check too."`
	Format string `help:"text for people, json (one object a line), sarif (2.1.0), or github (annotations)." enum:"text,json,sarif,github" default:"text"`
}

func (checkCmd) Help() string {
	return `Reads, links and checks everything under content/ and prints every problem with its file, line and column, what is
wrong and what to do. Nothing is written. Where there is none, a terminal is told so on standard error; standard output stays empty.
Exit status 1 where there is an error, or, under --strict, a warning.

Examples:
  errdex check                         what a person wants to read
  errdex check --format github         annotations in a pull request
  errdex check --format json | jq .    for programs
  errdex explain unresolved-reference  more about one kind of problem`
}

func (c *checkCmd) Run(a *app) error {
	root, opt, err := a.open(c.Source)
	if err != nil {
		return err
	}
	defer root.Close()
	p := newProgress(a.err)
	opt.Progress = p.show
	r, err := site.Check(a.ctx, opt)
	p.clear()
	if err != nil {
		return err
	}
	if err := a.report(c.Format, r.Diags, root, c.Source); err != nil {
		return err
	}
	if r.Diags.Failed(c.Strict) {
		return errContent
	}
	if _, ok := terminal(a.err); ok && r.Diags.Len() == 0 { // a person wants to see that it ran; a program has the status
		fmt.Fprintln(a.err, noProblems(r.Site))
	}
	return nil
}

func noProblems(s *catalog.Site) string {
	errors := 0
	for _, c := range s.Collections {
		errors += len(c.Definitions)
	}
	guides := ""
	if n := len(s.Guides); n > 0 {
		guides = ", " + count(n, "guide", "guides")
	}
	if errors == 0 {
		return "no problems, and no errors to publish yet" + guides + ": errdex new COLLECTION/CODE writes the first"
	}
	return "no problems: " + count(errors, "error", "errors") + guides
}

// report prints a list in one of the formats of --format.
func (a *app) report(format string, list *diag.List, root *os.Root, source string) error {
	opt := a.textOptions(a.out, root)
	switch format {
	case "json":
		return diag.JSON(a.out, list, diagnosticURL)
	case "sarif":
		opt.Prefix = a.prefix(source)
		return diag.SARIF(a.out, list, check.Rules(), opt)
	case "github":
		opt.Prefix = a.prefix(source)
		if err := diag.GitHub(a.out, list, opt); err != nil {
			return err
		}
		return a.stepSummary(func(w io.Writer) error { return diag.Summary(w, list, opt) })
	}
	return diag.Text(a.out, list, opt)
}

// prefix is what SARIF and GitHub need before the name of a file: they count from the root of the repository, which a job has checked out
// into GITHUB_WORKSPACE and which elsewhere is taken to be the working directory. It is empty where the source is not below that.
func (a *app) prefix(source string) string {
	base := a.env("GITHUB_WORKSPACE")
	if base == "" {
		base = "."
	}
	rel, err := filepath.Rel(realPath(base), realPath(source))
	if rel = filepath.ToSlash(rel); err != nil || rel == "." || rel == ".." || strings.HasPrefix(rel, "../") {
		return ""
	}
	return rel + "/"
}

// stepSummary appends to the file that a GitHub job shows as its summary, where there is one.
func (a *app) stepSummary(write func(io.Writer) error) error {
	name := a.env("GITHUB_STEP_SUMMARY")
	if name == "" {
		return nil
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := write(f); err != nil {
		return err
	}
	return f.Close()
}
