package main

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// floor is the work that nobody who answers a call of the API can leave out, done by nothing but calls
// of Go's own library in a loop. It has the processors to itself; a server shares them with whoever
// asks it.
type floor struct {
	key *rsa.PrivateKey // of 2048 bits, like those of the API
}

func newFloor() (floor, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	return floor{key}, err
}

// auth opens one block of RSA.
func (f floor) auth() (func() error, error) {
	//nolint:staticcheck // NIC's choice
	block, err := rsa.EncryptPKCS1v15(rand.Reader, &f.key.PublicKey, make([]byte, 200))
	return func() error {
		//nolint:staticcheck // NIC's choice
		_, err := rsa.DecryptPKCS1v15(nil, f.key, block)
		return err
	}, err
}

// generate opens a Data, decodes the JSON in it, signs as much as the two tokens sign, and seals as
// much as the answer has.
func (f floor) generate(of *generation) func() error {
	signed := func(token string) []byte { return []byte(token[:strings.LastIndexByte(token, '.')]) }
	invoice, qr := signed(of.answer.SignedInvoice), signed(of.answer.SignedQRCode)
	answer := len(of.answer.SignedInvoice) + len(of.answer.SignedQRCode)
	return func() error {
		opened, err := base64.StdEncoding.DecodeString(of.data)
		if err != nil {
			return err
		}
		eachBlock(opened, of.block.Decrypt)
		var document any
		if err := json.Unmarshal(opened[:of.length], &document); err != nil {
			return err
		}
		for _, text := range [][]byte{invoice, qr} {
			sum := sha256.Sum256(text)
			if _, err := rsa.SignPKCS1v15(nil, f.key, crypto.SHA256, sum[:]); err != nil {
				return err
			}
		}
		sealed := make([]byte, answer/16*16)
		eachBlock(sealed, of.block.Encrypt)
		_ = base64.StdEncoding.EncodeToString(sealed)
		return nil
	}
}

// eachBlock is ECB, in place.
func eachBlock(data []byte, through func(dst, src []byte)) {
	for ; len(data) >= 16; data = data[16:] {
		through(data[:16], data[:16])
	}
}

// rate does the work on all processors for as long as a turn and returns how often in a second.
func rate(ctx context.Context, work func() error, turn time.Duration) (float64, error) {
	var (
		done   atomic.Int64
		failed atomic.Value
		wg     sync.WaitGroup
	)
	began := time.Now()
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for time.Since(began) < turn && ctx.Err() == nil {
				if err := work(); err != nil {
					failed.Store(fmt.Errorf("the crypto floor: %w", err))
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	if err, _ := failed.Load().(error); err != nil {
		return 0, err
	}
	return float64(done.Load()) / time.Since(began).Seconds(), ctx.Err()
}
