package main

import (
	"fmt"
	"os"
	"path/filepath"

	"errdex/internal/diag"
)

// begin says what to do where there is no content/: which --source to name, where the folder lies in a site's content, and else how a site begins.
func (a *app) begin() {
	if site, ok := siteAbove(a.source); ok {
		if wd, err := os.Getwd(); err == nil {
			if rel, err := filepath.Rel(realPath(wd), site); err == nil {
				site = rel
			}
		}
		fmt.Fprintf(a.err, "This is inside a site's content: --source %s names the folder that holds it.\n", diag.Safe(site))
		return
	}
	fmt.Fprint(a.err, `To begin a site here:
  1. content/site.yaml, with title: and base_url: (https://...).
  2. content/NAME/collection.yaml for each API, with title:, noun:, url: (/docs/NAME-error-{slug}) and index: (/docs/NAME-errors).
  3. errdex new NAME/CODE writes a definition to fill in.
errdex schema site and errdex schema collection say what else these files can hold.
`)
}

// siteAbove finds the folder whose content/ a folder is or lies in.
func siteAbove(dir string) (string, bool) {
	for dir = realPath(dir); ; {
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		if filepath.Base(dir) == "content" {
			if _, err := os.Stat(filepath.Join(dir, "site.yaml")); err == nil {
				return parent, true
			}
		}
		dir = parent
	}
}
