package output

import (
	"cmp"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Seal tells later, without reading them, that the files of a site are still those that a Folder put there. A file that was written to, replaced, taken
// away or moved has another size, time or number; one that came beside them is not in the Manifest.
type Seal struct {
	Manifest [sha256.Size]byte // of the Manifest's bytes
	Stamps   []Stamp           // of the files in it, in its order
}

// Stamp is what the system says of a file that is not opened. Inode is 0 where the system has none.
type Stamp struct {
	Size, Time int64 // bytes; nanoseconds since 1970
	Inode      uint64
}

// tick is longer than the steps in which file systems count time. A change within the step in which a file was written could leave its time as it is.
const tick = 15 * time.Millisecond

// Seal seals the files that have been written, as they stand in the stage that nobody else knows. Commit must be the next call.
//
// What the system said of a file when it was written is taken for what it will say. Some file systems (those of other machines) choose another time when a file is
// closed: a few files are asked for again, and where one of them has changed all are.
func (f *Folder) Seal() (*Seal, error) {
	order := make([]int, len(f.written))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(f.written[a], f.written[b]) })
	names := make([]string, len(order))
	s := &Seal{Stamps: make([]Stamp, len(order))}
	var ask []int
	for i, j := range order {
		names[i], s.Stamps[i] = f.written[j], f.stamps[j]
		if s.Stamps[i] == (Stamp{}) {
			ask = append(ask, i)
		}
	}
	s.Manifest = sha256.Sum256(manifest(names))
	const some = 16
	for k := range min(some, len(order)) {
		i := k * len(order) / some
		if told := s.Stamps[i]; told != (Stamp{}) {
			now, err := f.ask(names[i])
			if err != nil {
				return nil, err
			}
			if now != told {
				ask = slices.Clone(order) // all, in whatever order
				break
			}
		}
	}
	// Two at once take half the time.
	var wg sync.WaitGroup
	var errs [2]error
	for part := range errs {
		wg.Go(func() {
			for k := part; k < len(ask) && errs[part] == nil; k += len(errs) {
				s.Stamps[ask[k]], errs[part] = f.ask(names[ask[k]])
			}
		})
	}
	wg.Wait()
	if err := cmp.Or(errs[0], errs[1]); err != nil {
		return nil, err
	}
	newest := int64(0)
	for _, st := range s.Stamps {
		newest = max(newest, st.Time)
	}
	time.Sleep(min(tick, time.Until(time.Unix(0, newest).Add(tick))))
	return s, nil
}

// ask asks the system of a file in the stage.
func (f *Folder) ask(name string) (Stamp, error) {
	info, err := os.Lstat(filepath.Join(f.stage.dir, filepath.FromSlash(name)))
	if err != nil {
		return Stamp{}, err
	}
	return stamp(info), nil
}

// Names returns the files of the site at path, in the order of Stamps, where its Manifest is the sealed one, and otherwise nil.
func (s *Seal) Names(path string) []string {
	file := filepath.Join(path, Manifest)
	if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	data, err := os.ReadFile(file)
	if err != nil || sha256.Sum256(data) != s.Manifest {
		return nil
	}
	names := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(names) != len(s.Stamps) {
		return nil
	}
	return names
}

// Holds reports whether file i, which Names calls name, is as it was sealed.
func (s *Seal) Holds(path string, i int, name string) bool {
	info, err := os.Lstat(filepath.Join(path, filepath.FromSlash(name)))
	return err == nil && info.Mode().IsRegular() && stamp(info) == s.Stamps[i]
}

func stamp(info os.FileInfo) Stamp {
	return Stamp{Size: info.Size(), Time: info.ModTime().UnixNano(), Inode: inode(info)}
}

// manifest is the content of the file Manifest for files with these names, which are sorted.
func manifest(names []string) []byte { return []byte(strings.Join(names, "\n") + "\n") }
