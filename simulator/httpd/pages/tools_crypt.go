package pages

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/seal"
)

// resultView is the result of a tool.
type resultView struct{ Title, Text, Next string }

// sampleLogin is the login document to start from.
const sampleLogin = `{"UserName":"","Password":"","AppKey":"","ForceRefreshAccessToken":false}`

// toolForm is the form of a tool. Its fields may hold long texts.
func (v *visit) toolForm(path string, fields []layout.Field, buttons ...layout.Button) *layout.Form {
	form := v.form(path, fields, buttons...)
	form.Class, form.Long = "tool", true
	return form
}

// crypts are the parts of Encrypt and Decrypt, each with its button, in the order of a login and a call.
var crypts = []struct {
	name, button, title, about string
	fields                     []layout.Field
	do                         func(*visit, url.Values) (resultView, error)
}{
	{
		"makeAppKey", "Make an AppKey", "1. AppKey",
		"32 random bytes in base64. Each login is sent with one, under which its answer comes back.", nil, makeAppKey,
	}, {
		"encryptLogin", "Encrypt the login", "2. Login",
		"The document of a login, encrypted under the public key: the Data of POST /eivital/v1.04/auth.",
		[]layout.Field{area("login", "Login document", "JSON of at most 183 bytes; its AppKey is base64 of 32 bytes", 4)},
		encryptLogin,
	}, {
		"decryptSek", "Decrypt the Sek", "3. Session key",
		"The answer's Sek, decrypted under the AppKey: the session key of all other calls.",
		[]layout.Field{area("sealedSek", "Sek", "In base64, or the whole answer of the login", 3),
			area("appKey", "AppKey", "That the login was sent with, in base64", 2)}, decryptSek,
	}, {
		"encryptBody", "Encrypt the body", "4. Request", "A body, encrypted under the SEK: the Data of a POST.",
		[]layout.Field{area("sek", "SEK", "The session key, decrypted, in base64", 2),
			area("plain", "Body", "JSON, such as an invoice", 6)}, encryptBody,
	}, {
		"decryptData", "Decrypt the Data", "5. Answer", "The Data of an answer or a request, decrypted under the SEK above.",
		[]layout.Field{area("data", "Data", "In base64, or the whole answer", 6)}, decryptData,
	},
}

func area(name, label, hint string, rows int) layout.Field {
	return layout.Field{Name: name, Label: label, Kind: layout.Area, Hint: hint, Rows: rows}
}

func cryptPage(v *visit) (layout.Page, error) {
	var fields []layout.Field
	for _, part := range crypts {
		fields = append(fields, layout.Field{Kind: layout.Part, Label: part.title, Hint: part.about})
		fields = append(fields, part.fields...)
		fields = append(fields, layout.Field{Kind: layout.Press,
			Buttons: []layout.Button{{Text: part.button, Name: part.name}}})
	}
	for i := range fields {
		if fields[i].Name == "login" {
			fields[i].Value = sampleLogin
		}
	}
	return layout.Page{Title: "Encrypt and Decrypt", Name: "tool-encrypt", Form: v.toolForm("/tools/encrypt", fields)}, nil
}

// crypt does what the pressed button is for. Only the browser that sent the form is shown what was pasted; the
// journal masks it.
func crypt(v *visit, typed url.Values, _ map[string]httpd.File) (any, error) {
	for _, part := range crypts {
		if typed.Has(part.name) {
			result, err := part.do(v, typed)
			if err != nil {
				return nil, err
			}
			return result, nil
		}
	}
	return nil, httpd.MalformedField("button", "must be one of the form's buttons")
}

// makeAppKey makes a key and fills it in where it is needed next: in the field AppKey and in the login document. In
// the document it replaces the former key, but only a valid one: a single letter would be replaced everywhere.
func makeAppKey(v *visit, typed url.Values) (resultView, error) {
	key := encoded(v.call.World.Dice.Stream("appkey").Bytes(32))
	login := typed.Get("login")
	if strings.TrimSpace(login) == "" || login == sampleLogin {
		login = strings.Replace(sampleLogin, `"AppKey":""`, `"AppKey":"`+key+`"`, 1)
	} else if former, err := readKey("appKey", "AppKey", typed); err == nil {
		login = strings.Replace(login, encoded(former), key, 1)
	}
	typed.Set("login", login)
	typed.Set("appKey", key)
	return resultView{"AppKey", key, "It is filled in below. Complete the login document."}, nil
}

// longestLogin is how many bytes a login document may have: a key of 2048 bits encrypts 245 bytes of base64.
const longestLogin = 183

func encryptLogin(v *visit, typed url.Values) (resultView, error) {
	document := typedJSON(typed, "login")
	if err := checkJSON("login", document); err != nil {
		return resultView{}, err
	}
	if len(document) > longestLogin {
		return resultView{}, toolFail("login", "too-long",
			fmt.Sprintf("This has %d bytes. At most %d fit under the public key; leave out blanks, and members that NIC "+
				"does not ask for.", len(document), longestLogin))
	}
	key, err := fixtures.PayloadKey(string(v.site.env))
	if err != nil {
		return resultView{}, err
	}
	data, err := seal.CloseAuth(&key.PublicKey, []byte(document), v.call.World.Dice.Stream("padding"))
	return resultView{"Data of the login", data, `Send it as {"Data":"…"}, and paste the answer below.`}, err
}

