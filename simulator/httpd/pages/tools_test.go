package pages_test

import (
	"crypto/aes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// ask sends JSON to the sandbox with headers, names and values in turn.
func (p *place) ask(method, path, body string, headers ...string) map[string]any {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.sandbox+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w, err := p.transport.RoundTrip(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer w.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(w.Body).Decode(&answer); err != nil {
		p.t.Fatal(err)
	}
	return answer
}

// The results of the tools are enough to log in to the API and read a GSTIN.
func TestToolsLogInToTheAPI(t *testing.T) {
	p := newPlace(t, "/w/tools")
	b := p.browser().open(p.sandbox+"/register").press("Validate", dakshin...).press("Send OTP").press("Submit", "OTP",
		p.otp())
	b.press("Create", append([]string{"GSP", "", "Company Name", "Sahyadri GST Suvidha", "Client ID", "AAFCC29ERP82ZSO"},
		newUser...)...)
	b.on("registration-acknowledgement COMPLETED")

	b.open(p.sandbox + "/").click("Tools").click("Encrypt and Decrypt").on("tool-encrypt").press("Make an AppKey")
	appKey := b.value("result")
	if raw, err := base64.StdEncoding.DecodeString(appKey); err != nil || len(raw) != 32 {
		t.Fatalf("the AppKey is %q", appKey)
	}
	b.press("Encrypt the login", "Login document",
		`{"UserName":"dakshin_one","Password":"Testing@123","AppKey":"`+appKey+`","ForceRefreshAccessToken":false}`)
	credentials := []string{"client_id", "AAFCC29ERP82ZSO", "client_secret", "SahyadriSecret000001", "Gstin",
		"29ABCCD1234E1Z1"}
	answer := p.ask("POST", "/eivital/v1.04/auth", `{"Data":"`+b.value("result")+`"}`, credentials...)
	login, ok := answer["Data"].(map[string]any)
	if !ok {
		t.Fatalf("the login was answered %v", answer)
	}
	b.press("Decrypt the Sek", "Sek", login["Sek"].(string))
	sek := b.value("result")
	answer = p.ask("GET", "/eivital/v1.04/Master/gstin/29ABCCD1234E1Z1", "",
		append(credentials, "user_name", "dakshin_one", "AuthToken", login["AuthToken"].(string))...)
	b.press("Decrypt the Data", "Data", answer["Data"].(string))
	if got := b.value("result"); !strings.Contains(got, `"Gstin": "29ABCCD1234E1Z1"`) {
		t.Errorf("decrypted is %q", got)
	}

	// AES, by hand.
	b.press("Encrypt the body", "Body", `{"a":1}`)
	key, _ := base64.StdEncoding.DecodeString(sek)
	sealed, _ := base64.StdEncoding.DecodeString(b.value("result"))
	cipher, err := aes.NewCipher(key)
	if err != nil || len(sealed) != 16 {
		t.Fatalf("%d bytes were sealed under %d, %v", len(sealed), len(key), err)
	}
	cipher.Decrypt(sealed, sealed)
	if want := `{"a":1}` + strings.Repeat("\x09", 9); string(sealed) != want {
		t.Errorf("sealed was %q, want %q", sealed, want)
	}
	journal, err := json.Marshal(p.tell("GET", "requests", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{appKey, sek, "Testing@123"} {
		quoted, _ := json.Marshal(secret)
		if strings.Contains(string(journal), strings.Trim(string(quoted), `"`)) {
			t.Errorf("the journal has %s", secret)
		}
	}
	p.knowsEachField()
}
