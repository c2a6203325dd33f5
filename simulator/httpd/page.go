package httpd

import (
	"strings"
)

// HTMLType is the media type of web pages.
const HTMLType = "text/html; charset=utf-8"

// ErrorPage makes the page that shows a problem. Only Raw, RawType, Header and Page of the reply are used.
type ErrorPage func(*Call, *Problem) Reply

// machinePaths begin the paths of the JSON APIs, which answer problem documents to browsers too.
var machinePaths = []string{"/portal/v1/", "/control/v1/"}

// wantsPage reports whether a problem is answered as a page.
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
