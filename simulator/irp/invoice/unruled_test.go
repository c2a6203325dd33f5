package invoice_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
)

// Every code that the collected business rules of INV-01 name, copied from them by hand.
const namedCodes = `
2255 5002 2279 2280 2159 2285 2281 2282 2292 2293 2163 2307 2284 2305 2150 2278 2295 2191
2169 1015 3026 2195 2299 2301 2231 2300 2213 2211 3028 2288 3029 3076 3074 3075 3077 3078 3079
2259 2258 2260 2265 2261 2269 2243 2232 2242 2303 2200 2271 2244 2274 2276 2273 2272 2275 3038 3040 3039 3041 2245
2212 2248 2247 2246 2298 2162 2297 2268 2262 2294 2201 2202 2203 2208
2228 2173 2233 2176 3047 3048 2238 2239 2177 2240 2193 2192 2172 2174 2227 2234 2235 2266 2267 2194
2182 2183 2184 2185 2186 2187 2189 2290
4010 4009 4019 4027 4011 4022 4014 4012 4023 4040 4039 4024 4020 4028 4016 4021 4017 4013 4038 4030 4029 4018 4015
4031 4032 4033 4035 4036 4034 4043
2270 2230 9999 2143 2148 2154 2283 2226 2304`

func TestEveryCodeHasARuleOrAReason(t *testing.T) {
	ruled, unruled := map[string]bool{"5002": true}, map[string]bool{} // the schema's own
	for _, r := range invoice.Rules() {
		ruled[r.Code] = true
	}
	by := []string{"request", "session", "generate", "cancel", "read", "ewaybill", "taxpayer", "nobody"}
	for _, u := range invoice.UnruledCodes() {
		if unruled[u.Code] || ruled[u.Code] || !slices.Contains(by, u.By) || !strings.HasSuffix(u.Why, ".") {
			t.Errorf("%+v is twice, has a rule, or no reason", u)
		}
		unruled[u.Code] = true
	}
	for code := range strings.FieldsSeq(namedCodes) {
		if !ruled[code] && !unruled[code] {
			t.Errorf("%s has neither a rule nor a reason", code)
		}
	}
	for _, c := range nic.ErrorCodes() {
		ours := slices.Contains([]string{"irn", "gstin", "ewb", "schema", "app"}, c.Group)
		if ours && c.Status != "old" && !ruled[c.Code] && !unruled[c.Code] {
			t.Errorf("%s (%s) has neither a rule nor a reason", c.Code, c.Message)
		}
	}
}
