package control

import (
	"net/http"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/settings"
)

func showSettings(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Body: call.World.Settings()}, nil
}

// putSettings replaces the settings; what is left out gets its default.
func putSettings(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	s, err := httpd.DecodeOnto(r, call, settings.Default())
	if err != nil {
		return httpd.Reply{}, err
	}
	if faults := s.Check(); len(faults) > 0 {
		var fields []httpd.FieldError
		for _, f := range faults {
			fields = append(fields, field(f.Setting, "setting-invalid", f.Rule))
		}
		return httpd.Reply{}, invalid(fields...)
	}
	call.World.SetSettings(s)
	return showSettings(r, call)
}
