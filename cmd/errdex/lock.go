package main

import (
	"fmt"
	"path/filepath"

	"errdex/internal/link"
	"errdex/internal/site"
)

type lockCmd struct{ sourceFlags }

func (lockCmd) Help() string {
	return `Records every URL and anchor of the site in content/urls.lock. From then on a build fails when one of them would no longer resolve,
and says how to keep it. Run it when new pages have been published, and commit the file: it merges like any text.

Examples:
  errdex lock
  errdex build && errdex lock && git commit -m "publish" content/urls.lock`
}

func (c *lockCmd) Run(a *app) error {
	root, opt, err := a.open(c.Source)
	if err != nil {
		return err
	}
	defer root.Close()
	ledger, added, checked, err := site.Lock(a.ctx, opt)
	if err != nil {
		return err
	}
	if ledger == nil {
		a.diagnostics(a.err, checked.Diags, root)
		fmt.Fprintln(a.err, "Nothing was recorded: mend the errors first.")
		return errContent
	}
	if added == 0 {
		fmt.Fprintf(a.err, "%s is up to date: %s.\n", link.LedgerFile, count(ledger.Len(), "URL and anchor", "URLs and anchors"))
		return nil
	}
	// Written beside and renamed: a ledger that is cut off would have lost promises.
	temporary := link.LedgerFile + ".new"
	if err := root.WriteFile(filepath.FromSlash(temporary), ledger.Bytes(), 0o644); err != nil {
		return err
	}
	if err := root.Rename(filepath.FromSlash(temporary), filepath.FromSlash(link.LedgerFile)); err != nil {
		return err
	}
	fmt.Fprintf(a.err, "%s added, %s in all: %s\n", count(added, "URL or anchor", "URLs and anchors"), count(ledger.Len(), "", ""), link.LedgerFile)
	return nil
}
