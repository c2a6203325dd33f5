package main

import (
	"runtime"
	"testing"

	"github.com/nicsim/nicsim/simulator"
)

func TestReadSize(t *testing.T) {
	for text, want := range map[string]int64{
		"64MiB": 64 << 20, "1GiB": 1 << 30, "2TiB": 2 << 40, "100000KiB": 100_000 << 10, "67108864": 64 << 20,
		"67108864B": 64 << 20,
		"":          0, "1GB": 0, "GiB": 0, "-1GiB": 0, "1.5GiB": 0, "63MiB": 0, "1 GiB": 0, "9223372036854775807TiB": 0,
		"1MiBB": 0, "1GiBx": 0,
	} {
		got, err := readSize(text)
		if got != want || (err == nil) != (want > 0) {
			t.Errorf("%q is %d, %v; want %d", text, got, err, want)
		}
	}
}

func TestMemoryFlags(t *testing.T) {
	var o simulator.Options
	var a simulator.Addresses
	f := memoryFlags{memory: "512MiB", maxConnections: 7}
	if limit, err := f.apply(&o, &a); err != nil || limit != 512<<20 || o.MaxKept != 128<<20 || a.MaxConnections != 7 {
		t.Errorf("limit %d, %v, kept %d, connections %d", limit, err, o.MaxKept, a.MaxConnections)
	}
}

// The garbage of a load does not stay with the program.
func TestMemoryGoesBackAfterALoad(t *testing.T) {
	const size = 300 << 20
	load := make([][]byte, 0, 300)
	for range cap(load) {
		load = append(load, make([]byte, size/cap(load)))
	}
	runtime.KeepAlive(load)
	load = nil //nolint:ineffassign,wastedassign // the memory is free from here on
	runtime.GC()
	if _, held := heap(); held < size {
		t.Skipf("the system took the memory back already: %d bytes are held", held)
	}
	if !giveBackOnce() {
		t.Error("there was nothing to give back")
	}
	if _, held := heap(); held > size/2 {
		t.Errorf("%d bytes are held", held)
	}
	if giveBackOnce() {
		t.Error("there was more to give back")
	}
}
