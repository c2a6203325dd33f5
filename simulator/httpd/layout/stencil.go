package layout

import (
	"bytes"
	"strings"

	"github.com/nicsim/nicsim/simulator/dice"
)

// mark is drawn anew by each process, and never sent: nobody can type it.
var mark = dice.FreshSeed()

// What stands in a stencil's holes while html/template writes it.
var (
	worldHole   = "world-" + mark
	tokenHole   = "token-" + mark
	captchaHole = "captcha-" + mark
	userHole    = "user-" + mark
)

// stencil is a piece of a page that html/template wrote once and that differs from one time to the
// next only in what goes into its holes.
type stencil struct {
	pieces []string
	holes  []string // between them; each what stood there
	size   int      // about how long it is when they are filled
}

// cut makes a stencil of what html/template wrote.
func cut(text string) *stencil {
	s := stencil{size: len(text) + 64}
	for {
		at, hole := len(text), ""
		for _, h := range []string{worldHole, tokenHole, captchaHole, userHole} {
			if i := strings.Index(text, h); i >= 0 && i < at {
				at, hole = i, h
			}
		}
		s.pieces = append(s.pieces, text[:at])
		if hole == "" {
			return &s
		}
		s.holes = append(s.holes, hole)
		text = text[at+len(hole):]
	}
}

// filling is what goes into the holes; tokens in the order of their forms.
type filling struct {
	world, user, captcha string
	tokens               []string
}

// plain tells whether everything may stand anywhere in a page as it is: letters, digits, and
// characters that no part of HTML or of a URL gives a meaning to. Whatever else there is goes
// through html/template.
func (f filling) plain() bool {
	for _, text := range append(f.tokens, f.world, f.user, f.captcha) {
		for _, c := range []byte(text) {
			letter := 'a' <= c|0x20 && c|0x20 <= 'z'
			if !letter && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
				return false
			}
		}
	}
	return true
}

// write fills the holes and returns the tokens that are left.
func (s *stencil) write(out *bytes.Buffer, f filling) (left []string) {
	for i, piece := range s.pieces {
		out.WriteString(piece)
		if i == len(s.holes) {
			break
		}
		switch s.holes[i] {
		case worldHole:
			out.WriteString(f.world)
		case captchaHole:
			out.WriteString(f.captcha)
		case userHole:
			out.WriteString(f.user)
		case tokenHole:
			if len(f.tokens) > 0 {
				out.WriteString(f.tokens[0])
				f.tokens = f.tokens[1:]
			}
		}
	}
	return f.tokens
}
