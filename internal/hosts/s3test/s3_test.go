package s3test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"errdex/internal/hosts"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

const bucket = "docs-example-com"

// TestMain lets the test stand in for the AWS command line: the script calls `aws`, which is this program again.
func TestMain(m *testing.M) {
	if endpoint := os.Getenv("ERRDEX_S3_ENDPOINT"); endpoint != "" && filepath.Base(os.Args[0]) == "aws" {
		if err := put(endpoint, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// put does what `aws s3api put-object` does with the options that the script uses; any other is an error.
func put(endpoint string, args []string) error {
	if len(args) < 2 || args[0] != "s3api" || args[1] != "put-object" {
		return fmt.Errorf("aws %v", args)
	}
	opt := map[string]string{}
	for i := 2; i+1 < len(args); i += 2 {
		opt[strings.TrimPrefix(args[i], "--")] = args[i+1]
	}
	body, err := os.ReadFile(opt["body"])
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPut, endpoint+"/"+opt["bucket"]+"/"+opt["key"], bytes.NewReader(body))
	if err != nil {
		return err
	}
	for name, value := range opt {
		switch name {
		case "bucket", "key", "body":
		case "content-type":
			req.Header.Set("Content-Type", value)
		case "cache-control":
			req.Header.Set("Cache-Control", value)
			req.Header.Set("X-Amz-Meta-Cache", value) // the server keeps types and metadata, and nothing else
		case "website-redirect-location":
			req.Header.Set("X-Amz-Meta-Redirect", value)
		default:
			return fmt.Errorf("the option --%s is not known", name)
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", opt["key"], resp.Status)
	}
	return nil
}

// site is a small site as a build hands it to package hosts.
func site() (hosts.Input, map[string]string) {
	files := map[string]string{"index.html": "home", "404.html": "nothing here", "feed.xml": "<feed/>", "robots.txt": "User-agent: *", "assets/site.0123456789ab.css": "p {}", "img/Photo.svg": "<svg/>"}
	in := hosts.Input{Hosts: []string{"s3"}, BaseURL: "https://docs.example.com", Redirects: []hosts.Redirect{
		{From: "/docs/api-error-old", To: "/docs/api-error-190"}, {From: "/docs/api-error-old.json", To: "/docs/api-error-190.json"}, {From: "/docs/api-error-old.md", To: "/docs/api-error-190.md"}}}
	c := hosts.Collection{ID: "api", Index: "/docs/api-errors", Pattern: "/docs/api-error-{slug}"}
	for _, slug := range []string{"190", "E_AUTH", "v1.2"} {
		url := "/docs/api-error-" + slug
		c.Entries = append(c.Entries, hosts.Entry{Slug: slug, Code: slug, URL: url})
		files[url[1:]+".html"], files[url[1:]+".json"], files[url[1:]+".md"] = "page "+slug, "json "+slug, "markdown "+slug
	}
	files["docs/api-errors.html"] = "index"
	in.Collections = []hosts.Collection{c}
	for path, text := range files {
		in.Files = append(in.Files, hosts.File{Path: path, Size: int64(len(text))})
	}
	return in, files
}

func TestLayoutOnAServer(t *testing.T) {
	server := httptest.NewServer(gofakes3.New(s3mem.New()).Server())
	defer server.Close()
	in, files := site()
	more, _, err := hosts.Files(in)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range more {
		files[f.Path] = string(f.Data)
	}
	for path, text := range files {
		to := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	upload(t, dir, server.URL)

	get := func(key string) (int, http.Header, string) {
		resp, err := http.Get(server.URL + "/" + bucket + "/" + key)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, resp.Header, string(body)
	}
	for _, c := range []struct{ key, mime, cache, body, redirect string }{
		{"docs/api-error-190", "text/html; charset=utf-8", "public, max-age=300", "page 190", ""},
		{"docs/api-error-E_AUTH", "text/html; charset=utf-8", "public, max-age=300", "page E_AUTH", ""},
		{"docs/api-error-v1.2", "text/html; charset=utf-8", "public, max-age=300", "page v1.2", ""},
		{"docs/api-error-v1.2.json", "application/json", "public, max-age=300", "json v1.2", ""},
		{"docs/api-error-190.md", "text/markdown; charset=utf-8", "public, max-age=300", "markdown 190", ""},
		{"docs/api-errors", "text/html; charset=utf-8", "public, max-age=300", "index", ""},
		{"index.html", "text/html; charset=utf-8", "public, max-age=300", "home", ""},
		{"404.html", "text/html; charset=utf-8", "public, max-age=300", "nothing here", ""},
		{"feed.xml", "application/atom+xml; charset=utf-8", "public, max-age=300", "<feed/>", ""},
		{"assets/site.0123456789ab.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable", "p {}", ""},
		{"img/Photo.svg", "image/svg+xml", "public, max-age=300", "<svg/>", ""},
		{"docs/api-error-old", "text/html; charset=utf-8", "public, max-age=3600", "", "/docs/api-error-190"},
		{"docs/api-error-old.json", "application/json", "public, max-age=3600", "json 190", "/docs/api-error-190.json"},
		{"e/190", "text/html; charset=utf-8", "public, max-age=3600", "", "/docs/api-error-190"},
		{"docs/api-errors/E_AUTH", "text/html; charset=utf-8", "public, max-age=3600", "", "/docs/api-error-E_AUTH"},
	} {
		status, header, body := get(c.key)
		if status != 200 || header.Get("Content-Type") != c.mime || header.Get("X-Amz-Meta-Cache") != c.cache || header.Get("X-Amz-Meta-Redirect") != c.redirect {
			t.Errorf("%s: %d %s %s %q", c.key, status, header.Get("Content-Type"), header.Get("X-Amz-Meta-Cache"), header.Get("X-Amz-Meta-Redirect"))
		}
		if c.body != "" && body != c.body || c.body == "" && !strings.Contains(body, `content="0; url=`+c.redirect+`"`) {
			t.Errorf("%s: %q", c.key, body)
		}
	}
	for _, key := range []string{"docs/api-error-190.html", ".hosts/s3/objects.json", "_headers", "docs/nothing"} {
		if status, _, _ := get(key); status != 404 {
			t.Errorf("%s: %d", key, status)
		}
	}
	// Everything in the list is there, and nothing else.
	var list struct{ Objects []struct{ Key string } }
	if err := json.Unmarshal([]byte(files[".hosts/s3/objects.json"]), &list); err != nil {
		t.Fatal(err)
	}
	for _, o := range list.Objects {
		if status, _, _ := get(o.Key); status != 200 {
			t.Errorf("%s: %d", o.Key, status)
		}
	}
	_, _, listing := get("")
	if n := strings.Count(listing, "<Key>"); n != len(list.Objects) {
		t.Errorf("%d objects in the bucket, %d in the list", n, len(list.Objects))
	}
}

// upload runs the script of the build as its first line says.
func upload(t *testing.T, dir, endpoint string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPut, endpoint+"/"+bucket, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "aws")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", filepath.FromSlash(".hosts/s3/upload.sh"), bucket)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "ERRDEX_S3_ENDPOINT="+endpoint)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("upload.sh: %v\n%s", err, out)
	}
}
