package load

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"errdex/internal/catalog"

	"gopkg.in/yaml.v3"
)

func (r *reader) date(n *yaml.Node, key string) catalog.Text {
	t := r.written(n, key)
	if !t.Set() {
		return t
	}
	if _, err := time.Parse(time.DateOnly, t.Value); err != nil {
		r.diags.ErrorHint(r.valueSpan(n), "wrong-type", fmt.Sprintf("%q is not a date", short(t.Value)), dateHint(key, t.Value))
		return catalog.Text{}
	}
	return t
}

var dayForm, dottedDay = regexp.MustCompile(`^(\d{4})-(0[1-9]|1[0-2])-\d\d$`), regexp.MustCompile(`^(\d\d?)\.(\d\d?)\.(\d{4})$`)

func daysOf(month time.Time) string {
	return fmt.Sprintf("%s has %d days", month.Format("January 2006"), month.AddDate(0, 1, -1).Day())
}

// dateHint says how many days the month has, or how a day with dots is written.
func dateHint(key, s string) string {
	if inner := strings.Trim(s, quoteSigns); inner != s {
		if _, err := time.Parse(time.DateOnly, inner); err == nil {
			return quotesInside(s) + ": write " + inner
		}
	}
	if m := dayForm.FindStringSubmatch(s); m != nil {
		first, _ := time.Parse(time.DateOnly, m[1]+"-"+m[2]+"-01")
		return daysOf(first)
	}
	if m := dottedDay.FindStringSubmatch(s); m != nil {
		if day, err := time.Parse("2.1.2006", s); err == nil {
			if us, err := time.Parse("1.2.2006", s); err == nil && us != day {
				return "write " + day.Format(time.DateOnly) + ", or " + us.Format(time.DateOnly) + " where the month stands first"
			}
			return "write " + day.Format(time.DateOnly)
		}
		if us, err := time.Parse("1.2.2006", s); err == nil {
			return "write " + us.Format(time.DateOnly)
		}
		if first, err := time.Parse("1.2006", m[2]+"."+m[3]); err == nil {
			return daysOf(first) + ", and the last of them is written " + first.AddDate(0, 1, -1).Format(time.DateOnly)
		}
	}
	clean := strings.NewReplacer("Sept ", "Sep ", "th ", " ", "th,", ",", "st,", ",", "nd,", ",", "rd,", ",").Replace(s)
	for _, form := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "20060102", time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "January 2 2006", "2 Jan 2006", "2 January 2006"} {
		if day, err := time.Parse(form, clean); err == nil {
			return "write " + day.Format(time.DateOnly)
		}
	}
	us, err := time.Parse("1/2/2006", s)
	eu, err2 := time.Parse("2/1/2006", s)
	switch {
	case err == nil && err2 == nil && us != eu:
		return "write " + us.Format(time.DateOnly) + " or " + eu.Format(time.DateOnly) + ", the year first"
	case err == nil:
		return "write " + us.Format(time.DateOnly)
	case err2 == nil:
		return "write " + eu.Format(time.DateOnly)
	}
	return "`" + key + "` is a day, written as 2026-09-11"
}
