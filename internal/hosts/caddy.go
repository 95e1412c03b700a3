package hosts

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
)

const caddyFile = Folder + "/caddy/Caddyfile"

// caddyPages is how many pages are found whatever the case of their letters: Caddy tries one pattern after the other, a third of a microsecond each,
// when no file answers.
const caddyPages = 2000

// caddy writes a Caddyfile that can be run as it is, with two variables from the environment, or imported for its snippet. Caddy can ask whether a
// file is there, so most ways to write a URL need no list: the path they stand for is made, and redirected to where it is a page.
func (w *writer) caddy() {
	u, _ := url.Parse(w.in.BaseURL) // validated
	address := u.Scheme + "://" + u.Host
	var b bytes.Buffer
	b.WriteString(`# caddy run --config Caddyfile, with ERRDEX_ROOT set to the folder that holds the site.
(errdex) {
	root * {$ERRDEX_ROOT:.}
	header {
`)
	for _, h := range w.in.security() {
		fmt.Fprintf(&b, "\t\t%s \"%s\"\n", h.name, h.value)
	}
	fmt.Fprintf(&b, "\t\tCache-Control \"%s\"\n\t}\n", cachePages)
	b.WriteString("\troute {\n" + w.caddyEncode() + caddyRoutes)
	if w.stubs() { // a stub is a file, and would be taken for the page
		w.caddyLead(&b, "errdex_kept", w.routes.kept, 301)
	}
	b.WriteString(`			@spelled {
				path *.html */
				file {re.key.1}.html
			}
			route @spelled {
				header Cache-Control "` + cacheRedirect + `"
				redir {re.key.1}{errdex_args} 301
			}
			@absent not file {path} {path}.html {path}/index.html
			route @absent {
`)
	if !w.stubs() {
		w.caddyLead(&b, "errdex_kept", w.routes.kept, 301)
	}
	w.caddyForgive(&b)
	w.caddyNear(&b)
	b.WriteString("\t\t\t}\n\t\t}\n" + w.caddyAnswers() + "\t}\n")
	b.WriteString(`	handle_errors {
		header Cache-Control "` + cacheNothing + `"
		header Content-Type "` + contentType("404.html") + `"
		route {
	` + w.caddyEncode() + `			rewrite * /404.html
` + w.caddyFiles("\t\t\t") + `		}
	}
}

{$ERRDEX_ADDRESS:` + address + `} {
	import errdex
}
`)
	w.file(caddyFile, b.Bytes())
}

// caddyRoutes is what comes first: paths that are nobody's, the home page, and the path that is meant without its ending, as {re.key.1}.
const caddyRoutes = `		@hidden {
			path /.* */.*
			not path /.well-known/*
		}
		error @hidden 404
		@missing path /404 /404.html
		error @missing 404
		map {query} {errdex_args} {
			"" ""
			default "?{query}"
		}
		@home path /index /index.html /index/ /index.html/
		header @home Cache-Control "` + cacheRedirect + `"
		redir @home /{errdex_args} 301

		@key path_regexp key ^(/[^/].*?)(?:/index\.html|\.html)?/*$
		route @key {
`

// caddyMap writes a map from {re.key.1}.
func (w *writer) caddyMap(b *bytes.Buffer, name string, redirects []Redirect, flags string) {
	fmt.Fprintf(b, "\t\t\tmap {re.key.1} {%s} {\n", name)
	for _, r := range redirects {
		key := r.From
		if flags != "" {
			key = "~" + flags + quoteRegexp(key)
		}
		fmt.Fprintf(b, "\t\t\t\t%s %s\n", key, r.To)
	}
	b.WriteString("\t\t\t\tdefault \"\"\n\t\t\t}\n")
}

// caddyLead writes a map and the redirect to what is found in it. The redirect is a route of its own, so that the map, which Caddy goes through from its
// beginning, is asked once.
func (w *writer) caddyLead(b *bytes.Buffer, name string, redirects []Redirect, status int) {
	w.caddyMap(b, name, redirects, "")
	args := "{errdex_args}"
	if status == 302 {
		args = "" // what is forgiven may lead to a question of its own
	}
	fmt.Fprintf(b, "\t\t\t@%[1]s not vars {%[1]s} \"\"\n\t\t\troute @%[1]s {\n\t\t\t\theader Cache-Control \"%[2]s\"\n\t\t\t\tredir {%[1]s}%[3]s %[4]d\n\t\t\t}\n", name, cacheRedirect, args, status)
}

