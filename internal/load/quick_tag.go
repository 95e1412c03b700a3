package load

import (
	"strings"
)

// tagOfKey is the tag of a key, "" for the few words that are no text.
func tagOfKey(word []byte) string {
	switch string(word) {
	case "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL":
		return ""
	}
	return "!!str"
}

// tagOfPlain resolves the plain scalars that are surely text, whole numbers and days; "" is for the rest.
func tagOfPlain(s []byte) string {
	c := s[0]
	switch {
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return tagOfKey(s)
	case c == '/' || c == '_' || c == '(' || c == '$':
		return "!!str"
	case c == '.' && len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' && s[1] != 'i' && s[1] != 'n': // not .inf or .nan
		return "!!str"
	case c < '0' || c > '9':
		return ""
	}
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	switch {
	case digits == len(s) && digits <= 15 && (c != '0' || digits == 1):
		return "!!int"
	case digits == len(s):
		return ""
	case strings.IndexByte("_.:+-eExXoObB", s[digits]) < 0: // what no number and no day has behind its first digits
		return "!!str"
	case len(s) == len("2006-01-02") && digits == 4 && s[4] == '-' && s[7] == '-' && isDay(s[5:7], s[8:]):
		return "!!timestamp"
	}
	return ""
}

// isDay reports whether a month surely has a day; 29 February is left to yaml.v3.
func isDay(month, day []byte) bool {
	last := "31"
	switch string(month) {
	case "02":
		last = "28"
	case "04", "06", "09", "11":
		last = "30"
	}
	return between(month, "01", "12") && between(day, "01", last)
}

// between reports whether two digits are within bounds.
func between(s []byte, low, high string) bool {
	return string(s) >= low && string(s) <= high && s[1] >= '0' && s[1] <= '9'
}
