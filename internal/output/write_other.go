//go:build !unix

package output

import (
	"io/fs"
	"os"
	"sync"
)

func writeFile(name string, data []byte, perm fs.FileMode, turn *sync.Mutex) error {
	turn.Lock()
	defer turn.Unlock()
	return os.WriteFile(name, data, perm)
}
