package pages

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// The secrets of a refused form are not kept, nor are fields that no form has: their names may be secrets.
func TestSecretsAreNotKept(t *testing.T) {
	t.Parallel()
	typed := url.Values{"gstin": {"29ABCCD1234E1Z1"}, "S3cret": {""}}
	for _, name := range strings.Fields("form otp password confirmPassword currentPassword newPassword clientSecret " +
		"login appKey sek") {
		typed.Set(name, "S3cret")
	}
	kept := fmt.Sprintf("%+v", keep(typed).Typed)
	if strings.Contains(kept, "S3cret") || !strings.Contains(kept, "29ABCCD1234E1Z1") {
		t.Errorf("what is kept is %s", kept)
	}
}
