package control

import (
	"net/http"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
)

func listInbox(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	query := r.URL.Query()
	env, err := admin.EnvironmentOrBoth(query.Get("environment"))
	if err != nil {
		return httpd.Reply{}, err
	}
	filter := admin.MessageFilter(query.Get("gstin"), query.Get("to"), query.Get("purpose"), env)
	messages, err := admin.Messages(r.Context(), call.World, filter)
	return httpd.Reply{Body: map[string][]admin.Message{"messages": messages}}, err
}

func clearInbox(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Status: http.StatusNoContent}, admin.ClearInbox(r.Context(), call.World)
}

func captchaAnswer(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	answer, err := admin.CaptchaAnswer(r.Context(), call.World, httpd.Var(r, "id"))
	return httpd.Reply{Body: map[string]string{"answer": answer}}, err
}
