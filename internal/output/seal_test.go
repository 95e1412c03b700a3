package output

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestSeal seals sites whose files are written, linked from the site before, and given another time when they are closed, as some file systems do. Each seal holds for every file
// until one of them is written again.
func TestSeal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "public")
	var site []string
	for i := range 100 {
		site = append(site, fmt.Sprintf("docs/%02d.html", 99-i))
	}
	for _, c := range []struct {
		name, mark string
		close      func(i int, name string) bool // whether closing gives this file another time
	}{
		{"written", "old", func(int, string) bool { return false }},
		{"linked", "old", func(int, string) bool { return false }},
		{"written with other times", "new", func(int, string) bool { return true }},
		{"half of it with other times", "newer", func(i int, _ string) bool { return i%2 == 0 }},
	} {
		f := open(t, path, "beside")
		fill(t, f, c.mark, site...)
		for i, name := range site {
			if !c.close(i, name) {
				continue
			}
			past := time.Now().Add(-time.Hour)
			if err := os.Chtimes(filepath.Join(f.stage.dir, name), past, past); err != nil {
				t.Fatal(err)
			}
		}
		s, err := f.Seal()
		if err != nil {
			t.Fatal(err)
		}
		commit(t, f)
		names := s.Names(path)
		if len(names) != len(site) || names[0] != "docs/00.html" {
			t.Fatalf("%s: %d names", c.name, len(names))
		}
		for i, name := range names {
			if !s.Holds(path, i, name) {
				t.Errorf("%s: the seal does not hold for %s", c.name, name)
			}
		}
		put(t, filepath.Join(path, "docs", "50.html"), "other")
		if s.Holds(path, 50, "docs/50.html") {
			t.Errorf("%s: the seal holds for a file that was written again", c.name)
		}
		put(t, filepath.Join(path, "docs", "50.html"), c.mark+" docs/50.html")
	}
}
