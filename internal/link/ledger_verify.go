package link

import (
	"fmt"
	"maps"

	"errdex/internal/diag"
)

// verify reports seals that are missing, and seals whose lines are not those they were made for.
func (r *ledgerReader) verify() {
	made := map[string]*sealer{}
	for _, s := range r.l.seals {
		made[s.id] = newSealer(s.after)
	}
	known := maps.Clone(made)
	first := map[string]int{} // line of the first record under a seal that is not there
	last, at := "", (*sealer)(nil)
	for i := range r.l.records {
		x := &r.l.records[i]
		if x.seal == "" {
			continue
		}
		if x.seal != last { // the records of one run mostly lie together
			if last, at = x.seal, made[x.seal]; at == nil {
				at = newSealer(nil)
				made[x.seal], first[x.seal] = at, x.line
			}
		}
		at.add(x)
	}
	const restore = "bring it back from the repository's history (`git log -p " + LedgerFile + "`); to give a URL up, keep its line and add `gone DATE REASON` to the end of it"
	for _, s := range r.l.seals {
		lines := made[s.id]
		if s.broken != "" || lines.id() == s.id {
			continue
		}
		message := fmt.Sprintf("a line under the seal %s was changed by hand", s.id)
		missing := s.count - lines.n
		if missing > 0 && missing <= r.unread[s.id]+r.unread[""] {
			continue // said of the lines that cannot be read; what else was changed is found once they can
		}
		switch {
		case missing > 0:
			message = fmt.Sprintf("%d of the %d lines under the seal %s %s taken away", missing, s.count, s.id, wasWere(missing))
		case missing < 0:
			message = fmt.Sprintf("%d %s %s added by hand under the seal %s", -missing, plural(-missing, "line"), wasWere(-missing), s.id)
		}
		r.altered(s.line, message, restore+"; what is lost for good is owned up to with `broken DATE REASON` at the end of the seal's line")
	}
	for _, s := range r.l.seals {
		for _, a := range s.after {
			if known[a] == nil && s.broken == "" && !r.torn[a] && !r.torn[""] {
				known[a] = newSealer(nil)
				r.altered(s.line, "the seal "+a+", which comes before this one, was taken away", restore)
			}
		}
	}
	for id, line := range first {
		if known[id] == nil && !r.torn[id] && !r.torn[""] {
			r.altered(line, fmt.Sprintf("the seal %s of %d %s was taken away", id, made[id].n, plural(made[id].n, "line")), restore)
		}
	}
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func plural(n int, one string) string {
	if n == 1 {
		return one
	}
	return one + "s"
}

func (r *ledgerReader) altered(line int, message, hint string) {
	r.list.ErrorHint(diag.Span{File: LedgerFile, Start: diag.Pos{Line: line, Col: 1}}, "altered-ledger", message, hint)
}
