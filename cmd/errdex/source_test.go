package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestFolders holds the fast way to read a source to the one that it saves: os.Root's, which follows no link out of the folder.
func TestFolders(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"src/content/a/1.yaml": "one", "src/content/a/2.yaml": "two", "src/shared/3.yaml": "three", "outside/4.yaml": "four"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{
		"content/a/3.yaml": "../../shared/3.yaml", "content/a/4.yaml": "../../../outside/4.yaml", "content/a/5.yaml": filepath.Join(dir, "outside", "4.yaml"),
		"content/a/6.yaml": "nothing", "content/a/7.yaml": "7.yaml", "content/a/8.yaml": "1.yaml", "content/b": "../shared", "content/c": "../../outside", "content/a/d": ".",
	} {
		if err := os.Symlink(target, filepath.Join(dir, "src", name)); err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(filepath.Join(dir, "src"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	fast, slow := newFolders(root), root.FS()
	defer fast.Close()
	read := 0
	for _, name := range []string{
		"content/a/1.yaml", "content/a/2.yaml", "content/a/3.yaml", "content/a/4.yaml", "content/a/5.yaml", "content/a/6.yaml", "content/a/7.yaml", "content/a/8.yaml",
		"content/b/3.yaml", "content/c/4.yaml", "content/a/d/1.yaml", "content/nothing/1.yaml", "content/a/nothing.yaml", "content/a", "content", ".", "",
		"../outside/4.yaml", "/content/a/1.yaml", "content/../content/a/1.yaml", "content/a/../../../outside/4.yaml", "content//a/1.yaml", "content/a/", "content/a/1.yaml/x",
	} {
		got, err := fs.ReadFile(fast, name)
		want, wantErr := fs.ReadFile(slow, name)
		if string(got) != string(want) || (err == nil) != (wantErr == nil) || errors.Is(err, fs.ErrNotExist) != errors.Is(wantErr, fs.ErrNotExist) {
			t.Errorf("%q: %q %v, os.Root says %q %v", name, got, err, want, wantErr)
		}
		if err == nil {
			read++
		}
		if string(got) == "four" {
			t.Errorf("%q leads out of the source", name)
		}
		entries, err := fs.ReadDir(fast, name)
		wanted, wantErr := fs.ReadDir(slow, name)
		if (err == nil) != (wantErr == nil) || len(entries) != len(wanted) {
			t.Errorf("%q: %d entries %v, os.Root says %d %v", name, len(entries), err, len(wanted), wantErr)
			continue
		}
		for i := range entries {
			if entries[i].Name() != wanted[i].Name() || entries[i].Type() != wanted[i].Type() {
				t.Errorf("%q: %v, os.Root says %v", name, entries[i], wanted[i])
			}
		}
	}
	if read < 6 {
		t.Errorf("only %d files were read", read)
	}
}
