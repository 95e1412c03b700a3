package site

import (
	"cmp"
	"fmt"
	"strings"
	"sync"

	"errdex/internal/catalog"
	"errdex/internal/diag"
	"errdex/internal/hosts"
	"errdex/internal/output"
)

// defaultHosts are written for when site.yaml names none: _redirects and _headers, which Cloudflare and Netlify read.
var defaultHosts = []string{"cloudflare"}

// tally notes every file that goes to the sink, since a host's limits are about all of them, and puts compressed neighbours beside the text files
// where they are asked for.
type tally struct {
	sink        func(output.File) error
	compress    bool
	compressors sync.Pool
	limit       int64 // bytes of all files; MaxSite where it is 0
	mu          sync.Mutex
	files       []hosts.File
	bytes       int64
	advice      []string
}

// MaxSite bounds what a build writes, in bytes. A title of half a megabyte stands on every page that refers to it: ten megabytes of content could fill any disk.
// 100,000 definitions with samples make 3.3 GB.
const MaxSite = 16 << 30

func (t *tally) take(f output.File) error {
	if err := t.put(f); err != nil {
		return err
	}
	if !t.compress {
		return nil
	}
	c, _ := t.compressors.Get().(*hosts.Compressor)
	if c == nil {
		c = &hosts.Compressor{}
	}
	defer t.compressors.Put(c)
	for _, n := range c.Files(f) {
		if err := t.put(n); err != nil {
			return err
		}
	}
	return nil
}

func (t *tally) put(f output.File) error {
	t.mu.Lock()
	t.files = append(t.files, hosts.File{Path: f.Path, Size: int64(len(f.Data))})
	t.bytes += int64(len(f.Data))
	over := t.bytes > cmp.Or(t.limit, MaxSite)
	t.mu.Unlock()
	if over {
		return fmt.Errorf("the site has more than %d MB with %s, which is the limit: look for long texts that other pages repeat, such as titles and old URLs", cmp.Or(t.limit, MaxSite)>>20, f.Path)
	}
	return t.sink(f)
}

// prepareHosts does what can be done for hosts before all files are there. Compressed files are not planned for, and known when they have been made.
func (b *build) prepareHosts(compress bool) {
	if compress {
		return
	}
	planned := make([]hosts.File, 0, len(b.whole)+3*len(b.m.Pages))
	for _, f := range b.whole {
		planned = append(planned, hosts.File{Path: f.path})
	}
	for _, p := range b.m.Pages {
		for _, path := range twins(p) {
			planned = append(planned, hosts.File{Path: path})
		}
	}
	in := hosts.From(b.m, planned)
	in.Prepare()
	b.hosts = &in
}

// hostFiles writes what the site's hosts need beside the pages, and adds what they cannot do to the list.
func (b *build) hostFiles(t *tally, list *diag.List) (n int, err error) {
	var in hosts.Input
	if b.hosts != nil {
		in, in.Files = *b.hosts, t.files
	} else {
		in = hosts.From(b.m, t.files)
	}
	in.Compressed, in.Read = t.compress, b.read
	if len(in.Hosts) == 0 {
		in.Hosts = defaultHosts
	}
	files, notes, err := hosts.Files(in)
	if err != nil {
		return 0, err
	}
	for _, note := range notes {
		if note.Lost {
			list.Warn(hostSpan(b.m.Site, note.Host), "host-limit", note.Host+": "+note.Message, note.Hint)
		} else {
			t.advice = append(t.advice, note.Host+": "+note.Message+" ("+note.Hint+")")
		}
	}
	for _, f := range files {
		if err := t.sink(f); err != nil {
			return 0, err
		}
	}
	return len(files), nil
}

func hostSpan(s *catalog.Site, host string) diag.Span {
	for _, h := range s.Hosts {
		if h.Value == host {
			return h.Span(s.File)
		}
	}
	return diag.Span{File: s.File}
}

// read makes a twin once more, for hosts where an old address is answered with a copy.
func (b *build) read(path string) ([]byte, bool) {
	for i := strings.LastIndexByte(path, '.'); i > 0; i = strings.LastIndexByte(path[:i], '.') {
		if p, ok := b.m.At("/" + path[:i]); ok {
			for _, f := range b.files(p) {
				if f.path == path {
					data, err := f.bytes()
					return data, err == nil
				}
			}
		}
	}
	return nil, false
}
