package seal_test

import (
	"bytes"
	"crypto/aes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/seal"
)

func unhex(tb testing.TB, text string) []byte {
	tb.Helper()
	data, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// Two answers of NIC to an auth call, in public code: the SEK under the AppKey.
var publicSEKs = []struct{ name, appKey, sealed, sek string }{
	{
		"Masters India's sample", "S3ijCSe1i7qeqS88zpetBtFdomyjh39C",
		"axAUznCA+e2bjnYbbLKjPxoY8rf5K+O9b/UGRIO8OrlQbQNZUaEvMN3l6k7rDFIE",
		"9560721ee48ad4efc1c4ca62d24f078fa1bc8255ada7d53b2bd17e1129502ff1",
	},
	{
		"Stack Overflow 63826701", "fao1PoKaLgd11xMrWTiL2cggAfx9QMwM",
		"oRvKfBtmgNTSuk/oXUhiLOjXi45jiWA2oKNxhhQM3UH2o/32YWGLbUjK1/dohPe3",
		"cd5a1e75eee6da79ef3077166087ca86bbec8a548511962296d266c554109c04",
	},
}

func TestPublicSEKs(t *testing.T) {
	t.Parallel()
	for _, c := range publicSEKs {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sek := unhex(t, c.sek)
			got, err := seal.Decrypt([]byte(c.appKey), c.sealed)
			if err != nil || !bytes.Equal(got, sek) {
				t.Errorf("SEK is %x, %v, want %s", got, err, c.sek)
			}
			if sealed, err := seal.Encrypt([]byte(c.appKey), sek); err != nil || sealed != c.sealed {
				t.Errorf("sealed %s, %v, want %s", sealed, err, c.sealed)
			}
		})
	}
}

// NIST SP 800-38A, F.1: ECB with keys of three lengths over the same four blocks.
func TestNISTVectors(t *testing.T) {
	t.Parallel()
	plain := unhex(t, "6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51"+
		"30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710")
	for _, c := range []struct{ key, sealed string }{
		{
			"2b7e151628aed2a6abf7158809cf4f3c",
			"3ad77bb40d7a3660a89ecaf32466ef97 f5d3d58503b9699de785895a96fdbaaf" +
				"43b1cd7f598ece23881b00e3ed030688 7b0c785e27e8ad3f8223207104725dd4",
		},
		{
			"8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
			"bd334f1d6e45f25ff712a214571fa5cc 974104846d0ad3ad7734ecb3ecee4eef" +
				"ef7afd2270e2e60adce0ba2face6444e 9a4b41ba738d6c72fb16691603c18e0e",
		},
		{
			"603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
			"f3eed1bdb5d2a03c064b5a7e3db181f8 591ccb10d410ed26dc5ba74a31362870" +
				"b6ed21b99ca6f4f9f153e7b1beafed1d 23304b7a39f9f3ff067d8d8f9e24ecc7",
		},
	} {
		sealed, err := seal.Encrypt(unhex(t, c.key), plain)
		if err != nil {
			t.Fatal(err)
		}
		got, err := base64.StdEncoding.DecodeString(sealed)
		if err != nil || len(got) != 80 || !bytes.Equal(got[:64], unhex(t, c.sealed)) {
			t.Errorf("key %s: sealed %x, %v, want %s and a block of padding", c.key, got, err, c.sealed)
		}
	}
}

// Made with: printf … | openssl enc -aes-256-ecb -K … -base64 -A
func TestOpenSSLVectors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ key, plain, sealed string }{
		{
			publicSEKs[0].sek, `{"Irn":"35054cc24d97033afc24f49ec4444dbab81f542c555f9d30359dc75794e06bbe"}`,
			"W994d5hCeZHoL1F0XFhNn7FnbwgVFE2yv+6NJk0+UHgi6uC4D2FG25XgKnt+da8AqBzRoiKhzQyVTbP2vksIO5xKK384aWzqnCrslbwk0Qc=",
		},
		{"2b7e151628aed2a6abf7158809cf4f3c", "AppKey of another length", "hyfuFNbjFr5BgYu3K11fCv4pYIuydQJ+FE8PhYiofd8="},
		{"8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b", "AppKey of another length",
			"c9Wtw+9QepxotDG9qG7g+7a4uuGVcVIigG97PFgVlv0="},
	} {
		if got, err := seal.Encrypt(unhex(t, c.key), []byte(c.plain)); err != nil || got != c.sealed {
			t.Errorf("%s sealed to %s, %v, want %s", c.plain, got, err, c.sealed)
		}
		if got, err := seal.Decrypt(unhex(t, c.key), c.sealed); err != nil || string(got) != c.plain {
			t.Errorf("%s opened to %q, %v", c.sealed, got, err)
		}
	}
}

