package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"errdex/internal/bench/corpus"
)

// cost is what one run took. CPU is user and system time of the child, Memory its peak resident set in bytes as the system
// counts it (0 where it does not tell).
type cost struct {
	Wall, CPU time.Duration
	Memory    int64
}

// kinds of build, in the order in which they follow each other.
const (
	cold = iota
	unchanged
	edited
	kinds
)

var kindNames = [kinds]string{"cold", "unchanged", "one edit"}

// result is everything measured for one size.
type result struct {
	n            int
	files        int
	bytes        int64
	errdex, hugo [kinds]cost // medians
	hugoFiles    int
	hugoBytes    int64
	bare         cost
	saves        []time.Duration // from a save under serve to the new page, sorted
}

func measure(ctx context.Context, t tools, o options, dir string, n int, errs io.Writer) (result, error) {
	base := filepath.Join(dir, fmt.Sprintf("%d", n))
	if err := os.RemoveAll(base); err != nil {
		return result{}, err
	}
	c := corpus.Config{Definitions: n, Seed: o.seed}
	aside := filepath.Join(base, "aside")
	defer os.RemoveAll(aside)
	ours := &site{aside: filepath.Join(aside, "errdex"), dir: filepath.Join(base, "errdex"), out: filepath.Join(base, "errdex-out"), program: t.errdex}
	ours.args = []string{"build", "--source", ours.dir, "--out", ours.out}
	ours.edit = filepath.Join(ours.dir, filepath.FromSlash(corpus.EditedFile(c)))
	sites := []*site{ours}
	if err := corpus.Write(ours.dir, corpus.Files(c)); err != nil {
		return result{}, err
	}
	if t.hugo != "" {
		theirs := &site{aside: filepath.Join(aside, "hugo"), dir: filepath.Join(base, "hugo"), out: filepath.Join(base, "hugo-out"), program: t.hugo}
		theirs.args = []string{"--quiet", "--source", theirs.dir, "--destination", theirs.out, "--cacheDir", filepath.Join(base, "hugo-cache")}
		theirs.clear = []string{filepath.Join(base, "hugo-cache"), filepath.Join(theirs.dir, "resources")}
		theirs.edit = filepath.Join(theirs.dir, filepath.FromSlash(corpus.EditedHugoFile(c, o.layout)))
		sites = append(sites, theirs)
		if err := corpus.Write(theirs.dir, corpus.Hugo(c, o.layout)); err != nil {
			return result{}, err
		}
	}
	r := result{n: n}
	var bare []cost
	// All cold builds come first: a build over an old site removes that, which makes the next files dear, see putAside.
	for k := range kinds {
		for i := range o.runs {
			for _, s := range sites {
				fmt.Fprintf(errs, "\r\033[K%d definitions, run %d of %d: %s, %s", n, i+1, o.runs, filepath.Base(s.program), kindNames[k])
				if err := s.build(ctx, k); err != nil {
					return r, err
				}
			}
			if k != cold {
				continue
			}
			b, err := bareWrite(ctx, ours.out, filepath.Join(aside, fmt.Sprintf("bare-%d", i)))
			if err != nil {
				return r, err
			}
			bare = append(bare, b)
		}
	}
	var err error
	if r.saves, err = saves(ctx, t, ours, c, errs); err != nil {
		return r, err
	}
	fmt.Fprint(errs, "\r\033[K")
	r.bare = median(bare)
	if r.files, r.bytes, err = weigh(ours.out); err != nil {
		return r, err
	}
	for k := range kinds {
		r.errdex[k] = median(ours.costs[k])
		if len(sites) > 1 {
			r.hugo[k] = median(sites[1].costs[k])
		}
	}
	if len(sites) > 1 {
		r.hugoFiles, r.hugoBytes, err = weigh(sites[1].out)
	}
	if o.keep == "" {
		os.RemoveAll(base)
	}
	return r, err
}

// site is one program with its source and output.
type site struct {
	dir, out, program string
	args, clear       []string
	aside             string // what earlier builds wrote lies here until everything has been measured
	edit              string
	edits             int
	costs             [kinds][]cost
}

