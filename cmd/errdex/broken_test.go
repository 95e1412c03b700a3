package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"errdex/internal/check"

	"github.com/rogpeppe/go-internal/txtar"
)

// source is one source folder of an archive: the files below one of its folders. site.yaml, collection.yaml and what a definition must
// have are added where the folder lacks them.
type source struct {
	name  string
	files []txtar.File
	want  int // the index in the archive of its file `want`; -1 where there is none
	run   []string
	setup string
}

// sources splits an archive by the first element of its files' names.
func sources(t *testing.T, a *txtar.Archive) []*source {
	t.Helper()
	var out []*source
	byName := map[string]*source{}
	for i, f := range a.Files {
		name, rest, ok := strings.Cut(f.Name, "/")
		if !ok {
			t.Fatalf("%s is in no folder", f.Name)
		}
		s := byName[name]
		if s == nil {
			s = &source{name: name, want: -1, run: []string{"check"}}
			byName[name] = s
			out = append(out, s)
		}
		switch rest {
		case "want":
			s.want = i
		case "run":
			s.run = strings.Fields(string(f.Data))
		case "setup":
			s.setup = string(f.Data)
		default:
			s.files = append(s.files, txtar.File{Name: rest, Data: f.Data})
		}
	}
	return out
}

const (
	plainSite       = "title: Docs\nbase_url: https://example.com\n"
	plainCollection = "title: API errors\nnoun: API error\nurl: /docs/api-{slug}\nindex: /docs/api\n"
	plainDefinition = "code: \"1\"\ntitle: T\nsummary: S\ncauses: [C]\n"
)

// lay writes a source folder.
func (s *source) lay(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data []byte) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("content/site.yaml", []byte(plainSite))
	write("content/api/collection.yaml", []byte(plainCollection))
	for _, f := range s.files {
		name, data := f.Name, f.Data
		if plain, ok := strings.CutSuffix(name, ".quoted"); ok { // a Go string, for bytes that a text file cannot hold
			text, err := strconv.Unquote(strings.TrimSpace(string(data)))
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			name, data = plain, []byte(text)
		}
		write(name, data)
	}
	for line := range strings.Lines(s.setup) {
		s.do(t, dir, write, words(t, line))
	}
	return dir
}

var wordForm = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|\S+`)

// words splits a line of `setup`; a word in quotes is a Go string.
func words(t *testing.T, line string) []string {
	var out []string
	for _, w := range wordForm.FindAllString(line, -1) {
		if w[0] == '"' {
			text, err := strconv.Unquote(w)
			if err != nil {
				t.Fatalf("setup: %s: %v", w, err)
			}
			w = text
		}
		out = append(out, w)
	}
	return out
}

// do carries out a line of `setup`: what a txtar cannot hold, and what happens after the URLs have been recorded.
func (s *source) do(t *testing.T, dir string, write func(string, []byte), words []string) {
	t.Helper()
	word := func(i int) string {
		if i >= len(words) {
			t.Fatalf("setup: %q is too short", words)
		}
		return words[i]
	}
	at := func(i int) string { return filepath.Join(dir, filepath.FromSlash(word(i))) }
	edit := func(f func(string) string) {
		old, err := os.ReadFile(at(1))
		if text := f(string(old)); err != nil || text == string(old) {
			t.Fatalf("setup: %q changes nothing (%v)", words, err)
		} else {
			write(word(1), []byte(text))
		}
	}
	var err error
	switch words[0] {
	case "link":
		err = os.Symlink(word(2), at(1))
	case "fifo":
		err = mkfifo(at(1))
	case "folder":
		err = os.MkdirAll(at(1), 0o755)
	case "remove":
		err = os.Remove(at(1))
	case "write":
		write(word(1), []byte(word(2)))
	case "repeat": // FILE TIMES HEAD BODY TAIL
		n, _ := strconv.Atoi(word(2))
		write(word(1), []byte(word(3)+strings.Repeat(word(4), n)+word(5)))
	case "append":
		edit(func(old string) string { return old + word(2) })
	case "replace":
		edit(func(old string) string { return strings.ReplaceAll(old, word(2), word(3)) })
	case "cut": // the line of that number
		n, _ := strconv.Atoi(word(2))
		edit(func(old string) string {
			lines := strings.SplitAfter(old, "\n")
			return strings.Join(append(lines[:n-1:n-1], lines[n:]...), "")
		})
	case "gone": // the URL of that line of the ledger, with the day and the reason
		words = []string{"gone", "content/urls.lock", word(1) + "\t", word(2)}
		edit(func(old string) string {
			before, rest, _ := strings.Cut(old, "\n"+words[2])
			line, after, _ := strings.Cut(rest, "\n")
			return before + "\n" + words[2] + line + "\tgone " + words[3] + "\n" + after
		})
	case "lock":
		if code, out := try(t, dir, "lock"); code != 0 {
			t.Fatalf("setup: lock: exit %d\n%s", code, out)
		}
	default:
		t.Fatalf("setup: %q", words)
	}
	if err != nil {
		t.Fatalf("setup: %q: %v", words, err)
	}
}

// try runs the program on a source and returns its status and what it printed, errors last.
func try(t *testing.T, dir string, args ...string) (code int, out string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := func(name string) string {
		return map[string]string{"SOURCE_DATE_EPOCH": "1767225600", "GITHUB_WORKSPACE": dir}[name] // 2026-01-01
	}
	args = append(args, "--source", dir)
	if args[0] == "build" {
		args = append(args, "--out", filepath.Join(t.TempDir(), "public"), "--no-cache")
	}
	code = run(context.Background(), args, streams{strings.NewReader(""), &stdout, &stderr}, env)
	return code, stdout.String() + stderr.String()
}

var seeLine = regexp.MustCompile(`(?m)^ *= see: https://dualhook\.com/docs/errdex-error-([a-z-]+)\n`)

