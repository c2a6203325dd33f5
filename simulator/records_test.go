package simulator_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

// When the records have as many bytes as they may, a request that adds to them is answered with 507. The simulator goes
// on, and a world that is deleted makes room.
func TestRecordsAreBounded(t *testing.T) {
	s := simtest.Start(t, simulator.Options{MaxRecords: 4 << 20})
	call := func(method, path, body string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, s.Control+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		answer, err := s.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		return answer.StatusCode
	}
	records := 0
	fill := func(world string) (status int) {
		for status = http.StatusCreated; status == http.StatusCreated; {
			records++
			pan := "ZZZFZ" + string([]byte{'0' + byte(records/1000%10), '0' + byte(records/100%10),
				'0' + byte(records/10%10), '0' + byte(records%10)}) + "F"
			status = call("POST", world+"/control/v1/organisations",
				`{"pan":"`+pan+`","legalName":"`+strings.Repeat("x", 90)+`"}`)
		}
		return status
	}
	for _, world := range []string{"/w/a", "/w/b"} {
		if status := fill(world); status != http.StatusInsufficientStorage {
			t.Fatalf("world %s is not bounded: status %d after %d records", world, status, records)
		}
	}
	if status := call("GET", "/w/a/control/v1/taxpayers", ""); status != http.StatusOK {
		t.Errorf("reading a full world: status %d", status)
	}
	if status := call("DELETE", "/control/v1/worlds/a", ""); status != http.StatusNoContent {
		t.Errorf("deleting a full world: status %d", status)
	}
	if status := call("POST", "/w/c/control/v1/snapshots", `{"name":"s"}`); status != http.StatusCreated {
		t.Errorf("a world that begins in the place of the deleted one: status %d", status)
	}
}
