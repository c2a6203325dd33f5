// Package simulator runs NIC's e-Invoice portals and API inside a Go program, without a real taxpayer, phone or
// network.
//
// [New] makes a simulator with four handlers: the sandbox, the production environment, a GSP (GST Suvidha Provider) and
// the control API. Start serves them on ports of their own; a program that has a server mounts them itself. In a test,
// use package simtest.
package simulator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/control"
	"github.com/nicsim/nicsim/simulator/httpd/dashboard"
	"github.com/nicsim/nicsim/simulator/httpd/gspapi"
	"github.com/nicsim/nicsim/simulator/httpd/gspface"
	"github.com/nicsim/nicsim/simulator/httpd/irpapi"
	"github.com/nicsim/nicsim/simulator/httpd/metrics"
	"github.com/nicsim/nicsim/simulator/httpd/openapi"
	"github.com/nicsim/nicsim/simulator/httpd/pages"
	"github.com/nicsim/nicsim/simulator/httpd/portalapi"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/situation"
	"github.com/nicsim/nicsim/simulator/world"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// Options configure a Simulator. The zero value works.
type Options struct {
	// Seed decides everything random: one-time passwords, captchas, identifiers. Equal seeds give equal runs. If it is
	// empty, New draws one from crypto/rand.
	Seed string
	// Wall is the real time from which the clock of every world starts; nil is the system's.
	Wall clock.Wall
	// Settings are what each world begins with; nil is settings.Default().
	Settings *settings.Settings
	// Situation is the name of what fails in each world from its beginning; empty is calm. See package situation.
	Situation string
	// Worlds say what worlds begin with; see [worldfile.ReadFile]. New makes all of them, they are never closed for being
	// idle, and a reset comes back to them. Other worlds begin from the fixtures.
	Worlds *worldfile.Document
	// WorldTTL is how long a world is open without a request, if Worlds does not name it; 0 is an hour, and below 0 there
	// is no limit.
	WorldTTL time.Duration
	// MaxKept is how many bytes the journals and inboxes of all worlds keep together; 0 is 256 MiB. The oldest exchanges
	// and messages go first.
	MaxKept int64
	// MaxRecords is about how many bytes the records of all worlds in memory have together; 0 is 512 MiB. One world has at
	// most half of them. A request that would add more is answered with 507, and nothing of it is done.
	MaxRecords int64
	// Stores opens the stores of worlds, and their records, clocks and settings are kept in them; nil keeps
	// worlds in memory.
	Stores world.Stores
	// Starts is how often simulators with the same Seed began with these Stores before. Request ids and the tokens of
	// forms are not those of an earlier one then.
	Starts int
	// Defects are the names of the ways in which each world is wrong on purpose; see [defect.Catalogue].
	Defects []string
	// DefectsIn returns those of one world instead, if it is not nil. It must be safe for concurrent use.
	DefectsIn func(world string) []string
	// Reached may be nil. It is called when a call in a world comes to the place of a defect, whether the world has the
	// defect or not. It must be safe for concurrent use.
	Reached func(world, defect string)
	// HSN has all codes of the harmonised system of nomenclature. If it is nil, only their chapters and lengths are
	// checked.
	HSN *invoice.HSN
	// ControlToken protects the control API and the dashboard: a program sends it as "Authorization: Bearer TOKEN", and
	// a browser logs in with it. It has at least 16 characters; empty is no protection.
	ControlToken string
	// Log receives failures of the simulator, never a secret; nil is slog.Default().
	Log *slog.Logger
	// LogRequests has Log note each request, at the level info.
	LogRequests bool
	// TrustProxy are the addresses of proxies whose X-Forwarded-For, X-Forwarded-Host and X-Forwarded-Proto are believed.
	TrustProxy []netip.Prefix
}

// Simulator is both portals with their API, the GSPs, and the control API. Each handler is mounted at the root of a
// host.
type Simulator struct {
	Seed       string // the seed in use
	Control    http.Handler
	Sandbox    http.Handler
	Production http.Handler
	GSP        http.Handler

	log       *slog.Logger
	worlds    *world.Worlds
	protected bool                 // by a control token
	ready     atomic.Bool          // set by Start once all four listeners are open
	urls      atomic.Pointer[URLs] // where Start serves

	// answers is set by Start. It reports whether the control listener answers to a name.
	answers atomic.Pointer[func(name string) bool]
}

