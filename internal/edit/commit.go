package edit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
)

// Journal is the folder, in the source folder, in which an edit lies while it is written. The loader does not read it.
const Journal = "content/.errdex-edit"

// entry is one change in the journal.
type entry struct {
	Path  string `json:"path"`
	From  string `json:"from,omitempty"`
	Old   string `json:"old"`   // SHA-256 of the bytes before; of From's where it is renamed
	New   string `json:"new"`   // SHA-256 of the bytes after
	Stage string `json:"stage"` // the file in Journal that holds them
}

const journalFile = Journal + "/journal.json"

// Commit writes a plan into the source folder. All new contents are first written and flushed beside the old; then one rename makes the edit
// certain, and only then are files replaced, each in one step. A process that dies before that rename has changed nothing; one that dies after
// has left all that Recover needs to finish. It refuses where a file is no longer what the plan was made from.
func (p *Plan) Commit(dir string) error {
	if _, err := Recover(dir); err != nil {
		return err
	}
	return commit(dir, p, func() error { return nil })
}

// Recover finishes an edit that a process began to commit and did not live to end, or clears away what one left that had not yet come so far. It
// returns the files it wrote. It refuses to write over a file that somebody has changed since.
func Recover(dir string) ([]string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if _, err := root.Lstat(Journal); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	w := writer{root: root, step: func() error { return nil }}
	return w.finish()
}

// writer makes the steps of a commit. step is called before each of them; a test lets it fail to see what a death at that moment leaves.
type writer struct {
	root *os.Root
	step func() error
}

func commit(dir string, p *Plan, step func() error) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	w := writer{root, step}
	entries, err := w.stage(p)
	if err != nil {
		return err
	}
	data, err := json.Marshal(entries)
	if err != nil {
		return err
	}
	if err := w.put(journalFile+".new", append(data, '\n'), 0o644); err != nil {
		return err
	}
	if err := w.do(func() error { return root.Rename(journalFile+".new", journalFile) }); err != nil {
		return err
	}
	if err := w.sync(Journal); err != nil {
		return err
	}
	_, err = w.finish()
	return err
}

// stage writes the new contents into the journal's folder and makes sure that the files are those the plan was made from.
func (w *writer) stage(p *Plan) ([]entry, error) {
	if err := w.do(func() error { return w.root.Mkdir(Journal, 0o755) }); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil, refuse("wait for it to end", "another edit is being made")
		}
		return nil, err
	}
	var entries []entry
	for i, c := range p.Changes {
		from := c.Path
		if c.From != "" {
			from = c.From
		}
		mode, err := w.check(c, from)
		if err != nil {
			return nil, errors.Join(err, w.root.RemoveAll(Journal))
		}
		e := entry{Path: c.Path, From: c.From, Old: sum(c.Old), New: sum(c.New), Stage: strconv.Itoa(i)}
		if err := w.put(Journal+"/"+e.Stage, c.New, mode); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// check refuses a file that is not what it was when the plan was made, and returns its mode.
func (w *writer) check(c Change, from string) (fs.FileMode, error) {
	info, err := w.root.Lstat(from)
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, refuse("edit what it leads to", "%s is not a file of its own", from)
	}
	data, err := w.root.ReadFile(from)
	if err != nil {
		return 0, err
	}
	if !bytes.Equal(data, c.Old) {
		return 0, refuse("try again", "%s was changed in the meantime", from)
	}
	if c.From != "" && c.From != c.Path {
		if there, err := w.root.Lstat(c.Path); err == nil && !os.SameFile(there, info) {
			return 0, refuse("choose another name", "%s is there already", c.Path)
		}
	}
	return info.Mode().Perm(), nil
}

// finish brings every file of the journal to its new contents, whatever of it has been done, and removes the journal. Without a journal nothing was
// certain yet: what lies there is thrown away.
func (w *writer) finish() ([]string, error) {
	data, err := w.root.ReadFile(journalFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, w.root.RemoveAll(Journal)
	}
	var entries []entry
	if err == nil {
		err = json.Unmarshal(data, &entries)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", journalFile, err)
	}
	var done []string
	for _, e := range entries {
		wrote, err := w.apply(e)
		if err != nil {
			return done, err
		}
		if wrote {
			done = append(done, e.Path)
		}
	}
	// The journal goes first: what is left of the folder after that is rubbish, and known to be.
	if err := w.do(func() error { return w.root.Remove(journalFile) }); err != nil {
		return done, err
	}
	return done, w.do(func() error { return w.root.RemoveAll(Journal) })
}

// apply makes one change, or sees that it was made.
func (w *writer) apply(e entry) (wrote bool, err error) {
	now, there, err := w.sum(e.Path)
	if err != nil {
		return false, err
	}
	renamed := e.From != "" && e.From != e.Path
	switch {
	case there && now == e.New:
	case !there && renamed, there && now == e.Old:
		// The stage may be gone only where the change was made, and then the file was the new one.
		if err := w.do(func() error { return w.root.Rename(Journal+"/"+e.Stage, e.Path) }); err != nil {
			return false, err
		}
		wrote = true
	default:
		return false, refuse(fmt.Sprintf("its contents should be those of %s/%s: bring them together, then remove %s", Journal, e.Stage, Journal),
			"%s was changed while an edit was half done", e.Path)
	}
	if !renamed {
		return wrote, nil
	}
	before, there, err := w.sum(e.From)
	if err != nil || !there {
		return wrote, err
	}
	if w.same(e.From, e.Path) { // a change of case, on a file system that is blind to it
		return wrote, w.do(func() error { return w.root.Rename(e.From, e.Path) })
	}
	if before != e.Old {
		return wrote, refuse(fmt.Sprintf("%s takes its place: bring them together, remove the old one, then remove %s", e.Path, Journal), "%s was changed while an edit was half done", e.From)
	}
	return true, w.do(func() error { return w.root.Remove(e.From) })
}

func (w *writer) same(a, b string) bool {
	x, err := w.root.Lstat(a)
	if err != nil {
		return false
	}
	y, err := w.root.Lstat(b)
	return err == nil && os.SameFile(x, y)
}

func (w *writer) do(f func() error) error {
	if err := w.step(); err != nil {
		return err
	}
	return f()
}

// put writes a file and has the system put it on the disk.
func (w *writer) put(name string, data []byte, mode fs.FileMode) error {
	return w.do(func() error {
		f, err := w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return errors.Join(err, f.Sync(), f.Close())
	})
}

// sync puts a folder's entries on the disk; systems that cannot do it for a folder do it by themselves.
func (w *writer) sync(name string) error {
	f, err := w.root.Open(name)
	if err != nil {
		return err
	}
	_ = f.Sync()
	return f.Close()
}

func (w *writer) sum(name string) (s string, there bool, err error) {
	data, err := w.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	return sum(data), err == nil, err
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
