package face

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// read reads the body of a request.
func read(request *http.Request) ([]byte, error) {
	if request.Body == nil {
		return nil, nil
	}
	defer request.Body.Close()
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, fmt.Errorf("reading a request: %w", err)
	}
	return body, nil
}

// forwarding is a gateway that takes NIC's sealed bodies: its paths differ, and its secrets stand for the client id and
// secret.
type forwarding struct {
	Target
	path func(path string, query url.Values) string
}

// passThrough replaces the beginnings of NIC's paths.
func passThrough(beginnings map[string]string) func(Target) dialect {
	return func(t Target) dialect {
		return forwarding{t, func(path string, _ url.Values) string {
			for begin, other := range beginnings {
				if len(path) >= len(begin) && strings.EqualFold(path[:len(begin)], begin) {
					return other + path[len(begin):]
				}
			}
			return path
		}}
	}
}

// resilientPath has what NIC has in the path in the query.
func resilientPath(path string, query url.Values) string {
	folder, last := path[:strings.LastIndex(path, "/")+1], path[strings.LastIndex(path, "/")+1:]
	const ei = "/standard/ei/api"
	switch strings.ToLower(folder) {
	case "/eivital/v1.04/master/gstin/", "/eivital/v1.03/master/gstin/":
		query.Set("gstin", last)
		return ei + "/master/gstin"
	case "/eivital/v1.04/master/syncgstin/", "/eivital/v1.03/master/syncgstin/":
		query.Set("gstin", last)
		return ei + "/master/syncgstin"
	case "/eicore/v1.03/invoice/irn/":
		query.Set("irn", last)
		return ei + "/invoice/irn"
	case "/eiewb/v1.03/ewaybill/irn/":
		query.Set("irn", last)
		return ei + "/ewaybill/irn"
	}
	switch strings.ToLower(path) {
	case "/eivital/v1.04/auth":
		return ei + "/auth"
	case "/eicore/v1.03/invoice":
		return ei + "/invoice"
	case "/eicore/v1.03/invoice/cancel", "/eicore/v1.03/cancel":
		return ei + "/invoice/cancel"
	case "/eiewb/v1.03/ewaybill":
		return ei + "/ewaybill"
	case "/ewaybillapi/v1.03/ewayapi":
		return "/standard/ewb/ewayapi/"
	}
	return path
}

func (f forwarding) carry(carrier http.RoundTripper, c call) (*http.Response, error) {
	query := c.URL.Query()
	path := f.path(c.path, query)
	out, err := http.NewRequestWithContext(c.Context(), c.Method, f.Base+path, bytes.NewReader(c.body))
	if err != nil {
		return nil, fmt.Errorf("making the request: %w", err)
	}
	if len(query) > 0 {
		out.URL.RawQuery = query.Encode()
	}
	maps.Copy(out.Header, c.Header)
	for name := range out.Header {
		if as := strings.ReplaceAll(strings.ToLower(name), "_", "-"); as == "client-id" || as == "client-secret" {
			delete(out.Header, name)
		}
	}
	for name, value := range f.Secrets {
		if name == "cust_id" { // of Vayana
			now, err := f.Now(c.Context())
			if err != nil {
				return nil, err
			}
			stamp := now.In(time.FixedZone("IST", 330*60)).Format("20060102150405-0700")
			out.Header.Set("X-Asp-Auth-Token", "v2.0:"+value+"::1:"+stamp+"::call")
			out.Header.Set("X-Asp-Auth-Signature", "bm90IHNpZ25lZA==")
			continue
		}
		out.Header.Set(name, value)
	}
	return carrier.RoundTrip(out)
}
