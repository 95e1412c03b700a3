package markdown

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/dlclark/regexp2/v2"
)

// Highlighter colours code with chroma's lexers and writes spans whose classes are chroma's. The same block is coloured
// once: tokenising is about four fifths of the time of a page with samples. It is safe for concurrent use.
//
// chroma gives every match of its patterns a quarter of a second, by a clock that is wrong by as much on a busy machine, and silently colours otherwise where the time is up:
// two builds of one source then differ. That clock is stopped here; a block as a whole has a limit instead, and one that passes it is reported by Slow and not shown
// in some other way.
type Highlighter struct {
	Total  time.Duration // for all blocks that take longer than a second; no limit where it is 0
	limit  time.Duration // for one block
	longer time.Duration // that second
	spent  time.Duration // on those blocks
	mu     sync.Mutex
	lexers map[string]chroma.Lexer
	done   map[key]string
	size   int
	slow   []Block
}

// Block is a block of code.
type Block struct{ Lang, Text string }

type key struct{ lang, text string }

// maxCode is the length in bytes above which a block is shown without colours, so that no block can take for ever;
// maxKept bounds the memory of the finished blocks. Blocks that people write take milliseconds; text that makes a lexer's patterns start again
// at every character takes minutes.
const (
	maxCode  = 64 << 10
	maxKept  = 16 << 20
	MaxBlock = 10 * time.Second
	// MaxTotal is for those who build what strangers wrote: many files may hold a block each that stays just below MaxBlock.
	MaxTotal = time.Minute
)

// stopClock sets the period of the clock of chroma's regular expressions, by which they find that a match takes too long, to more than any run takes.
var stopClock = sync.OnceFunc(func() { regexp2.SetTimeoutCheckPeriod(10_000 * time.Hour) })

// NewHighlighter returns an empty Highlighter.
func NewHighlighter() *Highlighter {
	stopClock()
	return &Highlighter{limit: MaxBlock, longer: time.Second, lexers: map[string]chroma.Lexer{}, done: map[key]string{}}
}

// Append appends a block of code as HTML: a pre that the keyboard can scroll, with the code inside. A language that is
// not known is shown without colours.
func (h *Highlighter) Append(dst []byte, lang, text string) []byte {
	text = strings.TrimRight(text, "\n")
	lang = strings.ToLower(lang)
	dst = append(dst, `<pre class="chroma" tabindex="0"><code`...)
	if lang != "" {
		dst = append(dst, ` class="language-`...)
		dst = appendEscaped(dst, lang)
		dst = append(dst, '"')
	}
	dst = append(dst, '>')
	if lang == "" || len(text) > maxCode {
		dst = appendEscaped(dst, text)
	} else if out, ok := handSpans(dst, lang, text); ok {
		dst = out
	} else {
		dst = append(dst, h.spans(lang, text)...)
	}
	return append(dst, "</code></pre>\n"...)
}

// handSpans appends a block's spans where a lexer written by hand knows the language and this text.
func handSpans(dst []byte, lang, text string) ([]byte, bool) {
	lex := handLexers[lang]
	if lex == nil || len(text) >= maxHand || strings.IndexByte(text, '\r') >= 0 || strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text) {
		return dst, false
	}
	s := spans{dst: dst, text: text}
	if !lex(&s) {
		return dst, false
	}
	s.flush()
	return s.dst, true
}

func (h *Highlighter) spans(lang, text string) string {
	k := key{lang, text}
	h.mu.Lock()
	s, ok := h.done[k]
	over := h.Total > 0 && h.spent > h.Total
	h.mu.Unlock()
	if ok {
		return s
	}
	if over { // nothing of this site will be published
		return string(appendEscaped(nil, text))
	}
	start := time.Now()
	s, ok = h.timed(lang, text)
	took := time.Since(start)
	h.mu.Lock()
	if took > h.longer {
		h.spent += min(took, h.limit) // a machine may have slept
		over = h.Total > 0 && h.spent > h.Total
	}
	if !ok || over {
		h.slow = append(h.slow, Block{lang, text})
	}
	if h.size += len(s) + len(text); h.size > maxKept {
		h.done, h.size = map[key]string{}, len(s)+len(text)
	}
	h.done[k] = s
	h.mu.Unlock()
	return s
}

// timed colours a block within the limit, twice as long the second time: a machine may have slept through the first. Nothing ends a match that is under way, so a block that
// has no end is left behind.
func (h *Highlighter) timed(lang, text string) (string, bool) {
	for try := range time.Duration(2) {
		done, stop := make(chan string, 1), make(chan struct{})
		go func() { done <- string(h.colour(nil, lang, text, stop)) }()
		timer := time.NewTimer(h.limit * (try + 1))
		select {
		case s := <-done:
			timer.Stop()
			return s, true
		case <-timer.C:
			close(stop)
		}
	}
	return string(appendEscaped(nil, text)), false
}

// Slow returns the blocks that took longer than MaxBlock, or with which all of them together took longer than Total, in the order of their text. A site that holds one is not the
// same on every machine.
func (h *Highlighter) Slow() []Block {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.SortedFunc(slices.Values(h.slow), func(a, b Block) int { return cmp.Or(strings.Compare(a.Text, b.Text), strings.Compare(a.Lang, b.Lang)) })
}

func (h *Highlighter) colour(dst []byte, lang, text string, stop <-chan struct{}) []byte {
	lexer := h.lexer(lang)
	if lexer == nil {
		return appendEscaped(dst, text)
	}
	it, err := lexer.Tokenise(nil, text)
	if err != nil {
		return appendEscaped(dst, text)
	}
	// A lexer may add the line break that a block's last line lacks: the last token is held back to take it off again.
	last := it()
	for t := it(); t != chroma.EOF; t = it() {
		select {
		case <-stop:
			return nil
		default:
		}
		dst = appendToken(dst, last.Type, last.Value)
		last = t
	}
	if last != chroma.EOF {
		if v := strings.TrimRight(last.Value, "\n"); v != "" {
			dst = appendToken(dst, last.Type, v)
		}
	}
	return dst
}

// appendToken writes one token, without a span where its class has no colour.
func appendToken(dst []byte, t chroma.TokenType, value string) []byte {
	class := chroma.StandardTypes[t]
	if class == "" || t == chroma.Text || t == chroma.TextWhitespace || t == chroma.Punctuation {
		return appendEscaped(dst, value)
	}
	return appendSpan(dst, class, value)
}

// lexer finds a language by its name or alias. chroma's own look-up goes on to try file name patterns, which takes some 13 ms for a
// language that it does not know, and a file may name hundreds of those.
func (h *Highlighter) lexer(lang string) chroma.Lexer {
	h.mu.Lock()
	defer h.mu.Unlock()
	l, ok := h.lexers[lang]
	if !ok {
		if i := slices.IndexFunc(lexers.GlobalLexerRegistry.Lexers, func(l chroma.Lexer) bool { return called(l.Config(), lang) }); i >= 0 {
			l = chroma.Coalesce(lexers.GlobalLexerRegistry.Lexers[i])
		}
		h.lexers[lang] = l
	}
	return l
}

func called(c *chroma.Config, lang string) bool {
	return strings.EqualFold(c.Name, lang) || slices.ContainsFunc(c.Aliases, func(a string) bool { return strings.EqualFold(a, lang) })
}
