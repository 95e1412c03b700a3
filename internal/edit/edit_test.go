package edit_test

import (
	"errors"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/edit"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestCases runs the edits of testdata. A case is an archive: a first line that names the edit, files before under in/, files after under out/ (those
// that change), or the refusal under refused.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			in, want, refused := fstest.MapFS{}, map[string]string{}, ""
			for _, f := range archive.Files {
				text := strings.ReplaceAll(string(f.Data), "<CR>", "\r")
				text = strings.ReplaceAll(text, "<BOM>", "\ufeff")
				text = strings.ReplaceAll(text, "<NOEOL>\n", "")
				if path, ok := strings.CutPrefix(f.Name, "in/"); ok {
					in[path] = &fstest.MapFile{Data: []byte(text)}
				} else if path, ok := strings.CutPrefix(f.Name, "out/"); ok {
					want[path] = text
				} else {
					refused = strings.TrimSpace(text)
				}
			}
			basics(in)
			words := strings.Fields(strings.SplitN(string(archive.Comment), "\n", 2)[0])
			plan, err := run(in, words)
			var r *edit.Refusal
			switch {
			case errors.As(err, &r):
				if got := r.Message + "\n" + r.Hint; strings.TrimSpace(got) != refused {
					t.Errorf("refused with\n%s\nwant\n%s", got, refused)
				}
				return
			case err != nil:
				t.Fatal(err)
			case refused != "":
				t.Fatalf("not refused; %d changes", len(plan.Changes))
			}
			var got, expected []string
			for _, c := range plan.Changes {
				if string(c.Old) == string(c.New) && c.From == "" {
					t.Errorf("%s is among the changes and does not change", c.Path)
				}
				line := c.Path
				if c.From != "" {
					line += " from " + c.From
				}
				got = append(got, "-- "+line+" --\n"+string(c.New))
			}
			for path, text := range want {
				expected = append(expected, "-- "+path+" --\n"+text)
			}
			sort.Strings(expected)
			if strings.Join(got, "\n") != strings.Join(expected, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(expected, "\n"))
			}
		})
	}
}

func run(in fstest.MapFS, words []string) (*edit.Plan, error) {
	w := edit.Withdrawal{}
	for i := 2; i+1 < len(words); i += 2 {
		switch words[i] {
		case "in":
			w.In = words[i+1]
		case "by":
			w.ReplacedBy = append(w.ReplacedBy, words[i+1])
		}
	}
	switch words[0] {
	case "mv":
		return edit.Move(in, words[1], words[2])
	case "deprecate":
		return edit.Deprecate(in, words[1], w)
	}
	return edit.Retire(in, words[1], w)
}

// basics adds what every project has.
func basics(in fstest.MapFS) {
	for path, text := range map[string]string{
		"content/site.yaml":           "title: Docs\nbase_url: https://docs.example.com\n",
		"content/api/collection.yaml": "title: API errors\nurl: /docs/api-error-{slug}\nindex: /docs/api-errors\n",
	} {
		if in[path] == nil {
			in[path] = &fstest.MapFile{Data: []byte(text)}
		}
	}
}

// store writes a project into a folder.
func store(t *testing.T, in fstest.MapFS) string {
	t.Helper()
	dir := t.TempDir()
	for path, f := range in {
		to := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, f.Data, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
