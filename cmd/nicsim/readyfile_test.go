package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A ready file belongs to the simulator that wrote it last.
func TestReadyFileIsKeptForItsLastWriter(t *testing.T) {
	name := filepath.Join(t.TempDir(), "ready.json")
	var files []*readyFile
	for _, content := range []string{`{"sandbox":"a","production":"b","control":"c"}`, "second"} {
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

func TestReadyFileLeavesOtherFilesAlone(t *testing.T) {
	name := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(name, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openReadyFile(name); err == nil {
		t.Error("a file of the user would be overwritten")
	}
}
