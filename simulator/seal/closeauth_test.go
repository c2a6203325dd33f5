package seal_test

import (
	"bytes"
	"crypto/rsa"
	"encoding/base64"
	"io"
	"math/big"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/seal"
)

// endless returns 0 and 1 in turns, so that the padding has to skip the zeros.
type endless struct{ n byte }

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = e.n % 2
		e.n++
	}
	return len(b), nil
}

// Go's decryption opens the sealed text. The same random bytes give the same sealed text.
func TestCloseAuth(t *testing.T) {
	t.Parallel()
	key := payloadKey(t, "sandbox")
	for _, n := range []int{0, 1, 144, 183} {
		document := strings.Repeat("x", n)
		data, err := seal.CloseAuth(&key.PublicKey, []byte(document), &endless{})
		if err != nil {
			t.Fatal(err)
		}
		block, err := base64.StdEncoding.DecodeString(data)
		if err != nil || len(block) != 256 {
			t.Fatalf("%d bytes: %q, %v", n, data, err)
		}
		//nolint:staticcheck // NIC's choice, see the package comment
		got, err := rsa.DecryptPKCS1v15(nil, key, block)
		if err != nil || string(got) != b64(document) {
			t.Errorf("%d bytes opened to %q, %v", n, got, err)
		}
		if again, _ := seal.CloseAuth(&key.PublicKey, []byte(document), &endless{}); again != data {
			t.Errorf("%d bytes sealed to something else the second time", n)
		}
		if other, _ := seal.CloseAuth(&key.PublicKey, []byte(document),
			bytes.NewReader(bytes.Repeat([]byte{7}, 256))); other == data {
			t.Errorf("%d bytes sealed to the same with other chance", n)
		}
	}
	if data, err := seal.CloseAuth(&key.PublicKey, make([]byte, 184), &endless{}); err == nil {
		t.Errorf("184 bytes sealed to %q", data)
	}
	if data, err := seal.CloseAuth(&key.PublicKey, nil, io.LimitReader(&endless{}, 10)); err == nil {
		t.Errorf("without chance it sealed to %q", data)
	}
}

// The longest text leaves 8 bytes of padding, which PKCS #1 requires. Only a key of an odd size has room for just that.
func TestCloseAuthLeavesEightBytes(t *testing.T) {
	t.Parallel()
	odd := &rsa.PublicKey{N: new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 259*8-1), big.NewInt(1)), E: 65537}
	if _, err := seal.CloseAuth(odd, make([]byte, 186), &endless{}); err != nil { // 248 bytes of base64, and 11
		t.Error(err)
	}
	if data, err := seal.CloseAuth(odd, make([]byte, 187), &endless{}); err == nil {
		t.Errorf("187 bytes sealed to %q", data)
	}
}
