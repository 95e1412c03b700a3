package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// A Tracer is a source folder that remembers what was asked of it and what it answered: the bytes of files, the names in folders, what is not
// there. A build is made of nothing else, so the same answers make the same site: the cache is keyed by what a build has really seen, and needs no list
// of inputs that somebody could forget to extend. The bytes that are remembered are those that the build got, even where a file changed beneath it.
// It is safe for concurrent use.
type Tracer struct {
	under fs.FS
	mu    sync.Mutex
	seen  map[question]answer
	lost  bool // something was asked that cannot be asked again
}

// question is one look at the source.
type question struct {
	kind byte // content, listing or entry
	path string
}

// answer is a SHA-256 of what came back.
type answer [sha256.Size]byte

const (
	content byte = 'c' // the bytes of a file
	listing byte = 'l' // the names and kinds in a folder
	entry   byte = 'e' // what stands at a path: its kind and, for a file, its size
)

// absent is the answer where there is nothing.
var absent = answer{}

// NewTracer returns a Tracer of a folder.
func NewTracer(under fs.FS) *Tracer { return &Tracer{under: under, seen: map[question]answer{}} }

// note keeps an answer. Two answers to one question mean that the source changed meanwhile.
func (t *Tracer) note(kind byte, path string, a answer, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.lost = true
		return
	}
	if err != nil {
		a = absent
	}
	if was, ok := t.seen[question{kind, path}]; ok && was != a {
		t.lost = true
	}
	t.seen[question{kind, path}] = a
}

func (t *Tracer) forget(q question) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.seen, q)
}

// Open implements fs.FS.
func (t *Tracer) Open(name string) (fs.File, error) {
	f, err := t.under.Open(name)
	if err != nil {
		t.note(entry, name, absent, err)
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		t.note(entry, name, absent, err)
		f.Close()
		return nil, err
	}
	t.note(entry, name, entryAnswer(info), nil)
	size := int64(-1)
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	return &tracedFile{File: f, t: t, name: name, size: size, hash: sha256.New()}, nil
}

// ReadFile implements fs.ReadFileFS.
func (t *Tracer) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(t.under, name)
	t.note(content, name, sha256.Sum256(data), err)
	return data, err
}

// ReadDir implements fs.ReadDirFS.
func (t *Tracer) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(t.under, name)
	t.note(listing, name, listingAnswer(entries), err)
	return entries, err
}

// Stat implements fs.StatFS.
func (t *Tracer) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(t.under, name)
	if err != nil {
		t.note(entry, name, absent, err)
		return nil, err
	}
	t.note(entry, name, entryAnswer(info), nil)
	return info, nil
}

func entryAnswer(info fs.FileInfo) answer {
	size := int64(0)
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	var b [12]byte
	for i := range 8 {
		b[i] = byte(size >> (8 * i))
	}
	for i := range 4 {
		b[8+i] = byte(info.Mode().Type() >> (8 * i))
	}
	return sha256.Sum256(b[:])
}

func listingAnswer(entries []fs.DirEntry) answer {
	var b bytes.Buffer
	for _, e := range entries {
		b.WriteString(e.Name())
		b.WriteString("\x00" + e.Type().String() + "\n")
	}
	return sha256.Sum256(b.Bytes())
}

// tracedFile hashes what is read of a file; it counts when the end was reached. It lists no folder, so that fs.ReadDir must ask the Tracer.
type tracedFile struct {
	fs.File
	t    *Tracer
	name string
	size int64 // -1 where it is no regular file
	hash hash.Hash
	read int64
	end  bool
}

// Read implements io.Reader.
func (f *tracedFile) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	f.hash.Write(b[:n])
	f.read += int64(n)
	f.end = f.end || err == io.EOF
	return n, err
}

// Close implements io.Closer. A file that was opened and not read was asked for its kind and size only; one that had not its size at its end was
// written to meanwhile.
func (f *tracedFile) Close() error {
	switch {
	case f.end && f.read == f.size:
		f.t.note(content, f.name, answer(f.hash.Sum(nil)), nil)
		f.t.forget(question{entry, f.name}) // the content says as much
	case f.read > 0:
		f.t.note(content, f.name, answer{}, errHalf)
	}
	return f.File.Close()
}

var errHalf = errors.New("a file was read in part")

// trace returns the questions and their answers, folders first, since a large one takes as long to list as thousands of files to read; ok is false
// where they do not tell all.
func (t *Tracer) trace() (qs []question, as []answer, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for q := range t.seen {
		qs = append(qs, q)
	}
	slices.SortFunc(qs, func(a, b question) int {
		if a.kind != b.kind {
			return int(b.kind) - int(a.kind)
		}
		return strings.Compare(a.path, b.path)
	})
	for _, q := range qs {
		as = append(as, t.seen[q])
	}
	return qs, as, !t.lost
}

// errChanged ends the asking at the first answer that is another.
var errChanged = errors.New("the source changed")

// unchanged asks all questions again and reports whether every answer is the same.
func unchanged(ctx context.Context, opt Options, qs []question, as []answer) bool {
	opt.Progress = nil
	buffers := &sync.Pool{New: func() any { return new([]byte) }}
	return each(ctx, opt, "", len(qs), func(i int) error {
		if ask(opt.Source, qs[i], buffers) != as[i] {
			return errChanged
		}
		return nil
	}) == nil
}

// ask returns what a Tracer would have noted; an error other than that there is nothing gives an answer that no trace holds.
func ask(fsys fs.FS, q question, buffers *sync.Pool) answer {
	var a answer
	var err error
	switch q.kind {
	case content:
		a, err = contentOf(fsys, q.path, buffers)
	case listing:
		var entries []fs.DirEntry
		entries, err = fs.ReadDir(fsys, q.path)
		a = listingAnswer(entries)
	case entry:
		var info fs.FileInfo
		if info, err = fs.Stat(fsys, q.path); err == nil {
			a = entryAnswer(info)
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return absent
	case err != nil:
		return answer{1}
	}
	return a
}

// contentOf hashes a regular file. buffers holds byte slices to read into.
func contentOf(fsys fs.FS, name string, buffers *sync.Pool) (answer, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return answer{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return answer{}, err
	}
	if !info.Mode().IsRegular() {
		return answer{1}, nil
	}
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	*buf = slices.Grow((*buf)[:0], int(info.Size())+1)
	data := (*buf)[:info.Size()+1]
	n, err := io.ReadFull(f, data)
	if err == nil || int64(n) != info.Size() {
		return answer{1}, nil // it grows or shrinks at this moment
	}
	if err != io.EOF && err != io.ErrUnexpectedEOF {
		return answer{}, err
	}
	return sha256.Sum256(data[:n]), nil
}
