package seal_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"

	"github.com/nicsim/nicsim/simulator/seal"
)

// The Data of a request is its JSON under the session key (SEK) of the login.
func ExampleEncrypt() {
	sek := []byte("a session key of 32 bytes, here.")
	data, err := seal.Encrypt(sek, []byte(`{"Irn":"…"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	document, err := seal.Decrypt(sek, data)
	fmt.Println(string(document), err)

	_, err = seal.Decrypt([]byte("another session key of 32 bytes!"), data)
	fmt.Println(errors.Is(err, seal.ErrOpen))
	// Output:
	// {"Irn":"…"} <nil>
	// true
}

// A client seals its user name, password and AppKey under the public key of the environment.
func ExampleOpenAuth() {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		fmt.Println(err)
		return
	}
	data, err := seal.CloseAuth(&key.PublicKey, []byte(`{"UserName":"dakshin_api"}`), rand.Reader)
	if err != nil {
		fmt.Println(err)
		return
	}
	document, err := seal.OpenAuth(key, data)
	fmt.Println(string(document), err)
	// Output: {"UserName":"dakshin_api"} <nil>
}

// A signed invoice is a token whose claim "data" is a JSON document.
func ExampleSigner() {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		fmt.Println(err)
		return
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		fmt.Println(err)
		return
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		fmt.Println(err)
		return
	}
	signer, err := seal.NewSigner(key, certificate)
	if err != nil {
		fmt.Println(err)
		return
	}
	token, err := signer.Sign(`{"AckNo":112610000000001}`, "NIC")
	if err != nil {
		fmt.Println(err)
		return
	}
	read, err := seal.Verify(token, certificate)
	fmt.Println(read.Issuer, read.Data, err)
	// Output: NIC {"AckNo":112610000000001} <nil>
}
