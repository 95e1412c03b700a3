// Package edit changes authors' files in place: it renames a page with every reference to it, and marks a definition as deprecated or removed.
// It replaces bytes at positions that the loader knows and adds lines; it never writes YAML anew, so that comments, order, quotes and blank lines
// stay as their author left them. Before anything is written the changed site is read and linked again: it must have no problem that it
// had not before, every reference must lead where it led, and every URL and anchor must still answer. What cannot be done that way is
// refused, with what to do by hand.
//
// Move, Deprecate and Retire only plan: they read an fs.FS. Plan.Commit writes, all or nothing, and Recover finishes what a process that
// died in Commit had begun. The command calls them; nothing else in the house writes into content/.
package edit

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"errdex/internal/catalog"
)

// Refusal says why an edit is not made. It is about what the author asked for or wrote; other errors are the machine's.
type Refusal struct {
	Message string // one line, lower case
	Hint    string // what to do; may be empty
}

func (r *Refusal) Error() string { return r.Message }

func refuse(hint, format string, args ...any) error {
	return &Refusal{Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Change is a file before and after. From is its old path where it is renamed, and empty otherwise. Paths are relative to the source folder,
// with slashes.
type Change struct {
	Path, From string
	Old, New   []byte
	Places     int // how many references in it were rewritten
}

// Plan is a set of changes that belong together, by path.
type Plan struct{ Changes []Change }

// References returns how many references the plan rewrites, and in how many files.
func (p *Plan) References() (places, files int) {
	for _, c := range p.Changes {
		places += c.Places
		if c.Places > 0 {
			files++
		}
	}
	return places, files
}

// draft collects the edits of a plan.
type draft struct {
	p     *project
	files map[string]*file
	err   error // the first place that cannot be edited

	touched map[*catalog.Text][]splice // texts of p that change, with offsets in their values
}

func newDraft(p *project) *draft {
	return &draft{p: p, files: map[string]*file{}, touched: map[*catalog.Text][]splice{}}
}

func (d *draft) file(name string) *file {
	f := d.files[name]
	if f == nil {
		data, err := fs.ReadFile(d.p.fsys, name)
		if err != nil && d.err == nil {
			d.err = fmt.Errorf("reading %s: %w", name, err)
		}
		f = newFile(name, data)
		d.files[name] = f
	}
	return f
}

// changes returns the files that the edits change.
func (d *draft) changes() ([]Change, error) {
	if d.err != nil {
		return nil, d.err
	}
	var out []Change
	for name, f := range d.files {
		if len(f.splices) == 0 {
			continue
		}
		text, places, err := f.spliced()
		if err != nil {
			return nil, err
		}
		out = append(out, Change{Path: name, Old: f.data, New: text, Places: places})
	}
	slices.SortFunc(out, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}
