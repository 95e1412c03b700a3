package hosts

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// object is one object of a bucket.
type object struct {
	Key      string `json:"key"`
	File     string `json:"file"` // in the output; an object that stands for another page names the stub
	Type     string `json:"content_type"`
	Cache    string `json:"cache_control"`
	Redirect string `json:"redirect,omitempty"` // x-amz-website-redirect-location, which website endpoints obey
}

// layout is the list of objects that make up the site in a bucket. A bucket has no rules for clean URLs, so the object of a page has the key of its
// URL, without .html, and its type as metadata. Objects come in the order in which they are to be put: first what pages need, pages, then what
// leads to them, so that nothing is linked before it is there.
type layout struct {
	Version int      `json:"version"`
	Index   string   `json:"index"` // key of the home page
	Error   string   `json:"error"` // key of the page for errors
	Objects []object `json:"objects"`
}

// docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html and cloud.google.com/storage/docs/objects: 1,024 bytes a key.
const keySize = 1024

// objects lists the objects of a bucket, and writes the stubs it names into a folder of the host.
func (w *writer) objects(host string) layout {
	l := layout{Version: 1, Index: "index.html", Error: "404.html"}
	add := func(o object) { l.Objects = append(l.Objects, o) }
	for _, f := range w.in.Files {
		if w.neighbour(f.Path) {
			continue // a bucket hands out one form of a file; CloudFront and the load balancer compress
		}
		key := f.Path
		if url, ok := pageURL("/" + f.Path); ok && url != "/" && url != "/404" {
			key = url[1:]
		}
		add(object{Key: key, File: f.Path, Type: contentType(f.Path), Cache: cacheOf(f.Path)})
	}
	moved := movedPath()
	w.file(moved, movedJS)
	add(object{Key: moved, File: moved, Type: contentType(moved), Cache: cacheAssets})
	for _, r := range append(w.routes.kept[:len(w.routes.kept):len(w.routes.kept)], w.routes.forgive...) {
		o := object{Key: r.From[1:], Redirect: r.To, Cache: cacheRedirect}
		if w.published(r.To) { // a twin: the same bytes under the old key
			o.File, o.Type = r.To[1:], contentType(r.To[1:])
		} else {
			o.File, o.Type = Folder+"/"+host+"/moved"+r.From+".html", contentType("x.html")
			w.file(o.File, w.stub(r.To))
		}
		add(o)
	}
	rank := func(o object) int {
		switch {
		case strings.HasPrefix(o.Key, "assets/"):
			return 0
		case o.Redirect != "":
			return 3
		case o.Key == l.Index || strings.HasSuffix(o.Key, ".xml") || strings.HasSuffix(o.Key, ".txt"):
			return 2
		}
		return 1
	}
	slices.SortStableFunc(l.Objects, func(a, b object) int {
		if n := rank(a) - rank(b); n != 0 {
			return n
		}
		return strings.Compare(a.Key, b.Key)
	})
	for _, o := range l.Objects {
		if len(o.Key) > keySize {
			w.note(Note{Host: host, Message: fmt.Sprintf("the key %.60s... has %d bytes, %d are taken", o.Key, len(o.Key), keySize), Hint: "shorten the path", Lost: true})
		}
	}
	return l
}

// neighbour reports whether a file is the compressed form of another one.
func (w *writer) neighbour(path string) bool {
	for _, ending := range []string{".gz", ".br"} {
		if base, cut := strings.CutSuffix(path, ending); cut && w.in.Compressed && w.published("/"+base) {
			return true
		}
	}
	return false
}

//go:embed s3-upload.sh
var s3Upload []byte

//go:embed gcs-upload.sh
var gcsUpload []byte

