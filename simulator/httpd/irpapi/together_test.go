package irpapi_test

import (
	"slices"
	"strconv"
	"sync"
	"testing"
)

// together does something n times at once and returns the results. What failed in one
// of them ends the test.
func together[T any](t *testing.T, n int, do func(i int) T) []T {
	t.Helper()
	results := make([]T, n)
	start := make(chan struct{})
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			<-start
			results[i] = do(i)
		})
	}
	close(start)
	group.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return results
}

// count counts equal outcomes: "good", or the code of the refusal.
func count(answers []envelope) map[string]int {
	outcomes := map[string]int{}
	for _, e := range answers {
		if e.doc["Status"] == 1.0 {
			outcomes["good"]++
			continue
		}
		outcomes[e.codes()[0]]++
	}
	return outcomes
}

const crowd = 8

// Of identical requests at once one is registered, and the others are told which.
func TestGenerateTogether(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for round := range 5 {
		number := "G-" + strconv.Itoa(round+1)
		answers := together(t, crowd, func(int) envelope { return u.generate(invoice(number)) })
		if got := count(answers); got["good"] != 1 || got["2150"] != crowd-1 {
			t.Fatalf("of %d at once: %v", crowd, got)
		}
		var registered object
		for _, e := range answers {
			if e.doc["Status"] == 1.0 {
				registered = e.good()
			}
		}
		for _, e := range answers {
			if info, refused := e.doc["InfoDtls"].([]any); refused {
				if told := info[0].(object)["Desc"].(object); told["Irn"] != registered["Irn"] ||
					told["AckNo"] != registered["AckNo"] {
					t.Errorf("told %v of %v", told, registered)
				}
			}
		}
		u.readsBack(answers[slices.IndexFunc(answers, func(e envelope) bool { return e.doc["Status"] == 1.0 })])
	}
}

// Different requests at once are all registered, under numbers of their own.
func TestManyTogether(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	answers := together(t, 4*crowd, func(i int) envelope { return u.generate(invoice("H-" + strconv.Itoa(i+1))) })
	var numbers []string
	for _, e := range answers {
		u.readsBack(e)
		numbers = append(numbers, digitsOf(e.data, "AckNo"))
	}
	slices.Sort(numbers)
	if len(slices.Compact(numbers)) != 4*crowd {
		t.Errorf("an acknowledgement number twice: %v", numbers)
	}
}

func TestLoginTogether(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api")
	bodies := make([][]byte, crowd)
	for i := range bodies {
		bodies[i] = u.sealed(encode(t, u.credentials()))
	}
	answers := together(t, crowd, func(i int) envelope { return u.authWith(bodies[i]) })
	u.keep(answers[0].doc["Data"].(object))
	for _, e := range answers {
		if got := e.doc["Data"].(object); got["AuthToken"] != u.token ||
			got["Sek"] != answers[0].doc["Data"].(object)["Sek"] {
			t.Errorf("two tokens: %v", got)
		}
	}
	u.call("GET", details+u.gstin, nil).good()
}

func TestCancelTogether(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for round := range 5 {
		irn := u.generate(invoice("K-" + strconv.Itoa(round+1))).good()["Irn"].(string)
		got := count(together(t, crowd, func(int) envelope { return u.cancel(irn) }))
		if got["good"] != 1 || got["9999"] != crowd-1 {
			t.Errorf("of %d at once: %v", crowd, got)
		}
	}
}

// Cancelled or shipped, whichever comes first, and never both.
func TestCancelAndShipTogether(t *testing.T) {
	u := open(t).world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	for round := range 5 {
		irn := u.generate(invoice("Q-" + strconv.Itoa(round+1))).good()["Irn"].(string)
		got := count(together(t, crowd, func(i int) envelope {
			if i%2 == 0 {
				return u.cancel(irn)
			}
			return u.ship(irn, nil)
		}))
		cancelled := got["9999"] == crowd/2-1 && got["2302"] == crowd/2
		shipped := got["4002"] == crowd/2-1 && got["2230"] == crowd/2
		if got["good"] != 1 || cancelled == shipped {
			t.Errorf("%v", got)
		}
	}
}
