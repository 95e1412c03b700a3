package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"path"
	"strings"
	"time"
)

// handler answers as a host of static sites does: clean URLs, one address a page, redirects, a page for what is not there.
type handler struct {
	hub   *hub
	hosts hosts
	url   string // of the first page
}

func newHandler(listening *net.TCPAddr, asked string, h *hub) *handler {
	return &handler{hub: h, hosts: newHosts(listening, asked), url: public(listening, asked)}
}

// ownPolicy is the content security policy of serve's own answers.
const ownPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	if !h.hosts.allow(r) {
		http.Error(w, "errdex serve answers to its own address only: "+h.url, http.StatusMisdirectedRequest)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "this is a site of files: GET and HEAD only", http.StatusMethodNotAllowed)
		return
	}
	if name, ok := strings.CutPrefix(r.URL.Path, base); ok {
		h.own(w, r, name)
		return
	}
	site, _, _ := h.hub.now()
	if site == nil {
		header.Set("Content-Security-Policy", ownPolicy)
		send(w, r, http.StatusServiceUnavailable, "text/html; charset=utf-8", inject(noSite, ""))
		return
	}
	h.page(w, r, site)
}

// own answers for serve's own files.
func (h *handler) own(w http.ResponseWriter, r *http.Request, name string) {
	w.Header().Set("Content-Security-Policy", ownPolicy)
	switch name {
	case "reload.js":
		send(w, r, http.StatusOK, "text/javascript; charset=utf-8", reloadScript)
	case "problems.css":
		send(w, r, http.StatusOK, "text/css; charset=utf-8", problemsStyle)
	case "events":
		h.events(w, r)
	default:
		http.NotFound(w, r)
	}
}

// place is where a request leads.
type place struct {
	file   string // the file that answers
	status int
	to     string // for a redirect
}

// find says what a host does with a path. A redirect leads only to what is there, so that no path can send a browser to another site.
func find(site Site, p string) (place, []byte, error) {
	if p == "/" {
		return open(site, "index.html", http.StatusOK)
	}
	name := strings.TrimPrefix(p, "/")
	if fs.ValidPath(name) && p[0] == '/' && !hidden(name) {
		if !strings.HasSuffix(name, ".html") {
			if at, data, err := open(site, name+".html", http.StatusOK); !missing(err) {
				return at, data, err
			}
			if at, data, err := open(site, name, http.StatusOK); !missing(err) {
				return at, data, err
			}
		}
	}
	if to, ok := site.Redirect(p); ok {
		return place{status: http.StatusMovedPermanently, to: to}, nil, nil
	}
	if to := canonical(p); to != p && to[0] == '/' {
		if at, _, err := find(site, to); err == nil && at.status != http.StatusNotFound {
			return place{status: http.StatusMovedPermanently, to: to}, nil, nil
		}
	}
	return open(site, "404.html", http.StatusNotFound)
}

// hidden are the files that a host reads and does not publish, and the page for what is not there, which has no address.
func hidden(name string) bool {
	return name == "_redirects" || name == "_headers" || name == "404" || name == "index"
}

// canonical returns the one address of a page that is asked for in another way: with .html, with index, with a slash at its end.
func canonical(p string) string {
	p = path.Clean("/" + strings.TrimLeft(p, "/"))
	p = strings.TrimSuffix(p, ".html")
	if p == "/index" {
		return "/"
	}
	return p
}

func open(site Site, name string, status int) (place, []byte, error) {
	data, err := site.File(name)
	return place{file: name, status: status}, data, err
}

func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

