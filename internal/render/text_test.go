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

func TestPlainTarget(t *testing.T) {
	for begin, want := range map[string]bool{
		"": false, "<": false, "h": false, "http": false, "http:/": false, "http://": true, "https://a": true, "<https://a": true, "<<https://a": false, "mailto:": true, "<mailto:x": true, "tel:+1": true, "<tel:": true,
		"/": true, "</": true, "#": true, "<#x": true, "HTTP://": false, " /": false, "javascript:": false, "https:x": false, "data:": false, "x/": false,
	} {
		if got := plainTarget([]byte(begin)); got != want {
			t.Errorf("%q: %t, want %t", begin, got, want)
		}
	}
}
