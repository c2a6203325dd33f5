package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// readyFile is a file that appears, whole, when the simulator is ready. Who waits for it never
// reads half of it, nor what a run before has left.
type readyFile struct {
	name      string
	temporary *os.File // in the same folder; nil when no file is wanted
}

// openReadyFile makes sure that the file can be put into place later, and takes away an old one.
// An empty name is no file.
func openReadyFile(name string) (*readyFile, error) {
	if name == "" {
		return &readyFile{}, nil
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("ready file: %s is not a plain file", name)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("ready file: %w", err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return nil, fmt.Errorf("ready file: %w", err)
	}
	f := &readyFile{name: name, temporary: temporary}
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.discard()
		return nil, fmt.Errorf("ready file: %w", err)
	}
	return f, nil
}

// publish puts the file with that content into place.
func (f *readyFile) publish(content []byte) error {
	if f.temporary == nil {
		return nil
	}
	_, err := f.temporary.Write(content)
	if err == nil {
		// Whoever waits for the simulator may be another user; there is nothing secret in it.
		err = f.temporary.Chmod(0o644)
	}
	if closed := f.temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.temporary.Name(), f.name)
	}
	if err != nil {
		f.discard()
		return fmt.Errorf("ready file: %w", err)
	}
	f.temporary = nil
	return nil
}

// discard leaves nothing behind of a file that was not published.
func (f *readyFile) discard() {
	if f.temporary != nil {
		_ = f.temporary.Close() // it may be closed already
		_ = os.Remove(f.temporary.Name())
		f.temporary = nil
	}
}
