package browser

import (
	"errors"
	"fmt"
	"os/exec"
)

// ErrMissing is the error of a machine without a browser that is known here.
var ErrMissing = errors.New("no Chromium was found")

// names are what Chromium and its kin are called.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// Find returns the path of the browser: the one that is named or, for "", the first that is on the
// PATH. Its error is or wraps ErrMissing.
func Find(named string) (string, error) {
	if named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("%w at %s", ErrMissing, named)
		}
		return path, nil
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}
