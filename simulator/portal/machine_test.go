package portal_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/world"
)

// machine performs random sequences of actions on the portals of two worlds. It compares each answer with the model. It
// compares each new record with a ledger of the steps before: a captcha answered, an OTP entered, in the guide's order.
type machine struct {
	worlds   map[string]*world.World
	model    *model
	captchas []string // all ids so far, of both worlds and portals
	walks    []string
	tokens   []string
	ledger   ledger
}

// ledger records the answers of the portals, independent of the model.
type ledger struct {
	spent    map[string]bool     // captchas that were accepted
	opened   map[string]bool     // flow and OTP
	proved   map[string][]string // by flow: the steps that succeeded, in order
	wrong    map[string]int      // by flow: OTPs that were refused as wrong
	made     map[place]int       // API users
	messages map[string]int      // by world: OTPs that were sent, each by SMS and by mail
}

func TestRandomActions(t *testing.T) {
	met := map[portal.Code]int{}
	rapid.Check(t, func(t *rapid.T) {
		worlds := stage()
		m := &machine{
			worlds: map[string]*world.World{"a": enter(t, worlds, "a"), "b": enter(t, worlds, "b")},
			model:  newModel(),
			ledger: ledger{
				spent: map[string]bool{}, opened: map[string]bool{}, proved: map[string][]string{},
				wrong: map[string]int{}, made: map[place]int{}, messages: map[string]int{},
			},
		}
		clicks := map[string]func(*rapid.T){ // rapid prefers the first entries
			"":                        m.check,
			"1.3 Validate":            m.counted(met, m.validate),
			"1.4 Send OTP":            m.counted(met, m.send),
			"1.5 Submit":              m.counted(met, m.verify),
			"1.8 Create":              m.counted(met, m.create),
			"2.1 Login":               m.counted(met, m.login),
			"2.4 Create API User":     m.counted(met, m.start),
			"2.6 Freeze":              m.counted(met, m.freeze),
			"2.5 Verify OTP":          m.counted(met, m.verify),
			"3.1 insist":              m.counted(met, m.insist),
			"3.2 advance":             m.advance,
			"3.4 draw a captcha":      func(t *rapid.T) { m.draw(t, anyPlace(t)) },
			"3.5 Create, out of turn": m.counted(met, m.create),
			"3.6 Logout":              m.logout,
		}
		for range 2 { // one Repeat is about 30 actions, which is less than most walks
			t.Repeat(clicks)
		}
	})
	t.Logf("answers met: %v", met)
}

// counted counts the answers by code.
func (m *machine) counted(met map[portal.Code]int, do func(*rapid.T) portal.Code) func(*rapid.T) {
	return func(t *rapid.T) { met[do(t)]++ }
}

// same compares an answer with the model's.
func same(t *rapid.T, what string, got, want portal.Code) portal.Code {
	t.Helper()
	if got != want {
		t.Fatalf("%s: answered %q; want %q", what, got, want)
	}
	return got
}

// often returns the first value in most cases.
func often[V any](t *rapid.T, label string, first V, others ...V) V {
	list := append(slices.Repeat([]V{first}, 1+7*len(others)), others...)
	return rapid.SampledFrom(list).Draw(t, label)
}

// some returns an element of a list, in most cases one near its end, or a value that is not in the list.
func some(t *rapid.T, label string, list []string) string {
	if len(list) == 0 {
		return "00000000-0000-4000-8000-000000000000"
	}
	recent := list[max(0, len(list)-4):]
	return often(t, label, rapid.SampledFrom(recent).Draw(t, label+", recent"), list[0],
		"00000000-0000-4000-8000-000000000000")
}

// anyPlace returns a portal of a world.
func anyPlace(t *rapid.T) place {
	return place{
		rapid.SampledFrom([]string{"a", "b"}).Draw(t, "world"),
		rapid.SampledFrom([]nic.Environment{nic.Sandbox, nic.Production}).Draw(t, "portal"),
	}
}

func (m *machine) at(p place) portal.Portal { return portal.In(m.worlds[p.world], p.env) }
