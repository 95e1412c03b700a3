package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"errdex/internal/diag"
	"errdex/internal/output"
)

// Store keeps the memo of one source and one output.
type Store interface {
	Load() []byte // what was saved last, or nothing
	Save([]byte)  // in one step; that it fails is no fault of the build
}

// Cache lets BuildInto find out that the build before did the same.
type Cache struct {
	Store   Store
	Program func() string // tells the program that builds from every other; empty where it cannot be told, and nothing is kept then
}

// BuildInto builds a site into a folder, whose path is out, and commits it. Where cache says that the build before did the same and its files are still there,
// it leaves them; cache may be nil. After an error the folder is as it was; errors are those of Build and of the folder.
func BuildInto(ctx context.Context, opt Options, strict bool, folder *output.Folder, out string, cache *Cache) (*Result, output.Stats, error) {
	if cache != nil {
		if m := cache.find(ctx, opt, strict, out); m != nil {
			folder.Abort()
			return &Result{Checked: &Checked{Diags: m.list()}, Stats: m.Stats, Advice: m.Advice, Same: true}, output.Stats{Files: m.Stats.Files, Unchanged: m.Stats.Files}, nil
		}
	}
	tracer := NewTracer(opt.Source)
	if cache != nil {
		opt.Source = tracer
	}
	r, err := Build(ctx, opt, strict, folder)
	if err != nil {
		return r, output.Stats{}, err
	}
	if cache == nil || cache.Program() == "" {
		stats, err := folder.Commit()
		return r, stats, err
	}
	seal, sealErr := folder.Seal()
	stats, err := folder.Commit()
	if err == nil && sealErr == nil {
		cache.keep(opt, strict, tracer, r, seal)
	}
	return r, stats, err
}

// find returns the memo of the last build where a build now would come to the same, and nil otherwise.
func (c *Cache) find(ctx context.Context, opt Options, strict bool, out string) *Memo {
	m, err := DecodeMemo(c.Store.Load())
	if err != nil {
		return nil
	}
	same := make(chan bool, 1)
	go func() { same <- m.Program != "" && m.Program == c.Program() }() // beside the rest: it may have to read the program
	if holds := m.holds(ctx, conditions(opt, strict), opt, out); !<-same || !holds {
		return nil
	}
	return m
}

// conditions are what a build depends on beside its source, its program and the day.
func conditions(opt Options, strict bool) string {
	return fmt.Sprintf("version=%q compress=%v strict=%v", opt.Version, opt.Compress, strict)
}

func (c *Cache) keep(opt Options, strict bool, t *Tracer, r *Result, seal *output.Seal) {
	m := &Memo{Program: c.Program(), Conditions: conditions(opt, strict), Day: day(opt.Now), Stats: r.Stats, Diags: r.Diags.Sorted(), Advice: r.Advice, Seal: seal}
	var ok bool
	if m.questions, m.answers, ok = t.trace(); ok {
		c.Store.Save(m.Encode())
	}
}

// A Memo is what one build leaves for the next: what it asked of the source and was told, under which conditions, what it found, and how the files that it
// put in place can be known again. Where all of that still holds, the same build would write the same bytes to where they are, and need not run.
//
// It is the whole site or nothing. Page by page, a memo would have to know what each page shows of every other (titles, references back, neighbours,
// numbers on the index, the name of the finder's index), and would save a part of a second: a build renders ten thousand pages in less time than most
// tools need to find out which one changed.
type Memo struct {
	Program    string // which program built: nothing else may be assumed of another
	Conditions string
	Day        string // rules look at the day, so a memo lives for one
	Stats      Stats
	Diags      []diag.Diagnostic // warnings, which are due again, as is the advice
	Advice     []string
	Seal       *output.Seal `json:"-"`
	questions  []question
	answers    []answer
}

func day(now time.Time) string { return now.UTC().Format(time.DateOnly) }

