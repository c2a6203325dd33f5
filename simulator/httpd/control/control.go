// Package control serves the control API: what a real portal does not show to a tester, such as the
// inbox, the answers of captchas, the clock, the taxpayers and the journal. What a call does to a world
// is in package admin.
package control

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/world"
)

// base is the path of every call but the probes.
const base = "/control/v1"

// API needs all its exported fields.
type API struct {
	Worlds    *world.Worlds
	PublicKey func(nic.Environment) ([]byte, error) // SPKI, PEM

	SigningCertificate func(nic.Environment) ([]byte, error) // X.509, PEM

	documents turns // of large documents of worlds; made by Routes
}

// Routes registers the control API.
func (a API) Routes(router *mux.Router) {
	a.documents = make(turns, 1)
	on := func(method, path string, action httpd.Action, parameters ...string) {
		httpd.Handle(router, method, base+path, onlyWith(parameters, action))
	}
	on(http.MethodGet, "/inbox", listInbox,
		append([]string{"gstin", "to", "purpose", "environment"}, pageParameters...)...)
	on(http.MethodDelete, "/inbox", clearInbox)
	on(http.MethodGet, "/captchas/{id}", readsOne("id", captchaAnswer))

	on(http.MethodGet, "/clock", reads(admin.ReadClock))
	on(http.MethodPut, "/clock", changes(admin.SetClock))
	on(http.MethodPost, "/clock/advance", changes(admin.AdvanceClock))

	recordRoutes(on)

	on(http.MethodGet, "/settings", reads(admin.ReadSettings))
	on(http.MethodPut, "/settings", putSettings)
	on(http.MethodPatch, "/settings", patchSettings)
	on(http.MethodGet, "/rules", listRules, "environment", "on")
	on(http.MethodGet, "/public-keys/{environment}.pem", pemOf(a.PublicKey))
	on(http.MethodGet, "/signing-certificates/{environment}.pem", pemOf(a.SigningCertificate))
	on(http.MethodGet, "/requests", listRequests, "environment", "limit", "before")
	on(http.MethodGet, "/refusals", listRefusals, "environment")

	on(http.MethodGet, "/world", a.readWorld, "with")
	on(http.MethodPut, "/world", a.putWorld, "with")
	on(http.MethodGet, "/snapshots", lists("snapshots", admin.Snapshots,
		func(s admin.Snapshot) string { return s.Name }), pageParameters...)
	on(http.MethodPost, "/snapshots", adds(admin.TakeSnapshot, func(s admin.Snapshot) string {
		return "/snapshots/" + s.Name
	}))
	on(http.MethodPost, "/snapshots/{name}/restore", doesToOne("name", admin.RestoreSnapshot))
	on(http.MethodDelete, "/snapshots/{name}", doesToOne("name", admin.DeleteSnapshot))
	faultRoutes(on)
	on(http.MethodGet, "/defects", reads(admin.ReadDefects))
	on(http.MethodPut, "/defects", changes(admin.SetDefects))
	on(http.MethodPost, "/reset", a.reset)
	on(http.MethodGet, "/worlds", a.listWorlds, pageParameters...)
	on(http.MethodDelete, "/worlds/{world}", a.deleteWorld)
}

// onlyWith refuses parameters of the query that a call does not have.
func onlyWith(parameters []string, action httpd.Action) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		var violations []admin.Violation
		for _, name := range slices.Sorted(maps.Keys(r.URL.Query())) {
			if !slices.Contains(parameters, name) {
				violations = append(violations, admin.Violation{Field: name, Code: "value-invalid",
					Message: "is not a parameter of this call"})
			}
		}
		if len(violations) > 0 {
			return httpd.Reply{}, admin.Refuse(violations...)
		}
		return action(r, call)
	}
}

// reads answers with what an operation returns.
func reads[Out any](do func(context.Context, *world.World) (Out, error)) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		out, err := do(r.Context(), call.World)
		return httpd.Reply{Body: out}, err
	}
}

// readsOne is reads for the record that a variable of the path names.
func readsOne[Out any](name string, do func(context.Context, *world.World, string) (Out, error)) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		out, err := do(r.Context(), call.World, httpd.Var(r, name))
		return httpd.Reply{Body: out}, err
	}
}

