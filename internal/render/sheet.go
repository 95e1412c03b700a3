package render

// sheet is the bytes of a file that is being written. It writes its length alone where it does not have to move: an address that is written while garbage is collected has to be
// looked at by the collector, too.
type sheet struct{ b []byte }

// print appends a text.
func (s *sheet) print(text string) {
	n := len(s.b)
	if n+len(text) > cap(s.b) {
		s.b = append(s.b, text...)
		return
	}
	s.b = s.b[:n+len(text)]
	copy(s.b[n:], text)
}

// keep takes b, which is s.b with something appended to it.
func (s *sheet) keep(b []byte) {
	if cap(b) == cap(s.b) {
		s.b = s.b[:len(b)]
	} else {
		s.b = b
	}
}
