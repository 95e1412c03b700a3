package link

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"errdex/internal/diag"
)

// maxLedgerFaults is after how many lines that cannot be read the rest is left alone: the file is then something else.
const maxLedgerFaults = 100

// isSeal reports whether s is the name of a seal, eight hexadecimal digits.
func isSeal(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == 8
}

// ReadLedger reads the file at LedgerFile. The list holds what is wrong with it: lines that cannot be read (malformed-ledger), the marks of an
// unfinished merge (unmerged-ledger), lines that were taken away or changed by hand (altered-ledger). The Ledger holds whatever could be read.
// No data is an empty ledger.
func ReadLedger(data []byte) (*Ledger, *diag.List) {
	r := ledgerReader{l: &Ledger{}, list: &diag.List{}}
	r.l.records = make([]record, 0, min(bytes.Count(data, []byte("\n"))+1, 1<<20))
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(data) > 0 && bytes.IndexByte(data, 0) >= 0 || !utf8.Valid(data) {
		r.list.ErrorHint(diag.Span{File: LedgerFile}, "malformed-ledger", "this file is not text", "bring it back from the repository's history")
		return r.l, r.list
	}
	// One string for the whole file: the columns are parts of it, and 200,000 lines cost no allocation each.
	for text := string(data); text != ""; {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		r.n++
		r.line(strings.TrimSuffix(line, "\r"))
		if r.faults >= maxLedgerFaults {
			r.list.ErrorHint(diag.Span{File: LedgerFile, Start: diag.Pos{Line: r.n, Col: 1}}, "malformed-ledger", "too many lines cannot be read; the rest was not",
				"bring the file back from the repository's history")
			break
		}
	}
	r.finish()
	return r.l, r.list
}

type ledgerReader struct {
	l       *Ledger
	list    *diag.List
	n       int // of the line, from 1
	faults  int
	markers int
}

func (r *ledgerReader) line(s string) {
	switch {
	case strings.TrimSpace(s) == "" || s == ledgerComment:
	case strings.HasPrefix(s, "/"):
		r.record(s)
	case strings.HasPrefix(s, "seal "):
		r.seal(s)
	case strings.HasPrefix(s, "<<<<<<<") || strings.HasPrefix(s, "|||||||") || strings.HasPrefix(s, "=======") || strings.HasPrefix(s, ">>>>>>>"):
		if r.markers++; r.markers == 1 {
			r.list.ErrorHint(r.at(s), "unmerged-ledger", "a merge conflict was left here",
				"keep the lines of both sides, remove the marks and run `errdex lock`; with `"+LedgerFile+" merge=union` in .gitattributes git does so by itself")
		}
	case strings.HasPrefix(s, "# errdex urls.lock ") && !strings.HasPrefix(s, ledgerHeader+":") && s != ledgerHeader:
		r.fault(s, "this file was written by a newer errdex", "use that version")
	case strings.HasPrefix(s, "#"):
		if !strings.HasPrefix(s, ledgerHeader) {
			r.l.comments = append(r.l.comments, strings.TrimRight(s, " \t"))
		}
	default:
		r.fault(s, "this line is no URL, no seal and no comment", "a line begins with the path of a URL; columns are parted by tabs")
	}
}

func (r *ledgerReader) at(s string) diag.Span {
	return diag.Span{File: LedgerFile, Start: diag.Pos{Line: r.n, Col: 1}, End: diag.Pos{Line: r.n, Col: len(s) + 1}}
}

func (r *ledgerReader) fault(s, message, hint string) {
	r.faults++
	r.list.ErrorHint(r.at(s), "malformed-ledger", message, hint)
}

// record reads a line such as "/docs/x	whatsapp/x	code x	@3f9a2c1b	gone 2026-11-22 reason".
func (r *ledgerReader) record(s string) {
	url, rest, _ := strings.Cut(s, "\t")
	what, rest, more := strings.Cut(rest, "\t")
	x := record{url: url, what: what, line: r.n}
	if what == "" || strings.ContainsAny(what, " ") {
		r.fault(s, "this line does not say what the URL names", "after a tab follows COLLECTION/SLUG, a collection, guides/NAME or home")
		return
	}
	for more {
		var column string
		column, rest, more = strings.Cut(rest, "\t")
		word, value, _ := strings.Cut(column, " ")
		switch {
		case word == "code" && value != "" && x.code == "" && x.seal == "" && x.gone == "":
			x.code = value
		case strings.HasPrefix(word, "@") && value == "" && isSeal(word[1:]) && x.seal == "" && x.gone == "":
			x.seal = word[1:]
		case word == "gone" && x.gone == "":
			if !dated(value) {
				r.fault(s, "`gone` needs the day and the reason", "write `gone 2026-11-22 why`, after a tab, at the end of the line")
				return
			}
			x.gone = strings.TrimSpace(value)
		default:
			r.fault(s, fmt.Sprintf("%q is no column of a ledger", column), "after the URL and what it names come `code`, `@` with a seal, and `gone`")
			return
		}
	}
	r.l.records = append(r.l.records, x)
}

