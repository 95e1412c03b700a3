// Package output is the end of the line: a finished file, and the sinks that take it. A Folder replaces a whole site at
// once or not at all; a Memory holds one for the server and for tests. It knows nothing of pages.
package output

import (
	"slices"
	"sync"
)

// File is a finished file. Path is relative to the site's root, with slashes. Data must not be changed after it was handed
// to a sink.
type File struct {
	Path string
	Data []byte
}

// Sink takes finished files. Write is safe for concurrent use.
type Sink interface {
	Write(File) error
}

// Transient is a sink that holds no Data once Write has returned: the caller may use the bytes for the next file.
type Transient interface {
	Sink
	Transient()
}

// Memory keeps files. The zero Memory is empty and ready.
type Memory struct {
	mu    sync.RWMutex
	files map[string][]byte
}

// Write keeps f; it never fails.
func (m *Memory) Write(f File) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = map[string][]byte{}
	}
	m.files[f.Path] = f.Data
	return nil
}

// Get returns the file at path.
func (m *Memory) Get(path string) ([]byte, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	data, ok := m.files[path]
	return data, ok
}

// Paths returns the paths of all files, sorted.
func (m *Memory) Paths() []string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := make([]string, 0, len(m.files))
	for p := range m.files {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}
