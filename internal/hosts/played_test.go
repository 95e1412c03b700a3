package hosts_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"errdex/internal/hosts"
	"errdex/internal/link"
)

// These hosts cannot be run here. Each is played after what it documents, as far as a redirect is concerned, and asked for every URL of the site.

// host answers a path: a status, where a redirect leads, and the file that is served.
type host func(path string) (status int, location, file string)

// written returns the files of a build for the named hosts by path, those of the site among them.
func written(t testing.TB, m *link.Map, names ...string) (map[string]string, hosts.Input, []hosts.Note) {
	t.Helper()
	files := pages(m)
	in := hosts.From(m, listed(files))
	in.Hosts = names
	in.Read = func(path string) ([]byte, bool) {
		for _, f := range files {
			if f.Path == path {
				return f.Data, true
			}
		}
		return nil, false
	}
	more, notes, err := hosts.Files(in)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range append(files, more...) {
		if _, twice := out[f.Path]; twice {
			t.Errorf("%s is written twice", f.Path)
		}
		out[f.Path] = string(f.Data)
	}
	return out, in, notes
}

type lineRule struct {
	from   *regexp.Regexp
	to     string
	status int
	force  bool
}

// lineRules reads _redirects as both hosts do: white space between from, to and status, comments, :name for a segment. It fails the test at a line
// that Cloudflare's parser would refuse (workers-sdk, parseRedirects.ts).
func lineRules(t testing.TB, text string, netlify bool) []lineRule {
	t.Helper()
	var out []lineRule
	seen, static, dynamic := map[string]bool{}, 0, 0
	for n, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		f := strings.Fields(line)
		if len(f) != 3 || !strings.HasPrefix(f[0], "/") || !strings.HasPrefix(f[1], "/") || strings.HasPrefix(f[1], "//") || len(line) > 1000 {
			t.Fatalf("line %d: %q", n+1, line)
		}
		status := strings.TrimSuffix(f[2], "!")
		if status != "301" && status != "302" || status != f[2] && !netlify {
			t.Fatalf("line %d: status %q", n+1, f[2])
		}
		if seen[f[0]] {
			t.Fatalf("line %d: %s is there twice", n+1, f[0])
		}
		seen[f[0]] = true
		if strings.ContainsAny(f[0], ":*") || dynamic > 0 {
			dynamic++
		} else {
			static++
		}
		hole := regexp.MustCompile(`:([A-Za-z]\w*)`)
		pattern := hole.ReplaceAllString(regexp.QuoteMeta(f[0]), `(?P<$1>[^/]+)`)
		out = append(out, lineRule{regexp.MustCompile("^" + pattern + "$"), hole.ReplaceAllString(f[1], `$${$1}`), map[string]int{"301": 301, "302": 302}[status], status != f[2]})
	}
	if !netlify && (static > 2000 || dynamic > 100) {
		t.Fatalf("%d static and %d dynamic rules", static, dynamic)
	}
	return out
}

func (r lineRule) match(path string) (string, bool) {
	m := r.from.FindStringSubmatchIndex(path)
	if m == nil {
		return "", false
	}
	return string(r.from.ExpandString(nil, r.to, path, m)), true
}

// cloudflare: rules come before files; docs/x.html is /docs/x, and /docs/x.html and /docs/x/ lead there with 308.
func cloudflare(t testing.TB, files map[string]string) host {
	rules := lineRules(t, files["_redirects"], false)
	return func(path string) (int, string, string) {
		for _, r := range rules {
			if to, ok := r.match(path); ok {
				return r.status, to, ""
			}
		}
		return cleanURL(files, path, 308)
	}
}

func cleanURL(files map[string]string, path string, status int) (int, string, string) {
	if path == "/" {
		return 200, "", "index.html"
	}
	for _, ending := range []string{".html", "/"} {
		if base, ok := strings.CutSuffix(path, ending); ok {
			if _, there := files[base[1:]+".html"]; there {
				return status, base, ""
			}
		}
	}
	for _, f := range []string{path[1:], path[1:] + ".html"} {
		if _, there := files[f]; there {
			return 200, "", f
		}
	}
	return 404, "", ""
}

// netlify: a rule without ! steps back where a file answers; a slash at the end means nothing to rules.
func netlify(t testing.TB, files map[string]string) host {
	rules := lineRules(t, files["_redirects"], true)
	return func(path string) (int, string, string) {
		status, to, file := cleanURL(files, path, 301)
		for _, r := range rules {
			if target, ok := r.match(strings.TrimSuffix(path, "/")); ok && (r.force || status != 200) {
				return r.status, target, ""
			}
		}
		return status, to, file
	}
}

