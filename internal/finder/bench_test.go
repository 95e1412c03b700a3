package finder

import (
	"fmt"
	"testing"
)

func BenchmarkFind(b *testing.B) {
	const webhook = `{"object":"account","entry":[{"id":"102290129340398","changes":[{"value":{"metadata":{"display_phone_number":"15550100017","phone_number_id":"106540352242922"},"statuses":[{"id":"x.HBgLMTU1","status":"failed","timestamp":"1785830477","recipient_id":"15550100033","errors":[{"code":%s,"title":"%s"}]}]}}]}]}`
	for _, n := range []int{200, 4000, 20000} {
		entries := vendor(n)
		ix := Build(entries)
		e := entries[n/2]
		for name, text := range map[string]string{
			"code":    e.Code,
			"webhook": fmt.Sprintf(webhook, e.Code, e.Title),
			"message": pasteOf("%m", e, "AC0190"),
			"slips":   "acount adress is expird or mising for recipeint",
			"nothing": "We had a lovely time at the sea, the weather was warm and the children built castles of sand all day.",
		} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					ix.Find(text)
				}
			})
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{200, 4000, 20000} {
		entries := vendor(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Build(entries).Encode()
			}
		})
	}
}
