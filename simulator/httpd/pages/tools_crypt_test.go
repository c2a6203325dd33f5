package pages_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"os"
	"strings"
	"testing"
)

// recorded reads a file that OpenSSL made.
func recorded(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../seal/testdata/openssl/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// payloadKey reads the sandbox's private key.
func payloadKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	text, err := os.ReadFile("../../../fixtures/keys/sandbox-payload-TEST-ONLY.pem")
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return parsed.(*rsa.PrivateKey)
}

// An answer of NIC, published by Masters India, and a text that OpenSSL encrypted under its SEK.
const (
	publicAppKey = "S3ijCSe1i7qeqS88zpetBtFdomyjh39C"
	publicSek    = "axAUznCA+e2bjnYbbLKjPxoY8rf5K+O9b/UGRIO8OrlQbQNZUaEvMN3l6k7rDFIE"
	publicSEK    = "9560721ee48ad4efc1c4ca62d24f078fa1bc8255ada7d53b2bd17e1129502ff1" // hex
	publicBody   = `{"Irn":"35054cc24d97033afc24f49ec4444dbab81f542c555f9d30359dc75794e06bbe"}`
	publicData   = "W994d5hCeZHoL1F0XFhNn7FnbwgVFE2yv+6NJk0+UHgi6uC4D2FG25XgKnt+da8AqBzRoiKhzQyVTbP2vksI" +
		"O5xKK384aWzqnCrslbwk0Qc="
)

func base64OfHex(t *testing.T, text string) string {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b)
}

func TestEncryptAndDecryptVectors(t *testing.T) {
	p := newPlace(t, "/w/vectors")
	appKey, sek := base64.StdEncoding.EncodeToString([]byte(publicAppKey)), base64OfHex(t, publicSEK)
	broken := publicData[:40] + "\n " + publicData[40:]
	answer := `{"Status":1,"Data":{"ClientId":"x","Sek":"` + publicSek + `","TokenExpiry":"x"},"ErrorDetails":null}`
	for _, c := range []struct {
		name, button string
		typed        []string
		want         string
	}{
		{"a Sek", "Decrypt the Sek", []string{"Sek", publicSek, "AppKey", appKey}, sek},
		{"a whole login's answer", "Decrypt the Sek", []string{"Sek", answer, "AppKey", appKey}, sek},
		{"a body", "Encrypt the body", []string{"SEK", sek, "Body", publicBody}, publicData},
		{"a body with blanks around", "Encrypt the body",
			[]string{"SEK", " " + sek + "\r\n", "Body", "\r\n" + publicBody + "\r\n"}, publicData},
		{"a Data", "Decrypt the Data", []string{"SEK", sek, "Data", publicData},
			strings.Replace(strings.Replace(publicBody, "{", "{ ", 1), `":"`, `": "`, 1)},
		{"a broken Data", "Decrypt the Data", []string{"SEK", sek, "Data", broken},
			"35054cc24d97033afc24f49ec4444dbab81f542c555f9d30359dc75794e06bbe"},
		{"a whole answer", "Decrypt the Data", []string{"SEK", sek, "Data", `{"Status":1,"data":"` + publicData + `"}`},
			"35054cc24d97033afc24f49ec4444dbab81f542c555f9d30359dc75794e06bbe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := p.browser().open(p.sandbox+"/tools/encrypt").press(c.button, c.typed...).on("tool-encrypt")
			if got := b.value("result"); !strings.Contains(got, strings.TrimSuffix(c.want, "}")) {
				t.Errorf("the result is %q, want %q", got, c.want)
			}
			if before := b.shown(); b.open(b.at.String()).shown() != before {
				t.Error("the reload shows something else")
			}
		})
	}
	t.Run("a login", func(t *testing.T) {
		document := recorded(t, "auth.json")
		b := p.browser().open(p.sandbox+"/tools/encrypt").press("Encrypt the login", "Login document", document)
		block, err := base64.StdEncoding.DecodeString(b.value("result"))
		if err != nil {
			t.Fatal(err)
		}
		//nolint:staticcheck // NIC's choice
		got, err := rsa.DecryptPKCS1v15(nil, payloadKey(t), block)
		if want := base64.StdEncoding.EncodeToString([]byte(strings.TrimSpace(document))); err != nil || string(got) != want {
			t.Errorf("encrypted was %q, %v", got, err)
		}
	})
}

