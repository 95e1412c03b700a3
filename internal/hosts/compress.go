package hosts

import (
	"bytes"
	"compress/gzip"
	"path"
	"strings"

	"errdex/internal/output"

	"github.com/andybalholm/brotli"
)

// Levels of brotli. Level 11 takes 70 times as long as level 9 for a tenth less: right for what every visitor loads once and every page
// shares, not for ten thousand pages.
const (
	brotliPages  = 9
	brotliAssets = 11
)

// smallest is the size in bytes below which a file is not compressed: the answer fits one packet all the same.
const smallest = 512

// Compressor makes the .gz and .br files that servers hand out instead of the file beside them. The zero Compressor is ready. It keeps its
// writers, since a new brotli writer costs twenty times what a reset one does; it is used by one goroutine. The same bytes give the same bytes:
// no time and no name goes into the gzip header.
type Compressor struct {
	gzip          *gzip.Writer
	pages, assets *brotli.Writer
	buf           bytes.Buffer
}

// Files returns the compressed neighbours of a file: none where it is not text, is small, or gets no smaller.
func (c *Compressor) Files(f output.File) []output.File {
	if !compressible(f.Path) || len(f.Data) < smallest {
		return nil
	}
	var out []output.File
	gz, br := c.Compress(f)
	if len(gz) < len(f.Data) {
		out = append(out, output.File{Path: f.Path + ".gz", Data: gz})
	}
	if len(br) < len(f.Data) {
		out = append(out, output.File{Path: f.Path + ".br", Data: br})
	}
	return out
}

// Compress returns a file's bytes as gzip and brotli.
func (c *Compressor) Compress(f output.File) (gz, br []byte) {
	if c.gzip == nil {
		c.gzip, _ = gzip.NewWriterLevel(nil, gzip.BestCompression) // the level is valid
		c.pages = brotli.NewWriterLevel(nil, brotliPages)
		c.assets = brotli.NewWriterLevel(nil, brotliAssets)
	}
	// Writes to a buffer do not fail.
	c.buf.Reset()
	c.gzip.Reset(&c.buf)
	_, _ = c.gzip.Write(f.Data)
	_ = c.gzip.Close()
	gz = bytes.Clone(c.buf.Bytes())

	w := c.pages
	if strings.HasPrefix(f.Path, "assets/") {
		w = c.assets
	}
	c.buf.Reset()
	w.Reset(&c.buf)
	_, _ = w.Write(f.Data)
	_ = w.Close()
	return gz, bytes.Clone(c.buf.Bytes())
}

// compressible reports whether a file is text that a server hands out.
func compressible(file string) bool {
	if strings.HasPrefix(file, ".") || strings.HasPrefix(file, "_") || file == "vercel.json" {
		return false
	}
	switch path.Ext(file) {
	case ".html", ".json", ".md", ".css", ".js", ".svg", ".txt", ".xml", ".webmanifest", ".atom":
		return true
	}
	return false
}
