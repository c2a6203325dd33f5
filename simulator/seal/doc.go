// Package seal opens and closes what travels between a client and the e-Invoice API.
//
// A client sends its password and an AppKey under the environment's public key: [OpenAuth], and
// [OpenSecret] for the form before v1.04. The answer carries the session key, SEK, under the
// AppKey, and after that every Data is under the SEK: [Encrypt] and [Decrypt]. What is registered
// comes back signed: [Signer], [Verify] and, to look into a token without trusting it, [ReadToken].
//
// All are functions of their arguments: no clock, no chance, no state. The keys that they are given
// come from elsewhere, and so does the choice of NIC's code for what does not open.
//
// # What a failure tells
//
// Whatever does not open gives [ErrOpen] and nothing else, so that an answer built on it cannot say
// how far the opening came. NIC's choice of PKCS #1 v1.5 lets a caller that can tell good padding from
// bad open any captured message (Bleichenbacher, 1998); the duration must not tell either, and
// OpenAuth says how that is done. AES in ECB mode shows which blocks are equal and proves nothing
// about who wrote them. Both are NIC's, a client needs them as they are, and nothing new should be
// built on this package.
package seal

import "errors"

// ErrOpen is the error for everything that does not open: another key, a block too short or too
// long, bad padding, text that is not base64.
var ErrOpen = errors.New("it does not open under this key")
