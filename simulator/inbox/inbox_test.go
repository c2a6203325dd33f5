package inbox_test

import (
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
)

var now = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

func ids(messages []inbox.Message) []string {
	list := []string{}
	for _, m := range messages {
		list = append(list, m.ID)
	}
	return list
}

func TestMessages(t *testing.T) {
	var b inbox.Inbox
	b.Deliver(
		inbox.Message{ID: "1", GSTIN: "G1", To: "9876543210", Purpose: inbox.RegistrationOTP, Environment: nic.Sandbox,
			ArrivesAt: now},
		inbox.Message{ID: "2", GSTIN: "G1", To: "a@b.example", Purpose: inbox.RegistrationOTP, Environment: nic.Sandbox,
			ArrivesAt: now},
		inbox.Message{ID: "3", GSTIN: "G1", To: "9876543210", Purpose: inbox.APIUserOTP, Environment: nic.Production,
			ArrivesAt: now},
		inbox.Message{ID: "4", GSTIN: "G2", To: "9876543210", Purpose: inbox.APIUserOTP, Environment: nic.Production,
			ArrivesAt: now},
		inbox.Message{ID: "late", GSTIN: "G2", To: "9876543210", Purpose: inbox.APIUserOTP, Environment: nic.Production,
			ArrivesAt: now.Add(time.Minute)},
	)
	for _, c := range []struct {
		name   string
		filter inbox.Filter
		at     time.Time
		want   []string
	}{
		{"all, newest first", inbox.Filter{}, now, []string{"4", "3", "2", "1"}},
		{"before any arrived", inbox.Filter{}, now.Add(-1), []string{}},
		{"once the late one arrived", inbox.Filter{}, now.Add(time.Minute), []string{"late", "4", "3", "2", "1"}},
		{"by GSTIN", inbox.Filter{GSTIN: "G1"}, now, []string{"3", "2", "1"}},
		{"by address", inbox.Filter{To: "a@b.example"}, now, []string{"2"}},
		{"by purpose", inbox.Filter{Purpose: inbox.APIUserOTP}, now, []string{"4", "3"}},
		{"by environment", inbox.Filter{Environment: nic.Sandbox}, now, []string{"2", "1"}},
		{"by all of them", inbox.Filter{"G1", "9876543210", inbox.APIUserOTP, nic.Production, 0}, now, []string{"3"}},
		{"the newest two that had arrived", inbox.Filter{Limit: 2}, now, []string{"4", "3"}},
		{"nothing fits", inbox.Filter{GSTIN: "G3"}, now, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ids(b.Messages(c.filter, c.at)); !slices.Equal(got, c.want) {
				t.Errorf("%v; want %v", got, c.want)
			}
		})
	}
	t.Run("cleared, with messages that have not arrived", func(t *testing.T) {
		b.Clear()
		if got := b.Messages(inbox.Filter{}, now.Add(time.Hour)); len(got) > 0 {
			t.Errorf("%v", ids(got))
		}
	})
}

func TestInboxIsBounded(t *testing.T) {
	var b inbox.Inbox
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 50 {
				b.Deliver(make([]inbox.Message, inbox.Capacity/100)...)
				b.Messages(inbox.Filter{To: "nobody"}, now)
			}
		})
	}
	all.Wait()
	for i := range inbox.Capacity {
		b.Deliver(inbox.Message{ID: strconv.Itoa(i)})
	}
	for oldest := range 2 {
		got := ids(b.Messages(inbox.Filter{}, now))
		if len(got) != inbox.Capacity || got[len(got)-1] != strconv.Itoa(oldest) {
			t.Errorf("%d messages, the oldest of them %s", len(got), got[len(got)-1])
		}
		b.Deliver(inbox.Message{})
	}
}
