package render

// slab hands out short lists that are cut from long ones: a page is made of hundreds of them, and a site of a million.
type slab[T any] struct {
	room []T
	used int
}

// list returns an empty list with room for n. More than that may be appended, which then moves it.
func (s *slab[T]) list(n int) []T {
	if n == 0 {
		return nil
	}
	if s.used+n > len(s.room) {
		s.room, s.used = make([]T, max(n, min(2*len(s.room), 4096), 64)), 0 // what has been handed out keeps the old room alive
	}
	s.used += n
	return s.room[s.used-n : s.used-n : s.used]
}

// reset takes everything back: no list that was handed out may be used any more.
func (s *slab[T]) reset() { s.used = 0 }
