package corpus

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"strings"
)

// The templates of the Hugo site make what errdex's own make: the same sections, the same highlighting, the same twins, and
// every related code, replacement and link inside a text looked up, an unknown one an error. Where the two could not be made
// alike (absolute links in the twins, links that only a text makes, anchors) Hugo has the less to do.
//
//go:embed all:hugosite
var hugoSite embed.FS

// Layout is a way to hand Hugo its data.
type Layout string

// The layouts. FrontMatter is a Markdown file with the definition as its front matter; Adapter is a content adapter over YAML
// files in data/.
const (
	FrontMatter Layout = "front matter"
	Adapter     Layout = "content adapter"
)

// Hugo yields the files of a Hugo site with the same definitions.
func Hugo(c Config, layout Layout) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		err := fs.WalkDir(hugoSite, "hugosite", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(hugoSite, name)
			if err == nil && !yield(strings.TrimPrefix(name, "hugosite/"), data) {
				err = fs.SkipAll
			}
			return err
		})
		if err != nil {
			panic("internal error: the embedded Hugo site: " + err.Error())
		}
		for ci, a := range apis {
			front := fmt.Sprintf("---\ntitle: %q\ntype: index\nparams:\n  collection: %s\n---\n", a.title, a.id)
			if !yield("content/docs/"+a.id+"-errors.md", []byte(front)) {
				return
			}
			for i := range size(c.Definitions, ci) {
				if !yield(hugoDefinition(generate(c, ci, i), layout)) {
					return
				}
			}
		}
		for i := range guideCount {
			body := strings.Replace(string(guideMarkdown(c, i)), "---\n", "---\ntype: guide\n", 1)
			if !yield("content/guides/"+guides[i].slug+".md", []byte(body)) {
				return
			}
		}
		if layout == Adapter {
			yield("content/docs/_content.gotmpl", []byte(adapter))
		}
	}
}

func hugoDefinition(d *definition, layout Layout) (string, []byte) {
	a := d.api
	params := fmt.Sprintf("collection: %s\n  collection_title: %q\n  noun: %q\n  prefix: %s\n  index: /docs/%s-errors.html\n  slug: %q\n  group: %s\n  verified: %q\n",
		a.id, a.title, a.noun, a.prefix, a.id, d.slug, d.group, d.verified)
	head := fmt.Sprintf("title: %q\ndescription: %q\ntype: error\nparams:\n  %s  e:\n", a.noun+" "+d.code+": "+d.title, strings.ReplaceAll(d.summary, "\n", " "), params)
	if layout == FrontMatter {
		return "content/docs/" + a.prefix + d.slug + ".md", append(append([]byte("---\n"+head), d.yaml("    ")...), "---\n"...)
	}
	return "data/errors/" + a.prefix + d.slug + ".yaml", append([]byte(head), d.yaml("    ")...)
}

const adapter = `{{ range $name, $d := hugo.Data.errors }}
{{ $.AddPage (dict "path" $name "kind" "page" "title" $d.title "type" "error" "params" (merge $d.params (dict "description" $d.description))) }}
{{ end }}
`

// EditedHugoFile is the same definition in the Hugo site.
func EditedHugoFile(c Config, layout Layout) string {
	name, _ := hugoDefinition(generate(c, 0, size(c.Definitions, 0)/2), layout)
	return name
}
