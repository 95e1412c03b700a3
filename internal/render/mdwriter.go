package render

import (
	"bytes"
	"strconv"
	"strings"

	"errdex/internal/markdown"
)

// mdWriter separates blocks by one empty line. It writes into one slice: the twins are a fifth of all that a build makes.
type mdWriter struct {
	sheet
	start, indent int      // of the item that is being written: where its text begins, and how far its lines are indented
	fences        [][2]int // where fence has written
}

func (w *mdWriter) block(s string) {
	if s = strings.Trim(s, "\n"); s == "" {
		return
	}
	w.gap()
	w.print(s)
	w.print("\n")
}

// gap ends the block before.
func (w *mdWriter) gap() {
	if len(w.b) > 0 {
		w.print("\n")
	}
}

// line writes a block of parts, without line breaks at its ends.
func (w *mdWriter) line(parts ...string) {
	before := len(w.b)
	w.gap()
	start := len(w.b)
	for _, p := range parts {
		if len(w.b) == start {
			p = strings.TrimLeft(p, "\n")
		}
		w.print(p)
	}
	for len(w.b) > start && w.b[len(w.b)-1] == '\n' {
		w.b = w.b[:len(w.b)-1]
	}
	if len(w.b) == start {
		w.b = w.b[:before]
		return
	}
	w.print("\n")
}

func (w *mdWriter) heading(there bool, title string) {
	if there {
		w.line("## ", title)
	}
}

// list writes items as a list.
func (w *mdWriter) list(mark string, items []string) {
	for i, item := range items {
		w.item(mark, i)
		w.add(item)
		w.end()
	}
}

// item begins item i of a list, counted from 0, whose mark is "-" or "1."; what is added belongs to it until its end.
func (w *mdWriter) item(mark string, i int) {
	if i == 0 {
		w.gap()
	}
	start := len(w.b)
	if mark == "1." {
		w.keep(strconv.AppendInt(w.b, int64(i+1), 10))
		w.print(". ")
	} else {
		w.print(mark)
		w.print(" ")
	}
	w.start, w.indent = len(w.b), len(w.b)-start
}

func (w *mdWriter) add(parts ...string) {
	for _, p := range parts {
		w.print(p)
	}
}

// optional adds s with what belongs before and behind it, or nothing where s is empty.
func (w *mdWriter) optional(before, s, behind string) {
	if s != "" {
		w.print(before)
		w.print(s)
		w.print(behind)
	}
}

// end ends an item: without line breaks at its ends, and with its further lines indented under it.
func (w *mdWriter) end() {
	item := w.b[w.start:]
	if bytes.IndexByte(item, '\n') >= 0 {
		text := string(bytes.Trim(item, "\n"))
		w.b = w.b[:w.start]
		for n := 0; ; n++ {
			line, rest, more := strings.Cut(text, "\n")
			if n > 0 {
				w.print("\n               "[:1+w.indent])
			}
			w.print(line)
			if text = rest; !more {
				break
			}
		}
	}
	w.print("\n")
}

// fence writes code in a fence longer than any run of backticks inside it.
func (w *mdWriter) fence(lang, text string) {
	ticks := "```"
	for strings.Contains(text, ticks) {
		ticks += "`"
	}
	from := len(w.b)
	w.line(ticks, fenceInfo.Replace(lang), "\n", strings.Trim(text, "\n"), "\n", ticks)
	w.fences = append(w.fences, [2]int{from, len(w.b)})
}

// fenceInfo drops what may not stand behind the backticks of a fence: it would not be one.
var fenceInfo = strings.NewReplacer("`", "", "\n", " ", "<", "")

// inert returns the text as it may be published: see markdown.Parser.Inert. Reading a whole twin once more costs more than writing it, and is done only where something in
// it could be HTML or a link that runs.
func (w *mdWriter) inert(p *markdown.Parser) []byte {
	if !w.doubtful() {
		return w.b
	}
	return []byte(p.Inert(string(w.b)))
}

func (w *mdWriter) doubtful() bool {
	at := 0
	for _, f := range append(w.fences, [2]int{len(w.b), len(w.b)}) {
		if doubtful(w.b[at:f[0]]) {
			return true
		}
		at = f[1]
	}
	return false
}

// doubtful reports whether a text outside of our fences could hold HTML, a fence that swallows one of ours, or a link to what may run.
func doubtful(b []byte) bool {
	if bytes.Contains(b, []byte("```")) || bytes.Contains(b, []byte("~~~")) || bytes.Contains(b, []byte("]:")) {
		return true
	}
	for rest := b; ; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 || i+1 == len(rest) {
			break
		}
		if rest = rest[i+1:]; tagLike(rest) {
			return true
		}
	}
	for rest := b; ; {
		i := bytes.Index(rest, []byte("]("))
		if i < 0 {
			return false
		}
		if rest = rest[i+2:]; !plainTarget(rest) {
			return true
		}
	}
}

// plainTarget reports whether a link's destination begins like one that is beyond doubt.
func plainTarget(b []byte) bool {
	if len(b) > 0 && b[0] == '<' {
		b = b[1:]
	}
	for _, begin := range [...]string{"https://", "/", "#", "http://", "mailto:", "tel:"} {
		if len(b) >= len(begin) && string(b[:len(begin)]) == begin {
			return true
		}
	}
	return false
}

// tagLike reports whether HTML, or an address of a kind that may run, could begin with the < before b.
func tagLike(b []byte) bool {
	switch c := b[0]; {
	case c == '/' || c == '!' || c == '?':
		return true
	case c|0x20 < 'a' || c|0x20 > 'z':
		return false
	}
	for _, c := range b {
		if !(c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-') {
			return c != ':' || !plainTarget(b)
		}
	}
	return true
}

func after(before, s, behind string) string {
	if s == "" {
		return ""
	}
	return before + s + behind
}

// escapeMD makes a plain text what it is in Markdown too: text on one line. Names_with_underscores stay as they are, since programs look for them.
func escapeMD(s string) string {
	if markdown.Before(&mdSigns, s) == len(s) {
		return s
	}
	b := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\n':
			b = append(b, ' ')
			continue
		case '_':
			if i == 0 || i+1 == len(s) || !wordByte(s[i-1]) || !wordByte(s[i+1]) {
				b = append(b, '\\')
			}
		case '<':
			if i+1 < len(s) && tagLike([]byte(s[i+1:])) {
				b = append(b, '\\')
			}
		case '\\', '[', ']', '`', '*', '~':
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return string(b)
}

// mdSigns are the bytes that may mean something in Markdown within a line, and the line break.
var mdSigns = markdown.SetOf("\\[]`*_<~\n")

func wordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

// codeSpan writes a text as a code span, whatever backticks it has.
func codeSpan(s string) string {
	ticks := "`"
	for strings.Contains(s, ticks) {
		ticks += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + strings.ReplaceAll(s, "\n", " ") + ticks
}

// link adds a link to somewhere else, or the title alone.
func (w *mdWriter) link(title, url string) {
	if url == "" {
		w.add(escapeMD(title))
		return
	}
	if markdown.Before(&notInMDURL, url) < len(url) {
		url = mdURLEscapes.Replace(url)
	}
	w.add("[", escapeMD(title), "](<", url, ">)")
}

var notInMDURL = markdown.SetOf("<>\\\n")

var mdURLEscapes = strings.NewReplacer("<", "%3C", ">", "%3E", `\`, "%5C", "\n", "")