// vercel: redirects come before files; sources are path-to-regexp, of which the tests need :name only.
func vercel(t testing.TB, files map[string]string) host {
	var c struct {
		CleanURLs, TrailingSlash *bool
		Redirects                []struct {
			Source, Destination string
			StatusCode          int
		}
		Headers []struct {
			Source  string
			Headers []struct{ Key, Value string }
		}
	}
	d := json.NewDecoder(strings.NewReader(files["vercel.json"]))
	if err := d.Decode(&c); err != nil || c.CleanURLs == nil || !*c.CleanURLs || c.TrailingSlash == nil || *c.TrailingSlash {
		t.Fatalf("vercel.json: %v %+v", err, c)
	}
	if len(c.Redirects) > 2048 {
		t.Fatalf("%d redirects", len(c.Redirects))
	}
	var rules []lineRule
	for _, r := range c.Redirects {
		if len(r.Source) > 4096 || len(r.Destination) > 4096 || strings.ContainsAny(r.Source, "()*+?{}\\") {
			t.Fatalf("source %q", r.Source)
		}
		hole := regexp.MustCompile(`:([A-Za-z]\w*)`)
		rules = append(rules, lineRule{from: regexp.MustCompile("^" + hole.ReplaceAllString(regexp.QuoteMeta(r.Source), `(?P<$1>[^/]+)`) + "$"),
			to: hole.ReplaceAllString(r.Destination, `$${$1}`), status: r.StatusCode})
	}
	for _, h := range c.Headers {
		for _, x := range h.Headers {
			if x.Key == "" || x.Value == "" || !strings.HasPrefix(h.Source, "/") {
				t.Fatalf("header %+v", h)
			}
		}
	}
	return func(path string) (int, string, string) {
		for _, r := range rules {
			if to, ok := r.match(path); ok {
				return r.status, to, ""
			}
		}
		return cleanURL(files, path, 308)
	}
}

var refresh = regexp.MustCompile(`<meta http-equiv="refresh" content="0; url=([^"]+)">`)

// githubPages: docs/x.html is /docs/x, a folder may go before it, and a stub counts as a redirect.
func githubPages(files map[string]string) host {
	return func(path string) (int, string, string) {
		file := path[1:]
		if path == "/" {
			file = "index.html"
		}
		if _, there := files[file]; !there {
			file += ".html"
		}
		for f := range files {
			if strings.HasPrefix(f, path[1:]+"/") && path != "/" {
				if _, both := files[path[1:]+"/index.html"]; !both {
					return 404, "", "" // the folder went before the page
				}
			}
		}
		text, there := files[file]
		if !there {
			return 404, "", ""
		}
		if m := refresh.FindStringSubmatch(text); m != nil {
			return 301, m[1], ""
		}
		return 200, "", file
	}
}

// bucket: an object by its exact key; a website endpoint obeys the redirect of an object.
func bucket(t testing.TB, files map[string]string, name string) host {
	var l struct {
		Index, Error string
		Objects      []struct {
			Key, File, Redirect string
			Type                string `json:"content_type"`
			Cache               string `json:"cache_control"`
		}
	}
	if err := json.Unmarshal([]byte(files[".hosts/"+name+"/objects.json"]), &l); err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, o := range l.Objects {
		text, there := files[o.File]
		if _, twice := at[o.Key]; twice || !there || o.Type == "" || o.Cache == "" || strings.HasPrefix(o.Key, ".hosts") || strings.HasPrefix(o.Key, "/") {
			t.Fatalf("object %+v", o)
		}
		if o.Redirect != "" && refresh.MatchString(text) && refresh.FindStringSubmatch(text)[1] != o.Redirect {
			t.Errorf("the stub of %s leads elsewhere", o.Key)
		}
		if i > 0 && strings.HasPrefix(o.Key, "assets/") && !strings.HasPrefix(l.Objects[i-1].Key, "assets/") {
			t.Errorf("%s comes behind a page", o.Key)
		}
		at[o.Key] = i
	}
	return func(path string) (int, string, string) {
		key := path[1:]
		if path == "/" {
			key = l.Index
		}
		i, there := at[key]
		if !there {
			return 404, "", ""
		}
		if to := l.Objects[i].Redirect; to != "" {
			return 301, to, ""
		}
		return 200, "", l.Objects[i].File
	}
}