// list writes the layout twice: as JSON, which says what each column is, and as the lines that the script beside it reads.
func (w *writer) list(host string, l layout, script []byte) {
	w.file(Folder+"/"+host+"/objects.json", pretty(l))
	var b bytes.Buffer
	for _, o := range l.Objects {
		if strings.ContainsAny(o.Key+o.File, "\"\\") || strings.ContainsFunc(o.Key+o.File, unicode.IsControl) {
			w.note(Note{Host: host, Message: fmt.Sprintf("the file %q is not uploaded by upload.sh", o.File), Hint: "rename it: letters, digits and . _ - make a name that every system can keep"})
			continue
		}
		redirect := o.Redirect
		if redirect == "" {
			redirect = "-"
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", o.Key, o.File, o.Type, o.Cache, redirect)
	}
	w.file(Folder+"/"+host+"/objects.tsv", b.Bytes())
	w.file(Folder+"/"+host+"/upload.sh", script)
}

// s3 writes for a bucket of Amazon S3, behind CloudFront or as a website.
func (w *writer) s3() {
	w.list("s3", w.objects("s3"), s3Upload)
	w.file(Folder+"/s3/website.json", pretty(map[string]any{
		"IndexDocument": map[string]string{"Suffix": "index.html"}, "ErrorDocument": map[string]string{"Key": "404.html"},
	}))
	w.cloudfront()
	w.compressedInVain("s3")
}

// gcs writes for a bucket of Google Cloud Storage, which has no redirects: stubs stand in for them.
func (w *writer) gcs() {
	w.list("gcs", w.objects("gcs"), gcsUpload)
	// A bucket sends no headers of its own; the load balancer before it does, when it is told these.
	var b bytes.Buffer
	for _, h := range w.in.security() {
		fmt.Fprintf(&b, "%s: %s\n", h.name, h.value)
	}
	w.file(Folder+"/gcs/headers.txt", b.Bytes())
	w.compressedInVain("gcs")
}

// The limits of CloudFront: docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html for the function (10 KB) and
// .../kvs-with-functions-create-s3-kvp.html for the file of pairs (5 MB, keys of 512 and values of 1,024 characters).
const (
	cloudfrontFunction = 10 << 10
	cloudfrontPairs    = 5 << 20
	cloudfrontKey      = 512
	cloudfrontValue    = 1024
)

//go:embed cloudfront-request.js
var cloudfrontRequest string

//go:embed cloudfront-response.js
var cloudfrontResponse string

type pair struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// cloudfront writes two functions and the pairs that the first looks redirects up in.
func (w *writer) cloudfront() {
	pairs := w.pairs(w.routes.forgive)
	if len(pairs) > cloudfrontPairs {
		pairs = w.pairs(w.routes.compact())
		w.note(Note{Host: "s3", Message: "the key-value map of CloudFront would have more than 5 MB, so most other spellings of URLs are left out of it",
			Hint: "URLs that were published are in it; the rest is answered by the stubs in the bucket"})
	}
	if len(pairs) > cloudfrontPairs {
		w.note(Note{Host: "s3", Message: fmt.Sprintf("the key-value map has %d bytes, CloudFront takes %d", len(pairs), cloudfrontPairs),
			Hint: "leave the map away: old URLs are then answered by the stubs in the bucket"})
	}
	w.file(Folder+"/cloudfront/redirects.json", pairs)
	var negotiated [][2]string
	for _, c := range w.in.Collections {
		before, after, _ := strings.Cut(c.Pattern, "{slug}")
		negotiated = append(negotiated, [2]string{before, after})
	}
	request := strings.Replace(cloudfrontRequest, "'PATTERNS'", line(negotiated), 1)
	if len(request) > cloudfrontFunction {
		request = strings.Replace(cloudfrontRequest, "'PATTERNS'", "[]", 1)
		w.note(Note{Host: "s3", Message: "there are too many collections for CloudFront's function of 10 KB, so twins are not chosen by Accept", Hint: "their own URLs work as ever"})
	}
	w.file(Folder+"/cloudfront/request.js", []byte(request))
	headers := map[string]map[string]string{}
	for _, h := range w.in.security() {
		headers[strings.ToLower(h.name)] = map[string]string{"value": h.value}
	}
	w.file(Folder+"/cloudfront/response.js", []byte(strings.Replace(cloudfrontResponse, "'HEADERS'", string(bytes.TrimSpace(pretty(headers))), 1)))
}

// pairs returns the key-value map: from a path in lower case to a status and where it leads. Paths that are pages or files and have upper-case letters
// lead to themselves, which tells the function that they are right. What only case tells apart has a key with = before the exact path.
func (w *writer) pairs(forgive []Redirect) []byte {
	seen := map[string]int{}
	var all []pair
	add := func(from, status, to string) {
		if len(from)+1 > cloudfrontKey || len(to)+4 > cloudfrontValue {
			return // validated paths of this length are nobody's; the stub in the bucket answers
		}
		seen[strings.ToLower(from)]++
		all = append(all, pair{from, status + " " + to})
	}
	for _, r := range w.routes.kept {
		add(r.From, "301", r.To)
	}
	for _, r := range forgive {
		add(r.From, "302", r.To)
	}
	for _, f := range w.in.Files {
		path := "/" + f.Path
		if url, ok := pageURL(path); ok {
			path = url
		}
		if strings.ToLower(path) != path || seen[path] > 0 {
			add(path, "200", path)
		}
	}
	for i := range all {
		if lower := strings.ToLower(all[i].Key); seen[lower] > 1 {
			all[i].Key = "=" + all[i].Key
		} else {
			all[i].Key = lower
		}
	}
	slices.SortFunc(all, func(a, b pair) int { return strings.Compare(a.Key, b.Key) })
	data, err := json.Marshal(map[string][]pair{"data": append([]pair{}, all...)})
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return append(data, '\n')
}

// line returns v as JSON on one line.
func line(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return string(data)
}
