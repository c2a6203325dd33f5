package picture

import (
	"math"
	"math/rand/v2"
)

// wave adds a thin sine line from edge to edge.
func (p path) wave(r *rand.Rand, thick float32) {
	const step = 5
	middle, height := between(r, 0.25, 0.75)*Height, between(r, 5, 14)
	length, start := between(r, 90, 220), between(r, 0, 2*math.Pi)
	y := func(x float32) float32 {
		sin, _ := sincos(start + 2*math.Pi*x/length)
		return middle + height*sin
	}
	p.moveTo(point{0, y(0) - thick/2})
	for x := float32(step); x <= Width; x += step {
		p.lineTo(point{x, y(x) - thick/2})
	}
	for x := float32(Width); x >= 0; x -= step {
		p.lineTo(point{x, y(x) + thick/2})
	}
	p.close()
}

// speck adds a small lozenge anywhere.
func (p path) speck(r *rand.Rand) {
	x, y, size := between(r, 0, Width), between(r, 0, Height), between(r, 0.8, 1.8)
	p.moveTo(point{x - size, y})
	p.lineTo(point{x, y - size})
	p.lineTo(point{x + size, y})
	p.lineTo(point{x, y + size})
	p.close()
}

func between(r *rand.Rand, low, high float32) float32 { return low + (high-low)*r.Float32() }

func sincos(angle float32) (sin, cos float32) {
	s, c := math.Sincos(float64(angle))
	return float32(s), float32(c)
}
