package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// written collects what a program writes while it runs.
type written struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *written) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *written) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// TestServe runs the program as a person does: start, look, edit, break, mend, Ctrl-C.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	definition := func(summary string) string {
		return "code: \"7\"\ntitle: Seven\nsummary: " + summary + "\nfixes: [Wait]\naliases: [seven]\n"
	}
	put("content/site.yaml", "title: T\nbase_url: https://a.example\n")
	put("content/a/collection.yaml", "title: A errors\nurl: /docs/a-{slug}\nindex: /docs/a\n")
	put("content/a/7.yaml", definition("First words."))

	cmd := program("serve", "--source", dir, "--addr", "127.0.0.1:0")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr written
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err, stderr.String())
	}
	url := strings.TrimSuffix(regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(line), "/")
	if url == "" || !strings.Contains(line, dir) {
		t.Fatalf("it says %q", line)
	}
	get := func(path string) (*http.Response, string) {
		t.Helper()
		client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		res, err := client.Get(url + path)
		if err != nil {
			t.Fatal(err, stderr.String())
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		return res, string(body)
	}
	wait := func(what string, f func() bool) {
		t.Helper()
		for end := time.Now().Add(30 * time.Second); !f(); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("never: %s\n%s", what, stderr.String())
			}
		}
	}
	res, body := get("/docs/a-7")
	if res.StatusCode != 200 || !strings.Contains(body, "First words.") || !strings.Contains(res.Header.Get("Content-Security-Policy"), "script-src 'self'") {
		t.Errorf("got %d %v", res.StatusCode, res.Header)
	}
	if res, _ := get("/docs/a-seven"); res.StatusCode != 301 || res.Header.Get("Location") != "/docs/a-7" {
		t.Errorf("the alias: %d %v", res.StatusCode, res.Header)
	}
	if res, _ := get("/docs/a-8"); res.StatusCode != 404 {
		t.Errorf("got %d", res.StatusCode)
	}
	put("content/a/7.yaml", definition("Second words."))
	wait("the second words", func() bool { _, body := get("/docs/a-7"); return strings.Contains(body, "Second words.") })
	wait("a line for the edit", func() bool {
		return regexp.MustCompile(`(?m)content/a/7\.yaml: [0-9.]+m?s`).MatchString(stderr.String())
	})
	put("content/a/7.yaml", definition(`"[Dead](error:nothing)."`))
	wait("the problem", func() bool {
		return strings.Contains(stderr.String(), "1 error") && strings.Contains(stderr.String(), "the last good site stays") &&
			strings.Contains(stderr.String(), "content/a/7.yaml:3:24: error: there is no error \"nothing\" [unresolved-reference]")
	})
	if _, body := get("/docs/a-7"); !strings.Contains(body, "Second words.") {
		t.Error("the last good site is gone")
	}
	put("content/a/7.yaml", definition("Third words."))
	wait("the third words", func() bool { _, body := get("/docs/a-7"); return strings.Contains(body, "Third words.") })
	put("content/a/8.yaml", "code: \"8\"\ntitle: Eight\nsummary: See it.\nfixes: [Wait]\nrelated: [\"7\"]\n")
	wait("a second page", func() bool { res, _ := get("/docs/a-8"); return res.StatusCode == 200 })
	put("templates/home.html", "{{template \"top\" .}}<p>{{.Titel}</p>{{template \"bottom\" .}}")
	wait("the problem of a template", func() bool {
		return strings.Contains(stderr.String(), "templates/home.html:1:32: error: a single brace stands in this action [template-syntax]")
	})
	if _, body := get("/"); !strings.Contains(body, "A errors") {
		t.Error("a broken template took the last good page away")
	}
	put("templates/home.html", "{{template \"top\" .}}<p>Our own</p>{{template \"bottom\" .}}")
	wait("the template", func() bool { _, body := get("/"); return strings.Contains(body, "<p>Our own</p>") })
	if err := os.Rename(filepath.Join(dir, "content/a/7.yaml"), filepath.Join(dir, "content/a/7.yml")); err != nil {
		t.Fatal(err)
	}
	wait("the cause, with what follows", func() bool {
		_, after, found := strings.Cut(stderr.String(), "content/a/7.yml: error: this file is not read")
		return found && strings.Contains(after, "content/a/8.yaml:5:12: this refers to it")
	})
	if _, body := get("/docs/a-7"); !strings.Contains(body, "Third words.") {
		t.Error("the last good site is gone")
	}
	if err := os.Rename(filepath.Join(dir, "content/a/7.yml"), filepath.Join(dir, "content/a/7.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "templates")); err != nil {
		t.Fatal(err)
	}
	wait("the built-in page", func() bool { _, body := get("/"); return !strings.Contains(body, "Our own") })
	put("content/a/9.yml", "code: \"9\"\n")
	wait("a word about a new file that is not read", func() bool {
		return strings.Contains(stderr.String(), "content/a/9.yml: warning: this file is not read")
	})
	if err := os.Remove(filepath.Join(dir, "content/a/9.yml")); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, stderr.String())
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("it left something behind: %v", entries)
	}
}
