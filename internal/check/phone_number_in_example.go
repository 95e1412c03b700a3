package check

import (
	"slices"
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/markdown"
)

// phoneKeys are the keys under which APIs print a telephone number. Any other run of digits may be an id.
var phoneKeys = []string{"wa_id", "recipient_id", "display_phone_number", "phone_number", "from", "to"}

// fewestDigits and mostDigits are how many a telephone number has.
const fewestDigits, mostDigits = 8, 15

func phoneNumberInExample() rule {
	return rule{Rule: warning("phone-number-in-example", "An example holds a telephone number that may be somebody's."), definition: func(p *pass, d *catalog.Definition) {
		for i := range d.Examples {
			body := &d.Examples[i].Body
			for start, end := longRun(body.Value, 0, fewestDigits, &phoneBytes); start < end; start, end = longRun(body.Value, end+1, fewestDigits, &phoneBytes) {
				if phoneNumber(body.Value, start, end) {
					p.report(body.Part(d.File, start, end), "this may be somebody's telephone number",
						"use one that is kept free for examples, such as 15550100001 or +1 212 555 0142")
				}
			}
		}
	}}
}

// phoneNumber reports whether s[start:end] is a string of 8 to 15 digits that stands behind one of the keys and is not fictional.
func phoneNumber(s string, start, end int) bool {
	digits := 0
	for _, c := range s[start:end] {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return digits >= fewestDigits && digits <= mostDigits && strings.HasSuffix(s[:start], `"`) && strings.HasPrefix(s[end:], `"`) &&
		slices.Contains(phoneKeys, keyOf(s[:start-1])) && !fictional(s[start:end])
}

var phoneBytes = markdown.SetOf("0123456789+ -()")

// keyOf returns the key of the value that follows s, without its quotes, or "".
func keyOf(s string) string {
	s, ok := strings.CutSuffix(strings.TrimRight(s, " \t\r\n"), ":")
	if s = strings.TrimRight(s, " \t\r\n"); !ok || !strings.HasSuffix(s, `"`) {
		return ""
	}
	s = s[:len(s)-1]
	return s[strings.LastIndexByte(s, '"')+1:]
}

// fictional reports whether a number is one of those kept free for examples, or plainly made up. Ranges: 555-0100 to
// 555-0199 of the North American plan, with or without an area code before the 555; Ofcom's for drama; ACMA's.
func fictional(s string) bool {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			b.WriteByte(s[i])
		}
	}
	n := strings.TrimPrefix(b.String(), "00")
	if i := strings.Index(n, "55501"); i >= 0 && i <= 4 && len(n)-i <= 10 {
		return true
	}
	for _, prefix := range []string{"447700900", "442079460", "441632960", "61491570", "6155500", "3319900", "33639980"} {
		if strings.HasPrefix(n, prefix) {
			return true
		}
	}
	return strings.Contains(n, "12345") || strings.Contains(n, "00000") || strings.Contains(n, "99999") || strings.Contains(n, "11111")
}
