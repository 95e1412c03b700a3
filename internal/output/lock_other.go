//go:build !unix

package output

import (
	"io/fs"
	"os"
)

// lockDir opens the folder; this system has no locks for one, so remains are told by their name alone.
func lockDir(dir string) *os.File {
	f, _ := os.Open(dir)
	return f
}

// waitDir opens the folder.
func waitDir(dir string) *os.File { return lockDir(dir) }

func sameDevice(_, _ string) bool { return true }

func otherDevice(error) bool { return false }

func chown(fs.FileInfo, string) {}
