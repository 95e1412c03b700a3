package edit

import (
	"io/fs"
	"maps"
	"slices"

	"errdex/internal/catalog"
	"errdex/internal/load"
)

// Withdrawal is what there is to say about a code that is deprecated or removed.
type Withdrawal struct {
	In         string   // the API version or the date since which; may be empty
	ReplacedBy []string // codes or slugs of the same collection, or collection/slug; may be empty
}

// Deprecate plans the edit that marks a definition, COLLECTION/CODE, as deprecated: status, deprecated_since and replaced_by.
func Deprecate(fsys fs.FS, ref string, w Withdrawal) (*Plan, error) {
	return withdraw(fsys, ref, w, "deprecated", "deprecated_since", "DeprecatedSince", func(d *catalog.Definition) catalog.Text { return d.DeprecatedSince })
}

// Retire plans the edit that marks a definition as removed: status, removed_in and replaced_by. Its page stays, as a tombstone.
func Retire(fsys fs.FS, ref string, w Withdrawal) (*Plan, error) {
	return withdraw(fsys, ref, w, "removed", "removed_in", "RemovedIn", func(d *catalog.Definition) catalog.Text { return d.RemovedIn })
}

func withdraw(fsys fs.FS, ref string, w Withdrawal, status, key, field string, since func(*catalog.Definition) catalog.Text) (*Plan, error) {
	p, err := read(fsys)
	if err != nil {
		return nil, err
	}
	d, err := p.definition(ref)
	if err != nil {
		return nil, err
	}
	if now := d.StatusOr(); now == status && w.In == "" && len(w.ReplacedBy) == 0 || now == "removed" && status == "deprecated" {
		return nil, refuse("", "%s is %s already", d.Ref(), now)
	}
	old, err := fs.ReadFile(fsys, d.File)
	if err != nil {
		return nil, err
	}
	s := setter{p: p, file: load.File{Path: d.File, Slug: d.Slug, Collection: d.Collection.ID}, text: old}
	s.set("status", "Status", status, func(d *catalog.Definition) catalog.Text { return d.Status })
	if w.In != "" {
		s.set(key, field, w.In, since)
	}
	for _, r := range w.ReplacedBy {
		s.add("replaced_by", "ReplacedBy", r, func(d *catalog.Definition) []catalog.Text { return d.ReplacedBy })
	}
	if s.err != nil {
		return nil, s.err
	}
	changes := []Change{{Path: d.File, Old: old, New: s.text}}
	after, err := read(over(fsys, changes))
	if err != nil {
		return nil, err
	}
	if err := p.verify(after, func(s string) string { return s }, d.Ref()); err != nil {
		return nil, err
	}
	return &Plan{changes}, nil
}

// setter changes one definition's file key by key, each from the text that the one before left.
type setter struct {
	p    *project
	file load.File
	text []byte
	err  error
}

func (s *setter) set(key, field, value string, now func(*catalog.Definition) catalog.Text) {
	s.edit(key, field, "="+value+"\x00", func(f *file, d *catalog.Definition) [][]byte {
		if now(d).Value == value {
			return [][]byte{f.data}
		}
		return f.set(key, now(d), scalar(value), below(d, key))
	})
}

// add puts an item into a list, where it is not in it.
func (s *setter) add(key, field, value string, now func(*catalog.Definition) []catalog.Text) {
	item := s.p.tree.Parse(s.file, s.text)
	values := valuesOf(now(item.Definition))
	if slices.Contains(values, value) {
		return
	}
	s.edit(key, field, texts(append(values, value)), func(f *file, d *catalog.Definition) [][]byte {
		return f.add(key, now(d), scalar(value), below(d, key))
	})
}

func (s *setter) edit(key, field, want string, candidates func(*file, *catalog.Definition) [][]byte) {
	if s.err != nil {
		return
	}
	item := s.p.tree.Parse(s.file, s.text)
	o := maps.Clone(outlineOf(item))
	o[field] = want
	text, ok := s.p.settle(s.file, s.text, candidates(newFile(s.file.Path, s.text), item.Definition), o)
	if !ok {
		s.err = refuse("set it by hand", "`%s` cannot be set in %s in the way it is written", key, s.file.Path)
		return
	}
	s.text = text
}
