package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Memory is a Store that lives and dies with the process. Use NewMemory.
type Memory struct {
	mu     sync.RWMutex // guards everything that tables holds
	tables data
}

// data is written in place; undo takes back what a failed unit wrote.
type data struct {
	undo []func()

	taxpayers     map[string]Taxpayer
	organisations map[string]Organisation
	directAccess  map[string]DirectAccess
	providers     map[string]Provider
	providerOrder []string
	portalUsers   map[string]PortalUser
	loginOf       map[string]string // GSTIN to portal username
	apiUsers      map[envKey]APIUser
	apiUsersOf    map[envKey][]envKey // GSTIN to the keys in apiUsers
	captchas      map[string]Captcha
	flows         map[string]Flow
	sessions      map[envKey]Session
	attempts      map[envKey]Attempts
	series        map[envKey]int64
	tokens        map[envKey]Token
	tokenOf       map[envKey]string // client id and username to the token's value
	invoices      map[envKey]Invoice
	invoiceOrder  map[nic.Environment][]string // IRNs as added
	irnOf         map[documentKey]string
	irnOfEWB      map[ewbKey]string
}

// envKey is a key that means something within one environment.
type envKey struct {
	env nic.Environment
	key string
}

func nameKey(env nic.Environment, username string) envKey {
	return envKey{env, strings.ToLower(username)}
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	return &Memory{tables: data{
		taxpayers:     map[string]Taxpayer{},
		organisations: map[string]Organisation{},
		directAccess:  map[string]DirectAccess{},
		providers:     map[string]Provider{},
		portalUsers:   map[string]PortalUser{},
		loginOf:       map[string]string{},
		apiUsers:      map[envKey]APIUser{},
		apiUsersOf:    map[envKey][]envKey{},
		captchas:      map[string]Captcha{},
		flows:         map[string]Flow{},
		sessions:      map[envKey]Session{},
		attempts:      map[envKey]Attempts{},
		series:        map[envKey]int64{},
		tokens:        map[envKey]Token{},
		tokenOf:       map[envKey]string{},
		invoices:      map[envKey]Invoice{},
		invoiceOrder:  map[nic.Environment][]string{},
		irnOf:         map[documentKey]string{},
		irnOfEWB:      map[ewbKey]string{},
	}}
}

// View implements Store.
func (m *Memory) View(ctx context.Context, f func(Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return f(&m.tables)
}

// Update implements Store.
func (m *Memory) Update(ctx context.Context, f func(Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := false
	defer func() {
		if !kept { // f failed or panicked
			for _, takeBack := range slices.Backward(m.tables.undo) {
				takeBack()
			}
		}
		m.tables.undo = m.tables.undo[:0]
	}()
	if err := f(&m.tables); err != nil {
		return err
	}
	kept = true
	return nil
}

// put writes one entry of a table and remembers how to take it back.
func put[K comparable, V any](d *data, table map[K]V, key K, value V) {
	before, had := table[key]
	d.undo = append(d.undo, func() {
		if had {
			table[key] = before
		} else {
			delete(table, key)
		}
	})
	table[key] = value
}

// add is put for a key that must be free.
func add[K comparable, V any](d *data, table map[K]V, key K, value V) error {
	if _, taken := table[key]; taken {
		return ErrExists
	}
	put(d, table, key, value)
	return nil
}

// remove deletes one entry, if it is there, and remembers how to take that back.
func remove[K comparable, V any](d *data, table map[K]V, key K) {
	if before, had := table[key]; had {
		d.undo = append(d.undo, func() { table[key] = before })
		delete(table, key)
	}
}

func get[K comparable, V any](table map[K]V, key K) (V, error) {
	v, ok := table[key]
	if !ok {
		return v, ErrNotFound
	}
	return v, nil
}

func inOrder[K cmp.Ordered, V any](table map[K]V) []V {
	list := make([]V, 0, len(table))
	for _, key := range slices.Sorted(maps.Keys(table)) {
		list = append(list, table[key])
	}
	return list
}

// Sweep implements Tx.
func (d *data) Sweep(before time.Time) error {
	for id, c := range d.captchas {
		if c.ExpiresAt.Before(before) {
			remove(d, d.captchas, id)
		}
	}
	for key, s := range d.sessions {
		if s.ExpiresAt.Before(before) {
			remove(d, d.sessions, key)
		}
	}
	for key, a := range d.attempts {
		if a.ExpiresAt.Before(before) {
			remove(d, d.attempts, key)
		}
	}
	for key, t := range d.tokens {
		if t.ExpiresAt.Before(before) {
			remove(d, d.tokens, key)
			remove(d, d.tokenOf, ownerKey(t.Environment, t.ClientID, t.Username))
		}
	}
	for id, f := range d.flows {
		if f.Result.At.IsZero() && f.ExpiresAt.Before(before) {
			remove(d, d.flows, id)
		}
	}
	return nil
}
