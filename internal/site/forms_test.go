package site_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"errdex/internal/output"
	"errdex/internal/site"
)

// twin is the published form of a definition: the .json beside its page. It is an RFC 9457 problem type: type is the page's
// canonical URL, and title, status and detail mean what they mean there; everything else is an extension member. Prose is
// Markdown whose links are absolute. A member is left out where the definition says nothing. The form grows, a member that
// has been published never changes its meaning; "version" would change if it had to.
type twin struct {
	Version    int    `json:"version"` // of this form; 1
	Type       string `json:"type"`
	Title      string `json:"title"`
	Status     int    `json:"status,omitempty"` // the HTTP status, where there is exactly one
	Detail     string `json:"detail"`
	Collection string `json:"collection"`
	Code       string `json:"code"`
	Slug       string `json:"slug"`
	Name       string `json:"name"`
	Group      string `json:"group,omitempty"`
	Lifecycle  string `json:"lifecycle"` // active, deprecated, removed or reserved
	Depth      string `json:"depth"`
	Since      string `json:"since,omitempty"`
	Deprecated string `json:"deprecated_since,omitempty"`
	RemovedIn  string `json:"removed_in,omitempty"`

	ReplacedBy  []twinRef        `json:"replaced_by,omitempty"`
	Keywords    []string         `json:"keywords,omitempty"`
	FirstAction string           `json:"first_action,omitempty"`
	Message     string           `json:"message,omitempty"`
	Variants    []twinVariant    `json:"variants,omitempty"`
	Params      []twinParam      `json:"params,omitempty"`
	HTTPStatus  []int            `json:"http_status,omitempty"`
	Attribution string           `json:"attribution,omitempty"`
	Severity    string           `json:"severity,omitempty"`
	Retry       *twinRetry       `json:"retry,omitempty"`
	SideEffects string           `json:"side_effects,omitempty"`
	BlastRadius string           `json:"blast_radius,omitempty"`
	Surfaces    []twinSurface    `json:"surfaces,omitempty"`
	Subcodes    []twinSubcode    `json:"subcodes,omitempty"`
	Meaning     string           `json:"meaning,omitempty"`
	Where       string           `json:"where,omitempty"`
	Causes      []twinCause      `json:"causes,omitempty"`
	Fixes       []twinFix        `json:"fixes,omitempty"`
	Prevention  []string         `json:"prevention,omitempty"`
	Reproduce   string           `json:"reproduce,omitempty"`
	Examples    []twinExample    `json:"examples,omitempty"`
	FAQ         []twinQuestion   `json:"faq,omitempty"`
	Sections    []twinSection    `json:"sections,omitempty"`
	Support     *twinSupport     `json:"support,omitempty"`
	Related     []twinRef        `json:"related,omitempty"`
	Equivalents []twinEquivalent `json:"equivalents,omitempty"`
	Links       []twinLink       `json:"links,omitempty"`
	Sources     []twinSource     `json:"sources,omitempty"`
	Verified    string           `json:"verified,omitempty"`
}

// The parts of a twin.
type (
	// twinRef is another definition.
	twinRef struct {
		Collection string `json:"collection"`
		Code       string `json:"code"`
		Slug       string `json:"slug"`
		Title      string `json:"title"`
		Relation   string `json:"relation,omitempty"`
		Note       string `json:"note,omitempty"`
		URL        string `json:"url"`
	}
	// twinVariant is another text of the API.
	twinVariant struct {
		Text    string `json:"text"`
		Field   string `json:"field,omitempty"`
		Subcode string `json:"subcode,omitempty"`
	}
	// twinParam explains a hole.
	twinParam struct {
		Name    string `json:"name"`
		Meaning string `json:"meaning,omitempty"`
		Example string `json:"example,omitempty"`
	}
	// twinRetry is the retry contract. After is a number and a unit: 4s, 10m, 2h, 1d.
	twinRetry struct {
		Policy      string `json:"policy,omitempty"`
		After       string `json:"after,omitempty"`
		MaxAttempts int    `json:"max_attempts,omitempty"`
		Note        string `json:"note,omitempty"`
	}
	// twinSurface is a place where the error is seen.
	twinSurface struct {
		Kind  string `json:"kind"`
		Where string `json:"where,omitempty"`
		Path  string `json:"path,omitempty"`
	}
	// twinSubcode is a finer code.
	twinSubcode struct {
		Code  string   `json:"code"`
		Title string   `json:"title,omitempty"`
		Text  string   `json:"text,omitempty"`
		Fixes []string `json:"fixes,omitempty"`
		URL   string   `json:"url"`
	}
	// twinCause is a condition that raises the error.
	twinCause struct {
		ID         string   `json:"id,omitempty"`
		Text       string   `json:"text"`
		Likelihood string   `json:"likelihood,omitempty"`
		Fixes      []string `json:"fixes,omitempty"`
	}
	// twinFix is a way out.
	twinFix struct {
		ID      string   `json:"id,omitempty"`
		Title   string   `json:"title"`
		Steps   []string `json:"steps,omitempty"`
		Verify  string   `json:"verify,omitempty"`
		Caution string   `json:"caution,omitempty"`
	}
	// twinExample is a sample.
	twinExample struct {
		Title    string `json:"title,omitempty"`
		Kind     string `json:"kind,omitempty"`
		Language string `json:"language,omitempty"`
		Body     string `json:"body"`
	}
	// twinQuestion is one entry of the FAQ.
	twinQuestion struct {
		ID       string `json:"id,omitempty"`
		Question string `json:"question"`
		Answer   string `json:"answer"`
	}
	// twinSection is an extra section.
	twinSection struct {
		Title string `json:"title"`
		Text  string `json:"text"`
	}
	// twinSupport is what a support engineer needs.
	twinSupport struct {
		Reply   string   `json:"reply,omitempty"`
		Collect []string `json:"collect,omitempty"`
	}
	// twinEquivalent is the same fault at another vendor.
	twinEquivalent struct {
		Vendor string `json:"vendor"`
		Code   string `json:"code"`
		URL    string `json:"url,omitempty"`
		Note   string `json:"note,omitempty"`
	}
	// twinLink is further reading.
	twinLink struct {
		Title string `json:"title"`
		URL   string `json:"url"`
	}
	// twinSource is what a fact rests on.
	twinSource struct {
		Title     string `json:"title"`
		URL       string `json:"url,omitempty"`
		Retrieved string `json:"retrieved,omitempty"`
	}
)

