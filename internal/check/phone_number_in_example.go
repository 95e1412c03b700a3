package check

import (
	"strings"
)

// phoneKeys are the keys under which APIs print a telephone number. Any other run of digits may be an id.
var phoneKeys = []string{"wa_id", "recipient_id", "display_phone_number", "phone_number", "from", "to"}

func phoneNumberInExample() rule {
	return warning("phone-number-in-example", "An example holds a telephone number that may be somebody's.", func(p *pass) {
		for d := range p.definitions() {
			for i := range d.Examples {
				body := d.Examples[i].Body
				for _, key := range phoneKeys {
					for from := 0; ; {
						start, end, next := phoneValue(body.Value, key, from)
						if next < 0 {
							break
						}
						from = next
						if end > start && !fictional(body.Value[start:end]) {
							p.report(body.Part(d.File, start, end), "this may be somebody's telephone number",
								"use one that is kept free for examples: +1 555 01 00 to 01 99, such as 15550100001")
						}
					}
				}
			}
		}
	})
}

// phoneValue finds the next `"key": "number"` at or behind from. next is where to go on, -1 at the end; end is start where
// the value is no number.
func phoneValue(s, key string, from int) (start, end, next int) {
	i := strings.Index(s[from:], `"`+key+`"`)
	if i < 0 {
		return 0, 0, -1
	}
	at := from + i + len(key) + 2
	rest := strings.TrimLeft(s[at:], " \t")
	if !strings.HasPrefix(rest, ":") {
		return 0, 0, at
	}
	rest = strings.TrimLeft(rest[1:], " \t")
	if !strings.HasPrefix(rest, `"`) {
		return 0, 0, at
	}
	start = len(s) - len(rest) + 1
	end = start
	digits := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || strings.IndexByte("+ -()", s[end]) >= 0) {
		if s[end] >= '0' {
			digits++
		}
		end++
	}
	if end >= len(s) || s[end] != '"' || digits < 8 || digits > 15 {
		return 0, 0, at
	}
	return start, end, end
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
