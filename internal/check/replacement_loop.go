package check

import (
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

func replacementLoop() rule {
	return rule{Rule: fault("replacement-loop", "Following `replaced_by` leads back to where it began."), site: func(p *pass) {
		w := loopWalk{p: p, done: map[*catalog.Definition]bool{}, at: map[*catalog.Definition]int{}}
		for d := range p.definitions() {
			w.from(d)
		}
	}}
}

// loopWalk goes along `replaced_by` depth first; every definition is entered once.
type loopWalk struct {
	p    *pass
	done map[*catalog.Definition]bool
	path []*catalog.Definition
	at   map[*catalog.Definition]int // place on the path
}

func (w *loopWalk) from(d *catalog.Definition) {
	next := w.p.m.ReplacedBy(d)
	if len(next) == 0 || w.done[d] {
		return
	}
	w.at[d] = len(w.path)
	w.path = append(w.path, d)
	for _, to := range next {
		if i, onPath := w.at[to]; onPath {
			w.report(w.path[i:])
		} else {
			w.from(to)
		}
	}
	w.path = w.path[:len(w.path)-1]
	delete(w.at, d)
	w.done[d] = true
}

// report shows a loop at the last step, the one that closes it.
func (w *loopWalk) report(loop []*catalog.Definition) {
	last := loop[len(loop)-1]
	if last == loop[0] {
		return // link speaks of what replaces itself
	}
	names := make([]string, 0, 8)
	var steps []diag.Related
	for i, d := range loop {
		if len(names) < 7 {
			names = append(names, d.Slug)
		}
		if i < len(loop)-1 && i < 7 {
			steps = append(steps, related(d.At(replacedByRef(d, loop[i+1])), d.Slug+" is replaced by "+loop[i+1].Slug))
		}
	}
	if len(loop) > len(names) {
		names = append(names, "...")
	}
	names = slices.Concat(names, []string{loop[0].Slug})
	w.p.report(last.At(replacedByRef(last, loop[0])), "what replaces these leads round in a circle: "+strings.Join(names, ", "),
		"remove the step that is wrong", steps...)
}
