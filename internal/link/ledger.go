package link

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
	"strconv"
	"strings"
)

// LedgerFile is where the ledger lies in the source folder.
const LedgerFile = "content/urls.lock"

// Ledger is the record of every URL and anchor that was ever published, the promise that a build must keep. It is a text file that is
// made to be merged: a line, once written, never changes and never goes away, so that the union of two branches is the right merge
// (`content/urls.lock merge=union` in .gitattributes). A line has columns, parted by tabs:
//
//	/docs/whatsapp-error-190	whatsapp/190	code 190	@3f9a2c1b
//	/docs/whatsapp-error-190#fix-rotate	whatsapp/190	@3f9a2c1b
//	/docs/whatsapp-error-7	whatsapp/7	code 7	@3f9a2c1b	gone 2026-11-22 published by mistake
//
// the URL; what it named when it was first recorded; for the page of a definition its code, so that a URL cannot come back with another
// meaning; the seal under which it was recorded; and, where its owner has given the URL up, the day and the reason. Only that last column
// is written by hand, and it is the one way out: the line itself stays.
//
// Each run that adds lines adds one line for all of them, its seal:
//
//	seal 3f9a2c1b	214 lines	after 77e0aa12
//
// Its name is a hash of its lines (without `gone`) and of the seals that were the newest before it. A line that was taken away or altered by
// hand no longer fits the seal that it names; a seal that was taken away is missed by its lines and by the seals after it. Two branches add
// two seals, which do not disturb each other, and the next run names both. What it cannot catch: the newest seal taken away together with
// all its lines, which is the file as it was before that run, and a file that somebody wrote anew with this program. There the history of
// the repository is the witness. Where lines are lost for good, `broken 2026-11-22 why` at the end of the seal's line says so and ends the error.
//
// A Ledger is not changed after it was made. The zero Ledger is empty.
type Ledger struct {
	comments []string
	seals    []seal
	records  []record // sorted
}

// record is one line: a URL and what it named.
type record struct {
	url  string // path, and # with the anchor for an anchor; escaped
	what string // "whatsapp/190", "whatsapp", "guides/account-health", "home"
	code string // of a definition's page; escaped
	seal string // eight hexadecimal digits; empty for a line that is not sealed yet
	gone string // "2026-11-22 reason"
	line int    // in the file it was read from, from 1; 0 for a new one
}

// seal is the line that vouches for the lines of one run.
type seal struct {
	id     string
	count  int
	after  []string // sorted
	broken string   // "2026-11-22 reason"
	line   int
}

const (
	ledgerHeader  = "# errdex urls.lock 1"
	ledgerComment = ledgerHeader + ": every URL and anchor ever published. `errdex lock` adds lines; no line is ever taken away."
)

func (r *record) anchor() bool { return strings.IndexByte(r.url, '#') >= 0 }

// split returns the path and the anchor of a record's URL.
func (r *record) split() (path, anchor string) {
	path, anchor, _ = strings.Cut(r.url, "#")
	return path, anchor
}

// appendKey writes the part of a line that a seal vouches for.
func (r *record) appendKey(b []byte) []byte {
	b = append(b, r.url...)
	b = append(b, '\t')
	b = append(b, r.what...)
	if r.code != "" {
		b = append(b, "\tcode "...)
		b = append(b, r.code...)
	}
	return b
}

func compareRecords(a, b record) int {
	if c := strings.Compare(a.url, b.url); c != 0 {
		return c
	}
	if c := strings.Compare(a.what, b.what); c != 0 {
		return c
	}
	if c := strings.Compare(a.code, b.code); c != 0 {
		return c
	}
	return strings.Compare(a.seal, b.seal)
}

// Len returns the number of recorded URLs and anchors.
func (l *Ledger) Len() int { return len(l.records) }

