package picture

import (
	"fmt"
	"image"
	"image/color"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// segment is one piece of a glyph's outline: a move or a line to the first point, or a curve by
// way of the first to the second. Coordinates are in units of the em, y downwards.
type segment struct {
	op     sfnt.SegmentOp
	points [2]point
}

// glyphs has the outline of every character of Alphabet with its middle at the origin. The font is
// read for the first picture and never again.
var glyphs = sync.OnceValues(func() (map[byte][]segment, error) {
	f, err := sfnt.Parse(gomonobold.TTF)
	if err != nil {
		return nil, err
	}
	all := make(map[byte][]segment, len(Alphabet))
	for i := range len(Alphabet) {
		if all[Alphabet[i]], err = outline(f, rune(Alphabet[i])); err != nil {
			return nil, fmt.Errorf("outline of %c: %w", Alphabet[i], err)
		}
	}
	return all, nil
})

func outline(f *sfnt.Font, char rune) ([]segment, error) {
	var buffer sfnt.Buffer
	index, err := f.GlyphIndex(&buffer, char)
	if err != nil {
		return nil, err
	}
	em := fixed.Int26_6(f.UnitsPerEm())
	box, _, err := f.GlyphBounds(&buffer, index, em, font.HintingNone)
	if err != nil {
		return nil, err
	}
	loaded, err := f.LoadGlyph(&buffer, index, em, nil)
	if err != nil {
		return nil, err
	}
	middle := fixed.Point26_6{X: (box.Min.X + box.Max.X) / 2, Y: (box.Min.Y + box.Max.Y) / 2}
	segments := make([]segment, len(loaded))
	for i, s := range loaded {
		if s.Op == sfnt.SegmentOpCubeTo {
			return nil, fmt.Errorf("has a cubic curve, which TrueType does not know")
		}
		segments[i].op = s.Op
		for j := range segments[i].points {
			p := s.Args[j].Sub(middle)
			segments[i].points[j] = point{float32(p.X) / float32(em), float32(p.Y) / float32(em)}
		}
	}
	return segments, nil
}

// transform maps a glyph to the picture: x' = ax·x + bx·y + dx, and y' likewise.
type transform struct{ ax, bx, dx, ay, by, dy float32 }

func (t transform) of(p point) point {
	return point{t.ax*p.x + t.bx*p.y + t.dx, t.ay*p.x + t.by*p.y + t.dy}
}

func (p path) glyph(outline []segment, t transform) {
	for _, s := range outline {
		switch to := t.of(s.points[0]); s.op {
		case sfnt.SegmentOpMoveTo:
			p.moveTo(to)
		case sfnt.SegmentOpLineTo:
			p.lineTo(to)
		case sfnt.SegmentOpQuadTo:
			p.quadTo(to, t.of(s.points[1]))
		}
	}
	p.close()
}

// point is a place in pixels, y downwards.
type point struct{ x, y float32 }

// path is a set of closed outlines that fill paints.
type path struct{ outlines *vector.Rasterizer }

func newPath() path { return path{vector.NewRasterizer(Width, Height)} }

func (p path) moveTo(to point)          { p.outlines.MoveTo(to.x, to.y) }
func (p path) lineTo(to point)          { p.outlines.LineTo(to.x, to.y) }
func (p path) quadTo(control, to point) { p.outlines.QuadTo(control.x, control.y, to.x, to.y) }
func (p path) close()                   { p.outlines.ClosePath() }

// fill paints the outlines and empties the path.
func (p path) fill(img *image.RGBA, ink color.RGBA) {
	p.outlines.Draw(img, img.Bounds(), image.NewUniform(ink), image.Point{})
	p.outlines.Reset(Width, Height)
}
