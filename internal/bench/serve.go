package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"errdex/internal/bench/corpus"
)

// edits is how many edits are timed under `errdex serve`, half a second apart, as nobody saves faster.
const edits = 20

// saves times edits of one definition under `errdex serve`: from the file's being written to the new text being in the answer to a request for its page.
func saves(ctx context.Context, t tools, s *site, c corpus.Config, errs io.Writer) (times []time.Duration, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := exec.CommandContext(ctx, t.errdex, "serve", "--source", s.dir, "--addr", "127.0.0.1:0")
	cmd.Stderr = io.Discard
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	defer func() {
		cancel()
		_ = cmd.Wait()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	address := regexp.MustCompile(`http://[0-9.]+:[0-9]+/`).FindString(line)
	if err != nil || address == "" {
		return nil, fmt.Errorf("errdex serve said %q: %w", line, err)
	}
	url := address + "docs/" + path.Base(path.Dir(corpus.EditedFile(c))) + "-error-" + strings.TrimSuffix(path.Base(s.edit), ".yaml")
	text, err := os.ReadFile(s.edit)
	if err != nil {
		return nil, err
	}
	defer os.WriteFile(s.edit, text, 0o644)
	for i := range edits {
		fmt.Fprintf(errs, "\r\033[K%d definitions: edit %d of %d under serve", c.Definitions, i+1, edits)
		mark := fmt.Sprintf("Savemark%dx.", i)
		edited := strings.Replace(string(text), "summary: |\n  ", "summary: |\n  "+mark+" ", 1)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(500 * time.Millisecond):
		}
		start := time.Now()
		if err := os.WriteFile(s.edit, []byte(edited), 0o644); err != nil {
			return nil, err
		}
		for !has(url, mark) {
			if time.Since(start) > 30*time.Second || ctx.Err() != nil {
				return nil, fmt.Errorf("%s never showed edit %d", url, i+1)
			}
			time.Sleep(time.Millisecond)
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	return times, nil
}

func has(url, text string) bool {
	res, err := http.Get(url)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return err == nil && strings.Contains(string(body), text)
}

// quantile returns the value below which a share q of sorted times lies, by the nearest rank.
func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, int(math.Ceil(q*float64(len(sorted))))-1)]
}
