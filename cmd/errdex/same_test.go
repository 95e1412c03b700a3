package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// copyTree copies what a site is made of, file by file in this order, which is that of the folders on many file systems, and sets all times to one.
func copyTree(t *testing.T, to string, backwards bool, when time.Time) {
	t.Helper()
	root := filepath.Join("..", "..")
	var names []string
	for _, dir := range []string{"content", "templates", "static"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, e fs.DirEntry, err error) error {
			if err == nil && e.Type().IsRegular() {
				rel, _ := filepath.Rel(root, path)
				names = append(names, rel)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if backwards {
		slices.Reverse(names)
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
	}
}

// TestColdBuildsAgree builds the real site twice as a user does, with everything different that may differ: cores, clock, zone, language, folders and how deep they are, the order of
// the files on the disk, their times, the umask, the home and its cache, the shape of the garbage collection. Every byte is the same.
func TestColdBuildsAgree(t *testing.T) {
	dir := t.TempDir()
	digests := map[string]string{}
	for i, v := range []struct {
		deep, umask, epoch string
		env                []string
		args               []string
		when               time.Time
	}{
		{"a", "022", "1794182400", []string{"GOMAXPROCS=1", "TZ=UTC", "LANG=C", "LC_ALL=C", "GOGC=20"}, nil, time.Unix(0, 0)},
		{"b/deeper/ünï code", "077", "1794225599", []string{"GOMAXPROCS=2", "TZ=Pacific/Kiritimati", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "GOGC=off", "TERM=dumb", "COLUMNS=40", "USER=x"}, []string{"--no-cache"}, time.Now()},
		{"c", "002", "1794200000", []string{"GOMAXPROCS=7", "TZ=America/St_Johns", "LANG=ja_JP.SJIS", "CI=true", "GITHUB_ACTIONS=true", "GODEBUG=randautoseed=0"}, nil, time.Unix(4e9, 0)},
	} {
		src, out := filepath.Join(dir, v.deep, "src"), filepath.Join(dir, v.deep, "out", strings.Repeat("x", i))
		copyTree(t, src, i == 1, v.when)
		// The umask is the process's, so a shell sets it.
		cmd := exec.Command("sh", append([]string{"-c", `umask "$1"; shift; exec "$0" "$@"`, os.Args[0], v.umask, "build", "--source", src, "--out", out}, v.args...)...)
		cmd.Env = append(append(os.Environ(), "ERRDEX_TEST_RUN=1", "SOURCE_DATE_EPOCH="+v.epoch, "HOME="+filepath.Join(dir, v.deep, "home"), "XDG_CACHE_HOME="+filepath.Join(dir, v.deep, "cache")), v.env...)
		if msg, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, msg)
		}
		eachFile(t, out, func(name, text string) {
			if i == 0 {
				digests[name] = text
			} else if was, ok := digests[name]; !ok || was != text {
				t.Errorf("build %d: %s differs (in the first: %v)", i, name, ok)
			}
		})
		if n := entries(t, out); i > 0 && n != entries(t, filepath.Join(dir, "a", "out")) {
			t.Errorf("build %d has %d files and folders", i, n)
		}
	}
	if len(digests) < 500 {
		t.Errorf("only %d files", len(digests))
	}
}

// TestProgramAgrees builds the program twice, from two folders with another cache, as releases are built: the same bytes. And it says what it is.
func TestProgramAgrees(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles the program twice")
	}
	dir := t.TempDir()
	var first string
	for i := range 2 {
		src := filepath.Join(dir, fmt.Sprint("copy", i), strings.Repeat("deep/", i))
		for _, name := range []string{"cmd", "internal", "content", "templates", "static"} {
			if err := os.CopyFS(filepath.Join(src, name), os.DirFS(filepath.Join("..", "..", name))); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{"go.mod", "go.sum"} {
			data, err := os.ReadFile(filepath.Join("..", "..", name))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(src, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		bin := filepath.Join(dir, fmt.Sprint("errdex", i))
		cmd := exec.Command("go", "build", "-trimpath", "-o", bin, "./cmd/errdex")
		cmd.Dir = src
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", fmt.Sprint("GOMAXPROCS=", i+1), "GOFLAGS=")
		if msg, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, msg)
		}
		data, err := os.ReadFile(bin)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = string(data)
		} else if first != string(data) {
			t.Error("two builds of one source are two programs")
		}
		said, err := exec.Command(bin, "version").Output()
		if err != nil || !strings.HasPrefix(string(said), "errdex ") || !strings.Contains(string(said), "no revision recorded, program sha256 ") {
			t.Errorf("it says %q (%v)", said, err)
		}
	}
}