// dated reports whether a text is a day and a reason.
func dated(s string) bool {
	day, why, _ := strings.Cut(strings.TrimSpace(s), " ")
	_, err := time.Parse(time.DateOnly, day)
	return err == nil && strings.TrimSpace(why) != ""
}

// seal reads a line such as "seal 3f9a2c1b	214 lines	after 77e0aa12	broken 2026-11-22 reason".
func (r *ledgerReader) seal(s string) {
	columns := strings.Split(s, "\t")
	x := seal{id: strings.TrimPrefix(columns[0], "seal "), line: r.n}
	ok := isSeal(x.id) && len(columns) > 1
	if ok {
		count, lines := strings.CutSuffix(columns[1], " lines")
		n, err := strconv.Atoi(count)
		ok, x.count = lines && err == nil && n > 0, n
	}
	for i := 2; i < len(columns) && ok; i++ {
		word, value, _ := strings.Cut(columns[i], " ")
		switch {
		case word == "after" && x.after == nil && x.broken == "":
			x.after = strings.Fields(value)
			ok = len(x.after) > 0 && !slices.ContainsFunc(x.after, func(id string) bool { return !isSeal(id) })
		case word == "broken" && x.broken == "" && dated(value):
			x.broken = strings.TrimSpace(value)
		default:
			ok = false
		}
	}
	if !ok {
		r.fault(s, "this is not a seal as `errdex lock` writes it", "bring the line back from the repository's history")
		return
	}
	r.l.seals = append(r.l.seals, x)
}

// finish puts everything in order, drops lines that are there twice, and holds the records to their seals.
func (r *ledgerReader) finish() {
	l := r.l
	slices.Sort(l.comments)
	l.comments = slices.Compact(l.comments)
	// Of two lines that differ in `gone` only, the one that has it speaks: a union keeps both.
	order := func(a, b record) int {
		if c := compareRecords(a, b); c != 0 {
			return c
		}
		return -strings.Compare(a.gone, b.gone)
	}
	if !slices.IsSortedFunc(l.records, order) {
		slices.SortStableFunc(l.records, order)
	}
	l.records = slices.CompactFunc(l.records, func(a, b record) bool { return compareRecords(a, b) == 0 })
	slices.SortStableFunc(l.seals, func(a, b seal) int {
		if c := strings.Compare(a.id, b.id); c != 0 {
			return c
		}
		return -strings.Compare(a.broken, b.broken)
	})
	l.seals = slices.CompactFunc(l.seals, func(a, b seal) bool { return a.id == b.id })
	r.verify()
}

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
	const restore = "bring it back from the repository's history (`git log -p " + LedgerFile + "`); to give a URL up, keep its line and add `gone DATE REASON` to it"
	for _, s := range r.l.seals {
		lines := made[s.id]
		if s.broken != "" || lines.id() == s.id {
			continue
		}
		message := fmt.Sprintf("a line under the seal %s was changed by hand", s.id)
		if missing := s.count - lines.n; missing > 0 {
			message = fmt.Sprintf("%d of the %d lines under the seal %s were taken away", missing, s.count, s.id)
		} else if missing < 0 {
			message = fmt.Sprintf("%d lines were added by hand under the seal %s", -missing, s.id)
		}
		r.altered(s.line, message, restore+"; what is lost for good is owned up to with `broken DATE REASON` at the end of the seal's line")
	}
	for _, s := range r.l.seals {
		for _, a := range s.after {
			if known[a] == nil && s.broken == "" {
				known[a] = newSealer(nil)
				r.altered(s.line, "the seal "+a+", which comes before this one, was taken away", restore)
			}
		}
	}
	for id, line := range first {
		if known[id] == nil {
			r.altered(line, fmt.Sprintf("the seal %s of %d lines was taken away", id, made[id].n), restore)
		}
	}
}

func (r *ledgerReader) altered(line int, message, hint string) {
	r.list.ErrorHint(diag.Span{File: LedgerFile, Start: diag.Pos{Line: line, Col: 1}}, "altered-ledger", message, hint)
}
