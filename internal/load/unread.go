package load

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/diag"
)

// Files of content/ that are not read. Each is said to be so, first of all and with the way out, and those that would be a page under another name are
// kept: references to them then point to the fault instead of to pages that nobody meant.

// notRead reports a file or a folder that is not read, in front of what follows from it.
func (tr *Tree) notRead(name, hint string, folder bool) {
	message := "this file is not read"
	if folder {
		message = "this folder is not read"
	}
	tr.diags.Add(diag.Diagnostic{Span: diag.Span{File: name}, Severity: diag.Warning, ID: "stray-file", Message: message, Hint: hint, About: []string{diag.AboutUnread(name)}, Cause: true})
}

// wouldBe keeps a page that a file would be.
func (tr *Tree) wouldBe(file, collection, slug string, guide bool) {
	tr.site.Unread = append(tr.site.Unread, catalog.Unread{File: file, Collection: collection, Slug: slug, Guide: guide})
}

// misnamed are the endings that were meant as .yaml and .md, in lower case, the longest first.
var misnamed = []struct {
	ending string
	guide  bool
}{
	{".yaml.orig", false}, {".yaml.txt", false}, {".yaml.bak", false}, {".yaml.old", false}, {".yaml~", false}, {".yml.txt", false}, {".md.txt", true}, {".yaml", false}, {".yml", false}, {".yalm", false}, {".ymal", false}, {".yam", false},
	{".markdown", true}, {".mdown", true}, {".mkd", true}, {".mdx", true}, {".md", true},
}

// slugOf returns the slug that a file's name was meant to give, and whether it is a guide; "" where it is neither a definition nor a guide.
func slugOf(name string) (slug string, guide bool) {
	low := strings.ToLower(name)
	for _, m := range misnamed {
		if strings.HasSuffix(low, m.ending) && len(name) > len(m.ending) {
			return name[:len(name)-len(m.ending)], m.guide
		}
	}
	return "", false
}

// strayAtTop speaks of a file that lies directly in content/ and is none of the two that belong there.
func (tr *Tree) strayAtTop(name string, folders []string) {
	full := "content/" + name
	slug, guide := slugOf(name)
	switch {
	case strings.EqualFold(slug, "site") && !guide:
		if _, err := fs.Stat(tr.fsys, "content/site.yaml"); err == nil {
			tr.notRead(full, "site.yaml is here as well and is read: remove one of the two", false)
		} else {
			tr.renamed["content/site.yaml"] = full
		}
	case strings.EqualFold(slug, "collection") && !guide:
		tr.notRead(full, "move it into the folder of its collection, to content/COLLECTION/collection.yaml", false)
	case slug == "" && path.Ext(name) == ".lock" || strings.EqualFold(name, "urls.lock"):
		tr.notRead(full, "published URLs are recorded in content/urls.lock", false)
	case slug != "" && guide && strings.HasSuffix(name, ".md"):
		tr.wouldBe(full, "", slug, true) // mostly a note for colleagues, such as README.md, of which nothing is said
	case slug != "" && guide:
		tr.notRead(full, "where it is a guide, move it to content/guides/"+slug+".md", false)
		tr.wouldBe(full, "", slug, true)
	case slug != "":
		tr.notRead(full, "where it is a definition, move it into its collection: "+intoCollection(folders, slug+".yaml"), false)
		tr.wouldBe(full, "", slug, false)
	default:
		tr.notRead(full, "only site.yaml and urls.lock are read here; begin its name with `_` to keep it", false)
	}
}

// intoCollection names the place of a definition in one of the collections.
func intoCollection(folders []string, name string) string {
	if len(folders) == 1 {
		return "content/" + folders[0] + "/" + name
	}
	return "content/COLLECTION/" + name
}

