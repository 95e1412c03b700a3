package edit_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/edit"
)

func sample() fstest.MapFS {
	in := fstest.MapFS{}
	basics(in)
	for i := range 5 {
		in[fmt.Sprintf("content/api/%d.yaml", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "code: \"%d\"\ntitle: Error %d\nsummary: \"[x](error:%d)\"\ncauses: [{text: x}]\nrelated: [\"%d\"]\n", i, i, (i+1)%5, (i+2)%5)}
	}
	in["content/guides/g.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Guide\n---\n\n[x](error:api/0)\n")}
	return in
}

// snapshot reads every file of a folder but the journal.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		data, err := os.ReadFile(name)
		if !strings.Contains(rel, filepath.Base(edit.Journal)) {
			out[filepath.ToSlash(rel)] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCommit(t *testing.T) {
	in := sample()
	dir := store(t, in)
	plan, err := edit.Move(os.DirFS(dir), "api/0", "api/zero")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "content/api/0.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := plan.Commit(dir); err != nil {
		t.Fatal(err)
	}
	got := snapshot(t, dir)
	for _, c := range plan.Changes {
		if got[c.Path] != string(c.New) {
			t.Errorf("%s is not what was planned", c.Path)
		}
	}
	if _, there := got["content/api/0.yaml"]; there || len(got) != len(in) {
		t.Errorf("%v", slices.Sorted(maps.Keys(got)))
	}
	if info, err := os.Stat(filepath.Join(dir, "content/api/zero.yaml")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode was not kept: %v %v", info.Mode(), err)
	}
	if _, err := os.Stat(filepath.Join(dir, edit.Journal)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the journal is there still: %v", err)
	}
	if places, files := plan.References(); places != 3 || files != 3 {
		t.Errorf("%d references in %d files", places, files)
	}
}

// TestDeath lets the process die before every step of a commit in turn. Whatever is there then, the next command makes all of the edit of it or nothing.
func TestDeath(t *testing.T) {
	dead := errors.New("dead")
	in := sample()
	plan, err := edit.Move(in, "api/0", "api/zero")
	if err != nil {
		t.Fatal(err)
	}
	untouched := snapshot(t, store(t, in))
	finished := maps.Clone(untouched)
	for _, c := range plan.Changes {
		if c.From != "" {
			delete(finished, c.From)
		}
		finished[c.Path] = string(c.New)
	}
	outcomes := map[string]int{}
	for n := 0; ; n++ {
		dir := store(t, in)
		step := 0
		err := edit.CommitSteps(dir, plan, func() error {
			if step++; step > n {
				return dead
			}
			return nil
		})
		if err == nil {
			if n < 10 {
				t.Errorf("only %d steps", n)
			}
			break
		}
		if !errors.Is(err, dead) {
			t.Fatal(err)
		}
		// It dies a second time while it recovers, at every moment, before it lives.
		for range 3 {
			if _, err := edit.Recover(dir); err != nil {
				t.Fatalf("step %d: %v", n, err)
			}
		}
		switch got := snapshot(t, dir); {
		case maps.Equal(got, untouched):
			outcomes["nothing"]++
		case maps.Equal(got, finished):
			outcomes["all"]++
		default:
			t.Errorf("death before step %d leaves a part: %v", n, slices.Sorted(maps.Keys(got)))
		}
		if _, err := os.Stat(filepath.Join(dir, edit.Journal)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("step %d: the journal is there still", n)
		}
	}
	if outcomes["nothing"] < 3 || outcomes["all"] < 3 {
		t.Errorf("%v", outcomes)
	}
}

// TestRecoverRespectsOthers changes a file by hand between the death and the next command.
func TestRecoverRespectsOthers(t *testing.T) {
	in := sample()
	plan, err := edit.Move(in, "api/0", "api/zero")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"content/guides/g.md", "content/api/0.yaml"} {
		dir := store(t, in)
		step := 0
		_ = edit.CommitSteps(dir, plan, func() error {
			if step++; step > len(plan.Changes)+4 {
				return errors.New("dead")
			}
			return nil
		})
		by := []byte("by hand\n")
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), by, 0o600); err != nil {
			t.Fatal(err)
		}
		var r *edit.Refusal
		if _, err := edit.Recover(dir); !errors.As(err, &r) || !strings.Contains(r.Message, name+" was changed while an edit was half done") || r.Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
		if data, _ := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); string(data) != string(by) {
			t.Errorf("%s was written over", name)
		}
	}
}

func TestCommitRefuses(t *testing.T) {
	in := sample()
	plan, err := edit.Move(in, "api/0", "api/zero")
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(dir string) error{
		"content/guides/g.md was changed in the meantime": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "content/guides/g.md"), []byte("new"), 0o600)
		},
		"content/api/zero.yaml is there already": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "content/api/zero.yaml"), []byte("new"), 0o600)
		},
		"content/api/0.yaml is not a file of its own": func(dir string) error {
			name := filepath.Join(dir, "content/api/0.yaml")
			return errors.Join(os.Rename(name, filepath.Join(dir, "elsewhere")), os.Symlink("../../elsewhere", name))
		},
	} {
		dir := store(t, in)
		if err := change(dir); err != nil {
			t.Fatal(err)
		}
		before := snapshot(t, dir)
		var r *edit.Refusal
		if err := plan.Commit(dir); !errors.As(err, &r) || r.Message != what {
			t.Errorf("%v, want %s", err, what)
		}
		if !maps.Equal(before, snapshot(t, dir)) {
			t.Errorf("%s: something was written", what)
		}
		if _, err := os.Stat(filepath.Join(dir, edit.Journal)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: the journal is there still", what)
		}
	}
	if err := plan.Commit(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that is not there is written to")
	}
	if _, err := edit.Recover(t.TempDir()); err != nil {
		t.Errorf("nothing to recover: %v", err)
	}
}
