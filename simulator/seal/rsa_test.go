package seal_test

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/seal"
)

// recorded reads a file from OpenSSL. testdata/openssl/make.sh makes it.
func recorded(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile("testdata/openssl/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

func payloadKey(tb testing.TB, env string) *rsa.PrivateKey {
	tb.Helper()
	key, err := fixtures.PayloadKey(env)
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

// sealRaw is textbook RSA of a padded block.
func sealRaw(key *rsa.PublicKey, padded []byte) string {
	c := new(big.Int).Exp(new(big.Int).SetBytes(padded), big.NewInt(int64(key.E)), key.N)
	return base64.StdEncoding.EncodeToString(c.FillBytes(make([]byte, key.Size())))
}

// pad is the padding of PKCS #1 v1.5, RFC 8017 section 7.2.1: 00, the type 02, bytes that are not
// zero, 00, the text.
func pad(size int, text string) []byte {
	padded := bytes.Repeat([]byte{0xA5}, size)
	padded[0], padded[1], padded[size-len(text)-1] = 0, 2, 0
	copy(padded[size-len(text):], text)
	return padded
}

func b64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func TestOpenAuth(t *testing.T) {
	t.Parallel()
	key := payloadKey(t, "sandbox")
	longest := strings.Repeat("x", 183) // 245 bytes of base64, the limit of PKCS #1
	for name, c := range map[string]struct{ data, want string }{
		"OpenSSL":      {recorded(t, "auth.txt"), strings.TrimSuffix(recorded(t, "auth.json"), "\n")},
		"by hand":      {sealRaw(&key.PublicKey, pad(256, b64(`{"UserName":"a"}`))), `{"UserName":"a"}`},
		"longest":      {sealRaw(&key.PublicKey, pad(256, b64(longest))), longest},
		"not JSON":     {sealRaw(&key.PublicKey, pad(256, b64("hello"))), "hello"},
		"nothing":      {sealRaw(&key.PublicKey, pad(256, "")), ""},
		"line breaks":  {"\r\n" + recorded(t, "auth.txt") + "\n", strings.TrimSuffix(recorded(t, "auth.json"), "\n")},
		"wrapped":      {wrap(recorded(t, "auth.txt")), strings.TrimSuffix(recorded(t, "auth.json"), "\n")},
		"leading zero": {leadingZero(t, key), "a"},
		// As many line breaks as there is text are allowed.
		"as long as allowed": {recorded(t, "auth.txt") + strings.Repeat("\n", 344),
			strings.TrimSuffix(recorded(t, "auth.json"), "\n")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := seal.OpenAuth(key, c.data)
			if err != nil || string(got) != c.want {
				t.Errorf("opened %q, %v, want %q", got, err, c.want)
			}
		})
	}
}

func wrap(text string) string {
	var lines strings.Builder
	for len(text) > 76 {
		lines.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	return lines.String() + text
}

// leadingZero finds a sealed block that begins with zero bits, which must be kept.
func leadingZero(t *testing.T, key *rsa.PrivateKey) string {
	t.Helper()
	padded := pad(256, b64("a"))
	for n := range 255 * 255 {
		padded[2], padded[3] = byte(n%255+1), byte(n/255+1)
		if data := sealRaw(&key.PublicKey, padded); strings.HasPrefix(data, "AA") { // twelve bits
			return data
		}
	}
	t.Fatal("no block begins with zero")
	return ""
}

// unopenable are blocks under the sandbox's key that must all be refused with the same error.
func unopenable(tb testing.TB) map[string]string {
	tb.Helper()
	key := &payloadKey(tb, "sandbox").PublicKey
	other := &payloadKey(tb, "production").PublicKey
	good := recorded(tb, "auth.txt")
	block, err := base64.StdEncoding.DecodeString(good)
	if err != nil {
		tb.Fatal(err)
	}
	change := func(at int, to byte) string {
		padded := pad(256, b64("{}"))
		padded[at] = to
		return sealRaw(key, padded)
	}
	unseparated := bytes.Repeat([]byte{0xA5}, 256)
	unseparated[0], unseparated[1] = 0, 2
	return map[string]string{
		"nothing":              "",
		"no base64":            strings.Repeat("*", 344),
		"another key":          sealRaw(other, pad(256, b64("{}"))),
		"truncated":            base64.StdEncoding.EncodeToString(block[:255]),
		"truncated base64":     good[:343],
		"too long":             base64.StdEncoding.EncodeToString(append(bytes.Clone(block), 0)),
		"two blocks":           base64.StdEncoding.EncodeToString(append(bytes.Clone(block), block...)),
		"too many line breaks": good + strings.Repeat("\n", 345),
		"two megabytes":        strings.Repeat("A", 2<<20),
		"zero":                 base64.StdEncoding.EncodeToString(make([]byte, 256)),
		"the modulus":          base64.StdEncoding.EncodeToString(key.N.Bytes()),
		"more than it":         base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0xFF}, 256)),
		"block type 1":         change(1, 1),
		"first byte not 0":     change(0, 1),
		"no separator":         sealRaw(key, unseparated),
		"seven bytes of noise": change(9, 0),
		"padding over garbage": sealRaw(key, pad(256, "\x00\xff garbage {}")),
		"JSON, not base64":     sealRaw(key, pad(256, `{"UserName":"a"}`)),
		"half a base64":        sealRaw(key, pad(256, b64("{}")[:3])),
	}
}

