package picture

import (
	"image"
	"image/color"

	"golang.org/x/image/vector"
)

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