// inbox is the address of a world's dashboard, to which the portals' pages link. It is empty until Start.
func (s *Simulator) inbox(prefix string) string {
	if urls := s.urls.Load(); urls != nil {
		return urls.Control + prefix + "/"
	}
	return ""
}

// gsps is the address of a world's GSPs, to which the portals' pages link. It is empty until Start.
func (s *Simulator) gsps(prefix string) string {
	if urls := s.urls.Load(); urls != nil {
		return urls.GSP + prefix + "/"
	}
	return ""
}

// New returns a simulator. Its worlds, "default" among them, are made when they are first used. The error names a
// setting that is out of bounds, or an unknown defect; it is a [*worldfile.Error] when Worlds has mistakes.
func New(o Options) (*Simulator, error) {
	if o.Seed == "" {
		o.Seed = dice.FreshSeed()
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Settings == nil {
		figures := settings.Default()
		o.Settings = &figures
	}
	if violations := o.Settings.Check(); len(violations) > 0 {
		return nil, fmt.Errorf("settings: %s %s", violations[0].Setting, violations[0].Rule)
	}
	if o.Situation != "" {
		if _, err := situation.Named(o.Situation); err != nil {
			return nil, fmt.Errorf("situation: %q %w", o.Situation, err)
		}
	}
	if _, err := defect.NewSet(o.Defects, nil); err != nil {
		return nil, err
	}
	cast, err := fixtures.Load()
	if err != nil {
		return nil, fmt.Errorf("loading the fixtures: %w", err)
	}
	chance := dice.New(o.Seed)
	worlds, err := makeWorlds(o, chance)
	if err != nil {
		return nil, err
	}
	s := &Simulator{Seed: o.Seed, log: o.Log, worlds: worlds}
	if o.Starts > 0 {
		chance = chance.Child("start " + strconv.Itoa(o.Starts))
	}
	meter := metrics.New(worlds)
	listener := httpd.Listener{
		Worlds: worlds, RequestIDs: chance.Stream("request-id"), Log: o.Log, LogRequests: o.LogRequests,
		TrustProxy: o.TrustProxy, Meter: meter,
		Ready: func(ctx context.Context) error {
			if !s.ready.Load() {
				return errNotReady
			}
			if err := worlds.Reach(ctx); err != nil {
				o.Log.Error("the stores of the worlds do not answer", "error", err)
				return errNoStores
			}
			return nil
		},
	}
	portalAndAPI := func(env nic.Environment, portal func(*mux.Router)) (http.Handler, error) {
		l := listener
		site, err := pages.New(pages.Options{Environment: env, Dice: chance, Inbox: s.inbox, GSP: s.gsps})
		if err != nil {
			return nil, fmt.Errorf("the pages of the %s portal: %w", env, err)
		}
		api := irpapi.API{Environment: env, Keys: keysOf(env), HSN: o.HSN, Worlds: worlds}
		l.Name, l.Environment, l.Path, l.Caller, l.ErrorPage = string(env), env, irpapi.Path, irpapi.Caller, site.ErrorPage
		l.Routes = func(router *mux.Router) {
			api.Routes(router) // mux tries one route after another; these are called the most
			portal(router)
			site.Routes(router)
			openapi.Routes(router, l.Name)
		}
		return l.Handler(), nil
	}
	behind := listener
	if behind.Access, err = httpd.NewAccess(o.ControlToken); err != nil {
		return nil, err
	}
	s.protected = behind.Access != nil
	if s.Control, err = s.controlHandler(behind, meter, worlds, chance, cast); err != nil {
		return nil, err
	}
	if s.Sandbox, err = portalAndAPI(nic.Sandbox, portalapi.Sandbox); err != nil {
		return nil, err
	}
	if s.Production, err = portalAndAPI(nic.Production, portalapi.Production); err != nil {
		return nil, err
	}
	if s.GSP, err = s.gspHandler(listener, chance); err != nil {
		return nil, err
	}
	return s, nil
}

// gspHandler serves the GSPs of the worlds. They reach NIC through the handlers of its listeners.
func (s *Simulator) gspHandler(l httpd.Listener, chance *dice.Dice) (http.Handler, error) {
	reached := upstream.NIC{Sandbox: upstream.Handler{Handler: s.Sandbox},
		Production: upstream.Handler{Handler: s.Production}, Keys: payloadKey}
	gateways := &gspface.Gateway{NIC: reached}
	site, err := gspapi.New(gspapi.Options{Dice: chance, Inbox: s.inbox, NIC: reached, Faces: gateways.Routes})
	if err != nil {
		return nil, fmt.Errorf("the pages of the GSP: %w", err)
	}
	l.Name, l.Environment, l.ErrorPage, l.Missing = "gsp", nic.GSP, site.ErrorPage, site.Missing
	l.Routes = func(router *mux.Router) {
		openapi.Routes(router, l.Name) // a gateway answers all paths that begin with a name of its own
		site.Routes(router)
	}
	l.Path = gspface.Path
	return l.Handler(), nil
}

// makeWorlds makes the worlds that the options name.
func makeWorlds(o Options, chance *dice.Dice) (*world.Worlds, error) {
	if o.DefectsIn == nil {
		o.DefectsIn = func(string) []string { return o.Defects }
	}
	options := world.Options{
		Dice: chance, Wall: o.Wall, Settings: o.Settings, Stores: o.Stores, Log: o.Log,
		IdleLimit: o.WorldTTL, MaxKept: o.MaxKept, MaxRecords: o.MaxRecords,
		Situation: o.Situation, Defects: o.DefectsIn, Reached: o.Reached,
		Populate: worldfile.Populate,
	}
	if o.Worlds != nil {
		checked, err := worldfile.Checked(o.Worlds)
		if err != nil {
			return nil, err
		}
		if options.Origins, err = checked.Origins(*o.Settings); err != nil {
			return nil, err
		}
	}
	worlds := world.NewWorlds(options)
	for _, name := range slices.Sorted(maps.Keys(options.Origins)) {
		if _, err := worlds.Get(context.Background(), name); err != nil {
			return nil, err
		}
	}
	return worlds, nil
}

// controlHandler serves the control API and the dashboard.
func (s *Simulator) controlHandler(l httpd.Listener, meter *metrics.Metrics, worlds *world.Worlds, chance *dice.Dice,
	cast fixtures.Fixtures) (http.Handler, error) {
	board, err := dashboard.New(dashboard.Options{Worlds: worlds, Dice: chance, Cast: cast, Portal: s.portal,
		Access: l.Access})
	if err != nil {
		return nil, fmt.Errorf("the dashboard: %w", err)
	}
	api := control.API{Worlds: worlds, PublicKey: publicKey, SigningCertificate: signingCertificate}
	l.Name, l.ErrorPage = "control", board.ErrorPage
	l.Answers = func(name string) bool {
		answers := s.answers.Load()
		return answers == nil || (*answers)(name)
	}
	l.Routes = func(router *mux.Router) {
		api.Routes(router)
		meter.Routes(router)
		board.Routes(router)
		openapi.Routes(router, l.Name)
	}
	return l.Handler(), nil
}

// portal is the base URL of a portal or of the GSPs, for links. It is empty until Start.
func (s *Simulator) portal(env nic.Environment) string {
	urls := s.urls.Load()
	switch {
	case urls == nil:
		return ""
	case env == nic.Sandbox:
		return urls.Sandbox
	case env == nic.GSP:
		return urls.GSP
	}
	return urls.Production
}

// Why a simulator is not ready.
var (
	errNotReady = errors.New("the listeners are not all open")
	errNoStores = errors.New("the stores of the worlds do not answer")
)

// Close closes the worlds, once no request is under way. What Stores keep is complete then.
func (s *Simulator) Close() { s.worlds.Close() }

// Ready has GET /readyz of every listener answer 200. Start calls it; a program that mounts the handlers itself calls
// it once they are served.
func (s *Simulator) Ready() { s.ready.Store(true) }
