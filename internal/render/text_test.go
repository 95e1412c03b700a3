package render

import "testing"

// TestMarkdownWriter holds blocks to one empty line between them, whatever line breaks their texts begin or end with.
func TestMarkdownWriter(t *testing.T) {
	var w mdWriter
	w.line("\n# ", "title\n")
	w.block("")
	w.line("", "\n")
	w.block("\ntext\n\n")
	w.list("-", []string{"one", "two\nlines\n"})
	w.list("-", nil)
	w.list("1.", []string{"a", "b\n\nc"})
	w.heading(false, "no")
	w.heading(true, "yes")
	w.fence("sh", "\necho ```\n")
	want := "# title\n\ntext\n\n- one\n- two\n  lines\n\n1. a\n2. b\n   \n   c\n\n## yes\n\n````sh\necho ```\n````\n"
	if got := string(w.b); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
