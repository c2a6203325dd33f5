package picture_test

import (
	"bytes"
	"image"
	"image/png"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/portal/picture"
)

func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

func drawn(t *testing.T, answer string, seed uint64) []byte {
	t.Helper()
	data, err := picture.Draw(answer, source(seed))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Every letter must be visible: its part of the row has clearly more ink than the noise.
func TestDrawShowsEveryLetter(t *testing.T) {
	for i := range len(picture.Alphabet) {
		answer := strings.Repeat(picture.Alphabet[i:i+1], 6)
		for seed := range uint64(2) {
			img, err := png.Decode(bytes.NewReader(drawn(t, answer, seed)))
			if err != nil {
				t.Fatal(err)
			}
			if img.Bounds() != image.Rect(0, 0, picture.Width, picture.Height) {
				t.Fatalf("%s: the picture is %v", answer, img.Bounds())
			}
			for letter := range 6 {
				left := 14 + letter*32
				if n := dark(img, image.Rect(left, 0, left+32, picture.Height)); n < 120 {
					t.Errorf("%s, seed %d: letter %d has %d dark pixels", answer, seed, letter, n)
				}
			}
		}
	}
}

// Letters must not reach the edge. The margin may have only the ink of the line that crosses it.
func TestDrawKeepsLettersInside(t *testing.T) {
	for seed := range uint64(12) {
		img, err := png.Decode(bytes.NewReader(drawn(t, "WMKHXR", seed)))
		if err != nil {
			t.Fatal(err)
		}
		for name, strip := range map[string]image.Rectangle{
			"left":   image.Rect(0, 0, 4, picture.Height),
			"right":  image.Rect(picture.Width-4, 0, picture.Width, picture.Height),
			"top":    image.Rect(0, 0, picture.Width, 4),
			"bottom": image.Rect(0, picture.Height-4, picture.Width, picture.Height),
		} {
			if n := dark(img, strip); n > 16 {
				t.Errorf("seed %d: %d dark pixels at the %s edge", seed, n, name)
			}
		}
	}
}

// dark counts the pixels that are less than half as bright as the paper.
func dark(img image.Image, in image.Rectangle) int {
	n := 0
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			if (r+g+b)/3 < 0x8000 {
				n++
			}
		}
	}
	return n
}

func TestDrawRepeats(t *testing.T) {
	first := drawn(t, "ACDEFH", 1)
	if !bytes.Equal(first, drawn(t, "ACDEFH", 1)) {
		t.Error("one answer and one source gave two pictures")
	}
	if bytes.Equal(first, drawn(t, "ACDEFH", 2)) {
		t.Error("two sources gave one picture")
	}
	if bytes.Equal(first, drawn(t, "ACDEFK", 1)) {
		t.Error("two answers gave one picture")
	}
}

func TestDrawAtOnce(t *testing.T) {
	want := drawn(t, "WXY347", 7)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			got, err := picture.Draw("WXY347", source(7))
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("a picture differs when several are drawn at once: %v", err)
			}
		})
	}
	all.Wait()
}

func TestDrawLengths(t *testing.T) {
	for n := 1; n <= 8; n++ {
		drawn(t, picture.Alphabet[:n], 1)
	}
	for _, answer := range []string{"", picture.Alphabet[:9], strings.Repeat("A", 1000)} {
		if data, err := picture.Draw(answer, source(1)); err == nil || data != nil {
			t.Errorf("%d characters were drawn", len(answer))
		}
	}
}

func TestDrawRefuses(t *testing.T) {
	for _, answer := range []string{"ACDEF0", "ACDEFO", "A1DEFH", "acdefh", "AC EFH", "AC\x00", "ÄCD", "अ", "\xff"} {
		data, err := picture.Draw(answer, source(1))
		if err == nil || data != nil {
			t.Errorf("%q was drawn", answer)
		} else if strings.Contains(err.Error(), answer) {
			t.Errorf("the error gives the answer away: %v", err)
		}
	}
	if _, err := picture.Draw("ACDEFH", nil); err == nil {
		t.Error("drawn without a source")
	}
}

func TestAlphabet(t *testing.T) {
	if strings.ContainsAny(picture.Alphabet, "0OQ1IL2Z5S6G8BV") {
		t.Error("look-alikes are in the alphabet")
	}
	if strings.ToUpper(picture.Alphabet) != picture.Alphabet {
		t.Error("answers are compared without case, so the alphabet has one case")
	}
	for i, c := range picture.Alphabet {
		if strings.IndexRune(picture.Alphabet, c) != i {
			t.Errorf("%c is there twice", c)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	r := source(1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := picture.Draw("ACDEFH", r); err != nil {
			b.Fatal(err)
		}
	}
}
