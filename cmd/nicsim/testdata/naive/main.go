// Command naive registers one invoice as many first clients do. It believes TokenExpiry by its own clock, parses every
// answer as JSON, repeats what is not 200 at once, has no time-out, and takes every refusal for a failure.
package main

import (
	"bytes"
	"crypto/aes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// answer is NIC's envelope.
type answer struct {
	Status       int
	Data         json.RawMessage
	ErrorDetails []struct{ ErrorCode, ErrorMessage string }
}

type login struct{ AuthToken, Sek, TokenExpiry string }

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "naive:", err)
		os.Exit(1)
	}
}

func run() error {
	invoice, err := os.ReadFile(os.Getenv("NIC_INVOICE"))
	if err != nil {
		return err
	}
	var token login
	var sek []byte
	for range 10 {
		if token, sek, err = logIn(); err != nil {
			return err
		}
		expiry, err := time.ParseInLocation(time.DateTime, token.TokenExpiry, time.FixedZone("IST", 19800))
		if err != nil {
			return err
		}
		if time.Now().Before(expiry) {
			break
		}
	}
	body, err := json.Marshal(map[string]string{"Data": ecb(sek, invoice, true)})
	if err != nil {
		return err
	}
	_, err = post("/eicore/v1.03/Invoice", body, token.AuthToken)
	return err
}

func logIn() (token login, sek []byte, err error) {
	appKey := make([]byte, 32)
	if _, err := rand.Read(appKey); err != nil {
		return token, nil, err
	}
	document, err := json.Marshal(map[string]any{
		"UserName": os.Getenv("NIC_SANDBOX_USERNAME"), "Password": os.Getenv("NIC_SANDBOX_PASSWORD"), "AppKey": appKey,
		"ForceRefreshAccessToken": false,
	})
	if err != nil {
		return token, nil, err
	}
	file, err := os.ReadFile(os.Getenv("NIC_SANDBOX_PUBLIC_KEY"))
	if err != nil {
		return token, nil, err
	}
	block, _ := pem.Decode(file)
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return token, nil, err
	}
	sealed, err := rsa.EncryptPKCS1v15(rand.Reader, key.(*rsa.PublicKey),
		[]byte(base64.StdEncoding.EncodeToString(document)))
	if err != nil {
		return token, nil, err
	}
	body, err := json.Marshal(map[string][]byte{"Data": sealed})
	if err != nil {
		return token, nil, err
	}
	data, err := post("/eivital/v1.04/auth", body, "")
	if err != nil {
		return token, nil, err
	}
	if err := json.Unmarshal(data, &token); err != nil {
		return token, nil, err
	}
	encrypted, err := base64.StdEncoding.DecodeString(token.Sek)
	return token, []byte(ecb(appKey, encrypted, false)), err
}

func post(path string, body []byte, token string) (json.RawMessage, error) {
	for {
		request, err := http.NewRequest(http.MethodPost, os.Getenv("NIC_SANDBOX_URL")+path, bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		request.Header.Set("Content-Type", "application/json")
		for name, variable := range map[string]string{
			"client_id": "NIC_CLIENT_ID", "client_secret": "NIC_CLIENT_SECRET", "Gstin": "NIC_GSTIN",
			"user_name": "NIC_SANDBOX_USERNAME",
		} {
			request.Header.Set(name, os.Getenv(variable))
		}
		request.Header.Set("AuthToken", token)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			fmt.Fprintln(os.Stderr, "naive: again:", err)
			continue
		}
		text, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil || response.StatusCode == http.StatusTooManyRequests {
			continue
		}
		var a answer
		if err := json.Unmarshal(text, &a); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if a.Status != 1 {
			return nil, fmt.Errorf("%s: %v", path, a.ErrorDetails)
		}
		return a.Data, nil
	}
}

// ecb seals with AES in ECB mode and PKCS #7 padding, into base64, or opens.
func ecb(key, in []byte, seal bool) string {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	if seal {
		fill := 16 - len(in)%16
		in = append(in, bytes.Repeat([]byte{byte(fill)}, fill)...)
	}
	out := make([]byte, len(in))
	for i := 0; i < len(in); i += 16 {
		if seal {
			block.Encrypt(out[i:], in[i:])
		} else {
			block.Decrypt(out[i:], in[i:])
		}
	}
	if seal {
		return base64.StdEncoding.EncodeToString(out)
	}
	return string(out[:len(out)-int(out[len(out)-1])])
}