// holds reports whether a build of opt.Source by the same program under these conditions would put into the folder out what is there.
func (m *Memo) holds(ctx context.Context, conditions string, opt Options, out string) bool {
	if m.Conditions != conditions || m.Day != day(opt.Now) {
		return false
	}
	names := m.Seal.Names(out)
	if names == nil {
		return false
	}
	opt.Progress = nil
	err := each(ctx, opt, "", len(names), func(i int) error {
		if !m.Seal.Holds(out, i, names[i]) {
			return errChanged
		}
		return nil
	})
	return err == nil && unchanged(ctx, opt, m.questions, m.answers)
}

// list returns the problems that the build found.
func (m *Memo) list() *diag.List {
	list := &diag.List{}
	for _, d := range m.Diags {
		list.Add(d)
	}
	return list
}

// memoForm names the form of an encoded memo; another form is not read.
const memoForm = "errdex memo 1\n"

// ErrMemo is the error for bytes that are no whole memo of this form.
var ErrMemo = errors.New("this is not a memo of a build, or not all of it")

// Encode returns the memo as bytes: its form, the small things as JSON, the large ones in binary, and a SHA-256 of all that, so that no damage goes
// unseen. Ten thousand definitions make 1.2 MB.
func (m *Memo) Encode() []byte {
	head, err := json.Marshal(m)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	b := append(make([]byte, 0, len(head)+70*len(m.questions)), memoForm...)
	b = append(binary.AppendUvarint(b, uint64(len(head))), head...)
	b = binary.AppendUvarint(b, uint64(len(m.questions)))
	for i, q := range m.questions {
		b = append(b, q.kind)
		b = append(binary.AppendUvarint(b, uint64(len(q.path))), q.path...)
		b = append(b, m.answers[i][:]...)
	}
	b = append(b, m.Seal.Manifest[:]...)
	b = binary.AppendUvarint(b, uint64(len(m.Seal.Stamps)))
	for _, s := range m.Seal.Stamps {
		b = binary.LittleEndian.AppendUint64(b, uint64(s.Size))
		b = binary.LittleEndian.AppendUint64(b, uint64(s.Time))
		b = binary.LittleEndian.AppendUint64(b, s.Inode)
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// DecodeMemo reads what Encode wrote; the error is ErrMemo.
func DecodeMemo(b []byte) (*Memo, error) {
	body := len(b) - sha256.Size
	if body < 0 || sha256.Sum256(b[:body]) != [sha256.Size]byte(b[body:]) || !bytes.HasPrefix(b, []byte(memoForm)) {
		return nil, ErrMemo
	}
	r := memoReader{rest: b[len(memoForm):body]}
	m := &Memo{Seal: &output.Seal{}}
	if err := json.Unmarshal(r.next(r.number()), m); err != nil {
		return nil, ErrMemo
	}
	for range r.number() {
		q := question{kind: r.byte()}
		q.path = string(r.next(r.number()))
		m.questions, m.answers = append(m.questions, q), append(m.answers, answer(r.hash()))
	}
	m.Seal.Manifest = r.hash()
	for range r.number() {
		m.Seal.Stamps = append(m.Seal.Stamps, output.Stamp{Size: int64(r.word()), Time: int64(r.word()), Inode: r.word()})
	}
	if r.bad || len(r.rest) > 0 {
		return nil, ErrMemo
	}
	return m, nil
}

// memoReader takes bytes from the front of rest; where there are too few it turns bad and yields nothing.
type memoReader struct {
	rest []byte
	bad  bool
}

func (r *memoReader) next(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.bad, r.rest = true, nil
		return nil
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *memoReader) byte() byte {
	if b := r.next(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *memoReader) word() uint64 {
	if b := r.next(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *memoReader) hash() (sum [sha256.Size]byte) {
	copy(sum[:], r.next(sha256.Size))
	return sum
}

func (r *memoReader) number() int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > uint64(len(r.rest)) {
		r.bad, r.rest = true, nil
		return 0
	}
	r.next(n)
	return int(v)
}
