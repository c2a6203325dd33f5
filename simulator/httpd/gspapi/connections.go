package gspapi

import (
	"context"
	"errors"
	"time"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/gsp"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// desk is a request about connections, as JSON or of a page.
type desk struct {
	*Site
	ctx  context.Context
	call *httpd.Call
}

// view reads from the store of the world.
func view[T any](d desk, read func(store.Reader) (T, error)) (found T, err error) {
	err = d.call.World.Store.View(d.ctx, func(r store.Reader) (err error) {
		found, err = read(r)
		return err
	})
	return found, err
}

// list returns a page of the connections of GSPs, and the After of the next page: empty at the end.
func (d desk) list(p admin.Page, of func(store.Reader) ([]store.Provider, error)) ([]gsp.Held, string, error) {
	return admin.List(d.ctx, d.call.World, p,
		func(r store.Reader, p store.Page) ([]gsp.Held, error) {
			companies, err := of(r)
			if err != nil {
				return nil, err
			}
			return gsp.Connections(r, companies, p)
		},
		func(h gsp.Held) string { return h.ID },
		func(_ store.Reader, h gsp.Held) (gsp.Held, bool, error) { return h, true, nil })
}

// update changes a connection.
func (d desk) update(do func(store.Tx) (gsp.Held, error)) (h gsp.Held, err error) {
	err = d.call.World.Store.Update(d.ctx, func(tx store.Tx) (err error) {
		h, err = do(tx)
		return err
	})
	return h, err
}

// save keeps what a taxpayer entered, and tests it.
func (d desk) save(e gsp.Entry) (gsp.Held, error) {
	id := d.call.World.Dice.Stream("connection").UUID()
	h, err := d.update(func(tx store.Tx) (gsp.Held, error) { return gsp.Enter(tx, e, id, d.call.World.Clock.Now()) })
	if err != nil {
		return h, err
	}
	return d.tested(h)
}

// change replaces the API user of a connection, and tests it.
func (d desk) change(id, username string, password store.Password) (gsp.Held, error) {
	h, err := d.update(func(tx store.Tx) (gsp.Held, error) { return gsp.Change(tx, id, username, password) })
	if err != nil {
		return h, err
	}
	return d.tested(h)
}

func (d desk) remove(id string) error {
	return d.call.World.Store.Update(d.ctx, func(tx store.Tx) error { return gsp.Remove(tx, id) })
}

func (d desk) find(id string) (gsp.Held, error) {
	return view(d, func(r store.Reader) (gsp.Held, error) { return gsp.Find(r, id) })
}

// test tests a connection again.
func (d desk) test(id string) (gsp.Held, error) {
	h, err := d.find(id)
	if err != nil {
		return h, err
	}
	return d.tested(h)
}

// tested logs in at NIC with a connection, and keeps what came of it.
func (d desk) tested(h gsp.Held) (gsp.Held, error) {
	session, err := d.NIC.Login(d.ctx, d.call, h.Environment, h.Company, h.GSTIN, h.Username, h.Password)
	answer := gsp.Answer{TokenExpiry: session.TokenExpiry, Detail: "NIC accepts the details of " + h.GSTIN + "."}
	if refusal, refused := errors.AsType[*upstream.Refusal](err); refused {
		answer = gsp.Answer{NICCode: refusal.Errors[0].Code, Detail: refusal.Errors[0].Message}
	} else if errors.Is(err, upstream.ErrUnreachable) {
		answer = gsp.Answer{Detail: "NIC could not be reached, so nothing is known of the details. Test again later."}
	} else if err != nil {
		return h, err
	}
	return d.update(func(tx store.Tx) (gsp.Held, error) { return gsp.Judge(tx, h, answer, d.call.World.Clock.Now()) })
}

// document is a connection as JSON. It never has the password.
type document struct {
	ConnectionID string          `json:"connectionId"`
	CompanyName  string          `json:"companyName"`
	Environment  nic.Environment `json:"environment"`
	GSTIN        string          `json:"gstin"`
	Username     string          `json:"username"`
	Status       string          `json:"status"`
	NICCode      *string         `json:"nicCode"`
	Detail       string          `json:"detail"`
	Cause        *string         `json:"cause"`
	Remedy       *string         `json:"remedy"`
	TokenExpiry  *string         `json:"tokenExpiry"`
	TestedAt     *time.Time      `json:"testedAt"`
}

func documentOf(c gsp.Held) document {
	optional := func(text string) *string {
		if text == "" {
			return nil
		}
		return &text
	}
	cause, remedy := gsp.Explain(c.Connection)
	d := document{
		ConnectionID: c.ID, CompanyName: c.Company.CompanyName, Environment: c.Environment, GSTIN: c.GSTIN,
		Username: c.Username, Status: c.Tested.Status, NICCode: optional(c.Tested.NICCode), Detail: c.Tested.Detail,
		Cause: optional(cause), Remedy: optional(remedy), TokenExpiry: optional(c.Tested.TokenExpiry),
	}
	if !c.Tested.At.IsZero() {
		d.TestedAt = &c.Tested.At
	}
	return d
}
