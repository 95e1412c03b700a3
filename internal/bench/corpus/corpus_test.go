package corpus

import (
	"os"
	"testing"
)

func TestX(t *testing.T) {
	n := 10000
	if os.Getenv("N") != "" {
		n = 1000
	}
	d := "/tmp/b8/c/"
	os.RemoveAll(d + "e")
	os.RemoveAll(d + "hf")
	os.RemoveAll(d + "ha")
	c := Config{Definitions: n}
	if err := Write(d+"e", Files(c)); err != nil {
		t.Fatal(err)
	}
	if err := Write(d+"hf", Hugo(c, FrontMatter)); err != nil {
		t.Fatal(err)
	}
	if err := Write(d+"ha", Hugo(c, Adapter)); err != nil {
		t.Fatal(err)
	}
}
