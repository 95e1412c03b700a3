// Package hosts writes what a host needs to serve a finished site at the URLs it promises: redirects for paths that are kept alive, routes
// that forgive how a URL is spelled, security and cache headers, types, the choice of a twin by Accept. Its input is plain data and its
// output files; it reads nothing, asks no host anything, and knows neither pages nor templates. The recipe calls Files when everything
// else has been written.
//
// What a host reads at the root of the site is put there: _redirects, _headers, vercel.json, .nojekyll. What configures a server or is fed to
// a command line is put under Folder, inside the output, so that it changes in one step with the pages it belongs to. It holds no secret:
// everything in it can be seen by asking the site. The servers that errdex configures refuse it, the upload lists leave it out, and hosts
// that would publish it are only given it when a site is built for several hosts at once.
//
// Nothing from the content reaches one of these formats unless it has the form of a site path (letters, digits and . _ ~ - between
// slashes); anything else is refused with an error, so that no escape rule of seven languages has to be right.
package hosts

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"errdex/internal/output"
)

// Folder is where files for servers and upload commands lie in the output.
const Folder = ".hosts"

// Names are the hosts that can be named, sorted.
var Names = []string{"caddy", "cloudflare", "gcs", "github_pages", "netlify", "nginx", "s3", "vercel"}

// Input is what Files needs to know of a finished site.
type Input struct {
	Hosts       []string     // out of Names
	BaseURL     string       // absolute, without a trailing slash
	Redirects   []Redirect   // paths that are kept alive; From is no page, To is one, or a twin
	Collections []Collection // for the forgiving routes
	Files       []File       // everything else that was written
	Compressed  bool         // whether .gz and .br files lie beside the text files
	HSTS        string       // the value of Strict-Transport-Security; empty: it is not sent
	// Read returns a file that was written, for hosts without redirects, where an old twin is answered with a copy. It may be nil; then
	// a note says that old twins are lost there.
	Read func(path string) ([]byte, bool)

	routes *routes // see Prepare
}

// Prepare does beforehand what Files needs most of its time for, and does not do again: it may run while files are still made. Their paths must be known, their
// sizes need not be.
func (in *Input) Prepare() {
	r := newRoutes(*in)
	in.routes = &r
}

// Redirect leads from one site path to another for ever.
type Redirect struct{ From, To string }

// Collection is what the forgiving routes are made of: /INDEX/190, /e/ID/190 and /e/190 lead to the page of slug or code 190.
type Collection struct {
	ID, Index string
	Pattern   string // the URL of a definition, with {slug}
	Entries   []Entry
}

// Entry is one definition. Where a code names several, those that were withdrawn step back.
type Entry struct {
	Slug, Code, URL string
	Removed         bool
}

// File is a file of the site: its path without a leading slash, and its size in bytes.
type File struct {
	Path string
	Size int64
}

// Note is something the build should say about a host: a limit that is passed, a URL that cannot be kept there. Only those with Lost are faults.
type Note struct {
	Host    string
	Message string
	Hint    string
	Lost    bool // whether URLs that are promised do not answer on this host
}

// isSegment reports whether s can be one segment of a path that means itself in every format written here. Forms are checked by hand and not by
// regular expressions: there is one check for each file and route of a site.
func isSegment(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '_':
		case (c == '.' || c == '~' || c == '-') && i > 0:
		default:
			return false
		}
	}
	return s != ""
}

// isPath reports whether s is a slash and segments parted by slashes.
func isPath(s string) bool {
	for strings.HasPrefix(s, "/") {
		end := strings.IndexByte(s[1:], '/')
		if end < 0 {
			return isSegment(s[1:])
		}
		if !isSegment(s[1 : 1+end]) {
			return false
		}
		s = s[1+end:]
	}
	return false
}

var (
	hostForm = regexp.MustCompile(`^([\pL\pN]([\pL\pM\pN.-]*[\pL\pM\pN])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$`)
	hstsForm = regexp.MustCompile(`^max-age=[0-9]{1,10}(; includeSubDomains)?(; preload)?$`)
)

