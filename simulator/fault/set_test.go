package fault_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/nic"
)

// point is a request of generate.
func point() *fault.Point {
	return &fault.Point{
		Environment: nic.Sandbox, Call: "generate",
		Header: func(name string) string { return map[string]string{"X-Test": "7"}[name] },
		Caller: func() fault.Caller {
			return fault.Caller{GSTIN: "29ABCCD1234E1Z1", User: "dakshin_api", ClientID: "AAFCC29ERP82ZSO"}
		},
	}
}

func TestWhen(t *testing.T) {
	for when, matches := range map[string]bool{
		`{}`:                                                        true,
		`{"environment":"sandbox"}`:                                 true,
		`{"environment":"production"}`:                              false,
		`{"call":"generate"}`:                                       true,
		`{"call":"cancel"}`:                                         false,
		`{"gstin":"29abccd1234e1z1"}`:                               true,
		`{"gstin":"29ABCPD1234E2Z9"}`:                               false,
		`{"user":"Dakshin_API"}`:                                    true,
		`{"user":"other"}`:                                          false,
		`{"clientId":"aafcc29erp82zso"}`:                            true,
		`{"clientId":"AABCK27GSP4K7QX"}`:                            false,
		`{"header":{"X-Test":"7"}}`:                                 true,
		`{"header":{"X-Test":"8"}}`:                                 false,
		`{"header":{"X-Test":"7","X-Other":"1"}}`:                   false,
		`{"call":"generate","user":"dakshin_api","clientId":"x"}`:   false,
		`{"environment":null,"gstin":null,"header":null,"user":""}`: true,
	} {
		t.Run(when, func(t *testing.T) {
			var s fault.Set
			s.Replace([]fault.Live{{Rule: rule(t, `{"name":"x","when":`+when+`,"does":{"kind":"hang"}}`)}})
			_, fires := fault.Take[*fault.Hang](s.Match(point()))
			if l := s.List()[0]; fires != matches || (l.Matched == 1) != matches || (l.Fired == 1) != matches {
				t.Errorf("fires %v, counts %+v", fires, l)
			}
		})
	}
}

// A rule without an environment is about NIC.
func TestWhenAtAGSP(t *testing.T) {
	for when, matches := range map[string]bool{`{}`: false, `{"call":"generate"}`: false, `{"environment":"gsp"}`: true} {
		t.Run(when, func(t *testing.T) {
			var s fault.Set
			s.Replace([]fault.Live{{Rule: rule(t, `{"name":"x","when":`+when+`,"does":{"kind":"hang"}}`)}})
			at := point()
			at.Environment = nic.GSP
			if _, fires := fault.Take[*fault.Hang](s.Match(at)); fires != matches {
				t.Errorf("fires %v", fires)
			}
		})
	}
}

func TestOften(t *testing.T) {
	draws := []float64{0.1, 0.3, 0.2, 0.9, 0.19, 0.5}
	for often, want := range map[string]string{
		`{}`:                  "xxxxxx",
		`{"next":2}`:          "xx....",
		`{"every":3}`:         "..x..x",
		`{"every":1}`:         "xxxxxx",
		`{"from":4}`:          "...xxx",
		`{"probability":0.2}`: "x...x.",
		`{"probability":1}`:   "xxxxxx",
	} {
		t.Run(often, func(t *testing.T) {
			left := slices.Clone(draws)
			s := fault.Set{Chance: func() float64 { next := left[0]; left = left[1:]; return next }}
			s.Replace([]fault.Live{{Rule: rule(t, `{"name":"x","does":{"kind":"hang"},"often":`+often+`}`)}})
			var got strings.Builder
			for range draws {
				r := s.Match(point())
				if _, fires := fault.Take[*fault.Hang](r); fires {
					got.WriteByte('x')
				} else {
					got.WriteByte('.')
				}
				if _, again := fault.Take[*fault.Hang](r); again {
					t.Error("decides twice about one request")
				}
			}
			if l := s.List()[0]; got.String() != want || l.Matched != 6 || l.Fired != strings.Count(want, "x") {
				t.Errorf("fires %s, counts %d and %d; want %s", got.String(), l.Matched, l.Fired, want)
			}
		})
	}
}

// Of several rules of a kind, the first that fires does. A rule that was not asked is matched and has not fired.
func TestSeveral(t *testing.T) {
	var s fault.Set
	s.Replace([]fault.Live{
		{Rule: rule(t, `{"name":"once","does":{"kind":"status","code":429},"often":{"next":1}}`)},
		{Rule: rule(t, `{"name":"other","when":{"call":"ping"},"does":{"kind":"status","code":500}}`)},
		{Rule: rule(t, `{"name":"page","does":{"kind":"html"}}`)},
		{Rule: rule(t, `{"name":"slow","does":{"kind":"drip","over":"1s"}}`)},
	})
	for _, want := range []int{429, 502, 502} {
		r := s.Match(point())
		got, fires := fault.Take[fault.Answering](r)
		if !fires || got.Answer().Code != want {
			t.Errorf("answers %v, want %d", got, want)
		}
		if fired := r.Fired(); len(fired) != 1 || (fired[0] == "once") != (want == 429) {
			t.Errorf("fired %q", fired)
		}
	}
	var counts [][2]int
	for _, l := range s.List() {
		counts = append(counts, [2]int{l.Matched, l.Fired})
	}
	if want := [][2]int{{3, 1}, {0, 0}, {3, 2}, {3, 0}}; !slices.Equal(counts, want) {
		t.Errorf("counts %v, want %v", counts, want)
	}
}

// A rule that stays keeps its counts; one that is gone ends, and fires no more for requests that it matched before.
func TestReplace(t *testing.T) {
	var s fault.Set
	hang := fault.Live{Rule: rule(t, `{"name":"a","does":{"kind":"hang"}}`)}
	again := fault.Live{Rule: rule(t, `{"name":"b","does":{"kind":"hang"},"often":{"from":2}}`)}
	if s.Armed() {
		t.Error("armed without a rule")
	}
	s.Replace([]fault.Live{hang, again})
	hung := s.Match(point())
	effect, _ := fault.Take[*fault.Hang](hung)
	late := s.Match(point())
	s.Replace([]fault.Live{again})
	select {
	case <-hung.Ended(effect):
	default:
		t.Error("the rule is gone, and what it does has not ended")
	}
	if _, fires := fault.Take[*fault.Hang](late); !fires || late.Fired()[0] != "b" {
		t.Errorf("fired %q", late.Fired())
	}
	if l := s.List(); len(l) != 1 || l[0].Matched != 2 || l[0].Fired != 1 || !s.Armed() {
		t.Errorf("rules %+v", l)
	}
	s.Replace(nil)
	if s.Armed() || s.Match(point()) != nil {
		t.Error("rules are left")
	}
}

// Requests for which no call is known, such as those for style sheets, have no faults.
func TestNoCall(t *testing.T) {
	var s fault.Set
	s.Replace([]fault.Live{{Rule: rule(t, `{"name":"a","does":{"kind":"hang"}}`)}})
	p := point()
	p.Call = ""
	r := s.Match(p)
	if _, fires := fault.Take[*fault.Hang](r); r != nil || fires || r.Fired() != nil || s.List()[0].Matched != 0 {
		t.Error("matched")
	}
}
