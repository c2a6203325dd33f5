package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// readyFile is a file that has the URLs of a running simulator. It appears whole, once the simulator's ports
// are bound, and it is removed at the simulator's end.
type readyFile struct {
	name      string
	temporary *os.File    // in the same folder; nil when no file is wanted, and once it is published
	published os.FileInfo // nil before
}

// openReadyFile makes sure that the file can be put into place later. It leaves a file of that name alone,
// which may be that of another simulator. An empty name means no file.
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
	if err == nil && info.Size() > 0 {
		if _, err := whereServed(name); err != nil {
			return nil, fmt.Errorf("ready file: %w, and would be overwritten", err)
		}
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return nil, fmt.Errorf("ready file: %w", err)
	}
	return &readyFile{name: name, temporary: temporary}, nil
}

// publish puts the file with that content into place.
func (f *readyFile) publish(content []byte) error {
	if f.temporary == nil {
		return nil
	}
	_, err := f.temporary.Write(content)
	if err == nil {
		// The program that waits for the simulator may be another user's; there is no secret in the file.
		err = f.temporary.Chmod(0o644)
	}
	info, failed := f.temporary.Stat()
	err = errors.Join(err, failed, f.temporary.Close())
	if err == nil {
		err = os.Rename(f.temporary.Name(), f.name)
	}
	if err != nil {
		f.remove()
		return fmt.Errorf("ready file: %w", err)
	}
	f.temporary, f.published = nil, info
	return nil
}

// remove removes the file, unless another simulator has put its own into place.
func (f *readyFile) remove() {
	if f.temporary != nil {
		_ = f.temporary.Close() // it may be closed already
		_ = os.Remove(f.temporary.Name())
		f.temporary = nil
	}
	if f.published == nil {
		return
	}
	if now, err := os.Stat(f.name); err == nil && os.SameFile(f.published, now) {
		_ = os.Remove(f.name) // nicsim wait asks the addresses in a file that is left behind
	}
	f.published = nil
}
