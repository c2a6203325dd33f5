package pages

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/look"
	"github.com/nicsim/nicsim/simulator/seal"
)

// resultView is what a tool worked out.
type resultView struct{ Title, Text string }

// sampleLogin is where a login's document begins.
const sampleLogin = `{"UserName":"","Password":"","AppKey":"","ForceRefreshAccessToken":false}`

func (v *visit) toolForm(path, name, button string, fields ...look.Field) *look.Form {
	fields = append([]look.Field{{Name: which, Kind: look.Hidden, Value: name}}, fields...)
	return &look.Form{Action: path, Token: v.token(), Class: name, Fields: fields, Buttons: []look.Button{{Text: button}}}
}

func cryptPage(v *visit) (look.Page, error) {
	const path = "/tools/encrypt"
	key := func(name, label, hint string) look.Field {
		return look.Field{Name: name, Label: label, Kind: look.Text, Code: true, Autocomplete: "off", Hint: hint}
	}
	area := func(name, label, hint string) look.Field {
		return look.Field{Name: name, Label: label, Kind: look.Area, Hint: hint}
	}
	document := area("login", "Login document", "JSON; its AppKey is base64 of 32 bytes")
	document.Value = sampleLogin
	return look.Page{
		Title: "Encrypt and Decrypt", Name: "tool-encrypt",
		More: []*look.Form{
			v.toolForm(path, "appkey", "Make an AppKey"),
			v.toolForm(path, "login", "Encrypt the login", document),
			v.toolForm(path, "sek", "Decrypt the Sek",
				key("sealedSek", "Sek", "As the login's answer has it, base64"),
				key("appKey", "AppKey", "That the login was sent with, base64")),
			v.toolForm(path, "encrypt", "Encrypt the body",
				area("plain", "Body", "JSON, such as an invoice"), key("sek", "SEK", "Decrypted, base64 of 32 bytes")),
			v.toolForm(path, "decrypt", "Decrypt the Data",
				area("data", "Data", "Of a request or an answer, base64"), key("dataSek", "SEK of the Data", "Decrypted, base64 of 32 bytes")),
		},
	}, nil
}

// crypt does what the pressed form is for. What was pasted is given back to who pasted it, and to
// nobody else: the journal hides it.
func crypt(v *visit, typed url.Values, _ map[string][]byte) (any, error) {
	switch typed.Get(which) {
	case "appkey":
		return resultView{"AppKey", encoded(v.call.World.Dice.Stream("appkey").Bytes(32))}, nil
	case "login":
		return v.encryptLogin(typed.Get("login"))
	case "sek":
		key, err := readKey("appKey", typed.Get("appKey"))
		if err != nil {
			return nil, err
		}
		sek, err := decrypted("sealedSek", key, typed.Get("sealedSek"))
		return resultView{"SEK", encoded(sek)}, err
	case "encrypt":
		key, err := readKey("sek", typed.Get("sek"))
		if err != nil {
			return nil, err
		}
		if !json.Valid([]byte(typed.Get("plain"))) {
			return nil, toolFail("plain", "This is no JSON.")
		}
		data, err := seal.Encrypt(key, []byte(typed.Get("plain")))
		return resultView{"Data", data}, err
	case "decrypt":
		key, err := readKey("dataSek", typed.Get("dataSek"))
		if err != nil {
			return nil, err
		}
		plain, err := decrypted("data", key, typed.Get("data"))
		return resultView{"Decrypted", prettyJSON(plain)}, err
	}
	return nil, toolFail(which, "Press one of the buttons.")
}

func (v *visit) encryptLogin(document string) (any, error) {
	if !json.Valid([]byte(document)) {
		return nil, toolFail("login", "This is no JSON.")
	}
	key, err := fixtures.PayloadKey(string(v.site.env))
	if err != nil {
		return nil, err
	}
	data, err := seal.CloseAuth(&key.PublicKey, []byte(document), v.call.World.Dice.Stream("padding"))
	if err != nil {
		return nil, toolFail("login", "This is too long for one block of the key.")
	}
	return resultView{"Data", data}, nil
}

func readKey(field, text string) ([]byte, error) {
	key, err := seal.ParseAppKey(strings.TrimSpace(text))
	if err != nil || len(key) != 32 {
		return nil, toolFail(field, "This is not the base64 of 32 bytes.")
	}
	return key, nil
}

func decrypted(field string, key []byte, sealed string) ([]byte, error) {
	plain, err := seal.Decrypt(key, strings.TrimSpace(sealed))
	if errors.Is(err, seal.ErrOpen) {
		return nil, toolFail(field, "This does not open under that key: it is no base64, not whole, or sealed under another.")
	}
	return plain, err
}

func encoded(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// prettyJSON writes JSON over lines; what is none stays as it is.
func prettyJSON(text []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, text, "", "  ") != nil {
		return string(text)
	}
	return out.String()
}

// toolFail refuses what was pasted, and says nothing of it.
func toolFail(field, message string) error {
	return &httpd.Fail{
		Status: http.StatusUnprocessableEntity, Code: "value-invalid", Title: "This cannot be used", Detail: message,
		Fields: []httpd.FieldError{{Field: field, Code: "value-invalid", Message: message}},
	}
}