// sealPadded seals blocks that are already padded, with Go's AES.
func sealPadded(tb testing.TB, key []byte, padded string) string {
	tb.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		tb.Fatal(err)
	}
	out := make([]byte, len(padded))
	for i := 0; i < len(padded); i += 16 {
		block.Encrypt(out[i:], []byte(padded[i:i+16]))
	}
	return base64.StdEncoding.EncodeToString(out)
}

func TestDecryptPadding(t *testing.T) {
	t.Parallel()
	key := []byte(publicSEKs[0].appKey)
	for name, c := range map[string]struct {
		padded, plain string
		refused       bool
	}{
		"one":                  {padded: "fifteen bytes..\x01", plain: "fifteen bytes.."},
		"fifteen":              {padded: "x" + strings.Repeat("\x0f", 15), plain: "x"},
		"a block of padding":   {padded: strings.Repeat("\x10", 16), plain: ""},
		"two blocks":           {padded: "sixteen bytes ..fourteen.bytes\x02\x02", plain: "sixteen bytes ..fourteen.bytes"},
		"text like padding":    {padded: "fourteen bytes\x01\x01", plain: "fourteen bytes\x01"},
		"zero":                 {padded: "fifteen bytes..\x00", refused: true},
		"seventeen":            {padded: strings.Repeat("\x11", 32), refused: true},
		"255":                  {padded: strings.Repeat("\xff", 16), refused: true},
		"none":                 {padded: "sixteen bytes ..", refused: true},
		"first byte differs":   {padded: "thirteen byte\x02\x03\x03", refused: true},
		"middle byte differs":  {padded: "thirteen byte\x03\x02\x03", refused: true},
		"first of a whole one": {padded: "\x0f" + strings.Repeat("\x10", 15), refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := seal.Decrypt(key, sealPadded(t, key, c.padded))
			if c.refused {
				if err != seal.ErrOpen || got != nil { //nolint:errorlint // an error around it would tell more
					t.Errorf("opened %q, %v", got, err)
				}
				return
			}
			if err != nil || string(got) != c.plain {
				t.Errorf("opened %q, %v, want %q", got, err, c.plain)
			}
		})
	}
}

func TestDecryptRefuses(t *testing.T) {
	t.Parallel()
	sealed := publicSEKs[0].sealed
	for name, data := range map[string]string{
		"nothing":           "",
		"no base64":         "*" + sealed[1:],
		"not whole blocks":  sealed[:60],
		"less than a block": "AAAA",
		"without its end":   sealed[:44] + "\n",
		"another key's":     publicSEKs[1].sealed,
	} {
		//nolint:errorlint // an error around it would tell more
		if got, err := seal.Decrypt([]byte(publicSEKs[0].appKey), data); err != seal.ErrOpen || got != nil {
			t.Errorf("%s: opened %q, %v", name, got, err)
		}
	}
}

// A key whose length AES does not have is a mistake of the caller, with an error of its own.
func TestKeyLengths(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 15, 17, 31, 33, 64} {
		_, sealing := seal.Encrypt(make([]byte, n), nil)
		_, opening := seal.Decrypt(make([]byte, n), publicSEKs[0].sealed)
		if sealing == nil || opening == nil || errors.Is(opening, seal.ErrOpen) {
			t.Errorf("%d bytes: %v, %v", n, sealing, opening)
		}
	}
}

func FuzzDecrypt(f *testing.F) {
	key := []byte(publicSEKs[0].appKey)
	f.Add(publicSEKs[0].sealed, []byte("a"))
	f.Add(publicSEKs[1].sealed, []byte{})
	f.Add(sealPadded(f, key, strings.Repeat("\x11", 32)), bytes.Repeat([]byte{16}, 16))
	f.Fuzz(func(t *testing.T, data string, plain []byte) {
		//nolint:errorlint // nothing may be around it
		if got, err := seal.Decrypt(key, data); err != nil && (err != seal.ErrOpen || got != nil) {
			t.Errorf("%q and %v", got, err)
		}
		sealed, err := seal.Encrypt(key, plain)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := seal.Decrypt(key, sealed); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("sealed %q, opened %q, %v", plain, got, err)
		}
	})
}
