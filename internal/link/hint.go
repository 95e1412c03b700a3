package link

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"errdex/internal/diag"
)

// What was meant by a link that is none: the link as it should be, with its anchor, where the site or the form of the address leaves no doubt.

var (
	webHost    = regexp.MustCompile(`^(?i:www\.)?[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.([A-Za-z]{2,24})(?::[0-9]+)?(?:[/?#].*)?$`)
	webScheme  = regexp.MustCompile(`^(?i)(h?t?tps?|https?s|htt?ps?|hhtt?ps?|httsp|htpps?|ttps?):?/{0,3}([^/].*)$`)
	mailForm   = regexp.MustCompile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$`)
	ownMachine = regexp.MustCompile(`^(?:[A-Za-z]:[\\/]|\\\\|(?i:file:))`)
)

// fileEndings are the last parts of names that look like hosts and are files.
var fileEndings = map[string]bool{"md": true, "html": true, "htm": true, "yaml": true, "yml": true, "json": true, "txt": true, "png": true, "jpg": true, "jpeg": true, "gif": true, "svg": true, "pdf": true, "xml": true, "js": true, "css": true, "py": true, "go": true, "sh": true}

// relativeHint is the hint for a destination without a scheme and without a slash at its start.
func (r *resolver) relativeHint(dest string, from page) string {
	path, anchor, has := strings.Cut(dest, "#")
	if has {
		anchor = "#" + anchor
	}
	if ref := r.referenceTo(path, from); ref != "" {
		return "write " + ref + anchor
	}
	if i, ok := r.m.byURL["/"+strings.TrimSuffix(path, ".html")]; ok {
		return "write " + r.form(r.m.Pages[i], from) + anchor
	}
	if address := whole(dest); address != "" {
		return "write " + address
	}
	for _, name := range []string{baseName(path), path} {
		if file := r.unread(name, from.collection); file != "" {
			return wouldBe(file)
		}
		if file := r.unreadGuide(name); file != "" {
			return wouldBe(file)
		}
	}
	return "write error:CODE, guide:NAME, a path of this site that begins with a slash, or a whole address that begins with https://"
}

// whole writes an address that lacks its scheme, or a part of it, as it should be; "" where it is none.
func whole(dest string) string {
	if mailForm.MatchString(dest) {
		return "mailto:" + dest
	}
	if m := webScheme.FindStringSubmatch(dest); m != nil && !strings.HasPrefix(dest, m[2]) && (webHost.MatchString(m[2]) || strings.HasPrefix(m[2], "localhost")) {
		return "https://" + m[2]
	}
	if m := webHost.FindStringSubmatch(dest); m != nil && !fileEndings[strings.ToLower(m[1])] {
		return "https://" + dest
	}
	return ""
}

func baseName(path string) string {
	for _, ending := range []string{".md", ".yaml", ".yml", ".html"} {
		path = strings.TrimSuffix(path, ending)
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

// referenceTo returns how the definition or guide is written that a relative path names: its file, its slug or its code.
func (r *resolver) referenceTo(path string, from page) string {
	name := baseName(path)
	if strings.HasSuffix(path, ".md") { // a guide rather than a code
		if g := r.guideForm(name); g != "" {
			return g
		}
	}
	if d := r.find(name, from.collection); len(d) == 1 {
		r.mean(d[0])
		return "error:" + name
	}
	parts := strings.Split(strings.TrimSuffix(path, ".yaml"), "/")
	if n := len(parts); n >= 2 {
		if d := r.find(parts[n-2]+"/"+name, ""); len(d) == 1 {
			r.mean(d[0])
			return "error:" + parts[n-2] + "/" + name
		}
	}
	return r.guideForm(name)
}

func (r *resolver) guideForm(slug string) string {
	for _, g := range r.m.Site.Guides {
		if g.Slug == slug {
			return "guide:" + slug
		}
	}
	return ""
}

// form is how a link to a page is written that is not by its path: one that outlives a change of the URL pattern. Pages that have none keep the path.
func (r *resolver) form(p Page, from page) string {
	switch {
	case p.Definition != nil && p.Definition.Collection.ID == from.collection:
		r.mean(p.Definition)
		return "error:" + p.Definition.Slug
	case p.Definition != nil:
		r.mean(p.Definition)
		return "error:" + p.Definition.Ref()
	case p.Guide != nil:
		return "guide:" + p.Guide.Slug
	}
	return p.URL
}

// otherSchemes are names under which people expect our own.
var otherSchemes = map[string]string{"err": "error", "code": "error", "errors": "error", "errdex": "error", "ref": "error", "doc": "guide", "docs": "guide", "page": "guide", "email": "mailto", "mail": "mailto", "phone": "tel", "call": "tel"}

// schemeHint is the hint for a link whose scheme is none of those that may be used.
func (r *resolver) schemeHint(scheme, rest, dest string, from page) string {
	const otherwise = "use error:, guide:, https:, mailto:, tel:, a path from the root, or an anchor"
	if ownMachine.MatchString(dest) {
		if ref := r.referenceTo(strings.ReplaceAll(dest, `\`, "/"), from); ref != "" {
			return "this is a file on one machine: write " + ref
		}
		return "this is a file on one machine, which readers do not have: " + otherwise
	}
	if address := whole(dest); address != "" {
		return "did you mean " + address + "?"
	}
	low := strings.ToLower(scheme)
	meant := otherSchemes[low]
	if meant == "" {
		meant = diag.Nearest(low, []string{"error", "guide", "https", "mailto", "tel"})
	}
	if meant == "" || meant == "https" || rest == "" {
		return otherwise
	}
	ref, _, _ := strings.Cut(rest, "#")
	if meant == "error" && r.guideForm(ref) != "" && otherSchemes[low] != "" {
		if d := r.find(ref, from.collection); len(d) == 0 {
			meant = "guide"
		}
	}
	if d := r.find(ref, from.collection); meant == "error" && len(d) == 1 {
		r.mean(d[0])
	}
	return "did you mean " + meant + ":" + rest + "?"
}

// nameSigns are the signs that people put round a name, as in error:“190”.
const nameSigns = "“”„‟‘’‚‛«»\"'`´＂＇′″"

// unquoted is the name of a link without the quote signs round it, which it reports: the link is then followed as it was meant.
func (r *resolver) unquoted(name, scheme string, at diag.Span) string {
	plain := func(c byte) bool { return c < utf8.RuneSelf && wordRune(rune(c)) }
	if name == "" || plain(name[0]) && plain(name[len(name)-1]) {
		return name // as nearly all are
	}
	bare := strings.Trim(name, nameSigns)
	if bare == name || bare == "" {
		return name
	}
	r.list.ErrorHint(at, "quotes-in-name", "these quote signs are part of the name", "write "+scheme+bare)
	return bare
}
