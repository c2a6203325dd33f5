//go:build pact

package client_test

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net/http"
	"testing"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
)

// Sealed data differs in each run: the padding of a login is random, and the key of a document changes with each login.
// So the pact has only the form of an answer, and data that a provider must open comes from its states, which have
// logged in and know the key. The examples are real, though: they are sealed under the first public pair of AppKey and
// Sek, and the client sends and reads them.

// wholeBlocks matches base64 of one or more whole blocks of AES.
const wholeBlocks = `^([0-9A-Za-z+/]{64})*([0-9A-Za-z+/]{22}==|[0-9A-Za-z+/]{43}=|[0-9A-Za-z+/]{64})$`

// oneRSABlock matches base64 of 256 bytes.
const oneRSABlock = `^[0-9A-Za-z+/]{342}==$`

// aSealedLogin is the Data of an auth call. No client can send the example: the padding is random.
func aSealedLogin(t *testing.T, name string, who client.Credentials) any {
	t.Helper()
	document, err := json.Marshal(struct {
		UserName, Password      string
		AppKey                  []byte
		ForceRefreshAccessToken bool
	}{who.Username, who.Password, []byte(publicSEKs[0].appKey), false})
	if err != nil {
		t.Fatal(err)
	}
	v := fromState("${"+name+"}", sealedLogin(t, document))
	v.Matching, v.Rule = "regex", oneRSABlock
	return v
}

// sealedLogin seals with plain arithmetic, RFC 8017, 7.2.1, and padding that does not vary.
func sealedLogin(t *testing.T, document []byte) string {
	t.Helper()
	text, err := fixtures.PayloadPublicPEM("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		t.Fatalf("the payload key is a %T", parsed)
	}
	message := b64(string(document))
	padded := append([]byte{0, 2}, bytes.Repeat([]byte{0x5a}, key.Size()-3-len(message))...)
	padded = append(append(padded, 0), message...)
	sealed := new(big.Int).Exp(new(big.Int).SetBytes(padded), big.NewInt(int64(key.E)), key.N)
	return base64.StdEncoding.EncodeToString(sealed.FillBytes(make([]byte, key.Size())))
}

// aSealedDocument is the Data of a call under a token. The client must seal exactly this.
func aSealedDocument(t *testing.T, name, document string) any {
	t.Helper()
	return fromState("${"+name+"}", ecb(t, "seal", firstSEK(t), document))
}

// sealedAs is a good answer whose Data is under the key of the login.
func sealedAs(t *testing.T, document any) answered {
	t.Helper()
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return good(http.StatusOK, map[string]any{
		"Status": 1, "Data": matchers.Regex(ecb(t, "seal", firstSEK(t), string(text)), wholeBlocks),
	})
}