// strayIn speaks of a file in a collection, or in guides/ where collection is empty, whose name does not end as it must. there are the other names in
// the folder, folders the collections.
func (tr *Tree) strayIn(folder, collection, name string, there, folders []string) {
	full := "content/" + folder + "/" + name
	slug, guide := slugOf(name)
	want := slug + ".yaml"
	if guide {
		want = slug + ".md"
	}
	switch {
	case slug == "" && path.Ext(name) == "" && collection != "":
		tr.notRead(full, "where it is a definition, rename it to "+name+".yaml", false)
		tr.wouldBe(full, collection, name, false)
	case slug == "" && path.Ext(name) == "":
		tr.notRead(full, "where it is a guide, rename it to "+name+".md", false)
		tr.wouldBe(full, "", name, true)
	case slug == "" && collection != "":
		tr.notRead(full, "only files that end in .yaml are read here; one that begins with `_` is left alone", false)
	case slug == "":
		tr.notRead(full, "only files that end in .md are read here; one that begins with `_` is left alone", false)
	case guide == (collection == "") && slices.Contains(there, want):
		tr.notRead(full, want+" is here as well and is read: remove one of the two", false)
	case guide == (collection == ""):
		tr.notRead(full, "rename it to "+want, false)
		tr.wouldBe(full, collection, slug, guide)
	case guide:
		tr.notRead(full, "where it is a guide, move it to content/guides/"+want, false)
		tr.wouldBe(full, "", slug, true)
	default:
		tr.notRead(full, "a guide is Markdown and ends in .md; where this is a definition, move it into its collection: "+intoCollection(folders, want), false)
		tr.wouldBe(full, "", slug, false)
	}
}

// strayFolder speaks of a folder inside a collection or guides/.
func (tr *Tree) strayFolder(folder, collection, name string) {
	full := "content/" + folder + "/" + name
	hint := "move what is in it to content/" + folder + "/: a collection is sorted by `group`, not by folders"
	if collection == "" {
		hint = "move what is in it to content/guides/: guides have no folders"
	}
	tr.notRead(full, hint, true)
	entries, err := fs.ReadDir(tr.fsys, full)
	if err != nil {
		return
	}
	for _, e := range entries {
		if slug, guide := slugOf(e.Name()); slug != "" && !e.IsDir() && guide == (collection == "") {
			tr.wouldBe(full+"/"+e.Name(), collection, slug, guide)
		}
	}
}

// withoutCollection speaks of a folder of content/ that has no collection.yaml.
func (tr *Tree) withoutCollection(id string, entries []fs.DirEntry) {
	file := "content/" + id + "/collection.yaml"
	definitions, guides := false, false
	for _, e := range entries {
		slug, guide := slugOf(e.Name())
		if strings.EqualFold(slug, "collection") && !guide {
			tr.renamed[file] = "content/" + id + "/" + e.Name()
		}
		definitions = definitions || slug != "" && !guide
		guides = guides || slug != "" && guide && !strings.EqualFold(slug, "readme")
	}
	switch {
	case tr.renamed[file] != "":
		tr.diags.Add(diag.Diagnostic{Span: diag.Span{File: file}, ID: "missing-file", Message: "a collection needs its collection.yaml", Cause: true,
			Hint: "rename " + tr.renamed[file] + " to collection.yaml"})
	case definitions:
		tr.diags.Add(diag.Diagnostic{Span: diag.Span{File: file}, ID: "missing-file", Message: "a collection needs its collection.yaml", Cause: true,
			Hint: "it holds `title`, `noun`, `url`, `index` and `groups`; `errdex schema collection` prints its form"})
		tr.wouldBe(file, id, "", false)
	case guides:
		tr.notRead("content/"+id, "guides lie in content/guides/: move its files there, or rename it", true)
		for _, e := range entries {
			if slug, guide := slugOf(e.Name()); guide {
				tr.wouldBe("content/"+id+"/"+e.Name(), "", slug, true)
			}
		}
	}
}

// siteHint is the hint for a site.yaml that is missing: it may have another name, or lie beside content/ or in the folder of a collection.
func (tr *Tree) siteHint() string {
	if name := tr.renamed["content/site.yaml"]; name != "" {
		return "rename " + name + " to site.yaml"
	}
	candidates := []string{"site.yaml", "site.yml", "content/content/site.yaml"}
	if entries, err := fs.ReadDir(tr.fsys, "content"); err == nil {
		for _, e := range entries {
			if e.IsDir() {
				candidates = append(candidates, "content/"+e.Name()+"/site.yaml", "content/"+e.Name()+"/site.yml")
			}
		}
	}
	for _, name := range candidates {
		if info, err := fs.Stat(tr.fsys, name); err == nil && info.Mode().IsRegular() {
			tr.elsewhere = name
			return "move " + name + " to content/site.yaml"
		}
	}
	return "it holds `title` and `base_url`; `errdex schema site` prints its form"
}