func TestBlocksThatDoNotOpenHaveOneError(t *testing.T) {
	t.Parallel()
	key := payloadKey(t, "sandbox")
	for name, data := range unopenable(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Not errors.Is, as a wrapping error would reveal more.
			if got, err := seal.OpenAuth(key, data); err != seal.ErrOpen || got != nil { //nolint:errorlint // see above
				t.Errorf("opened %q, %v", got, err)
			}
		})
	}
	if _, err := seal.OpenAuth(payloadKey(t, "production"), recorded(t, "auth.txt")); !errors.Is(err, seal.ErrOpen) {
		t.Errorf("the production key on the sandbox's Data: %v", err)
	}
}

func TestOpenSecret(t *testing.T) {
	t.Parallel()
	key := payloadKey(t, "sandbox")
	if got, err := seal.OpenSecret(key, recorded(t, "password.txt")); err != nil || string(got) != "Testing@123" {
		t.Errorf("opened %q, %v", got, err)
	}
	for _, name := range []string{"nothing", "no base64", "another key", "truncated", "zero", "no separator"} {
		//nolint:errorlint // an error around it would tell more
		if got, err := seal.OpenSecret(key, unopenable(t)[name]); err != seal.ErrOpen || got != nil {
			t.Errorf("%s: opened %q, %v", name, got, err)
		}
	}
}

// The AppKeys of the public vectors. The first is in base64, as its client writes it.
func TestAppKeys(t *testing.T) {
	t.Parallel()
	key := payloadKey(t, "sandbox")
	const raw, text = "fao1PoKaLgd11xMrWTiL2cggAfx9QMwM", "UzNpakNTZTFpN3FlcVM4OHpwZXRCdEZkb215amgzOUM="
	for _, c := range []struct{ inside, want string }{
		{raw, raw},
		{text, "S3ijCSe1i7qeqS88zpetBtFdomyjh39C"},
		{"sixteen bytes  .", "sixteen bytes  ."},
		{"short", ""},
		{"", ""},
		{b64("of no length that AES has"), ""},
	} {
		got, err := seal.OpenAppKey(key, sealRaw(&key.PublicKey, pad(256, c.inside)))
		if string(got) != c.want || (err == nil) != (c.want != "") {
			t.Errorf("OpenAppKey of %q = %q, %v, want %q", c.inside, got, err, c.want)
		}
	}
	if _, err := seal.OpenAppKey(key, "AAAA"); !errors.Is(err, seal.ErrOpen) {
		t.Errorf("OpenAppKey of no block: %v", err)
	}
	for in, want := range map[string]int{text: 32, b64(raw[:16]): 16, b64(raw[:24]): 24, b64(raw[:31]): 0, "": 0, "*": 0,
		b64(raw + "x"): 0} {
		got, err := seal.ParseAppKey(in)
		if len(got) != want || (err == nil) != (want > 0) || err != nil && !errors.Is(err, seal.ErrOpen) {
			t.Errorf("ParseAppKey(%q) has %d bytes, %v, want %d", in, len(got), err, want)
		}
	}
}

// Every input is opened or returns ErrOpen. A text that Go's encryption sealed is opened.
func FuzzOpenAuth(f *testing.F) {
	key := payloadKey(f, "sandbox")
	f.Add(recorded(f, "auth.txt"))
	for _, data := range unopenable(f) {
		if len(data) < 2000 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data string) {
		//nolint:errorlint // nothing may be around it
		if got, err := seal.OpenAuth(key, data); err != nil && (err != seal.ErrOpen || got != nil) {
			t.Errorf("%q and %v", got, err)
		}
		if len(data) > 183 {
			data = data[:183]
		}
		//nolint:staticcheck // what clients do
		block, err := rsa.EncryptPKCS1v15(rand.Reader, &key.PublicKey, []byte(b64(data)))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := seal.OpenAuth(key, b64(string(block))); err != nil || string(got) != data {
			t.Errorf("sealed %q, opened %q, %v", data, got, err)
		}
	})
}