// buildLines are what a build says beside its diagnostics.
var buildLines = regexp.MustCompile(`(?m)^(Nothing was written[.:]|note: |[0-9]+ pages?, ).*\n`)

// said is what a source gives: the status, and what a person reads, but for the addresses of the rules.
func (s *source) said(t *testing.T, dir string) string {
	t.Helper()
	code, out := try(t, dir, s.run...)
	code2, again := try(t, dir, s.run...)
	if s.run[0] == "check" && (code != code2 || out != again) {
		t.Errorf("two runs differ:\n%s\n%s", out, again)
	}
	out = seeLine.ReplaceAllString(out, "")
	out = buildLines.ReplaceAllString(out, "")
	return fmt.Sprintf("exit %d\n%s", code, strings.ReplaceAll(out, dir, "$DIR"))
}

// archives reads the cases of a folder, runs each, and compares it with its file `want`.
func archives(t *testing.T, folder string, each func(t *testing.T, archive string, s *source, said string, found []finding)) {
	names, _ := filepath.Glob(folder + "/*.txtar")
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range sources(t, a) {
				t.Run(s.name, func(t *testing.T) {
					dir := s.lay(t)
					said := s.said(t, dir)
					found := s.agree(t, dir)
					each(t, strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".txtar"), s, said, found)
					switch {
					case s.want < 0:
						if said != "exit 0\n" {
							t.Errorf("nothing is wrong with it, and yet:\n%s", said)
						}
					case *update:
						a.Files[s.want].Data = []byte(said)
					case said != string(a.Files[s.want].Data):
						t.Errorf("got\n%s\nwant\n%s", said, a.Files[s.want].Data)
					}
				})
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// partial reports whether some cases only are run.
func partial() bool { return strings.Contains(flag.Lookup("test.run").Value.String(), "/") }

// TestBroken goes through sources that are broken or hostile. Each has the status, the file, the line, the column, the mark and the
// words that its author gets; a case without a file `want` is one in which nothing may be found.
func TestBroken(t *testing.T) {
	n := 0
	archives(t, "testdata/broken", func(t *testing.T, _ string, s *source, _ string, _ []finding) {
		if s.want >= 0 {
			n++
		}
	})
	if n < 240 && !t.Failed() && !partial() {
		t.Errorf("%d broken sources are too few", n)
	}
}

// TestEachRule holds that every rule of the program has sources in which it is broken (bad...) and sources in which nothing at all
// is found (good...).
func TestEachRule(t *testing.T) {
	good, bad := map[string]int{}, map[string]int{}
	archives(t, "testdata/rules", func(t *testing.T, id string, s *source, said string, _ []finding) {
		switch {
		case strings.HasPrefix(s.name, "good"):
			good[id]++
			if s.want >= 0 {
				t.Error("a good source has no file `want`")
			}
		case strings.HasPrefix(s.name, "bad"):
			bad[id]++
			if s.want < 0 || !strings.Contains(said, "["+id+"]") {
				t.Errorf("%s is not reported:\n%s", id, said)
			}
		default:
			t.Error("a source is good or bad")
		}
	})
	if t.Failed() || partial() {
		return
	}
	rules := map[string]bool{}
	for _, r := range check.Rules() {
		rules[r.ID] = true
		if good[r.ID] == 0 || bad[r.ID] == 0 {
			t.Errorf("%s has %d good and %d bad sources in testdata/rules/%s.txtar", r.ID, good[r.ID], bad[r.ID], r.ID)
		}
	}
	for id := range bad {
		if !rules[id] {
			t.Errorf("testdata/rules/%s.txtar is about no rule", id)
		}
	}
}
