package finder

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Another vendor's reference, invented from a seed: five-digit codes in runs, titles and messages with holes, as large as wanted.

const (
	vendorNouns = "account address agent alert application attachment balance batch bearer billing binding boundary bridge broadcast bundle button cache callback campaign carrier certificate channel charge " +
		"checksum client cluster codec column conference configuration connection consent contact content conversation cookie country credential currency customer database deadline deployment device digest directory " +
		"discount document domain draft email encoding endpoint engine entitlement envelope environment event export extension factor feature field file filter flow folder footer format fragment frame gateway group " +
		"header history host identity image import index instance integration intent interval invoice item label language layer ledger level license list listener location locker mailbox manifest mapping media member " +
		"memory merchant metadata method metric migration module namespace network node notification object offer operator option organization owner package parameter participant password path payload payment payout " +
		"permission phone plan platform plugin policy pool preference process product profile project promotion property provider proxy query queue quota receipt recipient record recording redirect refund region " +
		"registration relay release replica report reservation resource role room route sandbox schedule schema scope script secret segment sender sequence service session setting shard shipment signal signature " +
		"snapshot socket source space stage statement storage stream subscription suffix summary table tag target task tax template tenant thread threshold ticket timezone token topic trace track transaction " +
		"transcript transfer trigger trunk upload variable version video voice volume wallet webhook widget window worker workflow workspace zone"
	vendorAdjectives = "invalid missing expired unknown duplicate unsupported unauthorized malformed empty disabled suspended locked deleted archived pending rejected blocked unverified incompatible inactive " +
		"ambiguous corrupt stale oversized restricted unreachable unavailable incomplete misconfigured conflicting"
	vendorVerbs = "create update delete fetch read write send receive parse validate verify resolve attach detach start stop join leave transfer forward publish subscribe activate deactivate register provision " +
		"encode decode encrypt decrypt download export schedule cancel retry play transcribe charge refund capture authorize"
)

func vendor(n int) []Entry {
	r := rand.New(rand.NewPCG(7, uint64(n)))
	nouns, adjectives, verbs := strings.Fields(vendorNouns), strings.Fields(vendorAdjectives), strings.Fields(vendorVerbs)
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	seen := map[string]bool{}
	code := 10000
	var entries []Entry
	for len(entries) < n {
		adj, a, b, verb, c := pick(adjectives), pick(nouns), pick(nouns), pick(verbs), pick(nouns)
		title := []string{
			a + " " + b + " is " + adj, adj + " " + a + " " + b, "cannot " + verb + " " + a + " " + b, a + " " + b + " not found",
			"failed to " + verb + " " + a + ": " + adj + " " + b, a + " " + verb + " " + b + " limit exceeded",
		}[r.IntN(6)]
		message := []string{
			"The " + a + " '{id}' could not be used to " + verb + " the " + b + ": its " + c + " is " + adj + ".",
			"Unable to " + verb + " " + b + " {name} because the " + a + " " + c + " is " + adj,
			adj + " " + a + ": expected {expected} but got {actual} in " + b + " " + c,
			"The " + b + " " + c + " of this " + a + " was " + adj + " when the request tried to " + verb + " it.",
			a + " exceeded the maximum of {limit} " + b + " units per " + c,
		}[r.IntN(5)]
		if seen[title] || seen[message] {
			continue
		}
		seen[title], seen[message] = true, true
		code += []int{1, 1, 1, 1, 1, 2, 3, 5, 7, 30}[r.IntN(10)]
		number := strconv.Itoa(code)
		entries = append(entries, Entry{
			Collection: "acme", Noun: "Acme error", Slug: number, Code: number, Title: strings.ToUpper(title[:1]) + title[1:], URL: "/docs/errors/" + number,
			Keywords: []string{a, b}, Messages: []Message{{Text: strings.ToUpper(message[:1]) + message[1:]}},
		})
	}
	return entries
}

