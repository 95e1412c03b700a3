package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// tools are the programs that are measured. hugo is empty where it could not be had.
type tools struct {
	errdex, hugo, hugoVersion string
}

// buildTools builds errdex from the module this is run in and Hugo from the module beside it.
func buildTools(ctx context.Context, dir, hugo string, errs io.Writer) (tools, error) {
	root, err := command(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}", "errdex")
	if err != nil {
		return tools{}, fmt.Errorf("run it inside errdex's module: %w", err)
	}
	t := tools{errdex: filepath.Join(dir, "errdex"+suffix())}
	if _, err := command(ctx, root, "go", "build", "-o", t.errdex, "./cmd/errdex"); err != nil {
		return tools{}, fmt.Errorf("building errdex: %w", err)
	}
	switch hugo {
	case "off":
		return t, nil
	case "on":
		t.hugo = filepath.Join(dir, "hugo"+suffix())
		fmt.Fprintln(errs, "building Hugo (minutes, the first time)")
		if _, err := command(ctx, filepath.Join(root, "internal", "bench", "hugo"), "go", "build", "-o", t.hugo, "github.com/gohugoio/hugo"); err != nil {
			fmt.Fprintf(errs, "Hugo cannot be built here and is skipped: %v\n", err)
			t.hugo = ""
			return t, ctx.Err()
		}
	default:
		t.hugo = hugo
	}
	if t.hugoVersion, err = command(ctx, "", t.hugo, "version"); err != nil {
		return tools{}, fmt.Errorf("running Hugo: %w", err)
	}
	return t, nil
}

func suffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// command runs a program without cgo and returns what it printed; the error has what it said.
func command(ctx context.Context, dir string, name string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	var said strings.Builder
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, strings.TrimSpace(said.String()))
	}
	return strings.TrimSpace(string(out)), nil
}

// facts prints what the figures were taken on.
func facts(out io.Writer, t tools) {
	fmt.Fprintf(out, "%s/%s, %d cores, %s, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), processor(), runtime.Version())
	if t.hugo != "" {
		fmt.Fprintf(out, ", %s", t.hugoVersion)
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		fmt.Fprintf(out, ", load %s", strings.Fields(string(load))[0])
	}
	fmt.Fprintln(out)
}

// processor is the name of the processor where the system tells it.
func processor() string {
	data, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown processor"
}
