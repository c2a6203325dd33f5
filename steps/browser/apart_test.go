//go:build unix

package browser

import (
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
)

// Ctrl-C on a terminal goes to the whole process group of the program.
func TestCtrlCDoesNotReachTheBrowser(t *testing.T) {
	path, err := Find("")
	if err != nil {
		t.Skip("there is no browser to try:", err)
	}
	e, err := New(path)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close() //nolint:errcheck // it was only started
	group, err := syscall.Getpgid(chromedp.FromContext(e.ctx).Browser.Process().Pid)
	if err != nil || group == syscall.Getpgrp() {
		t.Errorf("the browser is in group %d, %v, and this test in %d", group, err, syscall.Getpgrp())
	}
}
