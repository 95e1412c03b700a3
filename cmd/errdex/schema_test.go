package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"errdex/internal/load"
)

// TestCommittedSchemas holds .schema/, which editors read, to what the program prints; go test ./cmd/errdex -update rewrites it.
func TestCommittedSchemas(t *testing.T) {
	for _, kind := range load.SchemaKinds {
		var out, problems bytes.Buffer
		if code := run(context.Background(), []string{"schema", kind}, streams{nil, &out, &problems}, func(string) string { return "" }); code != exitDone {
			t.Fatalf("%s: status %d, %s", kind, code, problems.String())
		}
		file := filepath.Join("..", "..", ".schema", kind+".json")
		if *update {
			if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		committed, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), committed) {
			t.Errorf("%s is not what errdex schema %s prints", file, kind)
		}
	}
}
