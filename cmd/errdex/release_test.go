package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestRelease holds the description of releases to what makes their programs the same wherever they are built, and tell what they are. goreleaser names a program after its
// folder, and links the hour of the build into it, unless it is told otherwise (https://goreleaser.com/customization/builds/go/).
func TestRelease(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`(?m)^project_name: errdex\b`, `(?m)^    binary: errdex$`, `(?m)^    flags: \[-trimpath, -buildvcs=true\]`, `(?m)^    ldflags: \[-s -w\]`, `(?m)^    mod_timestamp: "\{\{ \.CommitTimestamp \}\}"`,
	} {
		if !regexp.MustCompile(want).Match(data) {
			t.Errorf(".goreleaser.yaml has no %s", want)
		}
	}
	ignored, err := os.ReadFile(filepath.Join("..", "..", ".gitignore"))
	if err != nil || !regexp.MustCompile(`(?m)^dist/$`).Match(ignored) {
		t.Errorf("what a release makes in dist/ is not ignored (%v): each program after the first would say that it has changes that are not committed", err)
	}
}
