package picture

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// point is a place in pixels, y downwards.
type point struct{ x, y float32 }

// path is a set of closed outlines, kept as straight edges, that fill paints by their winding.
//
// golang.org/x/image/vector does the same faster for large pictures, and would bring a module for
// questions about the processor along. These pictures have 80 rows.
type path struct {
	edges     []edge
	start, at point
	crossings []crossing // of one line; kept for the next
}

// edge goes down from y0 to y1, direction telling whether it was drawn so (1) or upwards (-1).
type edge struct {
	x0, y0, y1, slope float32
	direction         int
}

// crossing is where a horizontal line meets an edge.
type crossing struct {
	x         float32
	direction int
}

func (p *path) moveTo(to point) {
	p.close()
	p.start, p.at = to, to
}

func (p *path) lineTo(to point) {
	a, b, direction := p.at, to, 1
	if a.y > b.y {
		a, b, direction = b, a, -1
	}
	if a.y < b.y { // a level edge is crossed by no level line
		p.edges = append(p.edges, edge{a.x, a.y, b.y, (b.x - a.x) / (b.y - a.y), direction})
	}
	p.at = to
}

// quadTo follows a quadratic Bézier curve in steps that no eye sees at the size of a letter.
func (p *path) quadTo(control, to point) {
	const steps = 6
	from := p.at
	for i := 1; i <= steps; i++ {
		t := float32(i) / steps
		u := 1 - t
		p.lineTo(point{
			u*u*from.x + 2*u*t*control.x + t*t*to.x,
			u*u*from.y + 2*u*t*control.y + t*t*to.y,
		})
	}
}

func (p *path) close() { p.lineTo(p.start) }

// fill paints the outlines and empties the path. Coverage is exact across a line and sampled down
// it, four lines to a pixel.
func (p *path) fill(img *image.RGBA, ink color.RGBA) {
	const lines = 4
	p.close()
	if len(p.edges) == 0 {
		return
	}
	top, bottom := p.edges[0].y0, p.edges[0].y1
	for _, e := range p.edges {
		top, bottom = min(top, e.y0), max(bottom, e.y1)
	}
	bounds := img.Bounds()
	first, last := max(bounds.Min.Y, int(top)), min(bounds.Max.Y-1, int(bottom))
	cover := make([]float32, bounds.Dx())
	for y := first; y <= last; y++ {
		clear(cover)
		for i := range lines {
			p.scan(float32(y)+(float32(i)+0.5)/lines, 1.0/lines, cover)
		}
		for x, c := range cover {
			if c > 0 {
				blend(img, bounds.Min.X+x, y, ink, min(c, 1))
			}
		}
	}
	p.edges, p.start, p.at = p.edges[:0], point{}, point{}
}

// scan adds weight to cover wherever the line at height y is inside.
func (p *path) scan(y, weight float32, cover []float32) {
	p.crossings = p.crossings[:0]
	for _, e := range p.edges {
		if e.y0 <= y && y < e.y1 {
			p.crossings = append(p.crossings, crossing{e.x0 + (y-e.y0)*e.slope, e.direction})
		}
	}
	slices.SortFunc(p.crossings, func(a, b crossing) int { return cmp.Compare(a.x, b.x) })
	winding := 0
	for i, c := range p.crossings {
		if winding != 0 {
			span(p.crossings[i-1].x, c.x, weight, cover)
		}
		winding += c.direction
	}
}

// span adds weight from x0 to x1, and a share of it to the pixels at both ends.
func span(x0, x1, weight float32, cover []float32) {
	x0, x1 = max(x0, 0), min(x1, float32(len(cover)))
	for x := int(x0); x < len(cover) && float32(x) < x1; x++ {
		cover[x] += weight * (min(x1, float32(x+1)) - max(x0, float32(x)))
	}
}

// blend lays an opaque ink over an opaque pixel, share of it from 0 to 1.
func blend(img *image.RGBA, x, y int, ink color.RGBA, share float32) {
	pix := img.Pix[img.PixOffset(x, y):][:3]
	for i, c := range [3]uint8{ink.R, ink.G, ink.B} {
		pix[i] = uint8(float32(pix[i]) + share*(float32(c)-float32(pix[i])) + 0.5)
	}
}
