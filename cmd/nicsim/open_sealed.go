package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/simulator/seal"
)

// openKeys are the keys that the caller gave, nil where he gave none.
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

// session is the session key, which may have been given as it comes: sealed under the AppKey.
func (k openKeys) session() ([]byte, error) {
	if k.sek == nil {
		return nil, wrongUse{errors.New("it is sealed under the session key, which was not given"),
			"give it as NICSIM_SEK, or in a file; 'nicsim open' takes it out of a login's answer"}
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
		return nil, wrongUse{fmt.Errorf("--sek: it has %d bytes, which is no key but a key that is sealed", len(k.sek)),
			"give the AppKey too, under which it opens"}
	}
	return nil, notConformant{errors.New("the Sek does not open under this AppKey"),
		"each login sends an AppKey of its own"}
}

// parseKey reads a key in hex or base64, of the lengths that AES has or, under an AppKey, that a
// sealed one has. The error does not repeat it.
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
			return nil, fmt.Errorf("it has %d bytes, which is no key of AES", len(key))
		}
	}
	return nil, errors.New("it is neither base64 nor hex")
}

func isKey(key []byte) bool { return len(key) == 16 || len(key) == 24 || len(key) == 32 }

// A sealed key is longer by a block of padding.
func isKeyOrSealed(key []byte) bool { return isKey(key) || len(key) == 48 }

func encodeKey(key []byte) string { return base64.StdEncoding.EncodeToString(key) }

// openSealed decrypts.
func (s sealed) openSealed(keys openKeys) (opened, error) {
	if s.kind == kindSEK || s.kind == "" && keys.sek == nil && keys.appKey != nil {
		return s.openSEK(keys.appKey)
	}
	key, err := keys.session()
	if err != nil {
		return opened{}, err
	}
	plain, err := seal.Decrypt(key, s.text)
	if err != nil {
		return opened{}, notConformant{errors.New("it does not open under this session key"), hintForSealed(s.text)}
	}
	// The e-way bill system puts its documents in base64 before it seals them.
	if inner, err := base64.StdEncoding.DecodeString(string(plain)); err == nil && json.Valid(inner) {
		plain = inner
	}
	if json.Valid(plain) {
		return opened{Kind: kindData, Document: plain}, nil
	}
	return opened{Kind: kindData, Bytes: plain}, nil
}

func (s sealed) openSEK(appKey []byte) (opened, error) {
	if appKey == nil {
		return opened{}, wrongUse{errors.New("a login's Sek is sealed under the AppKey, which was not given"),
			"give it as NICSIM_APPKEY, or in a file"}
	}
	key, err := seal.Decrypt(appKey, s.text)
	if err != nil || !isKey(key) {
		return opened{}, notConformant{errors.New("the Sek does not open under this AppKey"),
			"each login sends an AppKey of its own"}
	}
	return opened{Kind: kindSEK, Bytes: key}, nil
}

// hintForSealed guesses why a text did not open, by its shape.
func hintForSealed(text string) string {
	bytes, err := base64.StdEncoding.DecodeString(text)
	switch {
	case err != nil:
		return "it is not even base64: was all of it captured?"
	case len(bytes) == 256:
		return "it has 256 bytes: is it what a login sends? That is under the public key, and opens for its owner alone"
	case len(bytes) == 0 || len(bytes)%16 != 0:
		return fmt.Sprintf("it has %d bytes, and what is sealed has a multiple of 16: was all of it captured?", len(bytes))
	}
	return "a session key is good for one token; that of the login before opens nothing"
}