// build runs one build of a kind: cold without output and caches, unchanged right behind another build, edited after one
// definition's title was changed.
func (s *site) build(ctx context.Context, kind int) error {
	switch kind {
	case cold:
		for i, dir := range append([]string{s.out}, s.clear...) {
			if err := putAside(dir, filepath.Join(s.aside, fmt.Sprintf("%d-%d", len(s.costs[cold]), i))); err != nil {
				return err
			}
		}
	case edited:
		if err := s.change(); err != nil {
			return err
		}
	}
	c, err := child(ctx, s.program, s.args)
	if err != nil {
		return fmt.Errorf("%s, %s: %w", filepath.Base(s.program), kindNames[kind], err)
	}
	s.costs[kind] = append(s.costs[kind], c)
	return nil
}

// putAside takes a folder, which need not exist, out of the way without removing it: for minutes after tens of thousands of files were removed some file
// systems (ext4 without a journal) make new ones several times slower, and who builds into an empty folder has removed none.
func putAside(dir, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.Rename(dir, to); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// change edits the title of one definition.
func (s *site) change() error {
	data, err := os.ReadFile(s.edit)
	if err != nil {
		return err
	}
	s.edits++
	lines := strings.Split(string(data), "\n")
	i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), "first_action: ") })
	if i < 0 {
		return fmt.Errorf("%s has no first_action to edit", s.edit)
	}
	lines[i] = strings.TrimSuffix(lines[i], `"`) + fmt.Sprintf(` Edit %d."`, s.edits)
	return os.WriteFile(s.edit, []byte(strings.Join(lines, "\n")), 0o644)
}

// child runs a program to its end. What the one before it has left to be written is written first: it would take a core and the disk from a short run and be lost in a long one.
func child(ctx context.Context, program string, args []string) (cost, error) {
	flush()
	c := exec.CommandContext(ctx, program, args...)
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	start := time.Now()
	err := c.Run()
	wall := time.Since(start)
	if err != nil {
		text := said.String()
		return cost{}, fmt.Errorf("%w\n%s", err, text[max(0, len(text)-2000):])
	}
	return cost{wall, c.ProcessState.UserTime() + c.ProcessState.SystemTime(), peak(c.ProcessState)}, nil
}

// bareFlag makes this program write a site with a bare loop: -bare FROM TO.
const bareFlag = "-bare"

// bareWrite times a bare loop of writes in a process of its own: its hundreds of megabytes would be counted as the peak of every program that this one starts
// afterwards, since a child begins with its parent's.
func bareWrite(ctx context.Context, from, to string) (cost, error) {
	self, err := os.Executable()
	if err != nil {
		return cost{}, err
	}
	flush()
	said, err := command(ctx, "", self, bareFlag, from, to)
	if err != nil {
		return cost{}, err
	}
	wall, err := time.ParseDuration(said)
	return cost{Wall: wall}, err
}

// bareLoop copies a site that is already in memory with nothing but a loop of writes, and times the loop.
func bareLoop(from, to string) (time.Duration, error) {
	type file struct {
		path string
		data []byte
	}
	var files []file
	err := filepath.WalkDir(from, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(from, name)
		files = append(files, file{filepath.Join(to, rel), data})
		return err
	})
	if err != nil {
		return 0, err
	}
	start := time.Now()
	made := map[string]bool{}
	for _, f := range files {
		if dir := filepath.Dir(f.path); !made[dir] {
			made[dir] = true
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return 0, err
			}
		}
		if err := os.WriteFile(f.path, f.data, 0o644); err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}

func weigh(dir string) (files int, size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			files++
			size += info.Size()
		}
		return err
	})
	return files, size, err
}

// median is the median of each figure by itself.
func median(cs []cost) cost {
	if len(cs) == 0 {
		return cost{}
	}
	walls, cpus, mems := make([]time.Duration, len(cs)), make([]time.Duration, len(cs)), make([]int64, len(cs))
	for i, c := range cs {
		walls[i], cpus[i], mems[i] = c.Wall, c.CPU, c.Memory
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	slices.Sort(mems)
	return cost{walls[len(cs)/2], cpus[len(cs)/2], mems[len(cs)/2]}
}
