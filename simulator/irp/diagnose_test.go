package irp_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// diagnosis is a refused request, and what is said of it.
type diagnosis struct {
	code  string
	of    irp.Evidence
	cause string
}

func (d diagnosis) check(t *testing.T, i irp.IRP) {
	t.Helper()
	if got := i.Diagnose(t.Context(), d.code, d.of).Cause.Text; got != d.cause {
		t.Errorf("%s: %q; want %q", d.code, got, d.cause)
	}
}

// A header that is missing is looked for under other names. Names are shortened, and so is their list.
func TestDiagnoseHeaders(t *testing.T) {
	i, _, _ := portal(t)
	names := func(n int) []string { return strings.Fields(strings.Repeat("A ", n)) }
	long := strings.Repeat("n", 64)
	for _, d := range []diagnosis{
		{"1004", irp.Evidence{}, "The header Gstin is missing; the request has none."},
		{"1004", irp.Evidence{Names: []string{"Gst-In", "A"}},
			"The header Gstin is missing; the header Gst-In came instead."},
		{"1004", irp.Evidence{Names: []string{"A", "X-Gstin"}},
			"The header Gstin is missing; the header X-Gstin came instead."},
		{"1004", irp.Evidence{Names: []string{"gstin"}}, "The header Gstin is empty."},
		{"1004", irp.Evidence{Names: []string{"A b", "C\x1fd"}},
			"The header Gstin is missing; the request has A b, C?d."},
		{"1004", irp.Evidence{Names: []string{long, long + "o"}},
			"The header Gstin is missing; the request has " + long + ", " + long + "…."},
		{"1004", irp.Evidence{Names: names(8)},
			"The header Gstin is missing; the request has A, A, A, A, A, A, A, A."},
		{"1004", irp.Evidence{Names: names(9)},
			"The header Gstin is missing; the request has A, A, A, A, A, A, A, A, …."},
	} {
		d.check(t, i)
	}
	for code, remedy := range map[string]string{"1004": "Send Gstin.", "1011": "Send client_id or client-id."} {
		if got := i.Diagnose(t.Context(), code, irp.Evidence{}).Remedy; got != remedy {
			t.Errorf("%s: %q; want %q", code, got, remedy)
		}
	}
}

// A login that cannot be read is explained by what its Data is, or holds.
func TestDiagnoseLogin(t *testing.T) {
	i, key, _ := portal(t)
	text := base64.StdEncoding.EncodeToString
	login := func(plain string) irp.Evidence { return irp.Evidence{Data: closed(t, key, plain)} }
	appKey := func(key string) irp.Evidence { return login(`{"AppKey":"` + key + `"}`) }
	const asItIs, inHex, encoded = " characters as they are; base64 of 32 bytes is expected.",
		" bytes in hexadecimal; base64 is expected.", "AppKey is base64 of "
	const notEncrypted = "Data is JSON that is not encrypted."
	for _, d := range []diagnosis{
		{"1013", irp.Evidence{Data: text(make([]byte, 512))},
			"Data has 2 blocks of the public key; a login has one."},
		{"1013", irp.Evidence{Data: text(make([]byte, 300))}, "Data has 300 bytes; under the public key it has 256."},
		{"1013", irp.Evidence{Data: "\n"}, "Data has 0 bytes; under the public key it has 256."},
		{"1013", irp.Evidence{Data: "{}"}, notEncrypted},
		{"1013", irp.Evidence{Data: "[1]"}, notEncrypted},
		{"1013", irp.Evidence{Data: "1234"}, "Data has 3 bytes; under the public key it has 256."},
		{"1013", irp.Evidence{Data: text([]byte(text(make([]byte, 16))))},
			"Data is base64 of base64: it was encoded twice."},
		{"1013", irp.Evidence{Data: text([]byte(text(make([]byte, 15))))},
			"Data has 20 bytes; under the public key it has 256."},
		{"1013", irp.Evidence{Data: "AAAAA==="},
			"Data is not base64: of its 8 characters, the one at position 6 is not in the alphabet."},
		{"1013", irp.Evidence{Data: "AAAAAA="}, "Data is base64 that ends early, after 7 characters."},
		{"1013", irp.Evidence{Data: "AAAA*"},
			"Data is not base64: of its 5 characters, the one at position 5 is not in the alphabet."},
		{"1007", login(`[1]`), "Data opens to a JSON array where an object is expected."},
		{"1016", appKey(""), "AppKey is missing or empty."},
		{"1016", appKey(strings.Repeat("!", 16)), "AppKey is 16" + asItIs},
		{"1016", appKey(strings.Repeat("!", 24)), "AppKey is 24" + asItIs},
		{"1016", appKey(strings.Repeat("!", 32)), "AppKey is 32" + asItIs},
		{"1016", appKey(strings.Repeat("!", 20)), "AppKey is 20 characters that are not base64."},
		{"1016", appKey(strings.Repeat("0f", 16)), "AppKey is 16" + inHex},
		{"1016", appKey(strings.Repeat("0f", 24)), "AppKey is 24" + inHex},
		{"1016", appKey(strings.Repeat("0f", 32)), "AppKey is 32" + inHex},
		{"1016", appKey(strings.Repeat("0f", 8)), encoded + "12 bytes; 32 bytes are expected."},
		{"1016", appKey(text(make([]byte, 31))), encoded + "31 bytes; 32 bytes are expected."},
	} {
		d.check(t, i)
	}
}

