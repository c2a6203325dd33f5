package journal_test

import (
	"bytes"
	"encoding/json"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
)

func ids(list []*journal.Exchange) []int64 {
	found := []int64{}
	for _, e := range list {
		found = append(found, e.ID)
	}
	return found
}

func TestExchanges(t *testing.T) {
	var j journal.Journal
	for _, env := range []nic.Environment{nic.Sandbox, nic.Production, nic.Sandbox, nic.Production} {
		j.Record(journal.Exchange{Environment: env, ID: 99}) // the journal assigns the ids
	}
	for _, c := range []struct {
		name   string
		filter journal.Filter
		want   []int64
	}{
		{"all, newest first", journal.Filter{}, []int64{4, 3, 2, 1}},
		{"of one environment", journal.Filter{Environment: nic.Sandbox}, []int64{3, 1}},
		{"the last two", journal.Filter{Limit: 2}, []int64{4, 3}},
		{"the last of one environment", journal.Filter{Environment: nic.Sandbox, Limit: 1}, []int64{3}},
		{"more than there are", journal.Filter{Limit: 9}, []int64{4, 3, 2, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ids(j.Exchanges(c.filter)); !slices.Equal(got, c.want) {
				t.Errorf("%v; want %v", got, c.want)
			}
		})
	}
	t.Run("of an empty journal", func(t *testing.T) {
		var empty journal.Journal
		if got := empty.Exchanges(journal.Filter{}); got == nil || len(got) > 0 {
			t.Errorf("%v", got)
		}
	})
}

func TestWhatWasOnlyLookedAtIsLeftOut(t *testing.T) {
	var j journal.Journal
	for _, view := range []bool{false, true, false, true} {
		j.Record(journal.Exchange{View: view})
	}
	if got := ids(j.Exchanges(journal.Filter{NoViews: true, Limit: 2})); !slices.Equal(got, []int64{3, 1}) {
		t.Errorf("left are %v", got)
	}
}

func TestKept(t *testing.T) {
	var j journal.Journal
	kept := func(wantAll, wantRefused int) {
		t.Helper()
		if all, refused := j.Kept(); all != wantAll || refused != wantRefused {
			t.Errorf("%d are kept, %d of them refused; want %d, %d", all, refused, wantAll, wantRefused)
		}
	}
	kept(0, 0)
	j.Record(journal.Exchange{Status: 404})
	j.Record(journal.Exchange{Status: 303, Reason: &journal.Reason{}})
	j.Record(journal.Exchange{Status: 200})
	kept(3, 2)
	for range journal.Capacity - 2 { // the first is dropped
		j.Record(journal.Exchange{Status: 200})
	}
	kept(journal.Capacity, 1)
}

func TestJournalIsBounded(t *testing.T) {
	var j journal.Journal
	const crowd = 4
	var all sync.WaitGroup
	for range crowd {
		all.Go(func() {
			for range journal.Capacity {
				j.Record(journal.Exchange{Environment: nic.Sandbox})
			}
			if n := len(j.Exchanges(journal.Filter{})); n != journal.Capacity {
				t.Errorf("%d exchanges", n)
			}
		})
	}
	all.Wait()
	j.Record(journal.Exchange{Environment: nic.Production}) // the ring begins at an odd index
	want := int64(crowd*journal.Capacity + 1)
	for _, id := range ids(j.Exchanges(journal.Filter{})) {
		if id != want {
			t.Fatalf("%d where %d is wanted", id, want)
		}
		want--
	}
	if got := ids(j.Exchanges(journal.Filter{Limit: 1, Environment: nic.Sandbox})); !slices.Equal(got,
		[]int64{crowd * journal.Capacity}) {
		t.Errorf("the newest of the sandbox is %v", got)
	}
}

