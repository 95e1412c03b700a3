package verify

import (
	"bytes"
	"strings"
)

// element looks at one start tag.
func (p *page) element(tag []byte, attrs []pair, at int) {
	src, kind, rel, equiv, animated := false, "", "", false, false
	var href *pair
	for i, a := range attrs {
		if repeated(attrs[:i], a.name) {
			continue // the first of two counts
		}
		switch string(a.name) {
		case "class":
		case "id":
			p.ids = append(p.ids, attr{value: text(a.value), at: at})
		case "src":
			src = true
			p.link(tag, text(a.value), at, true)
		case "href", "xlink:href":
			if href == nil {
				href = &attrs[i] // what it means depends on rel, which may come later
			} else {
				p.hrefOf(tag, a, at, "")
			}
		case "poster", "action", "formaction", "data", "background", "ping", "lowsrc", "dynsrc":
			p.link(tag, text(a.value), at, true)
		case "srcset", "imagesrcset":
			p.sources(tag, string(text(a.value)), at)
		case "type":
			kind = strings.ToLower(trim(string(text(a.value))))
		case "rel":
			rel = strings.ToLower(string(text(a.value)))
		case "style":
			p.bad(at, "a style attribute, which the content security policy blocks")
		case "http-equiv":
			equiv = true
		case "srcdoc":
			p.bad(at, "a srcdoc attribute")
		case "attributename":
			animated = strings.HasSuffix(strings.ToLower(string(text(a.value))), "href")
		case "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end":
			if v := strings.ToLower(string(text(a.value))); strings.Contains(v, "url(") && !strings.Contains(v, "url(#") {
				p.bad(at, "something is loaded from another place: "+v)
			}
		default:
			if len(a.name) > 2 && a.name[0] == 'o' && a.name[1] == 'n' {
				p.bad(at, "an event handler attribute ("+string(a.name)+"), which the content security policy blocks")
			}
		}
	}
	if href != nil {
		p.hrefOf(tag, *href, at, rel)
	}
	switch string(tag) {
	case "script":
		if !src && kind != "application/ld+json" && kind != "application/json" {
			p.bad(at, "an inline script, which the content security policy blocks")
		}
	case "style":
		p.bad(at, "an inline style sheet, which the content security policy blocks")
	case "base", "iframe", "object", "embed", "frame", "applet", "portal", "fencedframe":
		p.bad(at, "a "+string(tag)+" element, which the content security policy blocks")
	case "meta":
		if equiv {
			p.bad(at, "a meta http-equiv element")
		}
	case "animate", "set":
		if animated {
			p.bad(at, "an animation that changes where a link leads")
		}
	}
}

// loading are the relations whose target a browser asks for without being told to.
var loading = map[string]bool{
	"stylesheet": true, "icon": true, "preload": true, "modulepreload": true, "manifest": true, "prefetch": true, "prerender": true, "preconnect": true, "dns-prefetch": true,
	"apple-touch-icon": true, "apple-touch-icon-precomposed": true, "mask-icon": true, "pingback": true, "compression-dictionary": true, "expect": true,
}

func (p *page) hrefOf(tag []byte, a pair, at int, rel string) {
	loaded := false
	switch string(tag) {
	case "link":
		for _, r := range strings.Fields(rel) {
			loaded = loaded || loading[r]
		}
	case "image", "use", "feimage", "script", "mpath", "textpath":
		loaded = true
	}
	before := len(p.links)
	p.link(tag, text(a.value), at, loaded)
	if len(p.links) > before && string(tag) == "link" {
		p.links[before].own = true
	}
}

// sources looks at the candidates of a srcset.
func (p *page) sources(tag []byte, set string, at int) {
	for _, candidate := range strings.Split(set, ",") {
		if f := strings.Fields(candidate); len(f) > 0 {
			p.link(tag, []byte(f[0]), at, true)
		}
	}
}

func (p *page) link(tag, v []byte, at int, loaded bool) {
	if len(v) > 0 && (v[0] == '#' || v[0] == '/' && (len(v) == 1 || letter(v[1]))) { // most links, and no browser sees a scheme or a host in them
		p.links = append(p.links, attr{value: v, at: at, src: loaded})
		return
	}
	if loaded && string(tag) == "img" && bytes.HasPrefix(v, []byte("data:image/")) {
		return
	}
	seen := address(string(v))
	scheme, _, ok := strings.Cut(seen, ":")
	if ok && strings.EqualFold(scheme, "javascript") {
		p.bad(at, "a javascript: URL")
		return
	}
	if loaded && (ok && isScheme(scheme) || len(seen) > 1 && slash(seen[0]) && slash(seen[1])) {
		p.bad(at, "something is loaded from another site: "+string(v))
		return
	}
	p.links = append(p.links, attr{value: v, at: at, src: loaded})
}

// address is a URL as a browser's parser sees it: without the white space and control characters around it, and without tabs and line breaks in it (URL standard,
// section 4.4).
func address(v string) string {
	for i := range len(v) {
		if v[i] <= ' ' {
			return strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimFunc(v, func(r rune) bool { return r <= ' ' }))
		}
	}
	return v
}

func slash(c byte) bool { return c == '/' || c == '\\' }

func isScheme(s string) bool {
	return s != "" && letter(s[0]) && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789+-.") == ""
}

func trim(s string) string { return strings.Trim(s, " \t\n\f\r") }

func (p *page) bad(at int, what string) {
	p.unsafe = append(p.unsafe, attr{value: []byte(what), at: at})
}

// repeated reports whether an attribute was there before.
func repeated(attrs []pair, name []byte) bool {
	for _, a := range attrs {
		if bytes.Equal(a.name, name) {
			return true
		}
	}
	return false
}
