package finder

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// twoVendors is a small reference of two collections that share codes, with what references of compilers and databases have: short codes,
// templates that begin alike, symbols for keywords.
func twoVendors() *Index {
	entry := func(noun, code, title, message string, keywords ...string) Entry {
		id := strings.ToLower(strings.Fields(noun)[0])
		return Entry{Collection: id, Noun: noun, Slug: code, Code: code, Title: title, URL: "/" + id + "/" + code, Keywords: keywords, Messages: []Message{{Text: message}}}
	}
	return Build([]Entry{
		entry("MySQL error", "1045", "Access denied", "Access denied for user '{user}'@'{host}' (using password: {yes})", "DB_ACCESS_DENIED"),
		entry("MySQL error", "1062", "Dup entry", "Duplicate entry '{value}' for key {n}", "DB_DUP_ENTRY"),
		entry("MySQL error", "1586", "Dup entry with key name", "Duplicate entry '{value}' for key '{key}'", "DB_DUP_ENTRY_WITH_KEY_NAME"),
		entry("MySQL error", "1216", "No referenced row", "Cannot add a child row: a foreign key constraint fails", "DB_NO_REFERENCED_ROW"),
		entry("MySQL error", "1452", "No referenced row 2", "Cannot add a child row: a foreign key constraint fails ({constraint})", "DB_NO_REFERENCED_ROW_2"),
		entry("MySQL error", "1146", "No such table", "Table '{table}' doesn't exist", "DB_NO_SUCH_TABLE"),
		entry("MySQL error", "2304", "Plugin is busy", "Plugin {name} is busy and cannot be unloaded now"),
		entry("MySQL error", "9009", "Publish failed", "{path} was published under code {old} and now leads to code {new}"),
		entry("TypeCheck error", "2304", "Cannot find name", "Cannot find name '{name}'."),
		entry("TypeCheck error", "1062", "Type of the iterator is wrong", "The type of this iterator is wrong in a for statement"),
		entry("TypeCheck error", "2352", "Conversion may be a mistake", "Conversion of type '{from}' to type '{to}' may be a mistake because neither overlaps with the other."),
		entry("TypeCheck error", "2769", "No overload matches", "No overload matches this call with the arguments that it was given."),
	})
}

// placed returns the pastes of TestPlaces.
func placed() []string { return slices.Sorted(maps.Keys(places)) }

var places = map[string]string{
	// The short name of a collection says whose code it is.
	"src/a.ts:4:1 - error TC2304: Der Name wurde nicht gefunden.": "/typecheck/2304",
	"a squiggle: tc(2304)":         "/typecheck/2304",
	"mysql 2304":                   "/mysql/2304",
	"warning MYS-2304 in the logs": "/mysql/2304",
	// A short code in no place for codes, beside its own message; the longer message of another page does not take it away.
	`IntegrityError: (1062, "Duplicate entry 'a' for key 'users.email'")`:                        "/mysql/1062",
	"Uncaught Exception: SQLSTATE[42S02]: Base table not found: 1146 Table 'a.b' doesn't exist":  "/mysql/1146",
	"| Error | 1146 | Table 'a.b' doesn't exist |":                                               "/mysql/1146",
	"Duplicate entry 'a' for key 'users.email'":                                                  "/mysql/1586",
	"mysqli_connect(): (HY000/1045): something localised":                                        "/mysql/1045",
	"Cannot add a child row: a foreign key constraint fails (`a`.`b`, CONSTRAINT `c`) in Spring": "/mysql/1452",
	// The head of a column.
	"time;error_no;host\n10:00;1045;db1\n": "/mysql/1045",
	// A symbol.
	"unhandled DB_NO_SUCH_TABLE while loading orders for the front page of the shop, giving up now": "/mysql/1146",
	// What was cut off at its end or its beginning.
	"error: Conversion of type 'HTMLElement | null' to type 'HTMLCanvas' may be a mistake because nei": "/typecheck/2352",
	"...a child row: a foreign key constraint fails (`blog`.`posts`, CONSTRAINT `x` FOREIGN KEY":       "/mysql/1452",
	// A code in a hole is a value.
	"Error: content/lock:3: /docs/1045 was published under code 1045 and now leads to code 1046": "/mysql/9009",
	// Slips, values in quotes, the beginning of a message.
	"acess denied for 'root'":     "/mysql/1045",
	"canot find nam 'Buffr'":      "/typecheck/2304",
	"no overlod matches this cal": "/typecheck/2769",
}

func TestPlaces(t *testing.T) {
	ix := twoVendors()
	for text, want := range places {
		r := ix.Find(text)
		got := ""
		if r.Confident {
			got = r.Matches[0].URL
		}
		if got != want {
			t.Errorf("%q: %q, want %q: %+v", text, got, want, r.Matches)
		}
	}
}

// What is written like a code and is none.
func TestNoPlaces(t *testing.T) {
	ix := twoVendors()
	for _, text := range []string{
		"what is 1045 * 1062 ?", "System error 1062 has occurred. The service cannot be started.", "[2304.118204] Out of memory: killed process 1062 (java)",
		"ticket TC-2304-login is merged", "sshd[1062]: session opened", "twilio.js:2304", "2304#2304: *1062 upstream closed", "Passcode: 1062",
		"PAIR = 2304", "country,zip code\nDE,1062", `{"message":"Access denied"}`, "NullPointerException: no such thing", "password",
	} {
		if r := ix.Find(text); r.Confident {
			t.Errorf("%q: %+v, want nothing", text, r.Matches[0])
		}
	}
}

func TestSubcodes(t *testing.T) {
	ix := Build(reference(t))
	for text, want := range map[string]string{
		"463": "190#463", "190/463": "190#463", "190.463": "190#463", "190-463": "190#463", "190 #463": "190#463", "error 190.463 again": "190#463", "subcode 463": "190#463",
		"error_code: 463": "190#463", "(100, 33)": "100-object-not-found#33", "100 / 2018109": "100", "131030 Recipient phone number not in allowed list": "131030",
		"131026/131049": "131026", "131.047": "131047", "131047.0": "131047", "131 047": "131047", "131049,131026": "131049",
	} {
		m := first(t, ix, text)
		got := m.Slug
		if m.Subcode != "" {
			got += "#" + m.Subcode
		}
		if got != want {
			t.Errorf("%q: %s (%s), want %s", text, got, m.Why, want)
		}
	}
	for _, text := range []string{"190.4", "at 190,33 EUR", "What 131047 orders came in since Monday", "10.0.4.190", "v190.463.2", "131.047.131", "call 190 463 0190"} {
		if r := ix.Find(text); r.Confident {
			t.Errorf("%q: %+v, want nothing", text, r.Matches[0])
		}
	}
}
