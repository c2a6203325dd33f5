package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"slices"
)

// isKeyLength reports whether AES takes a key of that many bytes. NIC's AppKey and SEK have 32.
func isKeyLength(n int) bool { return n == 16 || n == 24 || n == 32 }

// roomForEnvelope is about how many bytes follow the Data in NIC's envelope.
const roomForEnvelope = 64

// Encrypt seals plain under a key of 16, 24 or 32 bytes as a Data or a Sek has it: base64 of AES in
// ECB mode with PKCS #7 padding. A SEK under an AppKey is Encrypt(appKey, sek); a Data is the JSON
// under the SEK. A key of another length is an error, and the caller's mistake.
func Encrypt(key, plain []byte) (string, error) {
	sealed, err := AppendEncrypt(nil, key, plain)
	return string(sealed), err
}

// AppendEncrypt appends what [Encrypt] returns to dst, and leaves room for the end of an envelope.
func AppendEncrypt(dst, key, plain []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("encrypting: %w", err)
	}
	dst = slices.Grow(dst, base64.StdEncoding.EncodedLen(len(plain)+aes.BlockSize)+roomForEnvelope)
	part := make([]byte, 3*aes.BlockSize) // base64 of whole groups of three bytes has no "=" in the middle
	for {
		n := copy(part, plain)
		plain = plain[n:]
		last := n < len(part)
		if last {
			padding := aes.BlockSize - n%aes.BlockSize
			part = append(part[:n], bytes.Repeat([]byte{byte(padding)}, padding)...)
		}
		eachBlock(part, block.Encrypt)
		dst = base64.StdEncoding.AppendEncode(dst, part)
		if last {
			return dst, nil
		}
	}
}

// Decrypt opens what [Encrypt] sealed. Whatever is wrong with data is [ErrOpen]: no base64, not
// whole blocks, padding that another key left behind. The padding is judged as a whole. A key of a
// length that AES does not have is another error, and the caller's mistake.
func Decrypt(key []byte, data string) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("decrypting: %w", err)
	}
	plain, err := decode(data)
	if err != nil || len(plain) == 0 || len(plain)%aes.BlockSize != 0 {
		return nil, ErrOpen
	}
	eachBlock(plain, block.Decrypt)
	padding, good := paddingOf(plain)
	if !good {
		return nil, ErrOpen
	}
	return plain[:len(plain)-padding], nil
}

// eachBlock puts every block of data through the cipher, in place. This is ECB; crypto/cipher does
// not have it, for good reasons.
func eachBlock(data []byte, through func(dst, src []byte)) {
	for ; len(data) >= aes.BlockSize; data = data[aes.BlockSize:] {
		through(data[:aes.BlockSize], data[:aes.BlockSize])
	}
}

// paddingOf returns the number of bytes of padding at the end of data, which is at least one block,
// and whether each of them is what PKCS #7 wants: between 1 and 16, and all the number itself. It
// takes the same steps for all contents.
func paddingOf(data []byte) (int, bool) {
	last := data[len(data)-aes.BlockSize:]
	n := int(last[aes.BlockSize-1])
	good := subtle.ConstantTimeLessOrEq(1, n) & subtle.ConstantTimeLessOrEq(n, aes.BlockSize)
	for i, b := range last {
		inPadding := subtle.ConstantTimeLessOrEq(aes.BlockSize-n, i)
		isNumber := subtle.ConstantTimeByteEq(b, byte(n))
		good &= isNumber | (inPadding ^ 1)
	}
	return n, good == 1
}
