package scene

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// maskedBodyLimit is how much of a body the trace writes out, in bytes.
const maskedBodyLimit = 2048

// secretMembers are the JSON members whose values no report may show. text is a message of the
// inbox, which tells the OTP in words.
var secretMembers = map[string]bool{
	"otp": true, "secret": true, "answer": true, "text": true, "clientSecret": true,
	"password": true, "confirmPassword": true, "newPassword": true, "currentPassword": true,
	"AuthToken": true, "Sek": true,
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
