package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Manifest is the file in an output folder that lists what errdex wrote there, a path a line. What it does not list belongs
// to somebody else and is carried over to the next site untouched.
const Manifest = ".errdex"

// Folder builds a site beside the folder that it will replace, and puts it in place in one step. Until Commit returns nothing
// at the folder's path has changed; a process that dies before leaves the old site, one that dies after leaves the new
// one. Files whose bytes are what they were are linked, not written, and keep their time.
type Folder struct {
	path    string // the real folder, links followed
	stage   *stage
	old     bool // whether there is a site to compare with
	mine    map[string]bool
	mu      sync.Mutex
	dirs    map[string]bool
	written []string
	kept    atomic.Int64
	bytes   atomic.Int64
	buffers sync.Pool // of *[64 << 10]byte
}

// Stats counts what a Commit did.
type Stats struct {
	Files, Written, Unchanged, Removed int
	Bytes                              int64 // of all files
}

// Open prepares to replace the folder at path, which need not exist. Remains of builds that died are cleared away. It refuses
// a path that is a file, and wraps what the system says otherwise.
func Open(path string) (*Folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	// Looking for remains and taking a place of one's own happen under the parent's lock: a stage that is not locked yet must
	// not look like one whose builder died.
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	guard := waitDir(filepath.Dir(path))
	defer guard.Close()
	recoverFolder(path)
	f := &Folder{path: path, dirs: map[string]bool{}, mine: map[string]bool{}}
	switch info, err := os.Stat(path); {
	case err == nil && !info.IsDir():
		return nil, fmt.Errorf("%s is a file, not a folder", path)
	case err == nil:
		f.look()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	if f.stage, err = newStage(path); err != nil {
		return nil, err
	}
	return f, nil
}

// look notes whether there is a site and which of its files are ours.
func (f *Folder) look() {
	f.old, f.mine = false, map[string]bool{}
	if info, err := os.Stat(f.path); err != nil || !info.IsDir() {
		return
	}
	f.old = true
	data, _ := os.ReadFile(filepath.Join(f.path, Manifest))
	for line := range strings.Lines(string(data)) {
		f.mine[strings.TrimSuffix(line, "\n")] = true
	}
}

// Write puts one file into the new site.
func (f *Folder) Write(file File) error {
	if !fs.ValidPath(file.Path) || file.Path == Manifest {
		panic("internal error: output path " + file.Path)
	}
	to := filepath.Join(f.stage.dir, filepath.FromSlash(file.Path))
	if err := f.mkdir(filepath.Dir(to)); err != nil {
		return err
	}
	f.bytes.Add(int64(len(file.Data)))
	f.mu.Lock()
	f.written = append(f.written, file.Path)
	f.mu.Unlock()
	if f.old && f.link(file, to) {
		f.kept.Add(1)
		return nil
	}
	return os.WriteFile(to, file.Data, 0o644)
}

// Transient says that Write keeps nothing of the Data that it is given.
func (f *Folder) Transient() {}

// link reuses the old file where it has the same bytes.
func (f *Folder) link(file File, to string) bool {
	from := filepath.Join(f.path, filepath.FromSlash(file.Path))
	info, err := os.Lstat(from)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(file.Data)) {
		return false
	}
	return f.holds(from, file.Data) && os.Link(from, to) == nil
}

// holds reports whether a file has these bytes and no others.
func (f *Folder) holds(name string, data []byte) bool {
	in, err := os.Open(name)
	if err != nil {
		return false
	}
	defer in.Close()
	buf, _ := f.buffers.Get().(*[64 << 10]byte)
	if buf == nil {
		buf = new([64 << 10]byte)
	}
	defer f.buffers.Put(buf)
	for {
		n, err := in.Read(buf[:])
		if n > len(data) || !bytes.Equal(buf[:n], data[:n]) {
			return false
		}
		if data = data[n:]; err != nil {
			return err == io.EOF && len(data) == 0
		}
	}
}

func (f *Folder) mkdir(dir string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dirs[dir] {
		return nil
	}
	f.dirs[dir] = true
	return os.MkdirAll(dir, 0o755)
}

// Commit puts the new site in place. After an error the old site stands as it was.
func (f *Folder) Commit() (Stats, error) {
	// Another build may have put its site here since Open: whose files these are is read again, and nobody else puts one in place until this
	// one stands. Otherwise the other's pages would be taken for a stranger's and carried into this site.
	guard := waitDir(filepath.Dir(f.path))
	defer guard.Close()
	f.look()
	slices.Sort(f.written)
	stats := Stats{Files: len(f.written), Unchanged: int(f.kept.Load()), Bytes: f.bytes.Load()}
	stats.Written = stats.Files - stats.Unchanged
	now := make(map[string]bool, len(f.written))
	for _, p := range f.written {
		now[p] = true
	}
	for p := range f.mine {
		if !now[p] {
			stats.Removed++
		}
	}
	if err := f.foreign(); err != nil {
		f.Abort()
		return Stats{}, err
	}
	manifest := strings.Join(f.written, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(f.stage.dir, Manifest), []byte(manifest), 0o644); err != nil {
		f.Abort()
		return Stats{}, err
	}
	if f.old {
		if err := f.carry(now); err != nil {
			f.Abort()
			return Stats{}, fmt.Errorf("keeping the files of others in %s: %w", f.path, err)
		}
	}
	if err := f.stage.swap(f.path, f.written, f.mine); err != nil {
		f.Abort()
		return Stats{}, fmt.Errorf("putting the new site in place: %w", err)
	}
	return stats, nil
}

// Abort throws the new site away. It is harmless after Commit.
func (f *Folder) Abort() { f.stage.remove() }

// foreign refuses a site that would overwrite what somebody else put into the folder.
func (f *Folder) foreign() error {
	if !f.old {
		return nil
	}
	var theirs []string
	for _, name := range f.written {
		if f.mine[name] {
			continue
		}
		was, err := os.ReadFile(filepath.Join(f.path, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		now, _ := os.ReadFile(filepath.Join(f.stage.dir, filepath.FromSlash(name)))
		if err != nil || !bytes.Equal(was, now) {
			theirs = append(theirs, name)
		}
	}
	switch len(theirs) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("%s holds %s, which errdex did not make: move it away, or name another folder", f.path, theirs[0])
	}
	return fmt.Errorf("%s holds %s and %d more files that errdex did not make: move them away, or name another folder", f.path, theirs[0], len(theirs)-1)
}

// carry links everything that is not ours into the new site: a .git, a CNAME, whatever a person put there.
func (f *Folder) carry(now map[string]bool) error {
	if f.stage.inside {
		return nil // the folder stays, and with it all that is in it
	}
	return filepath.WalkDir(f.path, func(from string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(f.path, from)
		if err != nil || rel == "." {
			return err
		}
		name := filepath.ToSlash(rel)
		to := filepath.Join(f.stage.dir, rel)
		switch {
		case name == Manifest || f.mine[name] || now[name]:
			return nil
		case e.IsDir():
			return f.carryDir(from, to, name)
		case e.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(from)
			if err != nil {
				return err
			}
			return os.Symlink(target, to)
		case !e.Type().IsRegular():
			return nil
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.Link(from, to); err != nil {
			return copyFile(from, to)
		}
		return nil
	})
}

// carryDir keeps a folder that holds nothing of ours, empty ones included.
func (f *Folder) carryDir(from, to, name string) error {
	for p := range f.mine {
		if strings.HasPrefix(p, name+"/") {
			return nil
		}
	}
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	return os.MkdirAll(to, info.Mode().Perm()|0o700)
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, info.Mode().Perm())
}
