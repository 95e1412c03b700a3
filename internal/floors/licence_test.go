package floors

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// permissive are the licences that the program may contain, by a sentence that only they have.
var permissive = map[string]*regexp.Regexp{
	"MIT":        regexp.MustCompile(`(?i)permission is hereby granted, free of charge`),
	"BSD":        regexp.MustCompile(`(?i)redistribution and use in source and binary forms`),
	"Apache-2.0": regexp.MustCompile(`(?i)apache license\s+version 2\.0`),
	"ISC":        regexp.MustCompile(`(?i)permission to use, copy, modify, and(/or)? distribute this software`),
}

// TestLicences reads the licence of every module that the program and its tests are linked from: each must be there and permissive.
func TestLicences(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-test", "-f", "{{with .Module}}{{.Path}}\t{{.Dir}}{{end}}", "errdex/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		path, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if path == "" || path == module || seen[path] {
			continue
		}
		seen[path] = true
		if name := licence(dir); name == "" {
			t.Errorf("%s has no licence that is known to be permissive", path)
		} else {
			t.Logf("%s: %s", path, name)
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d modules were looked at", len(seen))
	}
}

// TestTools looks at what CI runs beside the program: each has its version, and a licence like the program's own. A tool is not in go.mod; what was never run here cannot
// be looked at, and that is said.
func TestTools(t *testing.T) {
	pinned := regexp.MustCompile(`\b((?:golang\.org/x|github\.com/[\w.-]+)/[\w.-]+)[\w./-]*@([\w.+-]+)`)
	floating := regexp.MustCompile(`(?m)^[^#\n]*\$go (?:run|install) [^"$\n]*@latest`)
	files, _ := filepath.Glob(filepath.Join("..", "..", ".ci", "*"))
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if floating.Match(data) {
			t.Errorf("%s runs a tool of no fixed version", filepath.Base(f))
		}
		for _, m := range pinned.FindAllStringSubmatch(string(data), -1) {
			if m[2] == "latest" {
				continue // the reports of vulnerabilities, which are data
			}
			found++
			escaped := regexp.MustCompile(`[A-Z]`).ReplaceAllStringFunc(m[1], func(s string) string { return "!" + strings.ToLower(s) })
			dir := filepath.Join(strings.TrimSpace(string(cache)), escaped+"@"+m[2])
			if _, err := os.Stat(dir); err != nil {
				t.Logf("%s@%s is not here", m[1], m[2])
			} else if name := licence(dir); name == "" {
				t.Errorf("%s has no licence that is known to be permissive", m[1])
			} else {
				t.Logf("%s@%s: %s", m[1], m[2], name)
			}
		}
	}
	if found < 3 {
		t.Errorf("only %d tools were found in .ci", found)
	}
}

func licence(dir string) string {
	files, _ := filepath.Glob(filepath.Join(dir, "[LlCc][IiOo][CcPp][EeYy]*"))
	for _, f := range files {
		data, _ := os.ReadFile(f)
		for name, form := range permissive {
			if form.Match(data) {
				return name
			}
		}
	}
	return ""
}

// TestTrimmed builds the program as the Makefile does: the binary does not name the folder it was built in, which would make two builds of one
// source differ.
func TestTrimmed(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "errdex")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", bin, "./cmd/errdex")
	cmd.Dir = filepath.Join("..", "..")
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	data, err := os.ReadFile(bin)
	if err != nil {
		t.Fatal(err)
	}
	if wd, _ := os.Getwd(); strings.Contains(string(data), filepath.Dir(filepath.Dir(wd))) {
		t.Error("the binary names the folder it was built in")
	}
}

// TestNothingIsReplaced forbids replace directives: what is built is what the module path says.
func TestNothingIsReplaced(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-json", "all").Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var m struct {
			Path    string
			Replace *struct{ Path string }
		}
		if err := dec.Decode(&m); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		if m.Replace != nil {
			t.Errorf("%s is replaced by %s", m.Path, m.Replace.Path)
		}
	}
}
