//go:build unix

package chromium

import (
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
)

// Ctrl-C on a terminal goes to the whole process group of the program.
func TestCtrlCDoesNotReachTheBrowser(t *testing.T) {
	b := started(t)
	defer b.Close() //nolint:errcheck // TestCloseLeavesNothingBehind checks it
	group, err := syscall.Getpgid(chromedp.FromContext(b.ctx).Browser.Process().Pid)
	if err != nil || group == syscall.Getpgrp() {
		t.Errorf("the browser is in group %d, %v, and this test in %d", group, err, syscall.Getpgrp())
	}
}
