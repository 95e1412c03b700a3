package hosts

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// routes are all redirects of a site, in the order of what they are worth.
type routes struct {
	kept    []Redirect      // what was published: permanent
	forgive []Redirect      // other ways to write the URL of a page: temporary, since a code can come to name two pages
	pages   []string        // the URLs of the pages, sorted; only those that have the form of a site path
	taken   map[string]bool // paths that are a page, a file or a kept path; true for a file
	files   int             // how many of them are files
	dynamic []pattern       // what stands for most of forgive where a host counts rules
}

// pattern is a forgiving route with a hole: prefix, then a slug, leads to the URL made of to.
type pattern struct {
	prefix string // "/e/whatsapp/"
	to     string // "/docs/whatsapp-error-{slug}"
}

func newRoutes(in Input) routes {
	n := len(in.Files) + len(in.Redirects)
	for _, c := range in.Collections {
		n += 4 * len(c.Entries)
	}
	r := routes{kept: slices.Clone(in.Redirects), taken: make(map[string]bool, n), files: len(in.Files)}
	r.take("/")
	for _, f := range in.Files {
		path := "/" + f.Path
		r.taken[path] = true
		if url, ok := pageURL(path); ok {
			r.take(url)
			if isPath(url) && url != "/404" {
				r.pages = append(r.pages, url)
			}
		}
	}
	slices.Sort(r.pages)
	slices.SortFunc(r.kept, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
	for _, k := range r.kept {
		r.take(k.From)
	}
	r.forgiving(in)
	return r
}

// of reports whether the routes were made for these files.
func (r *routes) of(files []File) bool {
	if len(files) != r.files {
		return false
	}
	for _, f := range files {
		if !r.taken["/"+f.Path] {
			return false
		}
	}
	return true
}

// take takes a path that is no file, and reports whether it was free.
func (r *routes) take(path string) bool {
	if _, taken := r.taken[path]; taken {
		return false
	}
	r.taken[path] = false
	return true
}

// pageURL returns the URL of the page in a file: /docs/x for /docs/x.html.
func pageURL(path string) (string, bool) {
	url, ok := strings.CutSuffix(path, ".html")
	if url == "/index" {
		return "/", ok
	}
	return url, ok
}

// forgiving makes the routes of every collection. A name that several pages answer to leads to the finder, which shows them all, rather than to
// one of them.
func (r *routes) forgiving(in Input) {
	everywhere := map[string][]string{} // name to URLs, one for each collection that knows it
	add := func(from, to string) {
		if isPath(from) && r.take(from) {
			r.forgive = append(r.forgive, Redirect{from, to})
		}
	}
	for _, c := range in.Collections {
		names := c.names()
		for _, name := range sortedKeys(names) {
			to := one(name, names[name])
			add(c.Index+"/"+name, to)
			add("/e/"+c.ID+"/"+name, to)
			everywhere[name] = append(everywhere[name], names[name]...)
		}
	}
	for _, name := range sortedKeys(everywhere) {
		add("/e/"+name, one(name, everywhere[name]))
	}
	for _, c := range in.Collections {
		add("/e/"+c.ID, c.Index)
		for _, prefix := range []string{c.Index + "/", "/e/" + c.ID + "/"} {
			if !slices.ContainsFunc(in.Files, func(f File) bool { return strings.HasPrefix("/"+f.Path, prefix) }) {
				r.dynamic = append(r.dynamic, pattern{prefix, c.Pattern})
			}
		}
	}
	if len(in.Collections) > 0 && !slices.ContainsFunc(in.Files, func(f File) bool { return strings.HasPrefix(f.Path, "e/") }) {
		largest := slices.MaxFunc(in.Collections, func(a, b Collection) int { return len(a.Entries) - len(b.Entries) })
		r.dynamic = append(r.dynamic, pattern{"/e/", largest.Pattern})
	}
	slices.SortFunc(r.forgive, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
}

// names returns what the definitions of a collection are called, slugs before codes, with the pages of each name.
func (c Collection) names() map[string][]string {
	names := make(map[string][]string, len(c.Entries))
	for _, e := range c.Entries {
		names[e.Slug] = []string{e.URL}
	}
	live, removed := map[string][]string{}, map[string][]string{}
	for _, e := range c.Entries {
		switch {
		case !isSegment(e.Code) || names[e.Code] != nil:
		case e.Removed:
			removed[e.Code] = append(removed[e.Code], e.URL)
		default:
			live[e.Code] = append(live[e.Code], e.URL)
		}
	}
	maps.Copy(names, removed)
	maps.Copy(names, live)
	return names
}

// one returns the only URL, or a question to the finder.
func one(name string, urls []string) string {
	if len(urls) == 1 {
		return urls[0]
	}
	return "/?q=" + name
}

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// compact returns the forgiving routes that the patterns do not make by themselves. Patterns are tried in their order, as every host does.
func (r *routes) compact() []Redirect {
	var out []Redirect
	for _, f := range r.forgive {
		made := false
		for _, p := range r.dynamic {
			if slug, ok := strings.CutPrefix(f.From, p.prefix); ok && !strings.Contains(slug, "/") {
				made = p.makes(f.To, slug)
				break
			}
		}
		if !made {
			out = append(out, f)
		}
	}
	return out
}

// makes reports whether url is what p leads to for a slug.
func (p pattern) makes(url, slug string) bool {
	before, after, _ := strings.Cut(p.to, "{slug}")
	rest, ok := strings.CutPrefix(url, before)
	rest, too := strings.CutSuffix(rest, after)
	return ok && too && rest == slug
}

// folded returns the paths that another one differs from by case only: pages, files and redirects taken together. On a host that looks up without
// case they must be looked up with it, or one would answer for the other.
func (r *routes) folded() map[string]bool {
	first := make(map[string]string, len(r.taken))
	out := map[string]bool{}
	for path := range r.taken {
		lower := strings.ToLower(path)
		if other, there := first[lower]; there {
			out[path], out[other] = true, true
			continue
		}
		first[lower] = path
	}
	return out
}

// quoteRegexp returns a regular expression, in the syntax that PCRE and RE2 share, for exactly this path.
func quoteRegexp(path string) string { return "^" + regexp.QuoteMeta(path) + "$" }
