package hosts_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// browse opens a URL in a real browser and returns the page it ends on, as text.
func browse(t *testing.T, url string, scripts bool) string {
	t.Helper()
	profile := t.TempDir()
	if !scripts {
		file := filepath.Join(profile, "Default", "Preferences")
		_ = os.MkdirAll(filepath.Dir(file), 0o755)
		if err := os.WriteFile(file, []byte(`{"profile": {"default_content_setting_values": {"javascript": 2}}}`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	args := []string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--user-data-dir=" + profile, "--virtual-time-budget=3000", "--dump-dom", url}
	out, err := exec.CommandContext(ctx, need(t, "chromium", "chromium-browser", "google-chrome"), args...).Output()
	if err != nil {
		t.Fatalf("the browser: %v", err)
	}
	return string(out)
}

// TestStubsInABrowser opens stubs in a real browser: the fragment and the query come along where scripts run, the page is found where none do.
func TestStubsInABrowser(t *testing.T) {
	files, _, _ := written(t, resolve(t, content()), "github_pages")
	files["assets/where.js"] = "document.title = 'at ' + location.pathname + location.search + location.hash"
	var seen sync.Map // paths that were asked for
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, "/")
		seen.Store(r.URL.Path, true)
		text, there := files[path]
		if !there {
			text, there = files[path+".html"]
		}
		switch {
		case path == "":
			text = files["index.html"]
		case !there:
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'")
		if strings.HasSuffix(path, ".js") {
			w.Header().Set("Content-Type", "text/javascript")
		} else if !strings.Contains(text, "This page has moved") {
			// The page that a stub leads to says where it is.
			text += `<script src="/assets/where.js"></script>`
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		} else {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		_, _ = w.Write([]byte(text))
	}))
	defer srv.Close()
	for from, to := range map[string]string{
		"/docs/api-error-token-expired?a=b#cause-first": "/docs/api-error-190?a=b#cause-first",
		"/docs/health#how": "/docs/account-health#how",
		"/e/190#x":         "/?q=190#x",
	} {
		if dom := browse(t, srv.URL+from, true); !strings.Contains(dom, "<title>at "+to+"</title>") {
			t.Errorf("%s does not end at %s:\n%.400s", from, to, dom)
		}
	}
	seen.Clear()
	if dom := browse(t, srv.URL+"/docs/api-error-token-expired", false); !strings.Contains(dom, "<title>/docs/api-error-190</title>") {
		t.Errorf("without scripts a stub leads nowhere:\n%.400s", dom)
	}
	if _, there := seen.Load("/" + moved(files)); there {
		t.Error("scripts run where none should")
	}
	stub := files["docs/api-error-token-expired.html"]
	for _, want := range []string{`<link rel="canonical" href="https://docs.example.com/docs/api-error-190">`, `<meta name="robots" content="noindex">`, `<a href="/docs/api-error-190">`} {
		if !strings.Contains(stub, want) {
			t.Errorf("%s is not in\n%s", want, stub)
		}
	}
	if _, there := files[".nojekyll"]; !there || strings.Contains(stub, "<script>") || strings.Contains(stub, "onload") {
		t.Error("no .nojekyll, or something inline")
	}
}

// moved is the path of the script of the stubs.
func moved(files map[string]string) string {
	for path := range files {
		if strings.HasPrefix(path, "assets/moved.") {
			return path
		}
	}
	return ""
}
