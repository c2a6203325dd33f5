// Package dice makes everything in a world that looks random: identifiers, one-time passwords, captcha answers,
// secrets. All of it follows from one seed, so that a seeded run repeats, and comes from a cryptographic generator,
// so that a run with an unknown seed cannot be guessed.
package dice

import (
	crand "crypto/rand"
	"crypto/sha256"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/google/uuid"
)

// FreshSeed returns a seed that cannot be guessed: 26 letters and digits, 130 bits.
func FreshSeed() string { return crand.Text() }

// Dice are the source of a world's streams. Equal seeds give equal streams. They are safe for concurrent use.
type Dice struct {
	seed string

	mu      sync.Mutex // guards streams
	streams map[string]*Stream
}

// New returns the dice of a seed; the empty seed is a seed like any other.
func New(seed string) *Dice {
	return &Dice{seed: seed, streams: map[string]*Stream{}}
}

// Stream returns the stream of a purpose. Streams are independent: the number of captchas that were drawn does not
// change the OTPs that follow.
func (d *Dice) Stream(purpose string) *Stream {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.streams[purpose]
	if !ok {
		s = &Stream{source: rand.NewChaCha8(sha256.Sum256([]byte(d.seed + "\x00" + purpose)))}
		d.streams[purpose] = s
	}
	return s
}

// Child returns independent dice for a named part, such as a world.
func (d *Dice) Child(name string) *Dice { return New(d.seed + "\x01" + name) }

// Rand returns a generator for one task, such as drawing one picture. Equal names give equal generators.
func (d *Dice) Rand(name string) *rand.Rand {
	source := rand.NewChaCha8(sha256.Sum256([]byte(d.seed + "\x02" + name)))
	return rand.New(source) //nolint:gosec // ChaCha8 is a cryptographic generator
}

// Stream is one random sequence. It is safe for concurrent use.
type Stream struct {
	mu     sync.Mutex // guards source
	source *rand.ChaCha8
}

// UUID returns a random (version 4) UUID.
func (s *Stream) UUID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	// ChaCha8.Read always fills the buffer and never fails.
	return uuid.Must(uuid.NewRandomFromReader(s.source)).String()
}

// Pick returns n characters, each drawn evenly from an alphabet of single-byte characters.
func (s *Stream) Pick(alphabet string, n int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := rand.New(s.source) //nolint:gosec // ChaCha8 is a cryptographic generator
	var b strings.Builder
	b.Grow(n)
	for range n {
		b.WriteByte(alphabet[r.IntN(len(alphabet))])
	}
	return b.String()
}

// The alphabets of the secrets that the simulator makes.
const (
	digits       = "0123456789"
	upperAndDigs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
)

// Digits returns n decimal digits.
func (s *Stream) Digits(n int) string { return s.Pick(digits, n) }

// UpperAlphanumeric returns n capital letters and digits.
func (s *Stream) UpperAlphanumeric(n int) string { return s.Pick(upperAndDigs, n) }

// Alphanumeric returns n letters and digits.
func (s *Stream) Alphanumeric(n int) string { return s.Pick(alphanumeric, n) }

// Read fills b and never fails, as the readers of crypto/rand do.
func (s *Stream) Read(b []byte) (int, error) { return copy(b, s.Bytes(len(b))), nil }

// Float64 returns a number from 0 up to 1.
func (s *Stream) Float64() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return rand.New(s.source).Float64() //nolint:gosec // ChaCha8 is a cryptographic generator
}

// Bytes returns n bytes.
func (s *Stream) Bytes(n int) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := make([]byte, n)
	_, _ = s.source.Read(b) // ChaCha8 always fills the buffer and never fails
	return b
}