// caddyForgive writes the ways to write a URL: those that a pattern does not make by themselves, then the patterns.
func (w *writer) caddyForgive(b *bytes.Buffer) {
	w.caddyLead(b, "errdex_forgiven", w.routes.compact(), 302)
	for i, p := range w.routes.dynamic {
		name := fmt.Sprintf("f%d", i)
		to := strings.Replace(p.to, "{slug}", "{re."+name+".1}", 1)
		fmt.Fprintf(b, "\t\t\t@%s path_regexp %s (?i)^%s([A-Za-z0-9_][A-Za-z0-9._~-]*?)(?:\\.html)?/*$\n\t\t\troute @%s {\n", name, name, strings.TrimSuffix(quoteRegexp(p.prefix), "$")[1:], name)
		fmt.Fprintf(b, "\t\t\t\t@%s_page file %s.html\n\t\t\t\theader @%[1]s_page Cache-Control \"%[3]s\"\n\t\t\t\tredir @%[1]s_page %[2]s 302\n\t\t\t}\n", name, to, cacheRedirect)
	}
}

// caddyNear writes how a page is found whatever the case of the letters.
func (w *writer) caddyNear(b *bytes.Buffer) {
	near := w.routes.pages
	if len(near) > caddyPages {
		w.note(Note{Host: "caddy", Message: fmt.Sprintf("URLs with letters of the wrong case are not forgiven: there are %d pages, and that takes long from %d on", len(near), caddyPages),
			Hint: "nginx looks them up at once"})
		return
	}
	all := make([]Redirect, len(near))
	for i, p := range near {
		all[i] = Redirect{p, p}
	}
	w.caddyMap(b, "errdex_near", all, "(?i)")
	b.WriteString(`			@near not vars {errdex_near} "" {path}
			route @near {
				header Cache-Control "` + cacheRedirect + `"
				redir {errdex_near}{errdex_args} 301
			}
`)
}

// caddyAnswers writes how a path that is no redirect is answered.
func (w *writer) caddyAnswers() string {
	var b bytes.Buffer
	b.WriteString("\t\theader /assets/* Cache-Control \"" + cacheAssets + "\"\n")
	for _, t := range types {
		fmt.Fprintf(&b, "\t\t@%[1]s path *.%[1]s\n\t\theader @%[1]s Content-Type \"%[2]s\"\n", t.ending[1:], contentType("x"+t.ending))
	}
	for _, s := range special {
		fmt.Fprintf(&b, "\t\theader /%s Content-Type \"%s\"\n", s.path, contentType(s.path))
	}
	b.WriteString("\t\t@vary not path /assets/* *.svg *.txt *.xml\n\t\theader @vary +Vary Accept\n\n")
	for _, t := range []struct{ name, mime, ending string }{{"problem", problemType, ".json"}, {"data", "application/json", ".json"}, {"markdown", "text/markdown", ".md"}} {
		fmt.Fprintf(&b, "\t\tmap {header.Accept} {errdex_%s} {\n", t.name)
		for _, p := range acceptPatterns(t.mime) {
			fmt.Fprintf(&b, "\t\t\t`~(?i)%s` \"%s\"\n", p.pattern, p.value)
		}
		b.WriteString("\t\t\tdefault \"\"\n\t\t}\n")
		fmt.Fprintf(&b, "\t\t@%s {\n\t\t\tvars {errdex_%s} 1\n\t\t\tfile {path}%s\n\t\t}\n", t.name, t.name, t.ending)
		mime := t.mime
		if t.name == "markdown" {
			mime = contentType("x.md")
		}
		fmt.Fprintf(&b, "\t\troute @%s {\n\t\t\theader Content-Type \"%s\"\n\t\t\trewrite {path}%s\n%s\t\t}\n", t.name, mime, t.ending, w.caddyFiles("\t\t\t"))
	}
	b.WriteString("\t\ttry_files {path} {path}.html\n" + w.caddyFiles("\t\t"))
	return b.String()
}

// caddyFiles serves what is on the disk.
func (w *writer) caddyFiles(indent string) string {
	if w.in.Compressed {
		return indent + "file_server {\n" + indent + "\tprecompressed br gzip\n" + indent + "}\n"
	}
	return indent + "file_server\n"
}

// caddyEncode compresses while it serves, where nothing was compressed before.
func (w *writer) caddyEncode() string {
	if w.in.Compressed {
		return ""
	}
	return "\t\tencode gzip\n"
}
