package scene

import (
	"fmt"
	"mime"
	"net/url"
	"regexp"
	"strings"
)

// media is the media type of the answer.
func (e Exchange) media() string {
	media, _, _ := mime.ParseMediaType(e.Header.Get("Content-Type"))
	return media
}

// IsPage tells whether the answer is a web page.
func (e Exchange) IsPage() bool { return e.media() == "text/html" }

// isDressing tells whether the answer is what a page loads beside itself: pictures, styles and scripts.
func (e Exchange) isDressing() bool {
	media := e.media()
	return strings.HasPrefix(media, "image/") || media == "text/css" || media == "text/javascript"
}

// masked writes the answer without its secrets.
func (e Exchange) masked() string {
	switch {
	case e.IsPage():
		return summary(e.Got)
	case e.isDressing():
		return fmt.Sprintf("%s, %d bytes", e.media(), len(e.Got))
	}
	return Mask(e.Got)
}

// maskedSent writes what was sent without its secrets.
func (e Exchange) maskedSent() string {
	if kind, _, _ := mime.ParseMediaType(e.kind); kind == "application/x-www-form-urlencoded" {
		return maskForm(e.sent)
	}
	return Mask(e.sent)
}

// plainFields are the fields of forms that may be shown. What is not among them is a secret, or may
// be one.
var plainFields = map[string]bool{
	"category": true, "gstin": true, "pan": true, "mobile": true, "email": true, "username": true, "clientId": true,
	"registrationThrough": true, "companyName": true, "companyNameERP": true, "stateCode": true, "through": true,
	"captchaId": true, "newCaptcha": true,
}

func maskForm(body []byte) string {
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return fmt.Sprintf("(%d bytes that are not a form)", len(body))
	}
	for name, of := range values {
		for i := range of {
			if !plainFields[name] && of[i] != "" {
				of[i] = "***"
			}
		}
	}
	shown := values.Encode()
	if plain, err := url.QueryUnescape(shown); err == nil {
		shown = plain
	}
	return shown[:min(len(shown), maskedBodyLimit)]
}

// Of a page nothing is shown but its marks: its name, its flow's state, and the code of a refusal.
var pageMarks = regexp.MustCompile(`\bdata-(?:page|state|problem)="[a-zA-Z_-]*"`)

func summary(page []byte) string {
	marks := strings.Join(pageMarks.FindAllString(string(page), 3), " ")
	return strings.TrimSpace(marks + fmt.Sprintf(" (a page of %d bytes)", len(page)))
}
