//go:build unix

package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// bad is a place in which a build fails: run starts the program there, and dir holds out.
type bad struct {
	dir, out string
	run      func(args ...string) ([]byte, error)
}

// badDisks makes a place for every way in which a disk can refuse. Where this system does not let a test make one it says so and leaves it out.
func badDisks(t *testing.T) map[string]func(t *testing.T) bad {
	plain := func(dir string) bad {
		return bad{dir, filepath.Join(dir, "public"), func(args ...string) ([]byte, error) { return program(args...).CombinedOutput() }}
	}
	return map[string]func(t *testing.T) bad{
		"no space left": func(t *testing.T) bad {
			dir := mount(t, "size=600k")
			return plain(dir)
		},
		"no space left on the mount point itself": func(t *testing.T) bad {
			dir := mount(t, "size=600k")
			b := plain(dir)
			b.out = dir
			return b
		},
		"no files left": func(t *testing.T) bad {
			dir := mount(t, "nr_inodes=60")
			return plain(dir)
		},
		"file too large": func(t *testing.T) bad {
			dir := t.TempDir()
			return bad{dir, filepath.Join(dir, "public"), func(args ...string) ([]byte, error) {
				cmd := program(append([]string{"-c", `ulimit -f 64; exec "$0" "$@"`, os.Args[0]}, args...)...)
				cmd.Path, _ = exec.LookPath("sh")
				return cmd.CombinedOutput()
			}}
		},
	}
}

// mount mounts a small file system in memory for the length of a test.
func mount(t *testing.T, options string) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root may mount a small disk")
	}
	dir := t.TempDir()
	if msg, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v %s", err, msg)
	}
	t.Cleanup(func() {
		if msg, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v %s", err, msg)
		}
	})
	return dir
}

// TestBadDisk builds a site that fits, and then one that does not: the first one stays to the byte, the message says what the system said, and there is no litter.
func TestBadDisk(t *testing.T) {
	src := t.TempDir()
	writeSite(t, filepath.Join(src, "small"), "small", 2)
	writeSite(t, filepath.Join(src, "large"), "large", 200)
	for what, make := range badDisks(t) {
		t.Run(what, func(t *testing.T) {
			b := make(t)
			if msg, err := b.run("build", "--source", filepath.Join(src, "small"), "--out", b.out); err != nil {
				t.Fatalf("%v\n%s", err, msg)
			}
			before, files := digest(t, b.dir), entries(t, b.dir)
			for range 3 {
				msg, err := b.run("build", "--source", filepath.Join(src, "large"), "--out", b.out)
				if err == nil || !strings.Contains(string(msg), strings.Fields(what)[0]+" "+strings.Fields(what)[1]) && !strings.Contains(string(msg), "no space left") {
					t.Errorf("%v\n%s", err, msg)
				}
				if digest(t, b.dir) != before || entries(t, b.dir) != files {
					t.Fatal("the old site has changed, or there is litter")
				}
			}
			if msg, err := b.run("build", "--source", filepath.Join(src, "small"), "--out", b.out); err != nil {
				t.Errorf("%v\n%s", err, msg)
			}
		})
	}
}

// entries counts files and folders.
func entries(t *testing.T, dir string) (n int) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(string, fs.DirEntry, error) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

// stranger starts the program as somebody who owns nothing. As root that is another user, and otherwise oneself.
func stranger(t *testing.T, dir string) func(args ...string) *exec.Cmd {
	t.Helper()
	if os.Getuid() != 0 {
		return program
	}
	for d := dir; len(d) > len(os.TempDir()); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(os.Args[0]) // which lies in a folder of root's own
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(dir, "errdex")
	if err := os.WriteFile(bin, data, 0o755); err != nil {
		t.Fatal(err)
	}
	return func(args ...string) *exec.Cmd {
		cmd := program(args...)
		cmd.Path = bin
		cmd.Env = append(cmd.Env, "HOME=/nonexistent", "XDG_CACHE_HOME=")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		return cmd
	}
}

// TestNoRoom builds where nothing can be written: the old site stays, and the message says what the system said.
func TestNoRoom(t *testing.T) {
	dir := t.TempDir()
	run := stranger(t, dir)
	src, out := filepath.Join(dir, "src"), filepath.Join(dir, "parent", "public")
	writeSite(t, src, "x", 3)
	if msg, err := program("build", "--source", src, "--out", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	before := digest(t, out)
	for _, d := range []string{out, filepath.Dir(out)} {
		if err := os.Chmod(d, 0o555); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(d, 0o755)
	}
	for _, o := range []string{out, filepath.Join(dir, "parent", "new"), filepath.Join(dir, "parent", "new", "deep")} {
		cmd := run("build", "--source", src, "--out", o)
		msg, err := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(msg), "permission denied") || strings.Contains(string(msg), "goroutine") {
			t.Errorf("%s: %v\n%s", o, err, msg)
		}
	}
	if digest(t, out) != before {
		t.Error("the old site has changed")
	}
}

// TestNoRoomBeside kills builds into a folder that may be written where its parent may not: the site grows inside. Whenever a build dies a reader sees one site, whole, and
// the next build leaves the whole site and no litter.
func TestNoRoomBeside(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 10
	}
	dir := t.TempDir()
	run := stranger(t, dir)
	out := filepath.Join(dir, "parent", "public")
	valid, all := map[string]bool{}, map[string]bool{}
	sites := []string{filepath.Join(dir, "one"), filepath.Join(dir, "two")}
	for i, s := range sites {
		writeSite(t, s, fmt.Sprintf("mark%d", i), 30+10*i)
		alone := filepath.Join(dir, fmt.Sprintf("alone%d", i))
		if msg, err := program("build", "--source", s, "--out", alone).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, msg)
		}
		valid[digest(t, alone)] = true
		_ = digestOf(t, alone, func(name string) bool { all[name] = true; return true })
	}
	// What a reader sees is what can be opened by its name, through whatever links. All names are asked for, those of the other site too.
	view := func() string {
		h := sha256.New()
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if data, err := os.ReadFile(filepath.Join(out, name)); err == nil {
				fmt.Fprintf(h, "%s %d\n", name, len(data))
				h.Write(data)
			}
		}
		return fmt.Sprintf("%x", h.Sum(nil))
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		t.Fatal(err)
	}
	for path, mode := range map[string]os.FileMode{out: 0o777, filepath.Dir(out): 0o555} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(filepath.Dir(out), 0o755)
	var whole time.Duration
	views := map[string]bool{}
	links := 0
	for i := range rounds {
		start := time.Now()
		if msg, err := run("build", "--source", sites[i%2], "--out", out).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, msg)
		}
		whole = max(whole, time.Since(start))
		if !valid[digest(t, out)] {
			t.Fatalf("round %d: not the whole site, or litter", i)
		}
		views[view()] = true
		if len(views) > 2 {
			t.Fatal("the view of a whole site changes")
		}
		cmd := run("build", "--no-cache", "--source", sites[(i+1)%2], "--out", out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(whole * 5 / 4))))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if i > 0 && !views[view()] {
			t.Fatalf("round %d: a reader sees neither the old site nor the new one", i)
		}
		if info, err := os.Lstat(filepath.Join(out, "index.html")); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			links++
		}
	}
	t.Logf("%d of %d builds died while names were links", links, rounds)
}

func eachFile(t *testing.T, dir string, f func(name, text string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		f(rel, string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