// Of the blocks with OAEP padding, one in some hundred opens with PKCS #1 v1.5 too: its second byte is 2 by chance.
func TestDiagnoseOAEPThatOpens(t *testing.T) {
	i, key, _ := portal(t)
	for range 20_000 {
		block, err := rsa.EncryptOAEP(sha256.New(), rand.Reader, &key.PublicKey, []byte("e30="), nil)
		if err != nil {
			t.Fatal(err)
		}
		data := base64.StdEncoding.EncodeToString(block)
		if _, err := seal.OpenSecret(key, data); err == nil {
			diagnosis{"1013", irp.Evidence{Data: data}, "Data was encrypted with OAEP padding (SHA-256), not PKCS #1 v1.5."}.
				check(t, i)
			return
		}
	}
	t.Error("no block opens")
}

// A request that cannot be read is explained by its body or by what its Data opens to.
func TestDiagnoseData(t *testing.T) {
	i, _, counts := portal(t)
	sek := []byte("0123456789abcdef0123456789abcdef")
	err := counts.Store.Update(t.Context(), func(tx store.Tx) error {
		return tx.PutToken(store.Token{Value: "token", Environment: nic.Sandbox, ClientID: clientID,
			Username: caller.UserName, GSTIN: gstin, SEK: sek[:16], AppKeys: [][]byte{sek}})
	})
	if err != nil {
		t.Fatal(err)
	}
	under := func(key []byte, plain string) irp.Evidence {
		data, err := seal.Encrypt(key, []byte(plain))
		if err != nil {
			t.Fatal(err)
		}
		return irp.Evidence{Headers: irp.Headers{AuthToken: "token"}, Data: data}
	}
	for _, d := range []diagnosis{
		{"5003", irp.Evidence{Body: []byte("a=b")}, "The body is not JSON: 3 bytes, as of a form."},
		{"5003", irp.Evidence{Body: []byte("=b")}, "The body is not JSON: 2 bytes."},
		{"5003", irp.Evidence{Body: []byte("{a=b")}, "The body is not JSON: 4 bytes."},
		{"5003", irp.Evidence{Body: []byte(`[1]`)}, "The body is a JSON array where an object is expected."},
		{"5003", irp.Evidence{Body: []byte(`{"data":1}`)}, "Data is a JSON number where text is expected."},
		{"5002", irp.Evidence{Body: []byte(`{"data":1}`)}, "Data is a JSON number where text is expected."},
		{"5002", irp.Evidence{Body: []byte(`{"data":1}`), Data: "x"}, ""},
		{"5002", irp.Evidence{Body: []byte(`{"data":1}`), Request: []byte(" ")}, ""},
		{"5002", irp.Evidence{Data: "x", Request: []byte("{}")}, ""},
		{"5002", irp.Evidence{Data: "x", Request: []byte("[]")}, "Data opens to a JSON array where an object is expected."},
		{"5002", irp.Evidence{Data: "x", Request: []byte("e30=")}, "Data opens to base64 of JSON where JSON is expected."},
		{"1020", under(sek, "{}"), "Data was encrypted under the AppKey of the login, not under its SEK."},
		{"1020", under(sek, "\x01{}"), "Data has 16 bytes, and opens under no key of this user."},
		{"1020", under(sek, ""), "Data has 16 bytes, and opens under no key of this user."},
	} {
		d.check(t, i)
	}
}

// A token keeps the last three AppKeys of its logins, so that the journal can name one that was used in place of the
// SEK. A login with the newest one again keeps the others.
func TestAppKeysOfAToken(t *testing.T) {
	for logins, want := range map[string]string{"abbbb": "ba", "aba": "aba", "abcde": "edc"} {
		i, key, counts := portal(t)
		for _, letter := range logins {
			appKey := base64.StdEncoding.EncodeToString([]byte(strings.Repeat(string(letter), 32)))
			plain := `{"UserName":"dakshin_api","Password":"Testing@123","AppKey":"` + appKey + `"}`
			if _, _, err := i.Authenticate(t.Context(), caller, loginData(closed(t, key, plain))); err != nil {
				t.Fatal(err)
			}
		}
		var kept strings.Builder
		err := counts.Store.View(t.Context(), func(r store.Reader) error {
			token, err := r.TokenOf(nic.Sandbox, clientID, "dakshin_api")
			for _, appKey := range token.AppKeys {
				kept.WriteByte(appKey[0])
			}
			return err
		})
		if err != nil || kept.String() != want {
			t.Errorf("logins with %s keep %s, %v; want %s", logins, kept.String(), err, want)
		}
	}
}

// closed is a login as v1.04 has it.
func closed(t *testing.T, key *rsa.PrivateKey, plain string) string {
	t.Helper()
	data, err := seal.CloseAuth(&key.PublicKey, []byte(plain), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
