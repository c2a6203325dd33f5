package main

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/seal"
)

// Any input is opened or returns an error with the reason.
func FuzzOpen(f *testing.F) {
	key := []byte("0123456789abcdef0123456789abcdef")
	data, err := seal.Encrypt(key, []byte(`{"Irn":"x"}`))
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{`{"Data":"` + data + `"}`, data, `{"Data":{"Sek":"x"}}`, "a.b.c", `"x`, "{",
		`{"data":null}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := findSealed([]byte(text))
		if err != nil {
			return
		}
		if found.kind == kindSigned {
			_, _ = found.openSigned("")
			return
		}
		shown, err := found.openSealed(openKeys{sek: key, appKey: key})
		if (err == nil) != (shown.Kind != "") {
			t.Errorf("kind %q and error %v", shown.Kind, err)
		}
	})
}
