package serve

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// pollEvery is how often files are compared; where a look at all of them takes long, the pauses are ten times as long as the look.
const pollEvery = 250 * time.Millisecond

// poller compares the sizes and times of all files with what they were.
type poller struct {
	dir   string
	roots []string
	seen  map[string]stamp
}

type stamp struct {
	size int64
	time time.Time
	dir  bool
}

func newPoller(dir string, roots []string) *poller {
	p := &poller{dir: dir, roots: roots}
	p.seen = p.look()
	return p
}

// look lists every file and folder under the roots. What cannot be read counts as absent.
func (p *poller) look() map[string]stamp {
	out := make(map[string]stamp, len(p.seen))
	for _, root := range p.roots {
		p.walk(root, out)
	}
	return out
}

func (p *poller) walk(rel string, out map[string]stamp) {
	path := filepath.Join(p.dir, filepath.FromSlash(rel))
	info, err := os.Stat(path) // through links, as the site is read
	if err != nil {
		return
	}
	if !info.IsDir() {
		out[rel] = stamp{size: info.Size(), time: info.ModTime()}
		return
	}
	out[rel] = stamp{dir: true}
	entries, _ := os.ReadDir(path)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if e.Type()&os.ModeSymlink != 0 {
			if info, err := os.Stat(filepath.Join(path, e.Name())); err == nil && info.IsDir() {
				continue // links to folders are not followed, here as in the site
			}
		}
		p.walk(rel+"/"+e.Name(), out)
	}
}

// run sends start, if it says anything, and then what changes.
func (p *poller) run(ctx context.Context, out chan<- change, start change) {
	c := start
	pause := pollEvery
	for {
		if c.all || c.notice != "" || len(c.paths) > 0 {
			select {
			case out <- c:
			case <-ctx.Done():
				return
			}
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		begin := time.Now()
		c = p.compare(begin)
		pause = max(pollEvery, 10*time.Since(begin))
	}
}

func (p *poller) compare(at time.Time) change {
	now := p.look()
	c := change{at: at}
	for path, s := range now {
		if was, ok := p.seen[path]; !ok || was != s {
			c.paths = append(c.paths, path)
		}
	}
	for path := range p.seen {
		if _, ok := now[path]; !ok {
			c.paths = append(c.paths, path)
		}
	}
	slices.Sort(c.paths)
	p.seen = now
	return c
}
