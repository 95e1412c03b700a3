//go:build !unix

package output

import "os"

// lockDir opens the folder; this system has no locks for one, so remains are told by their name alone.
func lockDir(dir string) *os.File {
	f, _ := os.Open(dir)
	return f
}

func sameDevice(_, _ string) bool { return true }
