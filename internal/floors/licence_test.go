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

// TestLicences reads the licence of every module that the program is linked from: each must be there and permissive.
func TestLicences(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}\t{{.Dir}}{{end}}", "errdex/cmd/errdex").Output()
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
