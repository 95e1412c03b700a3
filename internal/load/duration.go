package load

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"errdex/internal/catalog"
)

// A duration is a whole number and a unit: 4s, 10m, 2h, 1d. Longer forms are refused so that it reads the same to
// everyone and can be printed in words.
var durationForm = regexp.MustCompile(`^([0-9]{1,6})(s|m|h|d)$`)

const durationHint = "a whole number and a unit: 4s, 10m, 2h or 1d"

func duration[T any](name, doc string, at func(*T) *catalog.Text) field[T] {
	return field[T]{name: name, doc: doc, shape: shape{pattern: durationForm.String(), example: "4s"}, read: func(r *reader, n yn, v *T) {
		x := r.written(n, name)
		if x.Set() && !durationForm.MatchString(x.Value) {
			r.diags.ErrorHint(x.Span(r.file), "wrong-type", fmt.Sprintf("%q is not a length of time", short(x.Value)), lengthHint(x.Value, durationHint))
			return
		}
		*at(v) = x
	}}
}

// days reads a duration that is counted in days.
func (r *reader) days(n yn, name string) catalog.Duration {
	x := r.written(n, name)
	if !x.Set() {
		return catalog.Duration{}
	}
	m := durationForm.FindStringSubmatch(x.Value)
	if m == nil || m[2] != "d" {
		r.diags.ErrorHint(x.Span(r.file), "wrong-type", fmt.Sprintf("%q is not a number of days", short(x.Value)), daysHint(x.Value))
		return catalog.Duration{}
	}
	days, _ := strconv.Atoi(m[1])
	return catalog.Duration{Text: x, Days: days}
}

var spelledLength = regexp.MustCompile(`(?i)^([0-9]{1,4}) ?(s|m|h|d|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)$`)

// lengthHint writes a length of time that is spelled in words as it should be.
func lengthHint(s, otherwise string) string {
	m := spelledLength.FindStringSubmatch(s)
	if m == nil {
		return otherwise
	}
	n, _ := strconv.Atoi(m[1])
	switch unit := unitOf(m[2]); unit {
	case "week":
		return fmt.Sprintf("write %dd", 7*n)
	case "month", "year":
		return otherwise // not the same number of days each time
	default:
		return "write " + m[1] + unit[:1]
	}
}

// unitOf is a unit in the singular.
func unitOf(s string) string {
	if s = strings.ToLower(s); len(s) > 1 {
		return strings.TrimSuffix(s, "s")
	}
	return s
}

// daysHint is lengthHint for a number of days, of which a month has about thirty.
func daysHint(s string) string {
	m := spelledLength.FindStringSubmatch(s)
	if m == nil {
		return "write it as 180d"
	}
	n, _ := strconv.Atoi(m[1])
	each := map[string]int{"d": 1, "day": 1, "week": 7, "m": 30, "month": 30, "year": 365}[unitOf(m[2])]
	if each == 0 {
		return "write it in days, such as 180d"
	}
	return fmt.Sprintf("write it in days: %dd", n*each)
}
