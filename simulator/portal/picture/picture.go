// Package picture draws the captcha of the portals' forms: an answer as letters that a person
// reads at a glance.
//
// It imitates the look of such a picture and does not protect: tests have to read it. So legibility comes
// first, and every letter keeps a high contrast.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"strings"
	"sync"
)

// Alphabet has the characters that Draw knows. Of each group that people mix up, none is in it:
// 0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V. No letter is lower-case.
const Alphabet = "ACDEFHJKMNPRTUWXY3479"

// Width and Height are the size of a picture in pixels.
const (
	Width  = 220
	Height = 80
)

// maxLetters is how many still stand in one row without touching.
const maxLetters = 8

var (
	paper = color.RGBA{0xf7, 0xf8, 0xfb, 0xff}
	faint = color.RGBA{0xc3, 0xcc, 0xdb, 0xff} // noise behind the letters
	inks  = [...]color.RGBA{
		{0x1b, 0x2a, 0x57, 0xff}, // navy
		{0x6b, 0x1d, 0x2e, 0xff}, // maroon
		{0x12, 0x4a, 0x38, 0xff}, // pine
		{0x4a, 0x24, 0x6b, 0xff}, // violet
	}
)

// Draw returns the PNG of answer, 1 to 8 characters of Alphabet. All that varies comes from r: the
// same answer with a source in the same state gives the same bytes.
func Draw(answer string, r *rand.Rand) ([]byte, error) {
	if answer == "" || len(answer) > maxLetters {
		return nil, fmt.Errorf("drawing a captcha: want 1 to %d characters, have %d", maxLetters, len(answer))
	}
	if r == nil {
		return nil, errors.New("drawing a captcha: no source of chance")
	}
	if strings.Trim(answer, Alphabet) != "" {
		return nil, errors.New("drawing a captcha: a character is not in the alphabet") // the answer is a secret
	}
	outlines, err := glyphs()
	if err != nil {
		return nil, fmt.Errorf("reading the captcha's font: %w", err)
	}

	img := image.NewRGBA(image.Rect(0, 0, Width, Height))
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	p := newPath()
	for range 70 {
		p.speck(r)
	}
	p.fill(img, faint)
	for range 3 {
		p.wave(r, between(r, 1.5, 2.5))
	}
	p.fill(img, faint)
	order := r.Perm(len(inks))
	for i := range len(answer) {
		p.glyph(outlines[answer[i]], placed(r, i, len(answer)))
		p.fill(img, inks[order[i%len(inks)]])
	}
	p.wave(r, 1.2)
	p.fill(img, inks[order[len(answer)%len(inks)]])

	var out bytes.Buffer
	if err := encoder.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("encoding a captcha: %w", err)
	}
	return out.Bytes(), nil
}

// placed tilts, leans, scales and shifts letter i of n. A glyph comes in units of its em with its
// middle at the origin; the result maps it to pixels.
func placed(r *rand.Rand, i, n int) transform {
	const margin = 14
	cell := float32(Width-2*margin) / float32(n)
	em := min(50, cell*1.42) * between(r, 0.95, 1.07)
	sin, cos := sincos(between(r, -0.3, 0.3)) // up to 17 degrees either way
	lean := between(r, -0.12, 0.12)
	return transform{
		em * cos, em * (cos*lean - sin), margin + cell*(float32(i)+0.5) + between(r, -1.5, 1.5),
		em * sin, em * (sin*lean + cos), Height/2 + between(r, -6, 6),
	}
}

// encoder is quick rather than thorough: a picture is looked at once. The pool saves it a megabyte
// of tables for each picture.
var encoder = png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &buffers{}}

type buffers struct{ pool sync.Pool }

func (b *buffers) Get() *png.EncoderBuffer {
	buffer, _ := b.pool.Get().(*png.EncoderBuffer)
	return buffer
}

func (b *buffers) Put(buffer *png.EncoderBuffer) { b.pool.Put(buffer) }
