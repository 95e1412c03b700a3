package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// writeSite writes a source folder with n definitions whose texts carry a mark.
func writeSite(t *testing.T, dir, mark string, n int) {
	t.Helper()
	write := func(name, text string) {
		path := filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("site.yaml", "title: T\nbase_url: https://a.example\n")
	write("a/collection.yaml", "title: A errors\nurl: /docs/a-{slug}\nindex: /docs/a\n")
	for i := range n {
		write(fmt.Sprintf("a/%d.yaml", i), fmt.Sprintf("code: \"%d\"\ntitle: Error %d %s\nsummary: Words %s.\nfixes: [Wait]\nrelated: [\"%d\"]\n", i, i, mark, mark, (i+1)%n))
	}
}

// digest hashes every file below dir with its name.
func digest(t *testing.T, dir string) string {
	t.Helper()
	return digestOf(t, dir, func(string) bool { return true })
}

func digestOf(t *testing.T, dir string, take func(name string) bool) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		if !take(rel) {
			return nil
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(h, "%s %d\n", rel, len(data))
		h.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func program(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "ERRDEX_TEST_RUN=1", "SOURCE_DATE_EPOCH=1767225600", "XDG_CACHE_HOME="+filepath.Join(os.TempDir(), "errdex-test-cache"))
	return cmd
}

// TestKilledAtAnyMoment kills builds at random moments, by every signal that can, and demands after each of them that the output folder is the old
// site or the new one, whole, with the file that somebody else keeps there. After the last, one build leaves no litter.
func TestKilledAtAnyMoment(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 20
	}
	dir := t.TempDir()
	sites := []string{filepath.Join(dir, "one"), filepath.Join(dir, "two")}
	out := filepath.Join(dir, "public")
	valid := map[string]bool{}
	var whole time.Duration
	for i, s := range sites {
		writeSite(t, s, fmt.Sprintf("mark%d", i), 40+20*i)
	}
	if err := os.MkdirAll(filepath.Join(out, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"CNAME": "errors.example\n", ".git/HEAD": "ref\n"} {
		if err := os.WriteFile(filepath.Join(out, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range sites {
		start := time.Now()
		if msg, err := program("build", "--source", s, "--out", out).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, msg)
		}
		whole = max(whole, time.Since(start))
		valid[digest(t, out)] = true
	}
	killed := 0
	for i := range rounds {
		cmd := program("build", "--no-cache", "--source", sites[i%2], "--out", out)
		var errs strings.Builder
		cmd.Stderr = &errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		from := time.Duration(0)
		if i%3 == 0 { // every third near the end, when the sites are exchanged and the old one is removed
			from = whole * 2 / 3
		}
		time.Sleep(from + time.Duration(rand.Int64N(int64(whole*5/4-from))))
		_ = cmd.Process.Signal([]os.Signal{syscall.SIGKILL, syscall.SIGHUP, os.Interrupt, syscall.SIGKILL, syscall.SIGTERM}[i%5])
		if err := cmd.Wait(); err != nil {
			killed++
			if said := errs.String(); cmd.ProcessState.ExitCode() == exitFailed && said != "errdex: stopped; nothing was changed\n" {
				t.Errorf("round %d: the build was stopped and says %q", i, said)
			}
		}
		if !valid[digest(t, out)] {
			t.Fatalf("round %d: the folder is neither the old site nor the new one", i)
		}
	}
	if killed < rounds/10 || killed == rounds {
		t.Errorf("%d of %d builds were killed: the moments were not spread over the build", killed, rounds)
	}
	if msg, err := program("build", "--source", sites[0], "--out", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if n := e.Name(); n != "one" && n != "two" && n != "public" {
			t.Errorf("litter: %s", n)
		}
	}
	t.Logf("%d of %d builds were killed", killed, rounds)
}

// TestTwoAtOnce runs builds of two sites into one folder at the same time: one of them is there afterwards, whole.
func TestTwoAtOnce(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	valid := map[string]bool{}
	sites := []string{filepath.Join(dir, "one"), filepath.Join(dir, "two")}
	for i, s := range sites {
		writeSite(t, s, fmt.Sprintf("mark%d", i), 30)
		alone := filepath.Join(dir, fmt.Sprintf("alone%d", i))
		if msg, err := program("build", "--source", s, "--out", alone).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, msg)
		}
		valid[digest(t, alone)] = true
	}
	for round := range 10 {
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				if msg, err := program("build", "--source", sites[i%2], "--out", out).CombinedOutput(); err != nil {
					t.Errorf("%v\n%s", err, msg)
				}
			})
		}
		wg.Wait()
		if !valid[digest(t, out)] {
			t.Fatalf("round %d: the folder holds a mixture", round)
		}
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".public*"))
	if len(left) > 0 {
		t.Errorf("litter: %s", strings.Join(left, " "))
	}
}
