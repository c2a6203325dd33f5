package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/internal/captured"
	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/seal"
)

// openKeys are the keys that were given; a missing key is nil.
type openKeys struct{ sek, appKey []byte }

// keys reads them from flags and files.
func (o open) keys() (openKeys, error) {
	var k openKeys
	for _, given := range []struct {
		flag secretFlag
		key  *[]byte
	}{{o.sek, &k.sek}, {o.appKey, &k.appKey}} {
		text, err := given.flag.read()
		if err != nil {
			return openKeys{}, err
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		if *given.key, err = parseKey(text); err != nil {
			return openKeys{}, wrongUse{fmt.Errorf("--%s: %w", given.flag.name, err),
				"NIC's keys have 32 bytes: 44 characters of base64, 64 of hex"}
		}
	}
	return k, nil
}

// session is the session key. It may have been given sealed under the AppKey, as in the login's answer.
func (k openKeys) session() ([]byte, error) {
	if k.sek == nil {
		return nil, wrongUse{errors.New("it is sealed under the session key, which is not given"),
			"give it as NICSIM_SEK, or in a file; 'nicsim open' finds it in a login's answer"}
	}
	if k.appKey != nil {
		if key, err := seal.Decrypt(k.appKey, encodeKey(k.sek)); err == nil && isKey(key) {
			return key, nil
		}
	}
	switch {
	case isKey(k.sek):
		return k.sek, nil
	case k.appKey == nil:
		return nil, wrongUse{fmt.Errorf("--sek: it has %d bytes, so it is a sealed key", len(k.sek)),
			"give the AppKey too, which opens it"}
	}
	return nil, notConformant{errors.New("the Sek does not open under this AppKey"),
		"each login sends its own AppKey"}
}

// parseKey reads a key in hex or base64. It takes the lengths of AES keys and of a sealed key. Its errors do
// not repeat the key.
func parseKey(text string) ([]byte, error) {
	text = strings.Join(strings.Fields(text), "")
	if key, err := hex.DecodeString(strings.TrimPrefix(text, "0x")); err == nil && isKeyOrSealed(key) {
		return key, nil
	}
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding,
		base64.RawURLEncoding} {
		if key, err := encoding.DecodeString(text); err == nil {
			if isKeyOrSealed(key) {
				return key, nil
			}
			return nil, fmt.Errorf("it has %s, which is not a length of an AES key", count.Of(len(key), "byte"))
		}
	}
	return nil, errors.New("it is neither base64 nor hex")
}

func isKey(key []byte) bool { return len(key) == 16 || len(key) == 24 || len(key) == 32 }

// isKeyOrSealed takes sealed keys too, which are longer by a block of padding.
func isKeyOrSealed(key []byte) bool { return isKey(key) || len(key) == 48 }

func encodeKey(key []byte) string { return base64.StdEncoding.EncodeToString(key) }

// openSealed decrypts the text.
func openSealed(found captured.Text, keys openKeys) (opened, error) {
	if found.Kind == captured.SEK || found.Kind == "" && keys.sek == nil && keys.appKey != nil {
		return openSEK(found.Text, keys.appKey)
	}
	key, err := keys.session()
	if err != nil {
		return opened{}, err
	}
	plain, err := seal.Decrypt(key, found.Text)
	if err != nil {
		return opened{}, notConformant{errors.New("it does not open under this session key"), hintForSealed(found.Text)}
	}
	// The e-way bill (EWB) system encodes its documents in base64 before it seals them.
	if inner, err := base64.StdEncoding.DecodeString(string(plain)); err == nil && json.Valid(inner) {
		plain = inner
	}
	if json.Valid(plain) {
		return opened{Kind: captured.Data, Document: plain}, nil
	}
	return opened{Kind: captured.Data, Bytes: plain}, nil
}

func openSEK(text string, appKey []byte) (opened, error) {
	if appKey == nil {
		return opened{}, wrongUse{errors.New("the Sek of a login is sealed under the AppKey, which is not given"),
			"give it as NICSIM_APPKEY, or in a file"}
	}
	key, err := seal.Decrypt(appKey, text)
	if err != nil || !isKey(key) {
		return opened{}, notConformant{errors.New("the Sek does not open under this AppKey"),
			"each login sends its own AppKey"}
	}
	return opened{Kind: captured.SEK, Bytes: key}, nil
}

// hintForSealed guesses from the length of a text why it did not open.
func hintForSealed(text string) string {
	bytes, err := base64.StdEncoding.DecodeString(text)
	switch {
	case err != nil:
		return "it is not base64: was all of it captured?"
	case len(bytes) == 256:
		return "it has 256 bytes: is it the Data of a login? That is sealed under the public key, and opens only under the " +
			"private key"
	case len(bytes) == 0 || len(bytes)%16 != 0:
		return fmt.Sprintf("it has %s, and sealed texts have a multiple of 16: was all of it captured?",
			count.Of(len(bytes), "byte"))
	}
	return "each token has its own session key; the key of another login does not open it"
}
