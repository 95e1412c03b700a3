//go:build !linux

package main

// largePages does nothing where the system has no way to ask for them.
func largePages(int) {}
