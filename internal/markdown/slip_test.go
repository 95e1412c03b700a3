package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"errdex/internal/markdown"
)

// TestSlips holds what is taken for a slip, and that what may well be meant as it stands is not.
func TestSlips(t *testing.T) {
	p := markdown.NewParser()
	for _, c := range []struct{ src, want string }{
		{"See [the page](https://a.example/x for more.", "0 [the page](https://a.example/x"},
		{"See [the page](https://a.example/x and [it](error:1).", "0 [the page](https://a.example/x"},
		{"See [the page](error:190 and wait.", "0 [the page](error:190"},
		{"See [x](error: 190) and wait.", "1 [x](error: 190)"},
		{"See [x](https://a.example/a b).", "1 [x](https://a.example/a b)"},
		{"See [x] (https://a.example/a).", "2 [x] (https://a.example/a)"},
		{"See [x] (error:190).", "2 [x] (error:190)"},
		{"See (x)[https://a.example/a].", "3 (x)[https://a.example/a]"},
		{"Send `to again.", "4 `"},
		{"Send to` again.", "4 `"},
		{"Send `a` and `to again.", "4 `"},
		{"- Send `to again.\n- Wait", "4 `"},
		{"Text\n\n```json\n{}\n", "5 ```json"},
		{"- item\n\n  ```\n  x\n\nmore", "5 ```"},
		{"~~~\nx", "5 ~~~"},
		{"Never **send it again.", "6 **"},
		{"Never ~~send it again.", "6 ~~"},
		{"Never ** send it ** again.", "7 ** send it **"},
		{"##Causes\n\nText", "8 ##"},
		{"#First steps\n\nText", "8 #"},
		{"| a | b |\n|---|---|\n| `x | y |", "4 `"},

		{"See [x](https://a.example/a_(b)).", ""},
		{"See [x](<https://a.example/a b>).", ""},
		{"The array [0] (the first) and a[i](j).", ""},
		{"An `a` and ``b`c`` and \\` here, rock`n`roll.", ""},
		{"It is 5 * 3 ** 2, 2**3, a*b, *args and **/*.yaml.", ""},
		{"Price* and *note.", ""},
		{"**bold** and *it* and ~~gone~~ and ~5.", ""},
		{"\\**not bold", ""},
		{"#support on the chat.", ""},
		{"#5 of 6", ""},
		{"#Support", ""},
		{"# A heading\n\n## Another", ""},
		{"```json\n{\"a\": \"`\"}\n```", ""},
		{"> ```\n> x\n> ```", ""},
		{"- ```\n  x **y\n  ```", ""},
		{"    indented `code\n", ""},
		{"a\n\n```\n", "10 ```"},
		{"See [[131026]], [[wa/131026|that one]], a[[0]], [[1]] and `[[x-y]]`.", "11 [[131026]]; 11 [[wa/131026|that one]]"},
		{"```sh\na\n\n```json\nb\n```\n\n```", "9 ```sh"},
		{"````\n```json\n```\n````", ""},
		{"~~~\n```json\n~~~", ""},
		{"a *** b", ""},
		{"[ ] todo (https://a.example)", ""},
		{"A list [1](see below) and f(x)[0].", ""},
	} {
		for _, headings := range []bool{false, true} {
			d := p.Parse(c.src, markdown.Options{Headings: headings})
			var got []string
			for _, s := range d.Slips {
				got = append(got, fmt.Sprint(s.Kind, " ", d.Source[s.At.Start:s.At.End]))
			}
			if g := strings.Join(got, "; "); g != c.want {
				t.Errorf("%q: %q, want %q", c.src, g, c.want)
			}
		}
	}
}
