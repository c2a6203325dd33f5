package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
)

type organisationReport struct {
	fixtures.Organisation

	Registered bool `json:"registered"` // it has client credentials already
}

func organisationReports(f fixtures.Fixtures) []organisationReport {
	reports := make([]organisationReport, 0, len(f.Organisations))
	for _, o := range f.Organisations {
		registered := slices.ContainsFunc(f.Providers, func(p fixtures.Provider) bool { return p.PAN == o.PAN })
		reports = append(reports, organisationReport{o, registered})
	}
	return reports
}

func (r castReport) providerRows() [][]string {
	rows := [][]string{{"Company Name", "Client ID", "Client secret", "Offered through"}}
	for _, p := range r.Providers {
		rows = append(rows, []string{p.CompanyName, string(p.ClientID), p.ClientSecret, strings.Join(p.Through, ", ")})
	}
	return rows
}

func (r castReport) organisationRows() [][]string {
	rows := [][]string{{"PAN", "Legal name", "Type", "Mobile", "E-mail"}}
	for _, o := range r.Organisations {
		legalName := o.LegalName
		if o.Registered {
			legalName += " *"
		}
		rows = append(rows, []string{string(o.PAN), legalName, o.Type, o.Mobile, o.Email})
	}
	return rows
}

func (r castReport) subscriptionRows() [][]string {
	rows := [][]string{{"Face", "Environment", "Company name", "Secrets"}}
	for _, s := range r.Subscriptions {
		var secrets []string
		for _, name := range slices.Sorted(maps.Keys(s.Secrets)) {
			secrets = append(secrets, name+"="+s.Secrets[name])
		}
		rows = append(rows, []string{s.Face, s.Environment, s.CompanyName, strings.Join(secrets, " ")})
	}
	return rows
}
