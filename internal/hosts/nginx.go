package hosts

import (
	"bytes"
	"fmt"
	"strings"
)

// The files for nginx, which is told to include them: maps belong to its http block, the rest to the server block of the site.
const (
	nginxMaps   = Folder + "/nginx/http.conf"
	nginxServer = Folder + "/nginx/server.conf"
	nginxBrotli = Folder + "/nginx/brotli.conf"
)

// nginx writes the configuration. Redirects are looked up in hashed maps: a location or an if for each of 30,000 paths would cost memory and
// time. Every redirect is found in one step from the path without its ending, so that no old spelling of an old URL takes two. Only what was
// written here is ever sent as Location, never a part of the request but its query string, which cannot hold a line break.
func (w *writer) nginx() {
	w.file(nginxMaps, w.nginxHTTP())
	w.file(nginxServer, w.nginxSite())
	if w.in.Compressed {
		w.file(nginxBrotli, []byte("# Include this too, behind server.conf, where nginx has the module ngx_http_brotli_static.\nbrotli_static on;\n"))
	}
}

func (w *writer) nginxHTTP() []byte {
	var b bytes.Buffer
	same := w.routes.folded()
	all := make([]Redirect, len(w.routes.pages))
	for i, p := range w.routes.pages {
		all[i] = Redirect{p, p}
	}
	kept, forgive, pages := nginxMap("errdex_kept", w.routes.kept, same), nginxMap("errdex_forgiven", w.routes.forgive, same), nginxMap("errdex_page", all, same)
	entries := max(len(w.routes.kept), len(w.routes.forgive), len(w.routes.pages))
	longest := 0
	for _, r := range append(w.routes.kept[:len(w.routes.kept):len(w.routes.kept)], w.routes.forgive...) {
		longest = max(longest, len(r.From))
	}
	for _, p := range w.routes.pages {
		longest = max(longest, len(p))
	}
	b.WriteString("# For the http block. Other maps of the same nginx share the two sizes: keep the larger ones if they are set elsewhere too.\n")
	fmt.Fprintf(&b, "map_hash_max_size %d;\n", power(2*entries, 2048))
	// An entry takes its key and two pointers (src/core/ngx_hash.c); a bucket must hold at least one, and a few make the hash small.
	fmt.Fprintf(&b, "map_hash_bucket_size %d;\n\n", power(longest+64, 256))
	b.WriteString(`# The path of the page that is meant: without .html and slashes at its end.
map $uri $errdex_key {
    default $uri;
    "~^/(index(\.html)?/*)?$" "/";
    "~^(?<errdex_path>/.+?)(/index\.html|\.html)?/*$" $errdex_path;
}

`)
	b.WriteString("# URLs that were published once.\n" + kept)
	b.WriteString("# Other ways to write the URL of a page.\n" + forgive)
	b.WriteString("# The pages, to find one whatever the case of the letters.\n" + pages)
	b.WriteString(`# A page that is asked for by the name of its file, or with a slash behind it.
map $uri $errdex_spelled {
    default "";
    "~^/index(\.html)?/*$" "/";
    "~\.html$" $errdex_page;
    "~./$" $errdex_page;
}

# Any other spelling, but never the one that was asked for: a file that is missing must not lead to itself.
map "$uri $errdex_page" $errdex_near {
    default $errdex_page;
    "~^(\S+) \1$" "";
}

# Which twin is preferred to the page: one that is named before text/html, or where text/html is not named.
`)
	for _, t := range []struct{ name, mime string }{{"problem", problemType}, {"json", "application/json"}, {"markdown", "text/markdown"}} {
		fmt.Fprintf(&b, "map $http_accept $errdex_%s {\n    default \"\";\n", t.name)
		for _, p := range acceptPatterns(t.mime) {
			fmt.Fprintf(&b, "    \"~*%s\" \"%s\";\n", p.pattern, p.value)
		}
		b.WriteString("}\n")
	}
	b.WriteString(`map "$errdex_json:$errdex_markdown" $errdex_twin {
    default "";
    "~^1:" ".json";
    ":1" ".md";
}

map $sent_http_content_type $errdex_vary {
    default "";
    "~^(text/html|text/markdown|application/json|application/problem)" "Accept";
}

map "$status:$uri" $errdex_cache {
    default "` + cachePages + `";
    "~^(200|206|304):/assets/" "` + cacheAssets + `";
    "~^3(01|02):" "` + cacheRedirect + `";
    "~^[45]" "` + cacheNothing + `";
}
`)
	return b.Bytes()
}

// power returns the power of two that is at least n and low.
func power(n, low int) int {
	for low < n {
		low *= 2
	}
	return low
}

// nginxMap writes a map from keys to where they lead. Its look-up is blind to case, so keys that only case tells apart are written as patterns.
func nginxMap(name string, redirects []Redirect, same map[string]bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "map $errdex_key $%s {\n    default \"\";\n", name)
	for _, r := range redirects {
		key := r.From
		if same[key] {
			key = "~" + quoteRegexp(key)
		}
		fmt.Fprintf(&b, "    \"%s\" \"%s\";\n", key, r.To)
	}
	b.WriteString("}\n\n")
	return b.String()
}

func (w *writer) nginxSite() []byte {
	var b bytes.Buffer
	b.WriteString("# For the server block, which has listen, server_name and root (the folder that holds the site).\n")
	for _, h := range w.in.security() {
		fmt.Fprintf(&b, "add_header %s \"%s\" always;\n", h.name, h.value)
	}
	b.WriteString(`add_header Cache-Control $errdex_cache always;
add_header Vary $errdex_vary always;

types {
`)
	for _, t := range types {
		fmt.Fprintf(&b, "    %s %s;\n", t.value, t.ending[1:])
	}
	b.WriteString(`}
default_type application/octet-stream;
charset utf-8;
charset_types text/css text/javascript text/markdown text/plain text/xml application/xml application/atom+xml application/opensearchdescription+xml;

absolute_redirect off;
error_page 404 /404.html;
gzip_vary on;
`)
	if w.in.Compressed {
		b.WriteString("gzip_static on;\n")
	} else {
		b.WriteString("gzip on;\ngzip_types text/css text/javascript text/markdown text/plain application/json application/problem+json application/xml application/atom+xml image/svg+xml;\n")
	}
	b.WriteString(`
if ($errdex_kept) {
    return 301 $errdex_kept$is_args$args;
}
if ($errdex_forgiven) {
    return 302 $errdex_forgiven;
}
if ($errdex_spelled) {
    return 301 $errdex_spelled$is_args$args;
}

location = / {
    try_files /index.html =404;
}
location = /404.html {
    internal;
}
location = /404 {
    return 404;
}
location ~ /\.(?!well-known/) {
    return 404;
}
`)
	for _, s := range special {
		fmt.Fprintf(&b, "location = /%s {\n    types { }\n    default_type %s;\n}\n", s.path, s.value)
	}
	b.WriteString(`location / {
    if ($errdex_problem) {
        rewrite ^(/.+)$ /.problem$1 last;
    }
    try_files $uri$errdex_twin $uri $uri.html @errdex;
}
location ^~ /.problem/ {
    internal;
    types {
        ` + problemType + ` json;
    }
    rewrite ^/\.problem(/.+)$ $1 break;
    try_files $uri.json @errdex_file;
}
location @errdex_file {
    try_files $uri $uri.html @errdex;
}
location @errdex {
    if ($errdex_near) {
        return 301 $errdex_near$is_args$args;
    }
    return 404;
}
`)
	return b.Bytes()
}