// Files returns the files that the named hosts need, sorted by path, and what to say about them. The error tells of input that has not the
// form of a URL, or of a host nobody knows.
func Files(in Input) ([]output.File, []Note, error) {
	if err := in.validate(); err != nil {
		return nil, nil, err
	}
	if in.routes == nil || !in.routes.of(in.Files) {
		in.Prepare()
	}
	w := &writer{in: in, routes: *in.routes, written: map[string]bool{}}
	for _, f := range in.Files {
		w.size += f.Size
	}
	for _, h := range Names {
		if !slices.Contains(in.Hosts, h) {
			continue
		}
		switch h {
		case "caddy":
			w.caddy()
		case "cloudflare":
			w.cloudflare()
		case "gcs":
			w.gcs()
		case "github_pages":
			w.githubPages()
		case "netlify":
			w.netlify()
		case "nginx":
			w.nginx()
		case "s3":
			w.s3()
		case "vercel":
			w.vercel()
		}
	}
	slices.SortFunc(w.files, func(a, b output.File) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(w.notes, func(a, b Note) int {
		return cmp.Or(strings.Compare(a.Host, b.Host), strings.Compare(a.Message, b.Message))
	})
	return w.files, w.notes, nil
}

// writer collects what the hosts need. Hosts may share a file; the first to need it writes it.
type writer struct {
	in     Input
	routes routes
	size   int64 // of all files of the site
	files  []output.File
	notes  []Note

	written map[string]bool // paths of files
}

func (w *writer) file(path string, data []byte) {
	if !w.written[path] {
		w.written[path] = true
		w.files = append(w.files, output.File{Path: path, Data: data})
	}
}

func (w *writer) note(n Note) { w.notes = append(w.notes, n) }

func (w *writer) named(host string) bool { return slices.Contains(w.in.Hosts, host) }

// stubs reports whether HTML pages stand in for redirects in this output.
func (w *writer) stubs() bool { return w.named("github_pages") }

func (in *Input) validate() error {
	for _, h := range in.Hosts {
		if !slices.Contains(Names, h) {
			return fmt.Errorf("hosts: there is no host %q; there are %s", h, strings.Join(Names, ", "))
		}
	}
	u, err := url.Parse(in.BaseURL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || !hostForm.MatchString(u.Host) || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		u.Path != "" && !isPath(u.Path) {
		return fmt.Errorf("hosts: %q is not the absolute URL of a site", in.BaseURL)
	}
	if in.HSTS != "" && !hstsForm.MatchString(in.HSTS) {
		return fmt.Errorf("hosts: %q is not a value of Strict-Transport-Security, such as max-age=31536000; includeSubDomains", in.HSTS)
	}
	bad := func(what, path string) error { return fmt.Errorf("hosts: the %s %q is not a site path", what, path) }
	seen := make(map[string]bool, len(in.Redirects))
	for _, r := range in.Redirects {
		switch {
		case !isPath(r.From):
			return bad("redirect from", r.From)
		case !isPath(r.To) && r.To != "/":
			return bad("redirect to", r.To)
		case r.From == r.To || seen[r.From]:
			return fmt.Errorf("hosts: the redirect from %s is a loop, or is there twice", r.From)
		}
		seen[r.From] = true
	}
	for _, r := range in.Redirects {
		if seen[r.To] {
			return fmt.Errorf("hosts: the redirect from %s leads to another redirect, %s", r.From, r.To)
		}
	}
	for _, c := range in.Collections {
		probe := strings.Replace(c.Pattern, "{slug}", "x", 1)
		if !isPath(c.Index) || !isPath(probe) || probe == c.Pattern || !isSegment(c.ID) {
			return fmt.Errorf("hosts: the collection %q has URLs that are not site paths: %q and %q", c.ID, c.Index, c.Pattern)
		}
		for _, e := range c.Entries {
			if !isPath(e.URL) || !isSegment(e.Slug) {
				return bad("page", e.URL)
			}
		}
	}
	return nil
}
