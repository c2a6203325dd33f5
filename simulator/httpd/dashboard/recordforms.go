package dashboard

import (
	"cmp"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
)

var providerForm = record[admin.ProviderChange, admin.Provider]{
	noun: "provider", add: "/add/provider", one: "/providers/{clientId}", vars: []string{"clientId"},
	members: []member{
		code("clientId", "Client ID", "Any text without blanks, such as AABCA29GSP00001"),
		code("clientSecret", "Client secret", ""),
		optional(text("companyName", "Company Name", "Empty for a new one: the firm with the PAN, or the client id")),
		first("As it is offered", choose("type", "Type", "", labels(admin.ProviderTypes)...)),
		{Field: layout.Field{
			Name: "through", Label: "Offered under", Kind: layout.Select, Value: "GSP",
			Options: options("GSP", "GSP", "ERP", "ERP", "GSP, ERP", "GSP and ERP", "DIRECT", "Direct", "", "nothing"),
		}, of: asList},
		optional(code("pan", "PAN", "")),
	},
	make: admin.Add[admin.ProviderChange], read: admin.ReadProvider, change: admin.ChangeProvider,
	next: func(admin.Provider) string { return "/providers" },
}

var organisationForm = record[admin.OrganisationChange, admin.Organisation]{
	noun: "organisation", add: "/add/organisation", one: "/organisations/{pan}", vars: []string{"pan"},
	members: []member{
		code("pan", "PAN", "Five letters, four digits and a letter"),
		text("legalName", "Legal name", ""),
		choose("type", "Registers as", "", labels(admin.OrganisationTypes)...),
		mobile(), email(),
	},
	make: admin.Add[admin.OrganisationChange], read: admin.ReadOrganisation, change: admin.ChangeOrganisation,
	next: func(admin.Organisation) string { return "/providers" },
}

// taxpayerForm is a function, so that only a program with a dashboard reads NIC's masters.
func taxpayerForm() record[admin.TaxpayerChange, admin.Taxpayer] {
	return record[admin.TaxpayerChange, admin.Taxpayer]{
		noun: "taxpayer", add: "/add/taxpayer", one: "/taxpayers/{gstin}", vars: []string{"gstin"},
		members: []member{
			code("gstin", "GSTIN", "Any 15 digits or letters: the check character is not judged"),
			text("legalName", "Legal name", ""),
			optional(text("tradeName", "Trade name", "")),
			choose("status", "Status of the GSTIN", nic.Active, states(admin.TaxpayerStatuses...)...),
			first("As the GSTIN shows", choose("taxpayerType", "Type", "", types()...)),
			mobile(), email(),
			first("As the GSTIN shows", truth("eInvoiceEnabled", "Enabled for e-invoicing")),
			first("As the GSTIN shows", truth("transporterOnly", "Transporter only")),
			truth("ewayBillBlocked", "Blocked from e-way bills"),
			{Field: layout.Field{Name: "aatoCrore", Label: "Turnover in crore rupees", Kind: layout.Text, InputMode: "decimal",
				Autocomplete: "off", Optional: true}, of: asNumber},
			day("registeredOn", "Registered on"), day("cancelledOn", "Cancelled on"),
			optional(text("address.building", "Building", "Empty for a new one: an address in the state of the GSTIN")),
			optional(text("address.floor", "Floor", "")),
			optional(text("address.street", "Street", "")), optional(text("address.location", "Place", "")),
			optional(text("address.pincode", "PIN code", "")),
		},
		make: admin.Add[admin.TaxpayerChange], read: admin.ReadTaxpayer, change: admin.ChangeTaxpayer,
		next: func(t admin.Taxpayer) string { return "/taxpayers/" + t.GSTIN },
	}
}

var portalUserForm = record[admin.PortalUserChange, admin.PortalUser]{
	noun: "portal login", add: "/add/portal-user", one: "/portal-users/{username}", vars: []string{"username"},
	members: []member{
		code("username", "Username", ""), password(), code("gstin", "GSTIN", "Of a taxpayer of this world"),
		choose("source", "Made on", "", options("E_INVOICE", "e-Invoice portal", "EWAY_BILL", "E-Way Bill portal")...),
		truth("frozen", "Frozen"),
	},
	make: admin.Add[admin.PortalUserChange], read: admin.ReadPortalUser, change: admin.ChangePortalUser,
	next: func(u admin.PortalUser) string { return "/taxpayers/" + u.GSTIN },
}

