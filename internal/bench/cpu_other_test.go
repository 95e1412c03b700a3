//go:build !unix

package main_test

import "time"

func cpu() time.Duration { return 0 }