func decryptSek(_ *visit, typed url.Values) (resultView, error) {
	key, err := readKey("appKey", "AppKey", typed)
	if err != nil {
		return resultView{}, err
	}
	sek, err := decrypted("sealedSek", "Sek", "AppKey", key, typed)
	if err != nil {
		return resultView{}, err
	}
	if len(sek) != keySize {
		return resultView{}, toolFail("sealedSek", "wrong-key",
			"The decrypted text is not a key of 32 bytes: it was encrypted under another AppKey, or is not a Sek.")
	}
	typed.Set("sek", encoded(sek))
	return resultView{"SEK", encoded(sek), "It is filled in below, for requests and answers."}, nil
}

func encryptBody(_ *visit, typed url.Values) (resultView, error) {
	key, err := readKey("sek", "SEK", typed)
	if err != nil {
		return resultView{}, err
	}
	body := typedJSON(typed, "plain")
	if err := checkJSON("plain", body); err != nil {
		return resultView{}, err
	}
	data, err := seal.Encrypt(key, []byte(body))
	return resultView{"Data", data, `Send it as {"Data":"…"}.`}, err
}

func decryptData(_ *visit, typed url.Values) (resultView, error) {
	key, err := readKey("sek", "SEK", typed)
	if err != nil {
		return resultView{}, err
	}
	plain, err := decrypted("data", "Data", "SEK", key, typed)
	if err != nil {
		return resultView{}, err
	}
	// The e-way bill system encodes its documents in base64 before it encrypts them.
	if inner, err := base64.StdEncoding.DecodeString(string(plain)); err == nil && json.Valid(inner) {
		plain = inner
	}
	if !json.Valid(plain) {
		return resultView{}, toolFail("data", "wrong-key",
			"The decrypted text is not JSON: it was encrypted under another SEK.")
	}
	return resultView{"Decrypted", layout.PrettyJSON(plain), ""}, nil
}

// typedJSON returns what was typed, with line breaks as they were before the browser sent them.
func typedJSON(typed url.Values, field string) string {
	return strings.TrimSpace(strings.ReplaceAll(typed.Get(field), "\r\n", "\n"))
}

func checkJSON(field, text string) error {
	switch {
	case text == "":
		return toolFail(field, "missing", "This is needed.")
	case !json.Valid([]byte(text)):
		return toolFail(field, "not-json", "This is not JSON.")
	}
	return nil
}

// keySize is the size of an AppKey and of a SEK, in bytes.
const keySize = 32

func readKey(field, label string, typed url.Values) ([]byte, error) {
	key, err := readBase64(field, label, typed.Get(field))
	if err == nil && len(key) != keySize {
		err = toolFail(field, "not-32-bytes", fmt.Sprintf("%s has %s, not 32.", label, count.Of(len(key), "byte")))
	}
	return key, err
}

func readBase64(field, label, text string) ([]byte, error) {
	if text = unbroken(text); text == "" {
		return nil, toolFail(field, "missing", label+" is needed.")
	}
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, toolFail(field, "not-base64", label+" is not base64. Was all of it copied?")
	}
	return b, nil
}

// blockSize is the size of an AES block, in bytes.
const blockSize = 16

// decrypted decrypts a field. The field may hold a whole answer with a member of the field's label.
func decrypted(field, label, keyLabel string, key []byte, typed url.Values) ([]byte, error) {
	text := typed.Get(field)
	if wrapped(text) {
		answer, ok := objectIn([]byte(text))
		if !ok {
			return nil, toolFail(field, "not-json", "This begins like JSON and is not JSON. Was all of it copied?")
		}
		if inner, ok := objectIn(answer.member("Data")); ok && label != "Data" {
			answer = inner
		}
		if text = answer.text(label); text == "" {
			return nil, toolFail(field, "missing", "This answer has no "+label+" that is a string.")
		}
	}
	sealed, err := readBase64(field, label, text)
	if err != nil {
		return nil, err
	}
	if len(sealed)%blockSize != 0 {
		return nil, toolFail(field, "not-whole",
			fmt.Sprintf("%s has %s. An encrypted text has a multiple of %d. Was all of it copied?", label,
				count.Of(len(sealed), "byte"), blockSize))
	}
	plain, err := seal.Decrypt(key, encoded(sealed))
	if err != nil {
		return nil, toolFail(field, "wrong-key", label+" cannot be decrypted with this "+keyLabel+".")
	}
	return plain, nil
}

func encoded(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// toolFail refuses what was pasted, without repeating it.
func toolFail(field, code, message string) error {
	return httpd.Refuse(http.StatusUnprocessableEntity, "value-invalid", "This cannot be used", message,
		httpd.FieldError{Field: field, Code: code, Message: message})
}