// lists answers with a page of a list.
func lists[T any](member string, do func(context.Context, *world.World) ([]T, error), key func(T) string) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		list, err := do(r.Context(), call.World)
		if err != nil {
			return httpd.Reply{}, err
		}
		return cut(r, member, list, key)
	}
}

// changes hands the body to an operation and answers with what it returns.
func changes[In, Out any](do func(context.Context, *world.World, In) (Out, error)) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		in, err := httpd.Decode[In](r, call)
		if err != nil {
			return httpd.Reply{}, err
		}
		out, err := do(r.Context(), call.World, in)
		return httpd.Reply{Body: out}, err
	}
}

// changesOne is changes for the record that a variable of the path names.
func changesOne[In, Out any](name string,
	do func(context.Context, *world.World, string, In) (Out, error)) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		return changes(func(ctx context.Context, w *world.World, in In) (Out, error) {
			return do(ctx, w, httpd.Var(r, name), in)
		})(r, call)
	}
}

// adds is changes for an operation that makes a record, which is found at a path.
func adds[In, Out any](do func(context.Context, *world.World, In) (Out, error), at func(Out) string) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		reply, err := changes(do)(r, call)
		if err == nil {
			reply.Status, reply.Location = http.StatusCreated, base+at(reply.Body.(Out))
		}
		return reply, err
	}
}

// putSettings replaces the settings. A setting that the body leaves out gets its default.
func putSettings(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	change, err := httpd.Decoder[settings.Settings](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	s := call.World.Defaults()
	if err = change(&s); err == nil {
		s, err = admin.SetSettings(r.Context(), call.World, s)
	}
	return httpd.Reply{Body: s}, err
}

// patchSettings changes the settings that the body names; of rules, those that it names.
func patchSettings(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	change, err := httpd.Decoder[settings.Settings](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	s, err := admin.ChangeSettings(r.Context(), call.World, change)
	return httpd.Reply{Body: s}, err
}

func listRules(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	query := r.URL.Query()
	list, err := admin.ReadRules(r.Context(), call.World, query.Get("environment"), query.Get("on"))
	return httpd.Reply{Body: list}, err
}

// pemOf serves a key or a certificate of an environment.
func pemOf(read func(nic.Environment) ([]byte, error)) httpd.Action {
	return func(r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
		env, err := admin.Environment(httpd.Var(r, "environment"))
		if err != nil {
			return httpd.Reply{}, &admin.Refusal{Kind: admin.NotFound, Detail: "There is no such key here."}
		}
		pem, err := read(env)
		return httpd.Reply{Raw: pem, RawType: "application/x-pem-file"}, err
	}
}

func listInbox(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	query := r.URL.Query()
	env, err := admin.EnvironmentOrBoth(query.Get("environment"))
	if err != nil {
		return httpd.Reply{}, err
	}
	if p := inbox.Purpose(query.Get("purpose")); p != "" && !slices.Contains(inbox.Purposes, p) {
		return httpd.Reply{}, admin.Refuse(admin.Violation{Field: "purpose", Code: "value-invalid",
			Message: fmt.Sprint("must be one of ", inbox.Purposes)})
	}
	filter := admin.MessageFilter(query.Get("gstin"), query.Get("to"), query.Get("purpose"), env)
	messages, err := admin.Messages(r.Context(), call.World, filter)
	if err != nil {
		return httpd.Reply{}, err
	}
	return cut(r, "messages", messages, func(m admin.Message) string { return m.ID })
}

func clearInbox(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Status: http.StatusNoContent}, admin.ClearInbox(r.Context(), call.World)
}

func captchaAnswer(ctx context.Context, w *world.World, id string) (map[string]string, error) {
	answer, err := admin.CaptchaAnswer(ctx, w, id)
	return map[string]string{"answer": answer}, err
}

func (a API) reset(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{Status: http.StatusNoContent}, admin.Reset(r.Context(), a.Worlds, call.World.Name)
}

func (a API) listWorlds(r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	worlds, err := admin.Worlds(r.Context(), a.Worlds)
	if err != nil {
		return httpd.Reply{}, err
	}
	return cut(r, "worlds", worlds, func(w admin.World) string { return w.Name })
}

func (a API) deleteWorld(r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Status: http.StatusNoContent}, admin.EndWorld(r.Context(), a.Worlds, httpd.Var(r, "world"))
}