// Substrings of a request line keep the whole line in memory, unless they are copied.
func TestLongRequestLinesAreNotKept(t *testing.T) {
	var before, after runtime.MemStats
	var j journal.Journal
	runtime.GC()
	runtime.ReadMemStats(&before)
	for range journal.Capacity {
		line := "GET /" + strings.Repeat("x", 30<<10)
		j.Record(journal.Exchange{Method: line[:3], Path: line[4:]})
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > journal.Capacity<<10 {
		t.Errorf("%d bytes are kept of %d exchanges", kept, journal.Capacity)
	}
	if e, _ := j.Exchange(1); e.Method != "GET" || len(e.Path) != 512 {
		t.Errorf("kept are %q and %d bytes of the path", e.Method, len(e.Path))
	}
}

// Each exchange is found by its number while it is kept.
func TestExchangeByNumber(t *testing.T) {
	var j journal.Journal
	holds := func(from, to int64) {
		t.Helper()
		for _, id := range []int64{-1, 0, from - 1, from, (from + to) / 2, to, to + 1} {
			e, ok := j.Exchange(id)
			if want := id >= from && id <= to && id > 0; ok != want || ok && e.ID != id {
				t.Errorf("exchange %d: found is %v with number %d; those kept are %d to %d", id, ok, e.ID, from, to)
			}
		}
	}
	holds(1, 0)
	for range 3 {
		j.Record(journal.Exchange{})
	}
	holds(1, 3)
	for range journal.Capacity {
		j.Record(journal.Exchange{})
	}
	holds(4, journal.Capacity+3)
}

func TestAnswer(t *testing.T) {
	long := `{"a":"` + strings.Repeat("x", 8<<10) + `"}`
	for _, c := range []struct{ name, body, want string }{
		{"nothing", "", ""},
		{"JSON", `{"state":"VALIDATED"}`, `{"state":"VALIDATED"}`},
		{"something else", "<p>", `{"bytesNotShown":3}`},
		{"more than is kept", long, `{"bytesNotShown":8200}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(journal.Answer([]byte(c.body))); got != c.want {
				t.Errorf("%s; want %s", got, c.want)
			}
		})
	}
}

var masks = []struct{ name, body, want string }{
	{"nothing", ``, ``},
	{"what a person types into Validate",
		`{"category":"TAXPAYER","gstin":"29ABCCD1234E1Z1","mobile":"9876543210","email":"a@b.example","captcha":{"captchaId":"c","answer":"K7M2QX"}}`,
		`{"category":"TAXPAYER","gstin":"29ABCCD1234E1Z1","mobile":"9876543210","email":"a@b.example","captcha":{"captchaId":"c","answer":"***"}}`},
	{"an OTP", `{"otp":"012345"}`, `{"otp":"***"}`},
	{"an OTP as a number", `{"otp":12345}`, `{"otp":"***"}`},
	{"an API user", `{"registrationThrough":"GSP","companyName":"K","clientId":"C","clientSecret":"S","username":"u","password":"P","confirmPassword":"P"}`,
		`{"registrationThrough":"GSP","companyName":"K","clientId":"C","clientSecret":"***","username":"u","password":"***","confirmPassword":"***"}`},
	{"a change of password", `{"currentPassword":"a","newPassword":"b"}`, `{"currentPassword":"***","newPassword":"***"}`},
	{"a misspelt name", `{"passwrod":"P","Password":"P"}`, `{"passwrod":"***","Password":"***"}`},
	{"null", `{"otp":null,"gstin":null}`, `{"otp":null,"gstin":null}`},
	{"names and secrets exchanged", `{"clientId":"SahyadriSecret000001","username":"Testing@123"}`,
		`{"clientId":"***","username":"***"}`},
	{"an object under a harmless name", `{"username":{"username":"u"}}`, `{"username":"***"}`},
	{"a list under a harmless name", `{"username":[{"username":"P"}]}`, `{"username":"***"}`},
	{"a number under a harmless name", `{"clientId":12345}`, `{"clientId":"***"}`},
	{"the answer where the captcha should be", `{"captcha":"K7M2QX"}`, `{"captcha":"***"}`},
	{"the captcha in a list", `{"captcha":[{"answer":"K7M2QX"}]}`, `{"captcha":"***"}`},
	{"a captcha in a captcha", `{"captcha":{"captcha":{"answer":"A","captchaId":"c"}}}`,
		`{"captcha":{"captcha":{"answer":"***","captchaId":"c"}}}`},
	{"a list", `["P"]`, `{"bytesNotShown":5}`},
	{"text", `"P"`, `{"bytesNotShown":3}`},
	{"no JSON", `otp=012345`, `{"bytesNotShown":10}`},
	{"two objects", `{"gstin":"g"}{"otp":"1"}`, `{"bytesNotShown":24}`},
	{"more than is kept", `{"gstin":"` + strings.Repeat("2", 8<<10) + `"}`, `{"bytesNotShown":8204}`},
}

func TestMask(t *testing.T) {
	for _, c := range masks {
		t.Run(c.name, func(t *testing.T) {
			if got := string(journal.Mask([]byte(c.body))); got != c.want {
				t.Errorf("%s; want %s", got, c.want)
			}
		})
	}
}

// harmless are the members of the contract's requests without a secret.
var harmless = []string{
	"category", "gstin", "pan", "mobile", "email", "captchaId", "registrationThrough", "companyName", "clientId",
	"username", "stateCode",
}

// leaves calls found for each value that is neither an object nor a list, with the name of its member.
func leaves(v any, name string, found func(name string, v any)) {
	switch v := v.(type) {
	case map[string]any:
		for name, nested := range v {
			leaves(nested, name, found)
		}
	case []any:
		for _, nested := range v {
			leaves(nested, "", found)
		}
	default:
		found(name, v)
	}
}

// The masked body shows only strings of members with a harmless name.
func FuzzMask(f *testing.F) {
	for _, c := range masks {
		f.Add([]byte(c.body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		masked := journal.Mask(body)
		if len(body) == 0 {
			return
		}
		var got, sent map[string]any
		if err := json.Unmarshal(masked, &got); err != nil {
			t.Fatalf("%q is masked as %q, which is not an object: %v", body, masked, err)
		}
		if _, ok := got["bytesNotShown"].(float64); ok && len(got) == 1 {
			return
		}
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber() // a number may exceed the types of Go
		if err := decoder.Decode(&sent); err != nil {
			t.Fatalf("%q is shown as %q: %v", body, masked, err)
		}
		var allowed []any
		leaves(sent, "", func(name string, v any) {
			if text, ok := v.(string); ok && slices.Contains(harmless, name) {
				allowed = append(allowed, text)
			}
		})
		leaves(got, "", func(name string, v any) {
			if v != nil && v != journal.Hidden && !slices.Contains(allowed, v) {
				t.Errorf("%q shows %v under %q", masked, v, name)
			}
		})
	})
}
