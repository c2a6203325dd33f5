package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

// gspReport reports the guide's last step; its JSON names are a contract.
type gspReport struct {
	Steps   []stepReport `json:"steps"`
	Status  string       `json:"status,omitempty"` // as in ACTIVE
	Failure *failure     `json:"failure,omitempty"`
}

// withoutGSP is the reason why the last step is left out; empty if it is performed.
func (w walk) withoutGSP() string {
	switch {
	case w.person.Through != client.ThroughGSP:
		return "the credentials are not made through one"
	case w.urls.GSP == "":
		return "without --gsp its address is not known"
	}
	return ""
}

// performGSP enters the credentials of a section at the GSP. The program ends with its error.
func (w person) performGSP(ctx context.Context, url string, made credentials, transport http.RoundTripper,
	tell *narrator) (*gspReport, error) {
	report := &gspReport{Steps: []stepReport{}}
	tell.heading("Entering details in GSP")
	at, err := w.driver.GSP(url, client.Options{HTTP: &http.Client{Transport: transport}})
	if err != nil {
		return report, fmt.Errorf("GSP: %w", err)
	}
	entered, err := client.PerformGSP(ctx, at, client.NewConnection{
		CompanyName: made.CompanyName, Environment: made.Environment, GSTIN: made.GSTIN, Username: made.Username,
		Password: w.Password,
	}, func(s client.Step) {
		report.Steps = append(report.Steps, stepReport(s))
		tell.step(stepReport(s))
	})
	report.Status = entered.Status
	if err != nil {
		report.Failure = failureOf(err)
		tell.failure(*report.Failure)
		return report, walkError(err)
	}
	return report, nil
}
