package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"errdex/internal/diag"
	"errdex/internal/load"

	"github.com/alecthomas/kong"
)

// The exit statuses are a contract: scripts and CI branch on them.
const (
	exitDone    = 0 // the command did what it was asked to
	exitContent = 1 // the content has problems, or nothing was found
	exitFailed  = 2 // the command could not do its work
)

// streams are where a command reads and writes. Results go to out, everything else to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// app is what every command is given.
type app struct {
	ctx context.Context
	streams
	env    func(string) string
	source string // the folder that open was given last
}

// errContent ends a command with status 1; what is wrong has been printed already.
var errContent = errors.New("the content has problems")

type cli struct {
	Build     buildCmd     `cmd:"" help:"Render the site into a folder."`
	Check     checkCmd     `cmd:"" help:"Say what is wrong with the definitions."`
	Lock      lockCmd      `cmd:"" help:"Record the URLs and anchors of this site, to keep them for ever."`
	Mv        mvCmd        `cmd:"" help:"Rename a definition or a guide, with every reference to it."`
	Deprecate deprecateCmd `cmd:"" help:"Mark a definition as deprecated."`
	Retire    retireCmd    `cmd:"" help:"Mark a definition as removed; its page stays."`
	New       newCmd       `cmd:"" help:"Write a definition to fill in."`
	Find      findCmd      `cmd:"" help:"Find the pages that match a pasted error."`
	Explain   explainCmd   `cmd:"" help:"Print a definition, or what a diagnostic means."`
	Serve     serveCmd     `cmd:"" help:"Build in memory, watch, and reload the browser."`
	Schema    schemaCmd    `cmd:"" help:"Print the JSON Schema of an author's file, for editors."`
	Version   versionCmd   `cmd:"" help:"Print the version and the revision it was built from."`
}

const description = `errdex turns YAML error definitions into an error reference: one page per error at a URL that never moves,
cross-linked, checked, fast, and found from anything a person pastes.

  errdex build                     render content/ into public/
  errdex check                     what is wrong, with file, line and column
  errdex find '{"code":190}'       the page for a pasted error

Each command has its own --help with examples. Exit status: 0 done, 1 the content has problems, 2 the command could not do its work.`

// run parses args and runs one command; it returns the exit status.
func run(ctx context.Context, args []string, s streams, env func(string) string) (code int) {
	type exit struct{ code int }
	defer func() {
		if e := recover(); e != nil {
			x, ok := e.(exit)
			if !ok {
				panic(e)
			}
			code = x.code
		}
	}()
	parser, err := kong.New(&cli{}, kong.Name("errdex"), kong.Description(description), kong.Writers(s.out, s.err),
		kong.Exit(func(code int) { panic(exit{code}) }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 120}))
	if err != nil {
		panic("internal error: " + err.Error())
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(s.err, "errdex: %s\nRun errdex --help to see the commands.\n", diag.Safe(err.Error()))
		return exitFailed
	}
	a := &app{ctx: ctx, streams: s, env: env}
	err = parsed.Run(a)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errContent):
		return exitContent
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(s.err, "errdex: stopped; nothing was changed")
		return exitFailed
	}
	fmt.Fprintf(s.err, "errdex: %s\n", diag.Safe(err.Error()))
	if errors.Is(err, load.ErrNoContent) {
		a.begin()
	}
	return exitFailed
}

// sourceFlags are shared by the commands that read content.
type sourceFlags struct {
	Source string `help:"Folder that holds content/ (and templates/ and static/, if there are any)." default:"." placeholder:"DIR" type:"path"`
}

// version returns the program's version and revision as the Go toolchain recorded them.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "devel"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return v
}

type versionCmd struct{}

// Run prints the version and what the program was built from. A build outside of a checkout has no revision recorded; its own bytes tell it from others then.
func (versionCmd) Run(a *app) error {
	from := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		from = ", " + info.GoVersion
		for _, s := range info.Settings {
			if s.Key == "vcs.modified" && s.Value == "true" {
				from += ", with changes that are not committed"
			}
		}
	}
	if v := version(); !strings.Contains(v, " ") { // without a revision
		if id := identity(); len(id) == 64 {
			from += ", no revision recorded, program sha256 " + id[:16]
		}
	}
	_, err := fmt.Fprintf(a.out, "errdex %s%s\n", version(), from)
	return err
}
