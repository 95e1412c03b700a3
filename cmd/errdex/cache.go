package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// The memos of builds lie in the user's cache folder, one file for each pair of a source and an output. Not in the output, whose bytes must not
// depend on what was built before; not in the source, which is the author's. Both may be read-only, and a cache folder is what people and CI
// already know how to keep, to share between runs, and to empty.
const (
	keptMemos    = 32        // the oldest go
	keptMemosLen = 256 << 20 // bytes of all of them
)

// memoFile is where the memo of one source and output lies. The zero memoFile is nowhere: nothing is found there, and nothing kept.
type memoFile struct{ path string }

func newMemoFile(source, out string) memoFile {
	dir, err := os.UserCacheDir()
	if err != nil {
		return memoFile{}
	}
	key := sha256.Sum256([]byte(realPath(source) + "\x00" + realPath(out)))
	return memoFile{filepath.Join(dir, "errdex", "builds", hex.EncodeToString(key[:16]))}
}

// Load implements site.Store.
func (f memoFile) Load() []byte {
	if info, err := os.Stat(f.path); f.path == "" || err != nil || info.Size() > keptMemosLen {
		return nil
	}
	data, err := os.ReadFile(f.path)
	if err != nil {
		return nil
	}
	now := time.Now()
	_ = os.Chtimes(f.path, now, now) // in use: not the oldest
	return data
}

// Save implements site.Store. Builds at the same time leave the memo of one of them, whole.
func (f memoFile) Save(data []byte) {
	dir := filepath.Dir(f.path)
	if f.path == "" || len(data) > keptMemosLen/4 || os.MkdirAll(dir, 0o700) != nil {
		return
	}
	tmp, err := os.CreateTemp(dir, "new-")
	if err != nil {
		return
	}
	_, err = tmp.Write(data)
	if err = cmp.Or(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), f.path)
	}
	if err != nil {
		os.Remove(tmp.Name())
	}
	prune(dir)
}

// prune removes the oldest files until those that are left are few and small enough. A file that a dead build left half-written grows old like the rest.
func prune(dir string) {
	entries, _ := os.ReadDir(dir)
	var files []fs.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	size := int64(0)
	for i, info := range files {
		if size += info.Size(); i >= keptMemos || size > keptMemosLen {
			os.Remove(filepath.Join(dir, info.Name()))
		}
	}
}

// identity tells this program from every other: by what it was made of, where the toolchain recorded a revision and no change to it, and otherwise by its
// own bytes. It is empty where neither can be had, and then nothing may be cached.
func identity() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		settings := map[string]string{}
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
		if settings["vcs.revision"] != "" && settings["vcs.modified"] == "false" {
			return strings.TrimSpace(info.String())
		}
	}
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{f}, make([]byte, 1<<18)); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}
