package seal

import (
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
)

// OpenAuth opens the Data of an auth call of v1.04: base64 of the RSA encryption, PKCS #1 v1.5, of
// the base64 of a JSON document, and returns that document without looking at it. A text inside
// that is not base64 counts as not opened.
//
// Every call does one private operation on one block of the key's size and decodes one base64 text.
// An input that is not such a block is replaced by one, and what has bad padding by a text. So a wrong
// key, a truncated block, bad padding and good padding over garbage take the time of a success. What remains is
// copying the text or not, and how far the decoding comes: well under a microsecond beside the private operation's
// half a millisecond or more.
// rsa.DecryptPKCS1v15SessionKey would hide that too, but it needs to know the length of the text, which here
// is that of a name and a password.
func OpenAuth(key *rsa.PrivateKey, data string) ([]byte, error) {
	text, opened := openBlock(key, data)
	if !opened {
		text = decoyText
	}
	document, err := decode(string(text))
	if err != nil || !opened {
		return nil, ErrOpen
	}
	return document, nil
}

// CloseAuth makes what [OpenAuth] opens, with padding from random. A document that does not fit into
// one block of the key, as base64 and with 11 bytes of padding, is an error.
//
// crypto/rsa would take chance of its own, whatever it is given, and a seeded run would not repeat.
// Nothing here is secret: what is raised to the public exponent, its sender knows.
func CloseAuth(key *rsa.PublicKey, document []byte, random io.Reader) (string, error) {
	text := base64.StdEncoding.EncodeToString(document)
	block := make([]byte, key.Size()) // 0, 2, padding without a 0, 0, text
	end := len(block) - len(text) - 1
	if end < 10 {
		return "", fmt.Errorf("sealing %d bytes for a login: they do not fit into %d", len(document), len(block))
	}
	block[1] = 2
	for i := 2; i < end; i++ {
		for block[i] == 0 {
			if _, err := io.ReadFull(random, block[i:i+1]); err != nil {
				return "", fmt.Errorf("sealing a login: %w", err)
			}
		}
	}
	copy(block[end+1:], text)
	number := new(big.Int).SetBytes(block)
	number.Exp(number, big.NewInt(int64(key.E)), key.N).FillBytes(block)
	return base64.StdEncoding.EncodeToString(block), nil
}

// decoyText is as long as the base64 of a usual auth document.
var decoyText = []byte(base64.StdEncoding.EncodeToString(make([]byte, 132)))

// OpenSecret opens one secret of an auth call of v1.03, where password and AppKey travel each in
// a block of its own: base64 of the RSA encryption of the secret itself. One private operation is
// done whatever is wrong, as in [OpenAuth].
func OpenSecret(key *rsa.PrivateKey, sealed string) ([]byte, error) {
	secret, opened := openBlock(key, sealed)
	if !opened {
		return nil, ErrOpen
	}
	return secret, nil
}

// OpenAppKey opens the AppKey of an auth call of v1.03. It was 32 characters taken as they are;
// some clients encrypted the base64 text of 32 bytes instead, which its length gives away.
func OpenAppKey(key *rsa.PrivateKey, sealed string) ([]byte, error) {
	secret, err := OpenSecret(key, sealed)
	if err != nil {
		return nil, err
	}
	if isKeyLength(len(secret)) {
		return secret, nil
	}
	return ParseAppKey(string(secret))
}

// ParseAppKey reads the AppKey of an auth document of v1.04: base64 of 32 bytes. 16 and 24 bytes
// are taken too, and the cipher follows.
func ParseAppKey(text string) ([]byte, error) {
	key, err := decode(text)
	if err != nil || !isKeyLength(len(key)) {
		return nil, ErrOpen
	}
	return key, nil
}

// openBlock does exactly one private operation and reports whether its result is worth anything.
func openBlock(key *rsa.PrivateKey, data string) ([]byte, bool) {
	block, whole := readBlock(key, data)
	//nolint:staticcheck // NIC's choice: every client seals with PKCS #1 v1.5, see the package comment.
	text, err := rsa.DecryptPKCS1v15(nil, key, block)
	return text, err == nil && whole
}

// readBlock decodes data to one block that the key's private operation takes: as long as the
// modulus and smaller. For anything else it gives a block that does, and false. All that it branches
// on is known to the sender.
func readBlock(key *rsa.PrivateKey, data string) ([]byte, bool) {
	size := key.Size()
	// Line breaks are allowed in the text, pages of it are not.
	if len(data) <= 2*base64.StdEncoding.EncodedLen(size) {
		block, err := decode(data)
		if err == nil && len(block) == size && new(big.Int).SetBytes(block).Cmp(key.N) < 0 {
			return block, true
		}
	}
	decoy := make([]byte, size)
	decoy[size-1] = 2
	return decoy, false
}

// decode reads base64 as clients write it: the standard alphabet, padded; line breaks are passed
// over.
func decode(text string) ([]byte, error) {
	return base64.StdEncoding.DecodeString(text)
}
