package portal

import (
	"context"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// failing decides whether a fault of a kind fires for the request of a context.
func failing[E fault.Effect](ctx context.Context, p Portal) (E, bool) {
	if !p.world.Faults.Armed() {
		var none E
		return none, false
	}
	return fault.Take[E](fault.Of(ctx))
}

// InService refuses every call while the settings or a fault simulate an outage.
func (p Portal) InService(ctx context.Context) error {
	if _, failing := failing[*fault.Outage](ctx, p); !failing && !p.book().Outage {
		return nil
	}
	if p.wrong(defect.OutageIgnored) {
		return nil
	}
	return refuseFor(Outage, time.Minute)
}

// RefusedByFault refuses what was sent if a fault says so.
func (p Portal) RefusedByFault(ctx context.Context) error {
	f, ok := failing[*fault.Refusal](ctx, p)
	if !ok {
		return nil
	}
	message, _ := nic.Message(f.Code) // the fault was refused if NIC publishes no words
	return &Refusal{Cause: journal.ByFault,
		Violations: []Violation{{Code: codeOf(f.Code), NICCode: f.Code, Message: message}}}
}

// reached returns where an OTP goes.
func (p Portal) reached(ctx context.Context, to contact) contact {
	if old, ok := failing[*fault.OTPOldNumber](ctx, p); ok {
		to.mobile = old.Mobile
	}
	return to
}

// underway returns the messages with an OTP as they arrive.
func (p Portal) underway(ctx context.Context, messages []inbox.Message) []inbox.Message {
	if len(messages) == 0 { // a login without an OTP
		return nil
	}
	if _, ok := failing[*fault.OTPLost](ctx, p); ok {
		return nil
	}
	if late, ok := failing[*fault.OTPLate](ctx, p); ok {
		for n := range messages {
			messages[n].ArrivesAt = messages[n].ArrivesAt.Add(time.Duration(late.By))
		}
	}
	if _, ok := failing[*fault.OTPTwice](ctx, p); ok {
		for _, m := range messages {
			m.ID = p.newID()
			messages = append(messages, m)
		}
	}
	return messages
}

// copied is a unit of the store in which NIC's copy of a taxpayer is not what the GST common portal holds. The portals
// never write a taxpayer that they have read.
type copied struct {
	store.Tx
	ctx       context.Context //nolint:containedctx // a unit is over before its request is
	p         Portal
	asked     bool
	stale     *fault.StaleRecord // nil: the copy has the contact
	cancelled bool
}

// Taxpayer finds a taxpayer in NIC's copy.
func (c *copied) Taxpayer(gstin string) (store.Taxpayer, error) {
	t, err := c.Tx.Taxpayer(gstin)
	if err != nil {
		return t, err
	}
	if !c.asked { // a rule decides once a request, and a unit may read twice
		c.stale, _ = failing[*fault.StaleRecord](c.ctx, c.p)
		_, c.cancelled = failing[*fault.TaxpayerCancelled](c.ctx, c.p)
		c.asked = true
	}
	if c.stale != nil {
		t.Mobile = c.stale.Mobile
	}
	if c.cancelled {
		t.Status = nic.Cancelled
	}
	return t, nil
}
