package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/nic"
)

type providerReport struct {
	CompanyName  string       `json:"companyName"`
	Type         string       `json:"type"`
	Through      []string     `json:"through"`
	ClientID     nic.ClientID `json:"clientId"`
	ClientSecret string       `json:"clientSecret"`
	PAN          nic.PAN      `json:"pan"`
}

type organisationReport struct {
	PAN        string `json:"pan"`
	LegalName  string `json:"legalName"`
	Type       string `json:"type"`
	Mobile     string `json:"mobile"`
	Email      string `json:"email"`
	Registered bool   `json:"registered"` // it has client credentials already
}

func providerReports(f fixtures.Fixtures) []providerReport {
	reports := make([]providerReport, 0, len(f.Providers))
	for _, p := range f.Providers {
		reports = append(reports, providerReport(p))
	}
	return reports
}

func organisationReports(f fixtures.Fixtures) []organisationReport {
	registered := map[nic.PAN]bool{}
	for _, p := range f.Providers {
		registered[p.PAN] = true
	}
	reports := make([]organisationReport, 0, len(f.Organisations))
	for _, o := range f.Organisations {
		reports = append(reports, organisationReport{
			PAN: string(o.PAN), LegalName: o.LegalName, Type: o.Type, Mobile: o.Mobile, Email: o.Email,
			Registered: registered[o.PAN],
		})
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
		rows = append(rows, []string{o.PAN, legalName, o.Type, o.Mobile, o.Email})
	}
	return rows
}

type subscriptionReport struct {
	CompanyName string            `json:"companyName"`
	Subscriber  string            `json:"subscriber"`
	Face        string            `json:"face"`
	Environment string            `json:"environment"`
	Secrets     map[string]string `json:"secrets"`
}

func subscriptionReports(f fixtures.Fixtures) []subscriptionReport {
	reports := make([]subscriptionReport, 0, len(f.Subscriptions))
	for _, s := range f.Subscriptions {
		reports = append(reports, subscriptionReport(s))
	}
	return reports
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
