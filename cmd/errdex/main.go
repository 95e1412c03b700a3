// Command errdex turns YAML error definitions into an error reference.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	collectLess(os.Getenv)
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		ends = append(ends, syscall.SIGHUP) // the terminal was closed: a build leaves nothing half-made behind then too
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, os.Getenv)
	stop()
	os.Exit(code)
}