// The result of a step is filled in for the next step, and the other fields keep their values.
func TestResultsAreFilledIn(t *testing.T) {
	p := newPlace(t, "/w/steps")
	b := p.browser().open(p.sandbox+"/tools/encrypt").press("Make an AppKey", "Body", publicBody)
	first := b.value("result")
	filled := func(name string) string { return b.fill("Make an AppKey").values.Get(name) }
	if filled("appKey") != first || !strings.Contains(filled("login"), `"AppKey":"`+first+`"`) ||
		filled("plain") != publicBody {
		t.Errorf("the form is %v", b.fill("Make an AppKey").values)
	}
	mine := strings.Replace(filled("login"), `"UserName":""`, `"UserName":"me"`, 1)
	b.press("Make an AppKey", "Login document", mine)
	if again := b.value("result"); again == first || !strings.Contains(filled("login"), `"UserName":"me"`) ||
		!strings.Contains(filled("login"), again) || strings.Contains(filled("login"), first) {
		t.Errorf("with another AppKey the login is %s", filled("login"))
	}
	b.press("Decrypt the Sek", "AppKey", base64.StdEncoding.EncodeToString([]byte(publicAppKey)), "Sek", publicSek)
	if filled("sek") != base64OfHex(t, publicSEK) {
		t.Errorf("the SEK is filled in as %q", filled("sek"))
	}
	b.press("Encrypt the body")
	if got := b.value("result"); got != publicData {
		t.Errorf("the Data is %q", got)
	}
}