func (h *handler) page(w http.ResponseWriter, r *http.Request, site Site) {
	at, data, err := find(site, r.URL.Path)
	for _, x := range site.Headers(r.URL.Path) {
		w.Header().Set(x[0], x[1])
	}
	switch {
	case missing(err):
		http.NotFound(w, r) // a site without 404.html
	case err != nil:
		h.broken(w, r, err)
	case at.to != "":
		if r.URL.RawQuery != "" {
			at.to += "?" + r.URL.RawQuery
		}
		w.Header().Set("Location", at.to)
		w.Header().Set("Content-Length", "0")
		w.WriteHeader(at.status)
	case strings.HasSuffix(at.file, ".html"):
		w.Header().Set("Cache-Control", "no-cache")
		have := tag(data)
		w.Header().Set("ETag", `"`+have+`"`)
		send(w, r, at.status, "text/html; charset=utf-8", inject(data, have))
	default:
		if w.Header().Get("Cache-Control") == "" {
			w.Header().Set("Cache-Control", "no-cache")
		}
		w.Header().Set("ETag", `"`+tag(data)+`"`)
		send(w, r, at.status, contentType(at.file), data)
	}
}

// broken answers for a page whose template failed. The script asks for it again when something has changed.
func (h *handler) broken(w http.ResponseWriter, r *http.Request, err error) {
	w.Header().Set("Content-Security-Policy", ownPolicy)
	body := bytes.Replace(noSite, []byte("<!--why-->"), []byte(escape(err.Error())), 1)
	send(w, r, http.StatusInternalServerError, "text/html; charset=utf-8", inject(body, ""))
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;").Replace(s)
}

// send writes an answer; with an ETag set, a browser that has it already is told so.
func send(w http.ResponseWriter, r *http.Request, status int, kind string, data []byte) {
	w.Header().Set("Content-Type", kind)
	if status == http.StatusOK {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
		return
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}

// contentType is fixed here and not asked of the system, whose tables differ.
func contentType(name string) string {
	kinds := map[string]string{
		".json": "application/json; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".css": "text/css; charset=utf-8",
		".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
		".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8",
		".xml": "application/xml; charset=utf-8", ".pdf": "application/pdf", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
	}
	if strings.HasSuffix(name, "feed.xml") {
		return "application/atom+xml; charset=utf-8"
	}
	if strings.HasSuffix(name, "opensearch.xml") {
		return "application/opensearchdescription+xml; charset=utf-8"
	}
	if kind := kinds[strings.ToLower(path.Ext(name))]; kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// heartbeat keeps a stream alive through whatever stands between, and finds browsers that are gone.
const heartbeat = 15 * time.Second

// events streams to one browser (server-sent events, HTML standard section 9.2) what becomes of the page that it shows.
func (h *handler) events(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	wake, end := h.hub.watch()
	defer end()
	v := view{path: r.URL.Query().Get("path"), have: r.URL.Query().Get("have")}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			fmt.Fprint(w, ":\n\n")
		case <-wake:
			for _, e := range v.look(h.hub) {
				data, err := json.Marshal(e.data)
				if err != nil {
					panic("internal error: " + err.Error())
				}
				fmt.Fprintf(w, "event: %s\ndata: %s\n\n", e.name, data)
			}
		}
		if out.Flush() != nil || context.Cause(r.Context()) != nil {
			return
		}
	}
}

// view is what one browser shows.
type view struct {
	path, have string
	problems   []problem
	told       bool
}

type event struct {
	name string
	data any
}

// look compares what the browser has with what there is now.
func (v *view) look(h *hub) []event {
	site, last, problems := h.now()
	var out []event
	if !v.told && len(problems) > 0 || v.told && !same(v.problems, problems) {
		out = append(out, event{"problems", problems})
	}
	v.told, v.problems = true, problems
	now, data := content(site, v.path)
	if now == v.have {
		return out
	}
	if was, old := content(last, v.path); was == v.have && data != nil && old != nil {
		if sheets, ok := restyled(old, data); ok {
			v.have = now
			return append(out, event{"style", map[string]any{"page": now, "sheets": sheets}})
		}
	}
	v.have = now
	return append(out, event{"reload", now})
}

// content returns the page at a path with its tag; both are empty where there is no site, or the page could not be made.
func content(site Site, p string) (string, []byte) {
	if site == nil {
		return "", nil
	}
	at, data, err := find(site, p)
	if err != nil || at.to != "" {
		return "", nil
	}
	return tag(data), data
}

func same(a, b []problem) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
