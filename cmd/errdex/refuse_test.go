package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRefuse tries every way to name a folder that is not a site's: as it is, relative, through links, through links to what is not there, with dots.
func TestRefuse(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", filepath.Join(dir, "home", "me"))
	for _, name := range []string{"home/me", "src/content/a", "src/templates", "src/docs/pages", "other", "src/.git"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{
		"to-src": "src", "to-content": "src/content", "to-root": "/", "to-home": filepath.Join(dir, "home", "me"), "to-new": "src/content/new", "to-to-new": "to-new", "src/static": "docs/pages",
		"loop": "loop", "to-tmp": os.TempDir(), "to-up": "src/..", "fine-link": "other/new",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	t.Chdir(filepath.Join(dir, "src"))
	const place, holds, part = "is not a place for a site", "holds the source", "is part of the source"
	for out, want := range map[string]string{
		"/": place, "../to-root": place, "/.": place, "/tmp/..": place, "/usr": place, "/etc/": place, "//etc": place, "/usr/../etc": place, "../to-tmp": place,
		"../home": place, "../home/me": place, "../to-home": place, "..": place, "../to-up": place, // they hold the home
		".": holds, "../src": holds, "../to-src": holds, "../to-src/.": holds, "content/..": holds, "../other/../src": holds,
		"content": part, "./content/": part, "content/a": part, "content/new/deep": part, "../to-content": part, "../to-content/new": part, "../to-new": part, "../to-to-new": part, "../to-to-new/deep": part,
		"../to-src/templates": part, "static": part, "docs/pages": part, "docs/pages/x": part, ".git": part, ".git/hooks": part, "docs": "holds the source's static",
		"public": "", "docs/public": "", "../other": "", "../public": "", "../home/me/public": "", "contents": "", "content.old": "", "../fine-link": "", "../to-src/public": "",
	} {
		for _, source := range []string{".", "../src", filepath.Join(dir, "src"), "../to-src"} {
			err := refuse(out, source)
			if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
				t.Errorf("--out %s --source %s: %v, want %q", out, source, err, want)
			}
		}
	}
}
