//go:build unix

package load_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"errdex/internal/diag"
	"errdex/internal/load"
)

// folder writes a source folder to the disk and opens it as the command does.
func folder(t *testing.T, files map[string]string) (dir string, fsys fs.FS) {
	t.Helper()
	dir = t.TempDir()
	files["content/site.yaml"] = "title: Docs\nbase_url: https://example.com\n"
	files["content/api/collection.yaml"] = "title: API errors\nurl: /docs/api-{slug}\nindex: /docs/api\n"
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return dir, root.FS()
}

const whole = "code: \"1\"\ntitle: x\nsummary: y\ncauses: [a]\n"

// lines prints a list as `file id message`.
func lines(list *diag.List) string {
	var b strings.Builder
	for _, d := range list.Sorted() {
		b.WriteString(d.Span.File + " " + d.ID + ": " + d.Message + "\n")
	}
	return b.String()
}

// TestFiles holds that what is no plain file is spoken of and never waited for.
func TestFiles(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.yaml")
	if err := os.WriteFile(outside, []byte(whole), 0o666); err != nil {
		t.Fatal(err)
	}
	dir, fsys := folder(t, map[string]string{"content/api/1.yaml": whole, "content/api/big.yaml": strings.Repeat("#\n", load.MaxFile/2+1), "other/2.yaml": whole})
	at := func(name string) string { return filepath.Join(dir, "content", name) }
	for _, err := range []error{
		syscall.Mkfifo(at("api/pipe.yaml"), 0o666),
		os.Symlink("loop.yaml", at("api/loop.yaml")),
		os.Symlink("nowhere.yaml", at("api/dangling.yaml")),
		os.Symlink(outside, at("api/escape.yaml")),
		os.Symlink("../../../../../../etc/hosts", at("api/climb.yaml")),
		os.Symlink("1.yaml", at("api/linked.yaml")),
		os.Symlink("../other", at("inside")),
		os.Symlink("..", at("round")),
		os.Symlink("api", at("again")),
		os.Mkdir(at("api/folder.yaml"), 0o777),
		syscall.Mkfifo(at("pipe"), 0o666),
	} {
		if err != nil {
			t.Skip(err)
		}
	}
	done := make(chan string, 1)
	go func() {
		site, list := read(t, fsys)
		names := ""
		for _, c := range site.Collections {
			for _, d := range c.Definitions {
				names += " " + d.Ref() + "=" + d.Code.Value
			}
		}
		done <- names + "\n" + lines(list)
	}()
	var got string
	select {
	case got = <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("still reading after ten seconds")
	}
	want := ` again/1=1 again/big= again/linked=1 api/1=1 api/big= api/linked=1
content/again/folder.yaml stray-file: this folder is not read
content/api/folder.yaml stray-file: this folder is not read
content/inside/collection.yaml missing-file: a collection needs its collection.yaml
content/again/big.yaml file-too-large: this file has 1048578 bytes, the limit is 1048576
content/again/climb.yaml unreadable-file: this link cannot be followed
content/again/dangling.yaml unreadable-file: this link cannot be followed
content/again/escape.yaml unreadable-file: this link cannot be followed
content/again/loop.yaml unreadable-file: this link cannot be followed
content/again/pipe.yaml unreadable-file: this is neither a file nor a folder
content/api/big.yaml file-too-large: this file has 1048578 bytes, the limit is 1048576
content/api/climb.yaml unreadable-file: this link cannot be followed
content/api/dangling.yaml unreadable-file: this link cannot be followed
content/api/escape.yaml unreadable-file: this link cannot be followed
content/api/loop.yaml unreadable-file: this link cannot be followed
content/api/pipe.yaml unreadable-file: this is neither a file nor a folder
content/pipe unreadable-file: this is neither a file nor a folder
`
	if got != want {
		t.Error(difference(got, want))
	}
}

// TestPipesInPlaceOfFiles holds that the two files that are read by name are looked at before they are opened.
func TestPipesInPlaceOfFiles(t *testing.T) {
	dir, fsys := folder(t, map[string]string{"content/api/1.yaml": whole})
	for _, name := range []string{"content/site.yaml", "content/api/collection.yaml"} {
		full := filepath.Join(dir, name)
		if err := os.Remove(full); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(full, 0o666); err != nil {
			t.Skip(err)
		}
	}
	done := make(chan string, 1)
	go func() {
		_, list := read(t, fsys)
		done <- lines(list)
	}()
	select {
	case got := <-done:
		want := "content/api/collection.yaml unreadable-file: this is neither a file nor a folder\n" +
			"content/site.yaml unreadable-file: this is neither a file nor a folder\n"
		if got != want {
			t.Error(difference(got, want))
		}
	case <-time.After(10 * time.Second):
		t.Fatal("still reading after ten seconds")
	}
}

func TestUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	dir, fsys := folder(t, map[string]string{"content/api/1.yaml": whole})
	if err := os.Chmod(filepath.Join(dir, "content/api/1.yaml"), 0); err != nil {
		t.Fatal(err)
	}
	_, list := read(t, fsys)
	if got := lines(list); got != "content/api/1.yaml unreadable-file: this file may not be read\n" {
		t.Error(got)
	}
}

// restless is a file system whose file 1.yaml is another at every look, or, with calm set, after so many looks.
type restless struct {
	fstest.MapFS
	looks *int
	calm  int
}

type restlessFile struct {
	fs.File
	fsys restless
}

func (r restless) Open(name string) (fs.File, error) {
	f, err := r.MapFS.Open(name)
	if err == nil && strings.HasSuffix(name, "1.yaml") {
		return restlessFile{f, r}, nil
	}
	return f, err
}

func (f restlessFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	if *f.fsys.looks < f.fsys.calm {
		*f.fsys.looks++
	}
	return restlessInfo{info, time.Unix(int64(*f.fsys.looks), 0)}, err
}

type restlessInfo struct {
	fs.FileInfo
	time time.Time
}

func (i restlessInfo) ModTime() time.Time { return i.time }

func TestChangesWhileRead(t *testing.T) {
	files := fstest.MapFS{
		"content/site.yaml":           {Data: []byte("title: Docs\nbase_url: https://example.com\n")},
		"content/api/collection.yaml": {Data: []byte("title: API errors\nurl: /docs/api-{slug}\nindex: /docs/api\n")},
		"content/api/1.yaml":          {Data: []byte(whole)},
	}
	for calm, want := range map[int]string{2: "", 1000: "content/api/1.yaml unreadable-file: this file changes while it is read\n"} {
		site, list := read(t, restless{files, new(int), calm})
		if got := lines(list); got != want {
			t.Errorf("calm after %d looks: %s", calm, got)
		}
		if d := site.Collections[0].Definitions[0]; (d.Code.Value == "1") != (want == "") {
			t.Errorf("calm after %d looks: the code is %q", calm, d.Code.Value)
		}
	}
}
