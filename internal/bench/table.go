package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// errMissed says that everything was measured and a budget is missed.
var errMissed = errors.New("a budget is missed")

// The budgets of the design, section 5. They hold at judged definitions; other sizes are printed for comparison.
const (
	judged          = 10_000
	coldToHugo      = 0.10
	coldToBare      = 4.0
	unchangedToHugo = 0.02
	memoryToHugo    = 0.20
	flatness        = 1.20
	save            = 50 // milliseconds, 95th percentile
)

// table prints the figures of one size.
func table(out io.Writer, r result) {
	fmt.Fprintf(out, "\n%d definitions: errdex wrote %d files, %.1f MB", r.n, r.files, mega(r.bytes))
	if r.hugoFiles > 0 {
		fmt.Fprintf(out, "; Hugo %d files, %.1f MB", r.hugoFiles, mega(r.hugoBytes))
	}
	fmt.Fprintf(out, "; the bare loop took %s\n", short(r.bare.Wall))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\terrdex\tcpu\tpeak\tper page\tHugo\tcpu\tpeak\tto Hugo\tcpu to Hugo\tpeak to Hugo\tto bare write\t")
	for k := range kinds {
		e, h := r.errdex[k], r.hugo[k]
		fmt.Fprintf(w, "%s\t%s\t%s\t%.0f MB\t%.0f µs\t%s\t%s\t%.0f MB\t%s\t%s\t%s\t%s\t\n", kindNames[k],
			short(e.Wall), short(e.CPU), mega(e.Memory), perPage(r, k), short(h.Wall), short(h.CPU), mega(h.Memory),
			ratio(e.Wall, h.Wall), ratio(e.CPU, h.CPU), ratio(e.Memory, h.Memory), ratio(e.Wall, r.bare.Wall))
	}
	w.Flush()
	fmt.Fprintf(out, "%d edits under serve, until the new page can be fetched: median %s, 95th percentile %s\n", len(r.saves), short(quantile(r.saves, 0.5)), short(quantile(r.saves, 0.95)))
}

// perPage is the wall time of a build divided by its definitions, in microseconds.
func perPage(r result, kind int) float64 {
	return float64(r.errdex[kind].Wall.Microseconds()) / float64(r.n)
}

func short(d time.Duration) string {
	switch {
	case d == 0:
		return "-"
	case d < time.Second:
		return d.Round(time.Millisecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}

func mega(bytes int64) float64 { return float64(bytes) / 1e6 }

func ratio[T ~int64](a, b T) string {
	if a == 0 || b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(a)/float64(b))
}

// judge compares what was measured with the budgets and returns errMissed where one is missed. What was not measured is said and
// is no failure.
func judge(out io.Writer, results []result) error {
	missed := false
	check := func(what string, have, limit float64, known bool) {
		word := "met"
		switch {
		case !known:
			fmt.Fprintf(out, "  %-44s not measured (budget %.2f)\n", what, limit)
			return
		case have > limit:
			word, missed = "MISSED", true
		}
		fmt.Fprintf(out, "  %-44s %.3f of %.2f: %s\n", what, have, limit, word)
	}
	fmt.Fprintln(out, "\nbudgets:")
	var smallest, largest *result
	for i := range results {
		r := &results[i]
		if smallest == nil || r.n < smallest.n {
			smallest = r
		}
		if largest == nil || r.n > largest.n {
			largest = r
		}
		if r.n != judged {
			continue
		}
		hugo := r.hugo[cold].Wall > 0
		quotient := func(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }
		check("cold build, to Hugo's", quotient(r.errdex[cold].Wall, r.hugo[cold].Wall), coldToHugo, hugo)
		check("cold build, to the bare write", quotient(r.errdex[cold].Wall, r.bare.Wall), coldToBare, true)
		check("nothing changed, to Hugo's cold build", quotient(r.errdex[unchanged].Wall, r.hugo[cold].Wall), unchangedToHugo, hugo)
		memory := hugo && r.hugo[cold].Memory > 0
		check("edit under serve, 95th percentile in ms", float64(quantile(r.saves, 0.95))/1e6, save, true)
		check("peak memory, to Hugo's", float64(r.errdex[cold].Memory)/float64(max(r.hugo[cold].Memory, 1)), memoryToHugo, memory)
	}
	if smallest != nil && largest.n > smallest.n {
		check(fmt.Sprintf("cost per page, %d to %d definitions", smallest.n, largest.n), perPage(*largest, cold)/perPage(*smallest, cold), flatness, true)
	}
	if missed {
		return errMissed
	}
	return nil
}