var apiUserForm = record[admin.APIUserChange, admin.APIUser]{
	noun: "API user", add: "/add/api-user", one: "/api-users/{environment}/{username}",
	vars: []string{"environment", "username"},
	members: []member{
		choose("environment", "Portal", "", options("sandbox", "Sandbox", "production", "Production")...),
		code("username", "Username", "As the client sends it: nothing is put before it"), password(),
		code("gstin", "GSTIN", "Of a taxpayer of this world"),
		code("clientId", "Client ID", "Of a provider of this world"),
		truth("frozen", "Frozen"),
	},
	make: admin.Add[admin.APIUserChange], read: admin.ReadAPIUser, change: admin.ChangeAPIUser,
	next: func(admin.APIUser) string { return "/api-users" },
}

// otherIRPForm only adds. It is a function, as taxpayerForm is.
func otherIRPForm() record[admin.InvoiceChange, admin.Invoice] {
	return record[admin.InvoiceChange, admin.Invoice]{
		noun: "invoice of another IRP", add: "/add/invoice",
		members: []member{
			choose("environment", "Portal", "", options("sandbox", "Sandbox", "production", "Production")...),
			code("irp", "IRP", "The code of another Invoice Registration Portal, such as CYGNET"),
			code("sellerGstin", "Seller", "A GSTIN"), optional(code("buyerGstin", "Buyer", "A GSTIN, or empty")),
			choose("documentType", "Type", "", documentTypes()...),
			code("documentNumber", "Number", "At most 16 characters"),
			code("documentDate", "Date", "As in 31/12/2026"),
		},
		make: admin.Add[admin.InvoiceChange],
		next: func(i admin.Invoice) string { return "/invoices/" + string(i.Environment) + "/" + i.IRN },
	}
}

func documentTypes() (list []layout.Option) {
	for _, code := range admin.DocumentTypes {
		list = append(list, layout.Option{Value: code, Label: documentName(code)})
	}
	return list
}

func text(name, label, hint string) member {
	return member{Field: layout.Field{Name: name, Label: label, Hint: hint, Kind: layout.Text, Autocomplete: "off"}}
}

// code is a text that is not a word.
func code(name, label, hint string) member {
	m := text(name, label, hint)
	m.Code = true
	return m
}

func optional(m member) member {
	m.Optional = true
	return m
}

func password() member {
	return member{Field: layout.Field{Name: "password", Label: "Password", Kind: layout.Password,
		Hint: "Any text: the portals' password rule is not applied", Autocomplete: "new-password"}, of: asSecret}
}

func mobile() member {
	return member{Field: layout.Field{Name: "mobile", Label: "Mobile", Kind: layout.Tel, InputMode: "tel",
		Autocomplete: "off", Optional: true, Hint: "Empty: the record has no mobile number (3012)"}}
}

func email() member {
	return member{Field: layout.Field{Name: "email", Label: "E-mail", Kind: layout.Email, Autocomplete: "off",
		Optional: true}}
}

func day(name, label string) member {
	m := optional(text(name, label, ""))
	m.Kind = "date"
	return m
}

// truth is No in a new record.
func truth(name, label string) member {
	return member{Field: layout.Field{Name: name, Label: label, Kind: layout.Select, Value: "false", Options: yesOrNo()},
		of: asTruth}
}

func yesOrNo() []layout.Option { return options("true", "Yes", "false", "No") }

// first gives a choice an option for new records that leaves it to the simulator.
func first(label string, m member) member {
	m.first = label
	return m
}

// choose is a text that is one of several. The first of them, or the given one, is that of a new record.
func choose(name, label, first string, options ...layout.Option) member {
	return member{Field: layout.Field{Name: name, Label: label, Kind: layout.Select, Options: options,
		Value: cmp.Or(first, options[0].Value)}}
}

// options are the options of a list of values and labels in turns.
func options(valuesAndLabels ...string) (list []layout.Option) {
	for i := 0; i+1 < len(valuesAndLabels); i += 2 {
		list = append(list, layout.Option{Value: valuesAndLabels[i], Label: valuesAndLabels[i+1]})
	}
	return list
}

func labels(values []string) (list []layout.Option) {
	for _, value := range values {
		list = append(list, layout.Option{Value: value, Label: word(value)})
	}
	return list
}

func types() (list []layout.Option) {
	for _, code := range admin.TaxpayerTypes {
		list = append(list, layout.Option{Value: code, Label: taxpayerType(code)})
	}
	return list
}
