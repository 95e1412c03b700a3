package finder

import (
	"math/bits"
	"slices"
	"strings"
)

// reducer makes records of entries. Its maps but idles are of the entry at hand and are used again for the next.
type reducer struct {
	*reader
	subs  map[string]int  // index of a sub-code
	have  map[string]bool // messages
	words map[string]bool
	idles map[string]bool // what neutral says of the words of all entries, which share most of them
	key   []byte
	more  []string

	twins map[string][]string // of a word: those that it stands for, which need not be keywords beside it
	said  map[string]bool     // the words of all entries that have twins
}

// idle reports whether a keyword says nothing about which error is meant.
func (w *reducer) idle(word string) bool {
	is, known := w.idles[word]
	if !known {
		is = len(word) < 3 || w.neutral.MatchString(word) // a question's words have three letters and more
		w.idles[word] = is
	}
	return is
}

// note remembers what words are compared as.
func (w *reducer) note(list []word) {
	for _, x := range list {
		w.words[x.t] = true
	}
}

// keyOf writes down what words are compared as: texts of one key say the same. It is good until it is called again.
func (w *reducer) keyOf(list []word) []byte {
	w.key = w.key[:0]
	for i, x := range list {
		if i > 0 {
			w.key = append(w.key, ' ')
		}
		w.key = append(w.key, x.t...)
	}
	return w.key
}

func (w *reducer) reduce(c int, col collection, e *Entry) record {
	r := record{collection: c, code: line(e.Code), slug: line(e.Slug), title: line(e.Title), status: 'a'}
	if url := line(e.URL); len(url) != len(col.prefix)+len(r.slug)+len(col.suffix) || url != col.prefix+r.slug+col.suffix {
		r.url = url
	}
	switch e.Status {
	case "deprecated", "removed", "reserved":
		r.status = e.Status[2] // p, m, s
	}
	if e.Popularity > 0 {
		r.popularity = min(9, (bits.Len(uint(e.Popularity))+1)/2)
	}
	clear(w.subs)
	clear(w.have)
	clear(w.words)
	for _, s := range e.Subcodes {
		if code := line(s.Code); code != "" {
			w.subs[code] = len(r.subcodes)
			if r.subcodes == nil {
				r.subcodes = make([]subcode, 0, len(e.Subcodes))
			}
			r.subcodes = append(r.subcodes, subcode{strings.ReplaceAll(code, " ", "-"), line(s.Title)})
		}
	}
	var room [32]word
	title := w.appendFirm(room[:0], r.title)
	w.have[string(w.keyOf(title))], w.have[""] = true, true
	w.note(title)
	w.note(w.appendFirm(room[:0], r.code))
	for _, s := range r.subcodes {
		w.note(w.appendFirm(room[:0], s.title))
	}
	r.messages = make([]message, 0, len(e.Messages))
	for _, m := range e.Messages {
		w.message(&r, m)
	}
	if len(r.messages) == 0 {
		r.messages = nil // as it is read again
	}
	r.untold = r.title != "" && r.title == untold(r.messages)
	for _, x := range w.appendWords(room[:0], col.id+" "+col.noun) {
		w.words[x.t] = true // of a question it names the collection, and no entry
	}
	more := w.more[:0]
	for _, k := range e.Keywords {
		for _, x := range w.appendWords(room[:0], line(k)) {
			if !w.words[x.t] && !w.idle(x.w) && !slices.ContainsFunc(w.twins[x.t], func(twin string) bool { return w.words[twin] }) {
				w.words[x.t] = true
				more = append(more, x.w)
			}
		}
	}
	w.more = more
	for x := range w.words {
		if w.twins[x] != nil {
			w.said[x] = true
		}
	}
	r.keywords = strings.Join(more, " ")
	for _, a := range e.Aliases {
		if a = line(a); a != "" {
			r.aliases = append(r.aliases, strings.ReplaceAll(a, " ", "-"))
		}
	}
	return r
}

// kept is how many words of a message are there whatever is shortened, more or less. Those behind may be keywords.
const kept = 5

// message adds a message to a record that does not have it yet.
func (w *reducer) message(r *record, m Message) {
	text := line(m.Text)
	sub, ok := w.subs[line(m.Subcode)]
	if !ok {
		sub = -1
	}
	var room [32]word
	list := w.appendFirm(room[:0], text)
	key := w.keyOf(list)
	if sub >= 0 && len(key) > 0 {
		key = append(append(key, " #"...), r.subcodes[sub].code...)
	}
	holes := strings.Contains(text, "{")
	if holes {
		key = appendHoles(key, text)
	}
	w.key = key
	if w.have[string(key)] {
		return
	}
	w.have[string(key)] = true
	if !holes { // no page shows it, and only its words are compared
		list = slices.DeleteFunc(list, func(x word) bool { return x.w == "" })
		text = spoken(list)
		list = list[:min(len(list), kept)]
	}
	w.note(list)
	r.messages = append(r.messages, message{text: text, sub: sub})
}

// spoken returns words, folded, and nothing else of their text.
func spoken(list []word) string {
	n := len(list)
	for _, x := range list {
		n += len(x.w)
	}
	var b strings.Builder
	b.Grow(n)
	for i, x := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(x.w)
	}
	return b.String()
}

// withoutCode drops a leading "(#131030) ", which the matcher reads as a code and not as text.
func withoutCode(s string) string {
	if !strings.HasPrefix(s, "(#") {
		return s
	}
	rest := strings.TrimLeft(s[2:], "0123456789")
	if len(rest) == len(s)-2 || !strings.HasPrefix(rest, ") ") {
		return s
	}
	return rest[2:]
}
