package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/simulator"
)

// walkReport is a walk as a document; its JSON names are a contract.
type walkReport struct {
	OK       bool            `json:"ok"`
	Seed     string          `json:"seed"`
	Day      string          `json:"day,omitempty"` // of --day
	Target   targetReport    `json:"target"`
	Sections []sectionReport `json:"sections"`
	// APILeftOut is the reason why the API was left out; empty if it was not.
	APILeftOut string          `json:"apiLeftOut,omitempty"`
	GSPLeftOut string          `json:"gspLeftOut,omitempty"` // likewise
	Pictures   *picturesReport `json:"pictures,omitempty"`
}

// picturesReport has the directory of the pictures.
type picturesReport struct {
	Directory string `json:"directory"`
	Count     int    `json:"count"`
}

// targetReport describes the target of the walk.
type targetReport struct {
	Own            bool   `json:"own"` // the walk's own simulator, which ends with it
	World          string `json:"world,omitempty"`
	simulator.URLs        // of the world
}

// dashboard is the URL of the dashboard that shows the walk. It is empty for the walk's own simulator, which
// has ended, and for a target that was not reached.
func (r walkReport) dashboard() string {
	walked := slices.ContainsFunc(r.Sections, func(s sectionReport) bool { return len(s.Steps) > 0 })
	if r.Target.Own || r.Target.Control == "" || !walked {
		return ""
	}
	return r.Target.Control + "/"
}

type sectionReport struct {
	Section     int          `json:"section"`
	Title       string       `json:"title"`
	Steps       []stepReport `json:"steps"`
	Credentials *credentials `json:"credentials,omitempty"`
	Failure     *failure     `json:"failure,omitempty"`
	API         *apiReport   `json:"api,omitempty"`
	GSP         *gspReport   `json:"gsp,omitempty"`
}

type stepReport struct {
	Number string `json:"number"` // as in 1.3
	Label  string `json:"label"`
	Detail string `json:"detail"`
}

// credentials are the result of a section. A password or client secret that the caller gave is not
// repeated: the caller has it, and reports end up in logs.
type credentials struct {
	Environment       string   `json:"environment"`
	GSTIN             string   `json:"gstin"`
	Through           string   `json:"registrationThrough"`
	CompanyName       string   `json:"companyName"` // owner of client id and client secret
	ClientID          string   `json:"clientId"`
	ClientSecret      string   `json:"clientSecret,omitempty"` // absent if it was given, or is not known
	Username          string   `json:"username"`               // for the API, API_ included
	Password          string   `json:"password,omitempty"`
	PasswordMade      bool     `json:"passwordMade"` // by the walk; then Password is present
	AcknowledgementNo string   `json:"acknowledgementNo,omitempty"`
	SentTo            []string `json:"otpSentTo"` // masked

	secretGiven bool // the caller gave the client secret
}

// perform walks one section. The program ends with its error.
func (w person) perform(ctx context.Context, number int, urls simulator.URLs, source client.Source,
	transport http.RoundTripper, tell *narrator,
) (sectionReport, error) {
	section := sectionReport{
		Section: number, Title: features.GuideSections[strconv.Itoa(number)], Steps: []stepReport{},
	}
	tell.section(section)
	done := func(s client.Step) {
		step := stepReport(s)
		section.Steps = append(section.Steps, step)
		tell.step(step)
	}
	options := client.Options{HTTP: &http.Client{Transport: transport}}
	walkSection := w.performFirst
	if number == 2 {
		walkSection = w.performSecond
	}
	made, err := walkSection(ctx, urls, options, source, done)
	if err != nil {
		section.Failure = failureOf(err)
		tell.failure(*section.Failure)
		return section, walkError(err)
	}
	if w.passwordMade {
		made.Password, made.PasswordMade = w.Password, true
	}
	if made.secretGiven = w.secretGiven; !w.secretGiven {
		made.ClientSecret = w.ClientSecret
	}
	section.Credentials = &made
	return section, nil
}

func (w person) performFirst(ctx context.Context, urls simulator.URLs, o client.Options, source client.Source,
	done func(client.Step)) (credentials, error) {
	sandbox, err := w.driver.Trial(urls.Sandbox, o)
	if err != nil {
		return credentials{}, fmt.Errorf("sandbox portal: %w", err)
	}
	result, err := client.PerformSandbox(ctx, sandbox, source, client.SandboxPlan{
		GSTIN: w.GSTIN, Mobile: w.Mobile, Email: w.Email, Through: w.Through,
		CompanyName: w.Company, ClientID: w.ClientID, Username: w.Username, Password: w.Password,
	}, done)
	return credentials{
		Environment: sandbox.Environment(), GSTIN: result.GSTIN, Through: w.Through, CompanyName: result.CompanyName,
		ClientID: result.ClientID, Username: result.Username,
		AcknowledgementNo: result.AcknowledgementNo, SentTo: result.SentTo,
	}, err
}

func (w person) performSecond(ctx context.Context, urls simulator.URLs, o client.Options, source client.Source,
	done func(client.Step)) (credentials, error) {
	production, err := w.driver.Production(urls.Production, o)
	if err != nil {
		return credentials{}, fmt.Errorf("production portal: %w", err)
	}
	result, err := client.PerformProduction(ctx, production, source, client.ProductionPlan{
		LoginUsername: w.LoginUsername, LoginPassword: w.LoginPassword, Through: w.Through,
		CompanyName: w.Company, ClientID: w.ClientID, ClientSecret: w.ClientSecret,
		Username: w.Username, Password: w.Password,
	}, done)
	if result.Session.Username != "" {
		_ = production.Logout(ctx) // the session ends by itself too
	}
	return credentials{
		Environment: production.Environment(), GSTIN: result.Session.GSTIN, Through: w.Through,
		CompanyName: result.CompanyName,
		ClientID:    w.ClientID, Username: result.Username, SentTo: result.SentTo,
	}, err
}
