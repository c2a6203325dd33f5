package picture

import (
	"image"
	"image/color"
	"math"
	"testing"
)

func square(p *path, left, top, right, bottom float32, clockwise bool) {
	corners := []point{{left, top}, {right, top}, {right, bottom}, {left, bottom}}
	if !clockwise {
		corners[1], corners[3] = corners[3], corners[1]
	}
	p.moveTo(corners[0])
	for _, c := range corners[1:] {
		p.lineTo(c)
	}
	p.close()
}

// sheet is white; shade tells how black a pixel became, 0 to 255.
func sheet() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 10, 10))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	return img
}

func shade(img *image.RGBA, x, y int) int { return 255 - int(img.RGBAAt(x, y).R) }

var black = color.RGBA{A: 0xff}

func TestFillCoverage(t *testing.T) {
	img, p := sheet(), path{}
	square(&p, 2, 2, 6.5, 4.25, true)
	p.fill(img, black)
	for _, want := range []struct{ x, y, shade int }{
		{2, 2, 255}, {5, 3, 255}, // inside
		{6, 2, 128}, // half covered from the left
		{3, 4, 64},  // a quarter from the top
		{6, 4, 32},  // an eighth
		{1, 2, 0}, {7, 2, 0}, {3, 1, 0}, {3, 5, 0},
	} {
		if got := shade(img, want.x, want.y); got < want.shade-1 || got > want.shade+1 {
			t.Errorf("pixel %d,%d has shade %d, want %d", want.x, want.y, got, want.shade)
		}
	}
}

func TestFillLeavesHolesAndMergesOverlaps(t *testing.T) {
	img, p := sheet(), path{}
	square(&p, 0, 0, 9, 9, true)
	square(&p, 3, 3, 6, 6, false) // against the outline's direction: a hole
	p.fill(img, black)
	if shade(img, 1, 1) != 255 || shade(img, 4, 4) != 0 {
		t.Errorf("outline %d, hole %d", shade(img, 1, 1), shade(img, 4, 4))
	}

	img = sheet()
	square(&p, 0, 0, 5, 5, true)
	square(&p, 3, 3, 9, 9, true)
	p.fill(img, black)
	if shade(img, 4, 4) != 255 || shade(img, 1, 1) != 255 || shade(img, 8, 8) != 255 || shade(img, 8, 1) != 0 {
		t.Error("two outlines of one direction do not merge")
	}
}

func TestFillCutsAtTheEdges(t *testing.T) {
	img, p := sheet(), path{}
	square(&p, -100, -100, 100, 100, true)
	p.fill(img, black)
	if shade(img, 0, 0) != 255 || shade(img, 9, 9) != 255 {
		t.Error("the sheet is not full")
	}
	img = sheet()
	square(&p, 20, 20, 30, 30, true)
	square(&p, -30, -30, -20, -20, true)
	p.fill(img, black)
	p.fill(img, black) // nothing is left in the path
	for y := range 10 {
		for x := range 10 {
			if shade(img, x, y) != 0 {
				t.Fatalf("ink at %d,%d", x, y)
			}
		}
	}
}

// WCAG 2 asks for 7:1 at its highest level; formula of its definition of contrast ratio.
func TestInksStandOut(t *testing.T) {
	for _, ink := range inks {
		if c := contrast(ink, paper); c < 7 {
			t.Errorf("ink %v has contrast %.1f to the paper", ink, c)
		}
		if c := contrast(ink, faint); c < 5 {
			t.Errorf("ink %v has contrast %.1f to the noise", ink, c)
		}
	}
}

func contrast(dark, light color.RGBA) float64 {
	return (luminance(light) + 0.05) / (luminance(dark) + 0.05)
}

func luminance(c color.RGBA) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}
