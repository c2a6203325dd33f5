package client_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
)

func TestControlMethods(t *testing.T) {
	t.Parallel()
	type ctl = *client.Control
	// Made for this table only.
	const key = "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n"
	rows := []method[ctl]{
		{
			name: "alive", exchange: exchange{want: "GET /healthz", status: 200, media: "text/plain", answer: "ok"},
			call: func(ctx context.Context, c ctl) (any, error) { return just(c.Health(ctx)) },
		},
		{
			name: "ready", exchange: exchange{want: "GET /readyz", status: 200, answer: "{}"},
			call: func(ctx context.Context, c ctl) (any, error) { return just(c.Ready(ctx)) },
		},
		{
			name: "inbox",
			exchange: exchange{
				want:   "GET /control/v1/inbox?environment=sandbox&gstin=29ABCCD1234E1Z1&purpose=registration-otp&to=9876543210",
				status: 200,
				answer: `{"messages":[{"id":"m-1","environment":"sandbox","purpose":"registration-otp",
					"gstin":"29ABCCD1234E1Z1","channel":"sms","to":"9876543210","text":"246813 is your OTP",
					"otp":"246813","secret":"","sentAt":"2026-11-22T10:00:00+05:30"}]}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) {
				return c.Inbox(ctx, client.InboxFilter{
					GSTIN: "29ABCCD1234E1Z1", To: "9876543210", Purpose: client.PurposeRegistrationOTP,
					Environment: client.EnvironmentSandbox,
				})
			},
			want: []client.Message{{
				ID: "m-1", Environment: "sandbox", Purpose: "registration-otp", GSTIN: "29ABCCD1234E1Z1",
				Channel: client.ChannelSMS, To: "9876543210", Text: "246813 is your OTP", OTP: "246813", SentAt: at(10, 0),
			}},
		},
		{
			name: "whole inbox, empty", exchange: exchange{want: "GET /control/v1/inbox", status: 200,
				answer: `{"messages":[]}`},
			call: func(ctx context.Context, c ctl) (any, error) { return c.Inbox(ctx, client.InboxFilter{}) },
			want: []client.Message{},
		},
		{
			name: "clear inbox", exchange: exchange{want: "DELETE /control/v1/inbox", status: 204},
			call: func(ctx context.Context, c ctl) (any, error) { return just(c.ClearInbox(ctx)) },
		},
		{
			name:     "captcha's answer",
			exchange: exchange{want: "GET /control/v1/captchas/c-1", status: 200, answer: `{"answer":"K7QX2"}`},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.CaptchaAnswer(ctx, "c-1") },
			want:     "K7QX2",
		},
		{
			name: "clock",
			exchange: exchange{
				want: "GET /control/v1/clock", status: 200, answer: `{"mode":"real","now":"2026-11-22T10:00:00+05:30"}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return c.Clock(ctx) },
			want: client.Clock{Mode: client.ClockReal, Now: at(10, 0)},
		},
		{
			name: "freeze the clock",
			exchange: exchange{
				want: "PUT /control/v1/clock", body: `{"mode":"frozen","now":"2026-11-22T10:00:00+05:30"}`, status: 200,
				answer: `{}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) {
				return just(c.SetClock(ctx, client.Clock{Mode: client.ClockFrozen, Now: at(10, 0)}))
			},
		},
		{
			name:     "let the clock run",
			exchange: exchange{want: "PUT /control/v1/clock", body: `{"mode":"real"}`, status: 204},
			call: func(ctx context.Context, c ctl) (any, error) {
				return just(c.SetClock(ctx, client.Clock{Mode: client.ClockReal}))
			},
		},
		{
			name: "advance",
			exchange: exchange{
				want: "POST /control/v1/clock/advance", body: `{"by":"10m0s"}`, status: 200,
				answer: `{"mode":"frozen","now":"2026-11-22T10:10:00+05:30"}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return c.Advance(ctx, 10*time.Minute) },
			want: client.Clock{Mode: client.ClockFrozen, Now: at(10, 10)},
		},
		{
			name: "public key",
			exchange: exchange{
				want: "GET /control/v1/public-keys/sandbox.pem", status: 200, media: "application/x-pem-file", answer: key,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return c.PublicKey(ctx, client.EnvironmentSandbox) },
			want: []byte(key),
		},
		{
			name: "journal",
			exchange: exchange{
				want: "GET /control/v1/requests?environment=sandbox&limit=5", status: 200,
				answer: `{"requests":[{"id":7,"requestId":"q-1","at":"2026-11-22T10:00:00+05:30","environment":"sandbox","method":"POST",
					"path":"/portal/v1/registrations","status":422,
					"reason":{"code":"contact-mismatch","nicCode":"3006","detail":"Invalid Mobile Number",
						"fields":[{"field":"mobile","code":"contact-mismatch","message":"Invalid Mobile Number"}]}}]}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) {
				return c.Requests(ctx, client.RequestFilter{Limit: 5, Environment: client.EnvironmentSandbox})
			},
			want: []client.Request{{
				ID: 7, RequestID: "q-1", At: at(10, 0), Environment: "sandbox", Method: "POST",
				Path: "/portal/v1/registrations", Status: 422, Reason: &client.Reason{
					Code: "contact-mismatch", NICCode: "3006", Detail: "Invalid Mobile Number",
					Fields: []client.FieldError{{Field: "mobile", Code: "contact-mismatch", Message: "Invalid Mobile Number"}},
				},
			}},
		},
		{
			name: "reset", exchange: exchange{want: "POST /control/v1/reset", status: 204},
			call: func(ctx context.Context, c ctl) (any, error) { return just(c.Reset(ctx)) },
		},
		{
			name:     "read a world",
			exchange: exchange{want: "GET /control/v1/world", status: 200, answer: `{"name":"blue","extends":"empty"}`},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.ReadWorld(ctx) },
			want:     json.RawMessage(`{"name":"blue","extends":"empty"}`),
		},
		{
			name:     "put a world",
			exchange: exchange{want: "PUT /control/v1/world", body: `{"extends":"empty"}`, status: 200, answer: `{"name":"blue"}`},
			call: func(ctx context.Context, c ctl) (any, error) {
				return just(c.PutWorld(ctx, map[string]string{"extends": "empty"}))
			},
		},
		{
			name: "worlds",
			exchange: exchange{
				want: "GET /control/v1/worlds", status: 200,
				answer: `{"worlds":[{"name":"blue","createdAt":"2026-11-22T10:00:00+05:30","lastUsedAt":"2026-11-22T10:05:00+05:30"}]}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return c.Worlds(ctx) },
			want: []client.World{{Name: "blue", CreatedAt: at(10, 0), LastUsedAt: at(10, 5)}},
		},
		{
			name: "end a world", exchange: exchange{want: "DELETE /control/v1/worlds/blue", status: 204},
			call: func(ctx context.Context, c ctl) (any, error) { return just(c.DeleteWorld(ctx, "blue")) },
		},
	}
	runMethods(t, newControl, slices.Concat(rows, controlDataRows(), controlFaultRows(), controlDefectRows(),
		controlSnapshotRows()))
}
