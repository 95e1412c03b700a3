// Package load reads content/ into a catalog: every key of the authors' files, each text with its exact place, every
// problem a diagnostic. It is the only importer of yaml.v3, whose trees it walks itself: its decoder stops at the first
// fault, knows no columns and speaks in Go types. The package reads through an fs.FS and starts no goroutine: Tree.Read
// may be called for different files at once, and the recipe decides how many.
package load

import (
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"sync"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/markdown"
)

// MaxFile is the size in bytes above which a file of content/ is refused: 1 MiB, some 200 times a long definition.
const MaxFile = 1 << 20

// Tree is content/ as far as it is known without reading the definitions: the site, the collections, and the names of the
// files to read. It is not changed after Scan.
type Tree struct {
	fsys        fs.FS
	md          *markdown.Parser
	site        *catalog.Site
	collections map[string]*catalog.Collection
	files       []File
	diags       diag.List
	object      object[def]
	renamed     map[string]string // of a file that is missing, the name that it was given instead
	elsewhere   string            // where the site.yaml is that is missing
	buffers     sync.Pool         // of *[]byte, that files are read into
}

// File is a definition or a guide to read.
type File struct {
	Path       string // relative to the source folder, with slashes
	Slug       string
	Collection string // empty for a guide
}

// Item is what one File held: a Definition or a Guide, hollow where the file could not be read as one.
type Item struct {
	File       File
	Definition *catalog.Definition
	Guide      *catalog.Guide
	Diags      diag.List
}

// ErrNoContent is Scan's error where the source folder has no content/.
var ErrNoContent = errors.New("there is no content/ folder here: name the folder that holds it with --source")

// Scan reads site.yaml and every collection.yaml and lists the files of content/ in fsys, the source folder. It returns an
// error where the folder cannot be read; faults in the files are kept for Assemble.
func Scan(fsys fs.FS) (*Tree, error) {
	tr := &Tree{fsys: fsys, md: markdown.NewParser(), collections: map[string]*catalog.Collection{}, object: definitionObject(), renamed: map[string]string{}}
	entries, err := fs.ReadDir(fsys, "content")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoContent
	}
	if err != nil {
		return nil, fmt.Errorf("reading content/: %w", err)
	}
	tr.site = &catalog.Site{File: "content/site.yaml", Language: "en"}
	folders := tr.folders(entries)
	for _, e := range entries { // a site.yml is named before site.yaml is missed
		if name := e.Name(); tr.isFile("content/"+name, e) && name != "site.yaml" && name != "urls.lock" && !hidden(name) && !strings.HasSuffix(name, ".go") {
			tr.strayAtTop(name, folders)
		}
	}
	tr.readSite()
	for _, e := range entries {
		name := e.Name()
		if hidden(name) {
			continue
		}
		dir, ok := tr.isDir("content/"+name, e)
		switch {
		case !ok:
		case name == "guides" && dir:
			tr.scanFolder(name, "", ".md", folders)
		case dir:
			tr.scanCollection(name, folders)
		}
	}
	tr.orderCollections()
	sort.Slice(tr.files, func(i, j int) bool { return tr.files[i].Path < tr.files[j].Path })
	return tr, nil
}

// errors returns how many errors there are that leave something unread.
func (tr *Tree) errors() int {
	return brokenBy(&tr.diags)
}

// Files returns the definitions and guides to read, by path. The caller must not change the slice.
func (tr *Tree) Files() []File { return tr.files }

// Read reads files[i]. It is safe for concurrent use.
func (tr *Tree) Read(i int) Item {
	var problems diag.List
	data, ok := tr.bytes(tr.files[i].Path, &problems)
	if !ok {
		item := tr.hollow(tr.files[i])
		if item.Definition != nil {
			item.Definition.Unread = true
		} else {
			item.Guide.Unread = true
		}
		item.Diags = problems
		return item
	}
	item := tr.Parse(tr.files[i], data)
	tr.buffers.Put(&data) // every text has been copied out of it
	return item
}

// Parse reads one file from its bytes.
func (tr *Tree) Parse(f File, data []byte) Item {
	item := tr.hollow(f)
	if f.Collection == "" {
		readGuide(item.Guide, data, tr.md, &item.Diags)
		item.Guide.Faulty = !readWhole(&item.Diags) || item.Guide.Lost != ""
		return item
	}
	item.Definition.Size = len(data)
	var lost, swallowed []byte
	over := false
	read := document(data, f.Path, tr.md, &item.Diags, func(r *reader, n yn) {
		tr.object.read(r, n, item.Definition)
		lost, swallowed = append(r.lost, r.broken...), r.swallowed
		over = r.over
	})
	if item.Definition.Faulty = !readWhole(&item.Diags); item.Definition.Faulty {
		if !read || over || len(lost) > maxLost {
			lost = data
		}
		item.Definition.Lost = string(lost)
	}
	item.Definition.Lost += string(swallowed)
	return item
}

// hollow is what a file stands for before it is read: a page with a slug and nothing else. A file that cannot be read
// stays one, so that references to it are not faults as well.
func (tr *Tree) hollow(f File) Item {
	if f.Collection == "" {
		return Item{File: f, Guide: &catalog.Guide{Faulty: true, Slug: f.Slug, File: f.Path, Body: catalog.Prose{Doc: tr.md.Parse("", markdown.Options{})}}}
	}
	return Item{File: f, Definition: &catalog.Definition{Collection: tr.collections[f.Collection], Slug: f.Slug, File: f.Path, Faulty: true}}
}

// Assemble puts the items, one for each file in the order of Files, into a catalog. The tree's own problems and the
// items' are in the list that comes with it.
func (tr *Tree) Assemble(items []Item) (*catalog.Site, *diag.List) {
	list := &diag.List{}
	list.Merge(&tr.diags)
	site := *tr.site
	site.Collections = make([]*catalog.Collection, len(tr.site.Collections))
	byID := make(map[string]*catalog.Collection, len(site.Collections))
	for i, c := range tr.site.Collections {
		whole := *c
		site.Collections[i], byID[c.ID] = &whole, &whole
	}
	for i := range items {
		list.Merge(&items[i].Diags)
		if d := items[i].Definition; d != nil {
			c := byID[items[i].File.Collection]
			c.Definitions = append(c.Definitions, d)
		}
		if g := items[i].Guide; g != nil {
			site.Guides = append(site.Guides, g)
		}
	}
	return &site, list
}
