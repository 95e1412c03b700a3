package main

import (
	"fmt"
	"io"
	"strings"

	"errdex/internal/diag"
	"errdex/internal/finder"
	"errdex/internal/render"
	"errdex/internal/site"
)

type findCmd struct {
	Text   []string `arg:"" optional:"" help:"What was pasted; - or nothing reads standard input."`
	Format string   `help:"text for people, json (one match a line, best first)." enum:"text,json" default:"text"`
	sourceFlags
}

func (findCmd) Help() string {
	return `Takes anything that holds an error: a code, a JSON body, a webhook, a log line, half a sentence. Prints the pages that match,
best first, and why. Where nothing in the reference applies it prints nothing and exits with 1.

Examples:
  errdex find 131047
  errdex find 190/463
  errdex find '(#131030) Recipient phone number not in allowed list'
  pbpaste | errdex find -
  tail -1 app.log | errdex find --format json -`
}

// maxPaste bounds what is read from standard input, in bytes; the finder itself looks at less.
const maxPaste = 16 << 20

func (c *findCmd) Run(a *app) error {
	text := strings.Join(c.Text, " ")
	if text == "" || text == "-" {
		if fd, ok := terminal(a.in); ok && fd == 0 {
			fmt.Fprintln(a.err, "Paste the error, then press Ctrl-D on an empty line.")
		}
		data, err := a.paste()
		if err != nil {
			return fmt.Errorf("reading standard input: %w", err)
		}
		text = string(data)
	}
	root, opt, err := a.open(c.Source)
	if err != nil {
		return err
	}
	defer root.Close()
	r, err := site.Check(a.ctx, opt)
	if err != nil {
		return err
	}
	result := finder.Build(render.Entries(r.Map)).Find(text)
	if !result.Confident || len(result.Matches) == 0 {
		if len(result.Matches) > 0 {
			fmt.Fprintln(a.err, "Nothing in the reference applies. The nearest:")
			for _, m := range result.Matches[:min(3, len(result.Matches))] {
				fmt.Fprintf(a.err, "  %s  %s\n", diag.Safe(m.Code), diag.Safe(m.Title))
			}
		}
		return errContent
	}
	for _, m := range result.Matches {
		if err := c.print(a, r.Map.Absolute(m.URL), m); err != nil {
			return err
		}
	}
	return nil
}

// paste reads standard input; Ctrl-C ends the wait.
func (a *app) paste() ([]byte, error) {
	type read struct {
		data []byte
		err  error
	}
	done := make(chan read, 1)
	go func() {
		data, err := io.ReadAll(io.LimitReader(a.in, maxPaste))
		done <- read{data, err}
	}()
	select {
	case r := <-done:
		return r.data, r.err
	case <-a.ctx.Done():
		return nil, a.ctx.Err()
	}
}

func (c *findCmd) print(a *app, absolute string, m finder.Match) error {
	if c.Format == "json" {
		_, err := a.out.Write(diag.JSONLine(struct {
			Collection string `json:"collection"`
			Slug       string `json:"slug"`
			Code       string `json:"code"`
			Subcode    string `json:"subcode"`
			URL        string `json:"url"`
			Score      int    `json:"score"`
			Why        string `json:"why"`
		}{m.Collection, m.Slug, m.Code, m.Subcode, m.URL, m.Score, m.Why}))
		return err
	}
	code := m.Code
	if m.Subcode != "" {
		code += " (" + m.Subcode + ")"
	}
	_, err := fmt.Fprintf(a.out, "%s  %s\n    %s\n    %s\n", diag.Safe(code), diag.Safe(m.Title), diag.Safe(m.Why), diag.Safe(absolute))
	return err
}
