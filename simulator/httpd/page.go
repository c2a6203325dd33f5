package httpd

import (
	"strings"
)

// HTMLType is the type of every web page.
const HTMLType = "text/html; charset=utf-8"

// ErrorPage makes the page that shows a problem: Raw, RawType and Header of the reply count.
type ErrorPage func(*Call, *Problem) Reply

// machinePaths are those of the JSON, which answers problem documents even to a browser.
var machinePaths = []string{"/portal/v1/", "/control/v1/"}

// wantsPage tells whether a problem is better shown to a person.
func (call *Call) wantsPage() bool {
	if call.errorPage == nil || !strings.Contains(call.request.Header.Get("Accept"), "text/html") {
		return false
	}
	_, path := pickWorld(call.Asked)
	for _, prefix := range machinePaths {
		if strings.HasPrefix(path, prefix) {
			return false
		}
	}
	return true
}
