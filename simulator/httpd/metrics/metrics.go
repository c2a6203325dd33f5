// Package metrics counts the requests of all listeners, for Prometheus.
package metrics

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/world"
)

// Path is where the control listener serves the metrics.
const Path = "/metrics"

// Metrics is a [httpd.Meter]. Use New.
type Metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	open     *prometheus.GaugeVec
	handler  http.Handler
}

// New returns metrics with counts of zero, and with what worlds are open.
func New(worlds *world.Worlds) *Metrics {
	m := &Metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "nicsim_requests_total", Help: "Requests by listener, call, outcome and class of the HTTP status.",
		}, []string{"listener", "call", "outcome", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "nicsim_request_seconds", Help: "Seconds from a request to the end of its answer, without event streams.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60},
		}, []string{"listener", "call"}),
		open: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "nicsim_requests_open", Help: "Requests that are being answered.",
		}, []string{"listener"}),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, m.seconds, m.open, collectors.NewGoCollector(), collectors.NewBuildInfoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "nicsim_worlds", Help: "Worlds that are open."},
			func() float64 { return float64(worlds.Count()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "nicsim_kept_bytes", Help: "Bytes that the journals and inboxes of all worlds keep.",
		}, func() float64 { return float64(worlds.Kept()) }))
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
	return m
}

// Began counts a request that is being answered.
func (m *Metrics) Began(listener string) { m.open.WithLabelValues(listener).Inc() }

// Ended counts a request that has ended.
func (m *Metrics) Ended(e httpd.Exchange) {
	m.open.WithLabelValues(e.Listener).Dec()
	m.requests.WithLabelValues(e.Listener, e.Call, string(e.Outcome), class(e.Status)).Inc()
	if !e.Stream {
		m.seconds.WithLabelValues(e.Listener, e.Call).Observe(e.Took.Seconds())
	}
}

// class returns 2xx for 200 and so on, and none without a status.
func class(status int) string {
	if status < 100 || status > 599 {
		return "none"
	}
	return strconv.Itoa(status/100) + "xx"
}

// Routes registers the metrics.
func (m *Metrics) Routes(router *mux.Router) {
	router.Path(Path).Methods(http.MethodGet, http.MethodHead).Handler(httpd.Bare{Handler: m.handler})
}
