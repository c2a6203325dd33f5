package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A ready file belongs to the simulator that wrote it last.
func TestReadyFileIsItsOwners(t *testing.T) {
	name := filepath.Join(t.TempDir(), "ready.json")
	var files []*readyFile
	for _, content := range []string{"first", "second"} {
		f, err := openReadyFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.publish([]byte(content)); err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	files[0].remove()
	if text, err := os.ReadFile(name); err != nil || string(text) != "second" {
		t.Errorf("after the end of the first the file has %q, %v", text, err)
	}
	files[1].remove()
	left, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
