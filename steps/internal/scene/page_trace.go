package scene

import (
	"bytes"
	"encoding/json"
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

// IsPage reports whether the answer is a web page.
func (e Exchange) IsPage() bool { return e.media() == "text/html" }

// isDressing reports whether the answer is what a page loads beside itself: pictures, styles and scripts.
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

// maskedBodyLimit is how much of a body the trace writes out, in bytes.
const maskedBodyLimit = 2048

// secretMembers are the JSON members whose values no report may show. text is a message of the
// inbox, which tells the OTP in words.
var secretMembers = map[string]bool{
	"otp": true, "secret": true, "answer": true, "text": true, "clientSecret": true,
	"password": true, "confirmPassword": true, "newPassword": true, "currentPassword": true,
	"AuthToken": true, "Sek": true, "access_token": true, "gspappsecret": true,
}

// Mask writes a body with its secrets as ***. For a body that is not JSON it gives only the size, since
// it cannot tell what is secret in it.
func Mask(body []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var document any
	if err := decoder.Decode(&document); err != nil || decoder.More() {
		return fmt.Sprintf("(%d bytes that are not JSON)", len(body))
	}
	masked, err := json.Marshal(maskValue(document))
	if err != nil {
		return fmt.Sprintf("(%d bytes)", len(body))
	}
	if len(masked) > maskedBodyLimit {
		return fmt.Sprintf("%s… (%d bytes)", masked[:maskedBodyLimit], len(body))
	}
	return string(masked)
}

func maskValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if secretMembers[name] && member != "" {
				v[name] = "***"
				continue
			}
			v[name] = maskValue(member)
		}
	case []any:
		for i, element := range v {
			v[i] = maskValue(element)
		}
	}
	return value
}
