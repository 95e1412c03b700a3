package link

import (
	"bytes"
	"cmp"
	"fmt"
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
		r.line(strings.TrimRight(line, "\r"))
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
	unread  map[string]int  // lines that cannot be read, by the seal they name, "" where none can be told
	torn    map[string]bool // seals whose own line cannot be read, "" where its name cannot be told
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
			r.l.comments = append(r.l.comments, strings.TrimRight(s, " \t\r"))
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
	if r.unread == nil {
		r.unread, r.torn = map[string]int{}, map[string]bool{}
	}
	named, own := "", strings.HasPrefix(s, "seal")
	for _, word := range strings.Fields(s) {
		if id, at := strings.CutPrefix(word, "@"); (at || own) && isSeal(id) {
			named = id
			break
		}
	}
	if own {
		r.torn[named] = true
	} else {
		r.unread[named]++
	}
}

// record reads a line such as "/docs/x	whatsapp/x	code x	@3f9a2c1b	gone 2026-11-22 reason".
func (r *ledgerReader) record(s string) {
	url, rest, _ := strings.Cut(s, "\t")
	what, rest, more := strings.Cut(rest, "\t")
	if !more {
		if name, gone, ok := handwritten(what); ok {
			what, rest, more = name, gone, true
		}
	}
	x := record{url: url, what: what, line: r.n}
	if what == "" || strings.ContainsAny(what, " ") {
		r.fault(s, "this line does not say what the URL names", "after a tab follows COLLECTION/SLUG, a collection, guides/NAME or home")
		return
	}
	for more {
		var column string
		column, rest, more = strings.Cut(rest, "\t")
		if more && strings.TrimSpace(column) == "" && strings.HasPrefix(strings.TrimLeft(rest, " \t"), "gone") {
			continue // a tab too many
		}
		if trimmed := strings.TrimLeft(column, " "); strings.HasPrefix(trimmed, "gone") {
			column = trimmed
		} else if !more {
			if before, gone, ok := handwritten(column); ok {
				column, rest, more = before, gone, true
			}
		}
		word, value, _ := strings.Cut(column, " ")
		switch {
		case word == "code" && value != "" && x.code == "" && x.seal == "" && x.gone == "":
			x.code = value
		case strings.HasPrefix(word, "@") && value == "" && isSeal(word[1:]) && x.seal == "" && x.gone == "":
			x.seal = word[1:]
		case word == "gone" && x.gone == "":
			if x.gone = cmp.Or(strings.TrimSpace(value), "?"); !dated(value) { // it is given up all the same: that nothing answers is no second fault
				r.faults++
				r.list.ErrorHint(r.at(s), "malformed-ledger", "`gone` needs the day and the reason",
					"write `gone DATE REASON` at the end of the line: the day as in 2026-11-22, and in your words why the URL may die")
			}
		default:
			r.fault(s, fmt.Sprintf("%q is no column of a ledger", column), "after the URL and what it names come `code`, `@` with a seal, and `gone`")
			return
		}
	}
	r.l.records = append(r.l.records, x)
}

// handwritten parts a line's last column before the word `gone`, where a person put spaces for the tab: on a screen the two look alike. A code may hold
// that word, so what follows it there must be a day; and the column of a code that `lock` wrote is not the last one.
func handwritten(column string) (before, gone string, ok bool) {
	before, gone, ok = strings.Cut(column, " gone")
	if !ok || gone != "" && gone[0] != ' ' || strings.HasPrefix(before, "code ") && !day(gone) {
		return column, "", false
	}
	return strings.TrimRight(before, " "), "gone" + gone, true
}

// dated reports whether a text is a day and a reason. A word that only stands for the reason, copied from a sample, is none.
func dated(s string) bool {
	_, why, _ := strings.Cut(strings.TrimSpace(s), " ")
	switch strings.ToLower(strings.Trim(why, " .,:;!?<>[](){}\"'`")) {
	case "", "why", "reason", "the reason":
		return false
	}
	return day(s)
}

// day reports whether a text begins with a day.
func day(s string) bool {
	day, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	_, err := time.Parse(time.DateOnly, day)
	return err == nil
}

// seal reads a line such as "seal 3f9a2c1b	214 lines	after 77e0aa12	broken 2026-11-22 reason".
func (r *ledgerReader) seal(s string) {
	if sealed, broken, ok := strings.Cut(s, " broken "); ok && !strings.Contains(sealed, "broken") { // spaces for the tab, as with gone
		s = strings.TrimRight(sealed, " \t") + "\tbroken " + broken
	}
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
	if r.faults < maxLedgerFaults { // else lines are missing that were not read
		r.verify()
	}
}
