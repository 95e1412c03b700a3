package load

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// hidden reports a name that is left alone.
func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") }

// folders are the collections by their folders' names.
func (tr *Tree) folders(entries []fs.DirEntry) (out []string) {
	for _, e := range entries {
		if e.IsDir() && e.Name() != "guides" && !hidden(e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out
}

func (tr *Tree) readSite() {
	s := tr.site
	before := tr.errors()
	defer func() { s.Faulty = tr.errors() > before }()
	if info, err := fs.Stat(tr.fsys, s.File); err == nil && !info.Mode().IsRegular() {
		notAFile(s.File, &tr.diags)
		return
	}
	data, ok := tr.bytes(s.File, &tr.diags)
	if !ok {
		return
	}
	o := siteObject()
	document(data, s.File, tr.md, &tr.diags, func(r *reader, n yn) { o.read(r, n, s) })
	if s.Language == "" {
		s.Language = "en"
	}
}

func (tr *Tree) scanCollection(id string, folders []string) {
	file := "content/" + id + "/collection.yaml"
	info, err := fs.Stat(tr.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := fs.ReadDir(tr.fsys, "content/"+id)
		if err != nil {
			tr.unreadable("content/"+id, err, &tr.diags)
		}
		if tr.withoutCollection(id, entries); tr.renamed[file] == "" {
			return
		}
	}
	c := &catalog.Collection{ID: id, File: file}
	before := tr.errors()
	if err == nil && !info.Mode().IsRegular() {
		notAFile(file, &tr.diags)
	} else if tr.renamed[file] != "" {
		// what it says is not known
	} else if data, ok := tr.bytes(file, &tr.diags); ok {
		o := collectionObject()
		document(data, file, tr.md, &tr.diags, func(r *reader, n yn) { o.read(r, n, c) })
	}
	c.Faulty = tr.errors() > before || tr.renamed[file] != ""
	tr.collections[id] = c
	tr.site.Collections = append(tr.site.Collections, c)
	tr.scanFolder(id, id, ".yaml", folders)
}

// orderCollections puts the collections that site.yaml names first, in its order.
func (tr *Tree) orderCollections() {
	place := map[string]int{}
	for i, id := range tr.site.Order {
		if tr.collections[id.Value] == nil {
			tr.diags.ErrorHint(id.Span(tr.site.File), "unknown-value", fmt.Sprintf("there is no collection %q", id.Value), tr.collectionHint(id.Value))
			continue
		}
		place[id.Value] = i - len(tr.site.Order)
	}
	slices.SortStableFunc(tr.site.Collections, func(a, b *catalog.Collection) int { return place[a.ID] - place[b.ID] })
}

func (tr *Tree) collectionHint(id string) string {
	if near := diag.Nearest(id, slices.Sorted(maps.Keys(tr.collections))); near != "" {
		return "did you mean " + near + "?"
	}
	return "name a folder of content/ that has a collection.yaml"
}

// isFile reports whether an entry is a file, or a link to one.
func (tr *Tree) isFile(name string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := fs.Stat(tr.fsys, name)
	return err == nil && info.Mode().IsRegular()
}

// scanFolder lists the files of one folder that are to be read, and speaks of those that are not.
func (tr *Tree) scanFolder(folder, collection, ending string, folders []string) {
	entries, err := fs.ReadDir(tr.fsys, "content/"+folder)
	if err != nil {
		tr.unreadable("content/"+folder, err, &tr.diags)
		return
	}
	for _, e := range entries {
		name := e.Name()
		full := "content/" + folder + "/" + name
		if hidden(name) || strings.HasSuffix(name, ".go") || collection != "" && tr.isCollectionFile(name, full) {
			continue
		}
		dir, ok := tr.isDir(full, e)
		switch {
		case !ok:
		case dir:
			tr.strayFolder(folder, collection, name)
		case strings.HasSuffix(name, ending):
			slug := strings.TrimSuffix(name, ending)
			tr.files = append(tr.files, File{full, slug, collection})
		default:
			there := make([]string, len(entries))
			for i, e := range entries {
				there[i] = e.Name()
			}
			tr.strayIn(folder, collection, name, there, folders)
		}
	}
}

// isCollectionFile reports whether a file of a collection is collection.yaml, or was meant as it and has been named as that, or is a site.yaml, which
// belongs one folder above.
func (tr *Tree) isCollectionFile(name, full string) bool {
	slug, guide := slugOf(name)
	switch {
	case name == "collection.yaml":
		return true
	case guide:
		return false
	case strings.EqualFold(slug, "collection") && tr.renamed[path.Dir(full)+"/collection.yaml"] != "":
		return true
	case slug == "site" && tr.elsewhere == full:
		return true
	}
	return false
}
