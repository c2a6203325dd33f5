package seal_test

import (
	"bytes"
	"testing"

	"github.com/nicsim/nicsim/simulator/seal"
)

// The rows should be equal. A difference in time would reveal which step failed.
func BenchmarkOpenAuth(b *testing.B) {
	key := payloadKey(b, "sandbox")
	all := unopenable(b)
	rows := []struct{ name, data string }{{"opens", recorded(b, "auth.txt")}}
	for _, name := range []string{"another key", "truncated", "block type 1", "no separator", "padding over garbage",
		"the modulus", "nothing"} {
		rows = append(rows, struct{ name, data string }{name, all[name]})
	}
	for _, row := range rows {
		b.Run(row.name, func(b *testing.B) {
			for b.Loop() {
				_, _ = seal.OpenAuth(key, row.data)
			}
		})
	}
}

func BenchmarkSign(b *testing.B) {
	signer, err := seal.NewSigner(signing(b, "sandbox"))
	if err != nil {
		b.Fatal(err)
	}
	data := recorded(b, "qr.json")
	for b.Loop() {
		if _, err := signer.Sign(data, "NIC"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	_, certificate := signing(b, "sandbox")
	token := recorded(b, "token.txt")
	for b.Loop() {
		if _, err := seal.Verify(token, certificate); err != nil {
			b.Fatal(err)
		}
	}
}

// 2 KiB is an invoice of one line, 64 KiB an invoice of a hundred lines, 2 MiB NIC's limit.
func BenchmarkAES(b *testing.B) {
	key := []byte(publicSEKs[0].appKey)
	for _, size := range []struct {
		name  string
		bytes int
	}{{"2KiB", 2 << 10}, {"64KiB", 64 << 10}, {"2MiB", 2 << 20}} {
		plain := bytes.Repeat([]byte("x"), size.bytes)
		sealed, err := seal.Encrypt(key, plain)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("encrypt/"+size.name, func(b *testing.B) {
			b.SetBytes(int64(size.bytes))
			for b.Loop() {
				_, _ = seal.Encrypt(key, plain)
			}
		})
		b.Run("decrypt/"+size.name, func(b *testing.B) {
			b.SetBytes(int64(size.bytes))
			for b.Loop() {
				_, _ = seal.Decrypt(key, sealed)
			}
		})
	}
}
