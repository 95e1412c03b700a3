// Package corpus makes an error reference of any size to measure with: a seeded, realistic set of definitions, as errdex's
// source folder and as a Hugo site with the same data, the same sections, the same highlighting and the same twins.
//
// Definition i depends on the seed and i alone but for the names it refers to, so 1,000 and 100,000 definitions are
// alike. Ids, values, hosts and sentences vary from sample to sample: a cache of identical blocks gains nothing here
// that it would not gain on real content. It refuses to be real content: nothing it says is true of any API.
package corpus

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
)

// Config says which corpus. The zero Seed is as good as any.
type Config struct {
	Definitions int
	Seed        uint64
}

// api is one of the collections; every corpus has all of them, whatever its size.
type api struct{ id, title, noun, prefix, host string }

var apis = []api{
	{"payments", "Payments API errors", "Payments error", "payments-error-", "api.payments.example"},
	{"messaging", "Messaging API errors", "Messaging error", "messaging-error-", "graph.messaging.example"},
	{"identity", "Identity API errors", "Identity error", "identity-error-", "id.example"},
	{"storage", "Storage API errors", "Storage error", "storage-error-", "objects.storage.example"},
}

// groups of every collection.
var groups = []struct{ id, title, description string }{
	{"authorization", "Authorization", "The API refuses the token or a permission: expired, missing, or without the right scope. Start here when every call fails at once."},
	{"delivery", "Delivery", "The API took the request, but one recipient did not get it. Usually seen in the status webhook."},
	{"throttling", "Throttling", "Too much in too short a time: calls per app or account, per second or per recipient. Each limit has its own wait."},
	{"integrity", "Integrity", "The account is locked or restricted for policy reasons. An administrator has to act; retries do not help."},
	{"request", "Request and parameters", "The request itself is wrong: a field is missing, malformed or not allowed. Mend the body or the path, then send again."},
	{"webhooks", "Webhooks", "A subscription or a callback could not be set, or events do not reach your endpoint."},
	{"billing", "Account and billing", "Something about the account is open: payment method, terms or ownership. Settled on a screen, not in your code."},
	{"media", "Media", "A file could not be fetched or stored. Check its type, its size and the server it comes from."},
	{"registration", "Registration", "A number, a domain or a device cannot be registered or verified."},
	{"service", "Service and unknown faults", "The platform failed or does not say why. Wait, retry with back-off, and keep the request's id."},
}

// Size is the number of one collection's definitions in a corpus of n.
func size(n, collection int) int {
	return (n + len(apis) - 1 - collection) / len(apis)
}

// code is the code of a collection's i-th definition: six digits that grow in uneven steps.
func code(collection, i int) string { return strconv.Itoa(100000 + collection*3 + i*7 + i%5) }

// slug is the name of its file: the code, with a word behind it for one in twenty.
func slug(collection, i int) string {
	if i%20 == 7 {
		return code(collection, i) + "-" + pick(rand.New(rand.NewPCG(uint64(i), 3)), objects).slug
	}
	return code(collection, i)
}

// Files yields the files of errdex's source folder, path and content, in a fixed order.
func Files(c Config) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if !yield("content/site.yaml", []byte(siteYAML)) {
			return
		}
		for ci, a := range apis {
			if !yield("content/"+a.id+"/collection.yaml", collectionYAML(a)) {
				return
			}
			for i := range size(c.Definitions, ci) {
				d := generate(c, ci, i)
				if !yield("content/"+a.id+"/"+d.slug+".yaml", d.yaml("")) {
					return
				}
			}
		}
		for i := range guideCount {
			if !yield(fmt.Sprintf("content/guides/%s.md", guides[i].slug), guideMarkdown(c, i)) {
				return
			}
		}
	}
}

// Write puts files under dir, which it makes.
func Write(dir string, files iter.Seq2[string, []byte]) error {
	made := map[string]bool{}
	for name, data := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if parent := filepath.Dir(to); !made[parent] {
			if err := os.MkdirAll(parent, 0o755); err != nil {
				return fmt.Errorf("writing the corpus: %w", err)
			}
			made[parent] = true
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return fmt.Errorf("writing the corpus: %w", err)
		}
	}
	return nil
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// chance is true n times of 100.
func chance(r *rand.Rand, n int) bool { return r.IntN(100) < n }

const siteYAML = `title: Example docs
description: What every error of four example APIs means, whose move it is and how to end it.
base_url: https://docs.example
language: en
organization: {name: Example, url: "https://www.example"}
guides_url: /docs/{slug}
hosts: [cloudflare]
`

func collectionYAML(a api) []byte {
	b := []byte("title: \"" + a.title + "\"\nnoun: \"" + a.noun + "\"\nurl: /docs/" + a.prefix + "{slug}\nindex: /docs/" + a.id + "-errors\n" +
		"description: |\n  Every code that the " + a.noun + " family is known to carry, with its causes, its fixes and whether to retry.\ngroups:\n")
	for _, g := range groups {
		b = append(b, "  - {id: "+g.id+", title: \""+g.title+"\", description: \""+g.description+"\"}\n"...)
	}
	return b
}

// EditedFile is the definition that a benchmark edits, in errdex's source folder.
func EditedFile(c Config) string {
	return "content/" + apis[0].id + "/" + slug(0, size(c.Definitions, 0)/2) + ".yaml"
}