// catalogue is a collection's .json.
type (
	catalogueFile struct {
		Version    int              `json:"version"`
		Collection string           `json:"collection"`
		Title      string           `json:"title"`
		URL        string           `json:"url"`
		Full       int              `json:"full"`
		Stubs      int              `json:"stubs"`
		Errors     []catalogueEntry `json:"errors"`
	}
	catalogueEntry struct {
		Code        string   `json:"code"`
		Slug        string   `json:"slug"`
		Title       string   `json:"title"`
		Detail      string   `json:"detail"`
		Group       string   `json:"group,omitempty"`
		Lifecycle   string   `json:"lifecycle"`
		Depth       string   `json:"depth"`
		HTTPStatus  []int    `json:"http_status,omitempty"`
		Attribution string   `json:"attribution,omitempty"`
		Severity    string   `json:"severity,omitempty"`
		Retry       string   `json:"retry,omitempty"`
		Subcodes    []string `json:"subcodes,omitempty"`
		URL         string   `json:"url"`
		JSON        string   `json:"json"`
	}
)

// formed reports where a twin or catalogue is not what encoding/json makes of its form, byte for byte, and notes the members that it has.
func formed(path string, data []byte, has map[string]bool) error {
	var form any = &twin{}
	if bytes.Contains(data, []byte("\n \"errors\": [")) {
		form = &catalogueFile{}
	}
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(form); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	var again bytes.Buffer
	out := json.NewEncoder(&again)
	out.SetIndent("", " ")
	if err := out.Encode(form); err != nil {
		return err
	}
	if !bytes.Equal(again.Bytes(), data) {
		return errors.New(path + " is not in its form: " + firstDifference(string(data), again.String()))
	}
	members(reflect.ValueOf(form).Elem(), has)
	return nil
}

// members notes which fields of a form have a value.
func members(v reflect.Value, has map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			members(v.Elem(), has)
		}
	case reflect.Slice:
		for i := range v.Len() {
			members(v.Index(i), has)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				has[v.Type().Name()+"."+v.Type().Field(i).Name] = true
				members(v.Field(i), has)
			}
		}
	}
}

// TestForms holds what is published as JSON to its forms, with every member that they have.
func TestForms(t *testing.T) {
	removed := &output.Memory{} // no code of the real site has been removed
	if r, err := site.Build(context.Background(), site.Options{Now: day, Source: fstest.MapFS{
		"content/site.yaml":         {Data: []byte("title: T\nbase_url: https://a.example\n")},
		"content/a/collection.yaml": {Data: []byte("title: A errors\nurl: /docs/a-{slug}\nindex: /docs/a\n")},
		"content/a/1.yaml":          {Data: []byte("code: \"1\"\ntitle: Gone\nsummary: It is gone.\ndepth: stub\nstatus: removed\nremoved_in: v2\n")},
	}}, false, removed); err != nil {
		t.Fatal(err, r.Diags.Sorted())
	}
	has := map[string]bool{}
	for _, mem := range []*output.Memory{realSite(t), removed} {
		for _, path := range mem.Paths() {
			if data, _ := mem.Get(path); strings.HasPrefix(path, "docs/") && strings.HasSuffix(path, ".json") {
				if err := formed(path, data, has); err != nil {
					t.Error(err)
				}
			}
		}
	}
	for _, form := range []any{twin{}, twinRef{}, twinVariant{}, twinParam{}, twinRetry{}, twinSurface{}, twinSubcode{}, twinCause{}, twinFix{}, twinExample{}, twinQuestion{}, twinSection{}, twinSupport{},
		twinEquivalent{}, twinLink{}, twinSource{}, catalogueFile{}, catalogueEntry{}} {
		for i := range reflect.TypeOf(form).NumField() {
			if name := reflect.TypeOf(form).Name() + "." + reflect.TypeOf(form).Field(i).Name; !has[name] {
				t.Errorf("%s is in no file, so that nothing is known of how it is written", name)
			}
		}
	}
}
