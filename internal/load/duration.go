package load

import (
	"fmt"
	"regexp"
	"strconv"

	"errdex/internal/catalog"
)

// A duration is a whole number and a unit: 4s, 10m, 2h, 1d. Longer forms are refused so that it reads the same to
// everyone and can be printed in words.
var durationForm = regexp.MustCompile(`^([0-9]{1,6})(s|m|h|d)$`)

const durationHint = "a whole number and a unit: 4s, 10m, 2h or 1d"

func duration[T any](name, doc string, at func(*T) *catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{pattern: durationForm.String(), example: "4s"}, read: func(r *reader, n yn, v *T) {
		x := r.text(n, name)
		if x.Set() && !durationForm.MatchString(x.Value) {
			r.diags.ErrorHint(x.Span(r.file), "wrong-type", fmt.Sprintf("%q is not a length of time", short(x.Value)), durationHint)
			return
		}
		*at(v) = x
	}}
}

// days reads a duration that is counted in days.
func (r *reader) days(n yn, name string) catalog.Duration {
	x := r.text(n, name)
	if !x.Set() {
		return catalog.Duration{}
	}
	m := durationForm.FindStringSubmatch(x.Value)
	if m == nil || m[2] != "d" {
		r.diags.ErrorHint(x.Span(r.file), "wrong-type", fmt.Sprintf("%q is not a number of days", short(x.Value)), "write it as 180d")
		return catalog.Duration{}
	}
	days, _ := strconv.Atoi(m[1])
	return catalog.Duration{Text: x, Days: days}
}