// Bytes returns the file: a comment, the seals by name, the records by URL. The same ledger gives the same bytes, whatever the order of the
// lines it was read from.
func (l *Ledger) Bytes() []byte {
	size := 1 << 10
	for i := range l.records {
		size += len(l.records[i].url) + len(l.records[i].what) + len(l.records[i].code) + len(l.records[i].gone) + 20
	}
	b := append(make([]byte, 0, size), ledgerComment+"\n"...)
	for _, c := range l.comments {
		b = append(append(b, c...), '\n')
	}
	for _, s := range l.seals {
		b = append(b, "seal "+s.id+"\t"+strconv.Itoa(s.count)+" lines"...)
		if len(s.after) > 0 {
			b = append(b, "\tafter "+strings.Join(s.after, " ")...)
		}
		if s.broken != "" {
			b = append(b, "\tbroken "+s.broken...)
		}
		b = append(b, '\n')
	}
	for i := range l.records {
		r := &l.records[i]
		b = r.appendKey(b)
		if r.seal != "" {
			b = append(append(b, "\t@"...), r.seal...)
		}
		if r.gone != "" {
			b = append(append(b, "\tgone "...), r.gone...)
		}
		b = append(b, '\n')
	}
	return b
}

// Lock returns the ledger with everything that m publishes and that was not recorded, and the number of lines that it sealed: the new ones, and
// those that somebody wrote by hand. No line of l is left out. What is lost or has changed its code stays recorded as it was, so that Check goes on speaking of it.
func (l *Ledger) Lock(m *Map) (*Ledger, int) {
	out := &Ledger{comments: l.comments, seals: slices.Clone(l.seals), records: slices.Clone(l.records)}
	bound := l.bound()
	for _, r := range m.Ledger().records {
		if !bound.has([]byte(r.url)) {
			out.records = append(out.records, r)
		}
	}
	slices.SortFunc(out.records, compareRecords)
	s := seal{after: l.heads()}
	hash := newSealer(s.after)
	for i := range out.records {
		if out.records[i].seal == "" {
			hash.add(&out.records[i])
		}
	}
	if hash.n == 0 {
		return out, 0
	}
	s.id, s.count = hash.id(), hash.n
	for i := range out.records {
		if out.records[i].seal == "" {
			out.records[i].seal = s.id
		}
	}
	if !slices.ContainsFunc(out.seals, func(x seal) bool { return x.id == s.id }) {
		out.seals = append(out.seals, s)
	}
	slices.SortFunc(out.seals, func(a, b seal) int { return strings.Compare(a.id, b.id) })
	return out, s.count
}

// heads returns the seals that no other names as older, sorted.
func (l *Ledger) heads() []string {
	old := map[string]bool{}
	for _, s := range l.seals {
		for _, a := range s.after {
			old[a] = true
		}
	}
	var out []string
	for _, s := range l.seals {
		if !old[s.id] {
			out = append(out, s.id)
		}
	}
	slices.Sort(out)
	return out
}

// sealer makes the name of a seal from its records, which come in order. SHA-256 because it is at hand; eight digits because this guards
// against a slip of the hand, not against somebody who can run the program.
type sealer struct {
	hash hash.Hash
	buf  []byte
	n    int
}

func newSealer(after []string) *sealer {
	s := &sealer{hash: sha256.New()}
	s.hash.Write([]byte("after " + strings.Join(after, " ") + "\n"))
	return s
}

func (s *sealer) add(r *record) {
	s.buf = append(r.appendKey(s.buf[:0]), '\n')
	s.hash.Write(s.buf)
	s.n++
}

func (s *sealer) id() string { return hex.EncodeToString(s.hash.Sum(nil)[:4]) }

// escape makes a text fit for a column: control characters, spaces at its ends and % become %XX.
func escape(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] > ' ' && s[i] < 0x7F && s[i] != '%'
	}
	if clean {
		return s
	}
	var b bytes.Buffer
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c == 0x7F || c == '%' || c == ' ' && (i == 0 || i == len(s)-1) {
			b.WriteByte('%')
			b.WriteString(strings.ToUpper(hex.EncodeToString([]byte{c})))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
