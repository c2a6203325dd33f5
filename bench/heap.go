package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync/atomic"
)

// liveHeap reads from a Go program's trace of garbage collections how much was alive after the last.
// The resident set holds garbage as well, as much again at times.
type liveHeap struct {
	rest  []byte // of a line that has not ended; Write is called by one goroutine
	bytes atomic.Int64
}

// "gc 12 @3.4s 1%: … ms cpu, 98->101->55 MB, 110 MB goal, …": before, at the end of, and alive after it.
var collected = regexp.MustCompile(`^gc \d+ @.* \d+->\d+->(\d+) MB,`)

// Write takes the program's standard error.
func (h *liveHeap) Write(text []byte) (int, error) {
	h.rest = append(h.rest, text...)
	for {
		line, rest, ended := bytes.Cut(h.rest, []byte("\n"))
		if !ended {
			return len(text), nil
		}
		h.rest = rest
		if found := collected.FindSubmatch(line); found != nil {
			megabytes, err := strconv.ParseInt(string(found[1]), 10, 64)
			if err == nil {
				h.bytes.Store(megabytes << 20)
			}
		}
	}
}

// startTraced starts a program that tells of its collections.
func startTraced(ctx context.Context, heap *liveHeap, program string, args ...string) (*server, error) {
	command := exec.CommandContext(ctx, program, args...)
	command.Env = append(os.Environ(), "GODEBUG=gctrace=1")
	command.Stderr = heap
	return begin(command)
}