// The field AppKey may hold any text, and the login document may contain it any number of times.
func TestANewAppKeyReplacesTheFormerOneOnly(t *testing.T) {
	p := newPlace(t, "/w/replace")
	key := base64.StdEncoding.EncodeToString([]byte(publicAppKey))
	for _, c := range []struct{ name, login, before, keeps string }{
		{"a letter", strings.Repeat("a", 1<<19), "a", strings.Repeat("a", 1<<19)},
		{"no key", `{"UserName":"AAAA"}`, "AAAA", `{"UserName":"AAAA"}`},
		{"a key, twice", `{"AppKey":"` + key + `","Other":"` + key + `"}`, key, `","Other":"` + key + `"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := p.browser().open(p.sandbox + "/tools/encrypt")
			b.sendFile(b.fill("Make an AppKey", "Login document", c.login, "AppKey", c.before), "", "", nil).on("tool-encrypt")
			if got := b.fill("Make an AppKey").values.Get("login"); !strings.HasSuffix(got, c.keeps) ||
				len(got) != len(c.login) {
				t.Errorf("the login has %d bytes and ends in %q", len(got), got[max(0, len(got)-100):])
			}
		})
	}
}

func TestToolsRefuseWhatCannotBeUsed(t *testing.T) {
	p := newPlace(t, "")
	of := func(n int) string { return base64.StdEncoding.EncodeToString(make([]byte, n)) }
	key, sek := of(32), base64OfHex(t, publicSEK)
	for _, c := range []struct {
		button      string
		typed       []string
		field, code string
	}{
		{"Encrypt the login", []string{"Login document", ""}, "login", "missing"},
		{"Encrypt the login", []string{"Login document", "{"}, "login", "not-json"},
		{"Encrypt the login", []string{"Login document", `"` + strings.Repeat("x", 182) + `"`}, "login", "too-long"},
		{"Decrypt the Sek", []string{"Sek", publicSek, "AppKey", ""}, "appKey", "missing"},
		{"Decrypt the Sek", []string{"Sek", publicSek, "AppKey", of(16)}, "appKey", "not-32-bytes"},
		{"Decrypt the Sek", []string{"Sek", publicSek, "AppKey", of(33)}, "appKey", "not-32-bytes"},
		{"Decrypt the Sek", []string{"Sek", publicSek, "AppKey", "no base64!"}, "appKey", "not-base64"},
		{"Decrypt the Sek", []string{"Sek", publicSek, "AppKey", key}, "sealedSek", "wrong-key"},
		{"Decrypt the Sek", []string{"Sek", publicData, "AppKey", sek}, "sealedSek", "wrong-key"}, // decrypts to another size
		{"Decrypt the Sek", []string{"Sek", "AAAA", "AppKey", key}, "sealedSek", "not-whole"},
		{"Decrypt the Sek", []string{"Sek", "", "AppKey", key}, "sealedSek", "missing"},
		{"Decrypt the Sek", []string{"Sek", `{"Status":0,"Data":null}`, "AppKey", key}, "sealedSek", "missing"},
		{"Decrypt the Sek", []string{"Sek", `{"Data":{"Sek":"`, "AppKey", key}, "sealedSek", "not-json"},
		{"Encrypt the body", []string{"Body", "not JSON", "SEK", key}, "plain", "not-json"},
		{"Encrypt the body", []string{"Body", "", "SEK", key}, "plain", "missing"},
		{"Encrypt the body", []string{"Body", "{}", "SEK", ""}, "sek", "missing"},
		{"Encrypt the body", []string{"Body", "{}", "SEK", "=AAA"}, "sek", "not-base64"},
		{"Decrypt the Data", []string{"Data", publicData, "SEK", key}, "data", "wrong-key"},
		// decrypts to something that is not JSON
		{"Decrypt the Data", []string{"Data", publicSek, "SEK", base64.StdEncoding.EncodeToString([]byte(publicAppKey))},
			"data", "wrong-key"},
		{"Decrypt the Data", []string{"Data", publicData[:60], "SEK", sek}, "data", "not-whole"},
		{"Decrypt the Data", []string{"Data", "ab=c", "SEK", sek}, "data", "not-base64"},
		{"Decrypt the Data", []string{"Data", "", "SEK", sek}, "data", "missing"},
	} {
		t.Run(c.button+" "+c.field+" "+c.code, func(t *testing.T) {
			b := p.browser().open(p.sandbox+"/tools/encrypt").press(c.button, c.typed...)
			b.refused(422, "value-invalid", c.field)
			if len(b.marked("data-code", c.code)) != 1 {
				t.Errorf("want the code %s in\n%s", c.code, b.text)
			}
			if !strings.Contains(b.text, `<a href="#`+c.field+`">`) || !strings.Contains(b.text, `id="`+c.field+`-error"`) {
				t.Error("the refusal is not at the field")
			}
			sent := b.fill(c.button).values
			if sent.Get("appKey") != "" || sent.Get("sek") != "" {
				t.Error("a key is shown again")
			}
			kept := map[string]string{"Sek": "sealedSek", "Body": "plain", "Data": "data"}[c.typed[0]]
			if kept != "" && sent.Get(kept) != c.typed[1] {
				t.Errorf("%s is shown again as %q, want %q", c.typed[0], sent.Get(kept), c.typed[1])
			}
		})
	}
	t.Run("no button", func(t *testing.T) {
		b := p.browser().open(p.sandbox + "/tools/encrypt")
		sent := b.fill("Make an AppKey")
		sent.values.Del("makeAppKey")
		b.send(sent).refused(400, "malformed-request", "button")
	})
}

// Nothing that was pasted is in an address, in the journal, or on a page in another browser.
func TestToolsKeepSecrets(t *testing.T) {
	p := newPlace(t, "/w/secret")
	sek := base64OfHex(t, publicSEK)
	b := p.browser()
	secrets := []string{sek, publicBody, publicData, "Hidden@2026", publicSek}
	for _, send := range []func(){
		func() { b.press("Encrypt the body", "SEK", sek, "Body", publicBody) },
		func() { b.press("Decrypt the Data", "SEK", sek, "Data", publicData) },
		func() { b.press("Decrypt the Data", "SEK", sek, "Data", publicSek) },
		func() { b.press("Encrypt the login", "Login document", `{"UserName":"me","Password":"Hidden@2026"}`) },
		func() { b.sendFile(b.fill("Encrypt the body", "SEK", sek, "Body", publicBody), "", "", nil) },
	} {
		b.open(p.sandbox + "/tools/encrypt")
		send()
		address := b.at.String()
		other := p.browser().open(address).on("tool-encrypt")
		for _, secret := range secrets {
			if strings.Contains(address, secret) {
				t.Errorf("an address is %s", address)
			}
			if strings.Contains(other.text, secret) {
				t.Errorf("another browser is shown %s", secret)
			}
		}
	}
	journal, err := json.Marshal(p.tell("GET", "requests", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		quoted, _ := json.Marshal(secret)
		if strings.Contains(string(journal), strings.Trim(string(quoted), `"`)) {
			t.Errorf("the journal has %s", secret)
		}
	}
	if !strings.Contains(string(journal), `"plain":"***"`) || !strings.Contains(string(journal), `"encryptBody":"***"`) {
		t.Errorf("the journal does not say what was done: %s", journal)
	}
}
