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
//
// Nothing is synced to the disk, on purpose: what the promise is about is processes that die, and the system's own view of files is whole
// for those. A power cut is another matter: a file system may then have the new names and not yet all of the new bytes. A site can be built again from its
// source in a second, and an fsync a file would cost more than the build. (Authors' own files are another matter too: see internal/edit.)
type Folder struct {
	path    string // the real folder, links followed
	stage   *stage
	old     bool            // whether there is a site to compare with
	mine    map[string]bool // what its Manifest lists
	carried map[string]fs.FileInfo
	create  sync.Mutex // see writeFile
	mu      sync.Mutex
	dirs    map[string]bool
	written []string
	stamps  []Stamp // of written, as told when they were put there; the zero Stamp where they were not
	kept    atomic.Int64
	bytes   atomic.Int64
	buffers sync.Pool // of *[64 << 10]byte
}

// Stats counts what a Commit did.
type Stats struct {
	Files, Written, Unchanged, Removed int
	Bytes                              int64 // of all files
	Piecewise                          bool  // files of two sites stood together for a moment: see move
}

// Open prepares to replace the folder at path, which need not exist. Remains of builds that died are cleared away. It refuses
// a path that is a file, and wraps what the system says otherwise.
func Open(path string) (*Folder, error) {
	path, err := resolve(path)
	if err != nil {
		return nil, err
	}
	// Looking for remains and taking a place of one's own happen under the parent's lock: a stage that is not locked yet must
	// not look like one whose builder died.
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	guard := waitDir(filepath.Dir(path))
	defer guard.Close()
	// A folder that is mounted in two places has two parents.
	if info, err := os.Stat(path); err == nil && info.IsDir() { // to open a pipe would wait for ever
		inner := waitDir(path)
		defer inner.Close()
	}
	if err := recoverFolder(path); err != nil {
		return nil, err
	}
	f := &Folder{path: path, dirs: map[string]bool{}, mine: map[string]bool{}, carried: map[string]fs.FileInfo{}}
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

// resolve follows the links of a path, also one that leads to a folder that is not there yet: the link is somebody's, and stays.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	for range 40 { // as many as the system follows
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return real, nil
		}
		target, err := os.Readlink(path)
		if err != nil {
			return path, nil // not a link: there is nothing, or what it is shows when it is used
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return "", fmt.Errorf("%s: too many links", path)
}

// look notes whether there is a site and which of its files are ours.
func (f *Folder) look() {
	f.old, f.mine = false, map[string]bool{}
	if info, err := os.Stat(f.path); err != nil || !info.IsDir() {
		return
	}
	f.old = true
	f.mine = listed(f.at(Manifest))
}

// listed is what a Manifest lists.
func listed(manifest string) map[string]bool {
	names := map[string]bool{}
	if info, err := os.Lstat(manifest); err != nil || !info.Mode().IsRegular() {
		return names // a pipe would never end
	}
	data, _ := os.ReadFile(manifest)
	for line := range strings.Lines(string(data)) {
		if name := strings.TrimSuffix(line, "\n"); fs.ValidPath(name) && name != "." {
			names[name] = true // anything else was not written by us, and would lead out of the folder
		}
	}
	return names
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
	s, linked := Stamp{}, false
	if f.old {
		s, linked = f.link(file, to)
	}
	if linked {
		f.kept.Add(1)
	} else {
		var err error
		if s, err = writeFile(to, file.Data, 0o644, &f.create); err != nil {
			return err
		}
	}
	f.mu.Lock()
	f.written, f.stamps = append(f.written, file.Path), append(f.stamps, s)
	f.mu.Unlock()
	return nil
}

// Transient says that Write keeps nothing of the Data that it is given.
func (f *Folder) Transient() {}

// link reuses the old file where it has the same bytes.
func (f *Folder) link(file File, to string) (s Stamp, ok bool) {
	from := filepath.Join(f.path, filepath.FromSlash(file.Path))
	info, err := os.Lstat(from)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(file.Data)) {
		return Stamp{}, false
	}
	return stamp(info), f.holds(from, file.Data) && os.Link(from, to) == nil
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
	if f.stage.inside {
		inner := waitDir(f.path)
		defer inner.Close()
	}
	if err := recoverInside(f.path); err != nil {
		f.Abort()
		return Stats{}, err
	}
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
	if err := os.WriteFile(filepath.Join(f.stage.dir, Manifest), manifest(f.written), 0o644); err != nil {
		f.Abort()
		return Stats{}, err
	}
	if f.old {
		if err := f.carry(now); err != nil {
			f.Abort()
			return Stats{}, fmt.Errorf("keeping the files of others in %s: %w", f.path, err)
		}
	}
	stats.Piecewise = f.stage.piecewise
	if err := f.swap(now); err != nil {
		f.Abort()
		return Stats{}, fmt.Errorf("putting the new site in place: %w", err)
	}
	return stats, nil
}

// Abort throws the new site away. It is harmless after Commit.
func (f *Folder) Abort() { f.stage.remove() }
