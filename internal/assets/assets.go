// Package assets turns the files of static/ into what is published: scripts and style sheets are minified and everything
// that pages load gets a name with the hash of its bytes, so that it can be cached for ever. It is the only importer of the
// minifier.
package assets

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"errdex/internal/output"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// own are the names of the files that pages load; only they are hashed. Everything else in static/ keeps its path.
var own = []string{"site.css", "theme.js", "site.js", "findbox.js", "finder.js", "favicon.svg"}

// Set is the published form of static/.
type Set struct {
	Files []output.File
	URLs  map[string]string // by name in static/, such as site.css
}

// MaxStatic is how many bytes the files of a project's static/ may have together: they are held in memory.
const MaxStatic = 512 << 20

// Paths lists the files of static/ that keep their path, for the link check, without reading them.
func Paths(overlay fs.FS) (map[string]bool, error) {
	out := map[string]bool{}
	err := walk(overlay, func(name string) error {
		if !slices.Contains(own, name) {
			out[name] = true
		}
		return nil
	})
	return out, err
}

// Load reads the built-in files and those of the project that lie over them; overlay may be nil.
func Load(builtin, overlay fs.FS) (*Set, error) {
	s := &Set{URLs: map[string]string{}}
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	for _, name := range own {
		data, err := read(builtin, overlay, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("static/%s: %w", name, err)
		}
		if kind := map[string]string{".css": "text/css", ".js": "text/javascript"}[path.Ext(name)]; kind != "" {
			if data, err = m.Bytes(kind, data); err != nil {
				return nil, fmt.Errorf("static/%s: %w", name, err)
			}
		}
		s.Add(name, data)
	}
	size := int64(0)
	err := walk(overlay, func(name string) error {
		if slices.Contains(own, name) {
			return nil
		}
		info, err := fs.Stat(overlay, name)
		if err != nil {
			return err
		}
		if size += info.Size(); size > MaxStatic {
			return fmt.Errorf("with %s these files have %d bytes, the limit is %d: let something else serve the large ones", name, size, MaxStatic)
		}
		data, err := fs.ReadFile(overlay, name)
		s.Files = append(s.Files, output.File{Path: name, Data: data})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("static/: %w", err)
	}
	return s, nil
}

// Add puts a file under its hashed name and returns its URL.
func (s *Set) Add(name string, data []byte) string {
	file := "assets/" + Hashed(name, data)
	s.Files = append(s.Files, output.File{Path: file, Data: data})
	s.URLs[name] = "/" + file
	return s.URLs[name]
}

// Hashed puts a hash of data into a name: site.css becomes site.<hash>.css. Ten characters of base 32 are fifty bits of SHA-256.
func Hashed(name string, data []byte) string {
	sum := sha256.Sum256(data)
	hash := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:10])
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hash + ext
}

func read(builtin, overlay fs.FS, name string) ([]byte, error) {
	if overlay != nil {
		if data, err := fs.ReadFile(overlay, name); !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return fs.ReadFile(builtin, name)
}

// walk calls f for every file of static/, in order, leaving out dot-files and Go sources.
func walk(overlay fs.FS, f func(name string) error) error {
	if overlay == nil {
		return nil
	}
	err := fs.WalkDir(overlay, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case e.IsDir() || path.Ext(name) == ".go":
			return nil
		case !e.Type().IsRegular():
			return nil
		}
		return f(name)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