// shapes are ways in which an error of the vendor is pasted; %c its code, %m its message, %t its title.
func shapes() map[string]string {
	return map[string]string{
		"json":        "{\n  \"code\": %c,\n  \"message\": \"%m\",\n  \"more_info\": \"https://docs.example.com\",\n  \"status\": 400\n}",
		"escaped":     `2026-08-04 09:41:17,131 ERROR 190 --- failed: "{\"status\":400,\"error\":{\"code\":\"%c\",\"message\":\"%m\"}}"`,
		"truncated":   `{"sid":"SM0190","error_code":%c,"error_message":"`,
		"form":        "MessageSid=SM0190&ErrorCode=%c&MessageStatus=undelivered&To=%2B15550100190",
		"exception":   "ApiException: [HTTP 400] Unable to create record: %m (error %c)",
		"dash":        "[HTTP 404] %c : %m",
		"php":         "Array\n(\n    [code] => %c\n    [message] => %m\n)",
		"prose":       "We keep getting error %c since yesterday 10:30, order 20456",
		"spanish":     "Hola, recibimos el código de error %c desde ayer",
		"chinese":     "接口返回错误码%c，请问怎么解决？",
		"bare":        "%c",
		"address":     "https://docs.example.com/docs/errors/%c",
		"message":     "%m",
		"log":         "2026-08-04T09:41:17Z worker-3 [warn] request 190 said: %m",
		"title":       "%t",
		"small title": "%s",
	}
}

func pasteOf(shape string, e Entry, value string) string {
	message := e.Title
	if len(e.Messages) > 0 {
		t, _ := ParseTemplate(e.Messages[0].Text)
		message = ""
		for _, p := range t.Parts {
			if p.Hole {
				message += value
			} else {
				message += p.Text
			}
		}
	}
	return strings.NewReplacer("%c", e.Code, "%m", message, "%t", e.Title, "%s", strings.ToLower(e.Title)).Replace(shape)
}

func TestVendor(t *testing.T) {
	entries := vendor(4000)
	ix := Build(entries)
	r := rand.New(rand.NewPCG(1, 2))
	values := []string{"AC0190f2", "+15550100123", "order_status", "42", "blue", "example.com"}
	all := shapes()
	for _, name := range slices.Sorted(maps.Keys(all)) { // in one order, so that every run draws the same pastes
		shape := all[name]
		hits := 0
		const n = 300
		for range n {
			e := entries[r.IntN(len(entries))]
			text := pasteOf(shape, e, values[r.IntN(len(values))])
			if res := ix.Find(text); res.Confident && res.Matches[0].Slug == e.Slug {
				hits++
			} else if testing.Verbose() {
				t.Logf("%s: %q: %+v", name, text, res)
			}
		}
		if hits*100 < n*97 {
			t.Errorf("%s: %d of %d", name, hits, n)
		}
	}
	none, taken := 0, 0
	for _, c := range casesOf(t) {
		if len(c.Want) == 0 {
			none++
			if res := ix.Find(c.Text); res.Confident {
				taken++
				t.Logf("%s: %+v, want nothing", c.Name, res.Matches[0])
			}
		}
	}
	if taken*50 > none {
		t.Errorf("%d of %d that are none are taken for an error of the vendor's", taken, none)
	}
}

func TestDataBudget(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node to compress with")
	}
	brotli := func(data []byte) int {
		const script = `const z = require('zlib'), d = require('fs').readFileSync(0);
console.log(z.brotliCompressSync(d, { params: { [z.constants.BROTLI_PARAM_QUALITY]: 11, [z.constants.BROTLI_PARAM_SIZE_HINT]: d.length } }).length)`
		cmd := exec.Command(node, "-e", script)
		cmd.Stdin = strings.NewReader(string(data))
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(strings.TrimSpace(string(out)))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	// A reference that is far too wordy: the budget holds all the same.
	wordy := vendor(1000)
	for i := range wordy {
		for j := range 6 {
			wordy[i].Messages = append(wordy[i].Messages, Message{Text: fmt.Sprint(wordy[(i*7+j*13)%1000].Title, " ", wordy[(i*31+j)%1000].Title, " ", wordy[(i+j*5)%1000].Title)})
		}
	}
	for _, c := range []struct {
		name    string
		entries []Entry
		most    int
	}{
		{"reference", reference(t), 12 << 10},
		{"4,000 of a vendor", vendor(4000), 60 << 10},
		{"a wordy 1,000", wordy, 33 << 10},
		{"9,000 of a vendor", vendor(9000), 60 << 10},
	} {
		for _, shard := range Shards(c.entries) {
			data := Build(shard).Encode()
			n := brotli(data)
			t.Logf("%s: %d definitions, %d bytes, brotli %d", c.name, len(shard), len(data), n)
			if n > c.most {
				t.Errorf("%s: brotli %d, want at most %d", c.name, n, c.most)
			}
		}
	}
}
