// Command bench measures errdex against Hugo on the same data, and both against a bare loop that writes the same bytes. It
// builds the two programs, makes the corpus in a temporary folder, runs them in turn several times and prints medians
// and their ratios. Ratios are what counts: the machine is shared, and whatever slows one run slows its neighbour.
//
// It ends with status 1 where a budget of the design is missed and with 2 where it could not measure.
//
//	go run ./internal/bench                     1,000 and 10,000 definitions
//	go run ./internal/bench -n 1000,100000      other sizes
//	go run ./internal/bench -hugo off -print    errdex alone, and only print
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"

	"errdex/internal/bench/corpus"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// options are the flags.
type options struct {
	sizes  []int
	runs   int
	seed   uint64
	hugo   string // "on", "off" or the path of a program
	layout corpus.Layout
	print  bool
	keep   string
}

func parse(args []string, errs io.Writer) (options, error) {
	var o options
	var sizes, layout string
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(errs)
	f.StringVar(&sizes, "n", "1000,10000", "numbers of definitions")
	f.IntVar(&o.runs, "runs", 3, "runs of each kind; medians are printed")
	f.Uint64Var(&o.seed, "seed", 1, "which corpus")
	f.StringVar(&o.hugo, "hugo", "on", "on, off, or the path of a Hugo to measure")
	f.StringVar(&layout, "layout", string(corpus.FrontMatter), "how Hugo gets its data: \""+string(corpus.FrontMatter)+"\" or \""+string(corpus.Adapter)+"\"")
	f.BoolVar(&o.print, "print", false, "only print: a missed budget is no failure")
	f.StringVar(&o.keep, "dir", "", "work in this folder and keep it, instead of a temporary one")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.layout = corpus.Layout(layout); o.layout != corpus.FrontMatter && o.layout != corpus.Adapter {
		return o, fmt.Errorf("there is no layout %q", layout)
	}
	if o.runs < 1 {
		return o, errors.New("-runs must be at least 1")
	}
	for s := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 20 {
			return o, fmt.Errorf("-n: %q is not a number of definitions (20 or more)", s)
		}
		o.sizes = append(o.sizes, n)
	}
	return o, nil
}

func run(ctx context.Context, args []string, out, errs io.Writer) int {
	if len(args) == 3 && args[0] == bareFlag {
		wall, err := bareLoop(args[1], args[2])
		if err != nil {
			fmt.Fprintln(errs, "bench:", err)
			return 2
		}
		fmt.Fprintln(out, wall)
		return 0
	}
	o, err := parse(args, errs)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		err = bench(ctx, o, out, errs)
	}
	switch {
	case errors.Is(err, errMissed):
		if o.print {
			return 0
		}
		return 1
	case err != nil:
		fmt.Fprintln(errs, "bench:", err)
		return 2
	}
	return 0
}

func bench(ctx context.Context, o options, out, errs io.Writer) error {
	dir := o.keep
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "errdex-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	t, err := buildTools(ctx, dir, o.hugo, errs)
	if err != nil {
		return err
	}
	facts(out, t)
	var results []result
	for _, n := range o.sizes {
		r, err := measure(ctx, t, o, dir, n, errs)
		if err != nil {
			return err
		}
		results = append(results, r)
		table(out, r)
	}
	return judge(out, results)
}
