package openapi_test

import (
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator/httpd/openapi"
)

const collectionFolder = "../../../examples/postman/"

// The collection for Postman and Bruno has every call that is described. It is made from the descriptions and from two
// scripts.
func TestCollection(t *testing.T) {
	script := func(event, name string) object {
		text, err := os.ReadFile(collectionFolder + name)
		if err != nil {
			t.Fatal(err)
		}
		return object{"listen": event, "script": object{"type": "text/javascript",
			"exec": strings.Split(strings.TrimSpace(string(text)), "\n")}}
	}
	api := object{"name": "e-Invoice API", "event": []any{script("prerequest", "seal.js"), script("test", "open.js")},
		"description": "Bodies are plain JSON here. A script seals them, and another opens the answers."}
	folders := []any{}
	for _, of := range []struct{ listener, name, base string }{
		{"control", "Control", "{{control}}"}, {"sandbox", "Sandbox portal", "{{sandbox}}"},
		{"production", "Production portal", "{{production}}"}, {"gsp", "GSP", "{{gsp}}"},
	} {
		document, err := openapi.Document(of.listener)
		if err != nil {
			t.Fatal(err)
		}
		d := source{document}
		portal, sealed := d.requests(of.base)
		if of.listener == "sandbox" {
			api["item"] = sealed
			folders = append(folders, api)
		}
		folders = append(folders, object{"name": of.name, "item": portal})
	}
	variables := []any{}
	for _, v := range [][2]string{
		{"control", "http://127.0.0.1:7000"}, {"sandbox", "http://127.0.0.1:7001"}, {"production", "http://127.0.0.1:7002"},
		{"gsp", "http://127.0.0.1:7003"}, {"nic", "{{sandbox}}"}, {"environment", "sandbox"}, {"gstin", "29ABCCD1234E1Z1"},
		{"client_id", "AABCK27GSP4K7QX"}, {"client_secret", "KonkanSecret00000002"}, {"user_name", "postman"},
		{"password", "Postman@1"}, {"today", ""}, {"docnum", ""}, {"app_key", ""}, {"sek", ""}, {"token", ""},
		{"irn", ""}, {"ewb", ""},
	} {
		variables = append(variables, object{"key": v[0], "value": v[1]})
	}
	text, err := json.MarshalIndent(object{
		"info": object{"name": "nicsim", "description": "NIC's e-Invoice portals and API, simulated. See docs/openapi.md.",
			"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
		"item": folders, "variable": variables,
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, collectionFolder+"nicsim.postman_collection.json", string(text)+"\n")
}

type object = map[string]any

// flow is the order of the calls of the e-Invoice API, so that a whole folder can be run.
var flow = []string{"ping", "auth", "gstin", "generate", "read-irn", "read-document", "ewb-generate", "ewb-read",
	"ewb-cancel", "cancel", "rejected-irns"}

// bodies are what is sealed in the calls of the flow, and the API user that a collection needs.
var bodies = map[string]string{
	"auth": `{"UserName":"{{user_name}}","Password":"{{password}}","ForceRefreshAccessToken":false}`,
	"generate": `{"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B"},
"DocDtls":{"Typ":"INV","No":"{{docnum}}","Dt":"{{today}}"},
"SellerDtls":{"Gstin":"{{gstin}}","LglNm":"Dakshin Components Private Limited","Addr1":"Old Mill Road","Loc":"Bengaluru",
"Pin":560001,"Stcd":"29"},
"BuyerDtls":{"Gstin":"29ABCPD1234E2Z9","LglNm":"Deccan Trading House","Pos":"29","Addr1":"Market Street",
"Loc":"Hubballi","Pin":580020,"Stcd":"29"},
"ItemList":[{"SlNo":"1","IsServc":"N","PrdDesc":"Notebooks","HsnCd":"847130","Qty":1,"Unit":"NOS","UnitPrice":1000,
"TotAmt":1000,"AssAmt":1000,"GstRt":18,"CgstAmt":90,"SgstAmt":90,"TotItemVal":1180}],
"ValDtls":{"AssVal":1000,"CgstVal":90,"SgstVal":90,"TotInvVal":1180}}`,
	"cancel":       `{"Irn":"{{irn}}","CnlRsn":"1","CnlRem":"Wrong entry"}`,
	"ewb-generate": `{"Irn":"{{irn}}","Distance":0,"TransMode":"1","VehNo":"KA01AB1234","VehType":"R"}`,
	"ewb-cancel":   `{"ewbNo":"{{ewb}}","cancelRsnCode":"3","cancelRmrk":"Wrong entry"}`,
	"add-api-user": `{"environment":"{{environment}}","username":"{{user_name}}","password":"{{password}}",
"gstin":"{{gstin}}","clientId":"{{client_id}}"}`,
}

// values are those of parameters. Other parameters are variables of a request without a value.
var values = map[string]string{"gstin": "{{gstin}}", "irn": "{{irn}}", "doctype": "INV", "docnum": "{{docnum}}",
	"docdate": "{{today}}", "date": "{{today}}", "environment": "{{environment}}"}

var suffixed = regexp.MustCompile(`\{(\w+)\}\.`)

// source is a description of which requests are made.
type source struct{ document object }

// requests makes the requests of the listener, and those of the e-Invoice API, which have scripts.
func (d source) requests(base string) (portal, api []any) {
	byName := map[string]any{}
	paths := d.document["paths"].(object)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item := paths[path].(object)
		for _, method := range []string{"get", "post", "put", "patch", "delete"} {
			operation, ok := item[method].(object)
			if !ok {
				continue
			}
			name := operation["operationId"].(string)
			if strings.HasPrefix(path, "/ei") || strings.HasPrefix(path, "/ewaybill") {
				byName[name] = d.request("{{nic}}", method, path, operation)
			} else {
				portal = append(portal, d.request(base, method, path, operation))
			}
		}
	}
	for _, name := range flow {
		if byName[name] != nil {
			api = append(api, byName[name])
		}
	}
	return portal, api
}

func (d source) request(base, method, path string, operation object) object {
	headers, query, variables := []any{}, []any{}, []any{}
	search, mark := "", "?" // the query in the text of the URL: Bruno reads no other
	if security, own := operation["security"].([]any); base == "{{nic}}" && (!own || len(security) > 0) {
		for _, name := range []string{"client_id", "client_secret", "user_name"} {
			headers = append(headers, object{"key": name, "value": "{{" + name + "}}"})
		}
		headers = append(headers, object{"key": "AuthToken", "value": "{{token}}"})
	}
	parameters, _ := operation["parameters"].([]any)
	for _, one := range parameters {
		parameter := d.resolve(one)
		name := parameter["name"].(string)
		value := values[strings.ToLower(name)]
		switch parameter["in"] {
		case "header":
			if parameter["required"] == true {
				headers = append(headers, object{"key": name, "value": value})
			}
		case "query":
			query = append(query, object{"key": name, "value": value, "disabled": parameter["required"] != true})
			if parameter["required"] == true {
				search, mark = search+mark+name+"="+value, "&"
			}
		default:
			variables = append(variables, object{"key": name, "value": value})
		}
	}
	raw := suffixed.ReplaceAllString(path, "<<$1>>.") // Postman has variables of a path for whole segments
	raw = strings.NewReplacer("{", ":", "}", "", "<<", "{{", ">>", "}}").Replace(raw)
	request := object{"method": strings.ToUpper(method), "header": headers, "description": operation["description"],
		"url": object{"raw": base + raw + search, "host": []string{base}, "path": strings.Split(raw[1:], "/"), "query": query,
			"variable": variables}}
	if body := operation["requestBody"]; body != nil {
		content := d.resolve(body)["content"].(object)["application/json"].(object)
		text, known := bodies[operation["operationId"].(string)]
		if !known {
			example, _ := json.MarshalIndent(d.example(content["schema"]), "", "  ") // it is JSON
			text = string(example)
		}
		request["body"] = object{"mode": "raw", "raw": text, "options": object{"raw": object{"language": "json"}}}
	}
	return object{"name": operation["summary"], "request": request}
}

// resolve returns what a value refers to.
func (d source) resolve(value any) object {
	found := value.(object)
	for ref, ok := found["$ref"].(string); ok; ref, ok = found["$ref"].(string) {
		found = d.document
		for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			found = found[step].(object)
		}
	}
	return found
}

// example makes a value of a schema: of an object, the members that are required, or all where none is.
func (d source) example(of any) any {
	schema := d.resolve(of)
	if list, ok := schema["examples"].([]any); ok {
		return list[0]
	}
	if list, ok := schema["enum"].([]any); ok {
		return list[0]
	}
	switch cmp.Or(schema["const"], schema["type"]) {
	case "object":
		made := object{}
		members, _ := schema["properties"].(object)
		required, _ := schema["required"].([]any)
		for name, member := range members {
			if required == nil || slices.Contains(required, any(name)) {
				made[name] = d.example(member)
			}
		}
		return made
	case "array":
		return []any{}
	case "integer", "number":
		return 1
	case "boolean":
		return true
	}
	return ""
}
