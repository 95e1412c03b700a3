package load

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"errdex/internal/diag"
)

// isDir reports whether an entry is a folder; a link is what it leads to. ok is false, with a diagnostic, where the entry is
// neither a folder nor a file: a pipe would be waited for for ever, a device read without an end.
func (tr *Tree) isDir(name string, e fs.DirEntry) (dir, ok bool) {
	mode := e.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := fs.Stat(tr.fsys, name)
		if err != nil {
			tr.badLink(name, err, &tr.diags)
			return false, false
		}
		mode = info.Mode().Type()
	}
	if mode.IsDir() || mode.IsRegular() {
		return mode.IsDir(), true
	}
	notAFile(name, &tr.diags)
	return false, false
}

// badLink says what is wrong with a symbolic link that cannot be followed.
func (tr *Tree) badLink(name string, err error, list *diag.List) {
	hint := "it leads in a circle, out of the source folder, or to what may not be read"
	if errors.Is(err, fs.ErrNotExist) {
		hint = "it leads to nothing: remove it, or point it at a file"
	}
	list.ErrorHint(diag.Span{File: name}, "unreadable-file", "this link cannot be followed", hint)
}

// readTries is how often a file that changes while it is read is read again.
const readTries = 3

// bytes reads a file of content/, or says in list why it could not.
func (tr *Tree) bytes(name string, list *diag.List) ([]byte, bool) {
	for range readTries {
		data, changed, ok := tr.readOnce(name, list)
		if !changed {
			return data, ok
		}
	}
	list.ErrorHint(diag.Span{File: name}, "unreadable-file", "this file changes while it is read", "run again when nothing writes it")
	return nil, false
}

// readOnce reads a file; changed tells that its size or its time was another after the reading than before.
func (tr *Tree) readOnce(name string, list *diag.List) (data []byte, changed, ok bool) {
	f, err := tr.fsys.Open(name)
	if err != nil {
		tr.unreadable(name, err, list)
		return nil, false, false
	}
	defer f.Close()
	before, err := f.Stat()
	switch {
	case err != nil:
		tr.unreadable(name, err, list)
		return nil, false, false
	case !before.Mode().IsRegular():
		notAFile(name, list)
		return nil, false, false
	case before.Size() > MaxFile:
		list.ErrorHint(diag.Span{File: name}, "file-too-large", fmt.Sprintf("this file has %d bytes, the limit is %d", before.Size(), MaxFile), "split it")
		return nil, false, false
	}
	if room, _ := tr.buffers.Get().(*[]byte); room != nil && int64(cap(*room)) > before.Size() {
		data = (*room)[:before.Size()+1]
	} else {
		data = make([]byte, before.Size()+1, before.Size()+before.Size()/4+1) // one more, to see it grow
	}
	n, err := io.ReadFull(f, data)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		tr.unreadable(name, err, list)
		return nil, false, false
	}
	after, err := f.Stat()
	changed = err != nil || int64(n) != before.Size() || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime())
	return data[:n], changed, true
}

func notAFile(name string, list *diag.List) {
	list.ErrorHint(diag.Span{File: name}, "unreadable-file", "this is neither a file nor a folder", "remove it, or put a file in its place")
}

func (tr *Tree) unreadable(name string, err error, list *diag.List) {
	switch {
	case errors.Is(err, fs.ErrNotExist) && name == "content/site.yaml":
		list.Add(diag.Diagnostic{Span: diag.Span{File: name}, ID: "missing-file", Message: "this file is missing", Hint: tr.siteHint(), Cause: true})
	case errors.Is(err, fs.ErrNotExist):
		list.ErrorHint(diag.Span{File: name}, "missing-file", "this file is missing", "it was there a moment ago: run again")
	case errors.Is(err, fs.ErrPermission):
		list.ErrorHint(diag.Span{File: name}, "unreadable-file", "this file may not be read", "give yourself the right to read it")
	case errors.Is(err, fs.ErrInvalid):
		list.ErrorHint(diag.Span{File: name}, "unreadable-file", "this file's name is not UTF-8", "rename it")
	default:
		var pe *fs.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		list.ErrorHint(diag.Span{File: name}, "unreadable-file", "this file cannot be read: "+err.Error(), "where it is a link, it must lead to a file inside the source folder")
	}
}
