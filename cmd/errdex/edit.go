package main

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"

	"errdex/internal/diag"
	"errdex/internal/edit"
)

type mvCmd struct {
	From string `arg:"" help:"COLLECTION/OLD, or guides/OLD."`
	To   string `arg:"" help:"COLLECTION/NEW, or guides/NEW."`
	sourceFlags
}

func (mvCmd) Help() string {
	return `Renames a definition or a guide: its file, every reference to it in YAML and Markdown, and an alias so that the old URL leads to the new one
for ever. Comments and layout stay. Either everything is changed or nothing.

Examples:
  errdex mv whatsapp/190 whatsapp/190-token
  errdex mv guides/tokens guides/tokens-and-permissions`
}

func (c *mvCmd) Run(a *app) error {
	return a.edit(c.Source, func(fsys fs.FS) (*edit.Plan, error) { return edit.Move(fsys, c.From, c.To) })
}

// withdrawFlags are what there is to say about a code on its way out.
type withdrawFlags struct {
	Ref        string   `arg:"" help:"COLLECTION/CODE."`
	ReplacedBy []string `help:"What takes its place: a code or slug, or COLLECTION/CODE; may be repeated." placeholder:"REF"`
	In         string   `help:"The API version or the date since which." placeholder:"VERSION"`
	sourceFlags
}

func (w withdrawFlags) withdrawal() edit.Withdrawal {
	return edit.Withdrawal{In: w.In, ReplacedBy: w.ReplacedBy}
}

type deprecateCmd struct{ withdrawFlags }

func (deprecateCmd) Help() string {
	return `Marks a definition as deprecated, with what replaces it. Its page stays and says so.

Examples:
  errdex deprecate whatsapp/470 --replaced-by 131047
  errdex deprecate whatsapp/133001 --in v16.0`
}

func (c *deprecateCmd) Run(a *app) error {
	return a.edit(c.Source, func(fsys fs.FS) (*edit.Plan, error) { return edit.Deprecate(fsys, c.Ref, c.withdrawal()) })
}

type retireCmd struct{ withdrawFlags }

func (retireCmd) Help() string {
	return `Marks a definition as removed. Its page stays as a tombstone, out of the index and the sitemap: old logs link to it. Never delete the file.

Examples:
  errdex retire whatsapp/470 --replaced-by 131047 --in 2025-10-23`
}

func (c *retireCmd) Run(a *app) error {
	return a.edit(c.Source, func(fsys fs.FS) (*edit.Plan, error) { return edit.Retire(fsys, c.Ref, c.withdrawal()) })
}

var (
	statusDeprecated = regexp.MustCompile(`(?m)^status\s*:\s*["']?deprecated`)
	replacedBy       = regexp.MustCompile(`(?m)^(replaced_by\s*:|.*\bdeprecated-without-replacement\b)`)
)

// edit finishes what an earlier edit left, plans, commits, and says what was changed.
func (a *app) edit(dir string, plan func(fs.FS) (*edit.Plan, error)) error {
	root, opt, err := a.open(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	finished, err := edit.Recover(dir)
	if err != nil {
		return explained(err)
	}
	for _, f := range finished {
		fmt.Fprintf(a.err, "finished an edit that was cut off: %s\n", diag.Safe(f))
	}
	p, err := plan(opt.Source)
	if err != nil {
		return explained(err)
	}
	if err := p.Commit(dir); err != nil {
		return explained(err)
	}
	for _, c := range p.Changes {
		if c.From != "" {
			fmt.Fprintf(a.out, "%s -> %s\n", diag.Safe(c.From), diag.Safe(c.Path))
		} else {
			fmt.Fprintln(a.out, diag.Safe(c.Path))
		}
	}
	if places, files := p.References(); places > 0 {
		fmt.Fprintf(a.err, "%s rewritten in %s. Run errdex check, then commit.\n", count(places, "reference", "references"), count(files, "file", "files"))
		return nil
	}
	for _, c := range p.Changes {
		if c.From == "" && statusDeprecated.Match(c.New) && !replacedBy.Match(c.New) {
			fmt.Fprintf(a.err, "What takes its place is not said yet: run it again with --replaced-by, or write `allow: [{rule: deprecated-without-replacement, reason: ...}]` into %s.\n", diag.Safe(c.Path))
		}
	}
	fmt.Fprintln(a.err, "Run errdex check, which names what is left to do, then commit.")
	return nil
}

// explained puts a refusal's hint behind its message.
func explained(err error) error {
	var r *edit.Refusal
	if errors.As(err, &r) && r.Hint != "" {
		return fmt.Errorf("%s: %s", r.Message, r.Hint)
	}
	return err
}
