package load

import (
	"errdex/internal/diag"
	"errdex/internal/markdown"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestZZ(t *testing.T) {
	files, _ := filepath.Glob("/tmp/y/*.yaml")
	for _, f := range files {
		data, _ := os.ReadFile(f)
		tr := &Tree{md: markdown.NewParser(), object: definitionObject()}
		it := tr.Parse(File{Path: filepath.Base(f), Slug: "x", Collection: "c"}, data)
		fmt.Println("=====", filepath.Base(f))
		diag.Text(os.Stdout, &it.Diags, diag.Options{Source: func(string) ([]byte, error) { return data, nil }})
	}
}
