package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// filled is a directory of nicsim and the measurements of it.
type filled struct {
	kept
	requests calls   // read is of the first invoices only
	readAny  request // of all invoices
	turns    []filledTurn

	dir  string
	took time.Duration // to fill it
	size int64         // in bytes
}

// filledTurn is a kind of request and its measurements.
type filledTurn struct {
	name     string
	workers  int
	listener string
	request  request
	measured series
}

// measureFilled measures a directory with few invoices beside one with p.filled invoices and as many API users.
func measureFilled(ctx context.Context, p plan, out io.Writer) (err error) {
	few, many := &filled{}, &filled{}
	for _, f := range []*filled{few, many} {
		if f.dir, err = os.MkdirTemp("", "nicsim-bench"); err != nil {
			return err
		}
		defer os.RemoveAll(f.dir)
		f.flags = []string{"--data", f.dir}
		if f.requests, err = f.prepare(ctx, p); err != nil {
			return err
		}
	}
	if err := many.fill(ctx, p); err != nil {
		return err
	}
	for _, f := range []*filled{few, many} {
		if err := f.open(ctx, p); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.nicsim.stop()) }()
	}
	for range p.rounds {
		for n := range few.turns {
			for _, f := range []*filled{few, many} {
				t := &f.turns[n]
				if err := t.measured.turn(ctx, t.workers, until(p.turn), t.request.over(f.addressOf(t.listener))); err != nil {
					return fmt.Errorf("%d invoices: %s: %w", f.user.registered.Load(), t.name, err)
				}
			}
		}
	}
	_, err = io.WriteString(out, p.machine()+filledTable(few, many))
	return err
}

// fill adds copies of the newest invoice and of its user.
func (f *filled) fill(ctx context.Context, p plan) error {
	began := time.Now()
	fill := exec.CommandContext(ctx, p.fill, "-data", f.dir, "-to", strconv.FormatInt(p.filled, 10),
		"-from", strconv.FormatInt(f.user.registered.Load()+1, 10))
	if said, err := fill.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", fill, err, said)
	}
	f.took = time.Since(began)
	f.user.registered.Store(p.filled)
	return nil
}

// open starts nicsim on the directory. A first turn is for its caches and connections.
func (f *filled) open(ctx context.Context, p plan) (err error) {
	if f.readAny, err = f.user.readAny(); err != nil {
		return err
	}
	f.turns = []filledTurn{
		{name: "read of any invoice, 1 connection", workers: 1, listener: sandbox, request: f.readAny},
		{name: "read of any invoice", workers: connections, listener: sandbox, request: f.readAny},
		{name: fmt.Sprintf("read of the same %d invoices", fewInvoices), workers: connections, listener: sandbox,
			request: f.requests.read},
		{name: "auth", workers: connections, listener: sandbox, request: f.requests.auth},
	}
	for _, page := range []struct{ name, path, begins string }{
		{"a page of 200 invoices of the control API", "/control/v1/invoices", `{"invoices":[{`},
		{"the dashboard's page of 200 invoices", "/invoices", `<!doctype html>`},
		{"the dashboard's overview", "/", `<!doctype html>`},
	} {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1"+page.path, nil)
		if err != nil {
			return err
		}
		asked, err := newRequest(r, page.begins)
		if err != nil {
			return err
		}
		f.turns = append(f.turns, filledTurn{name: page.name + ", 1 connection", workers: 1, listener: "control",
			request: asked})
	}
	err = filepath.WalkDir(f.dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			f.size += info.Size()
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := f.start(ctx, p); err != nil {
		return err
	}
	err = new(series).turn(ctx, connections, until(p.turn), f.readAny.over(f.address()))
	if err != nil {
		err = errors.Join(err, f.nicsim.stop())
	}
	return err
}

func filledTable(few, many *filled) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nA directory with %d invoices, and one with %d and as many API users.\n\n",
		few.user.registered.Load(), many.user.registered.Load())
	row := table(&b, "", "few", "many", "many to few")
	compare := func(name, form string, few, many float64) {
		row(name, fmt.Sprintf(form, few), fmt.Sprintf(form, many), ratio(many, few))
	}
	const milliseconds = float64(time.Millisecond)
	for n, t := range few.turns {
		a, z := t.measured, many.turns[n].measured
		compare(t.name+", a second", "%.0f", a.rate(), z.rate())
		for _, share := range []float64{0.5, 0.99} {
			compare(fmt.Sprintf("%s, p%.0f", t.name, 100*share), "%.2f ms",
				float64(quantile(a.took, share))/milliseconds, float64(quantile(z.took, share))/milliseconds)
		}
	}
	compare("time to ready", "%.0f ms", float64(few.nicsim.ready)/milliseconds, float64(many.nicsim.ready)/milliseconds)
	compare("on disk", "%.0f MB", float64(few.size)/1e6, float64(many.size)/1e6)
	row("time to fill it", "", fmt.Sprintf("%.0f s", many.took.Seconds()), "")
	return b.String()
}
