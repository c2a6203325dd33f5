// Package client gets API credentials from NIC's e-Invoice portals, as a taxpayer does by hand, and
// calls the e-Invoice API and the simulator's control API.
//
// [Sandbox] and [Production] are the two portals, [Control] is the simulator's own API, which tells
// captcha answers, messages and other data that a real portal does not tell. Every method is one
// call on the wire. [PerformSandbox]
// and [PerformProduction] are the two sections of the guide, start to end:
//
//	sandbox, err := client.NewSandbox("http://127.0.0.1:7001", client.Options{})
//	control, err := client.NewControl("http://127.0.0.1:7000", client.Options{})
//	result, err := client.PerformSandbox(ctx, sandbox, client.FromControl(control), client.SandboxPlan{
//		GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Email: "accounts@dakshin.example",
//		CompanyName: "Sahyadri GST Suvidha", ClientID: "AAFCC29ERP82ZSO",
//		Username: "dakshin_test", Password: "Testing@123",
//	}, nil)
//
// A [Source] says where the captcha's answer and the OTP come from, so that the same flow can face
// a portal that has no control API: [FromControl], [FromPrompt] or [FromCommand].
//
// The credentials that come of it open the e-Invoice API, which is NIC's own and the same on a
// simulator:
//
//	api, err := client.NewAPI("http://127.0.0.1:7001", client.Credentials{
//		ClientID: "AAFCC29ERP82ZSO", ClientSecret: "SahyadriSecret000001",
//		GSTIN: "29ABCCD1234E1Z1", Username: "dakshin_test", Password: "Testing@123",
//	}, publicKeyPEM, client.Options{})
//	invoice, err := api.Generate(ctx, document)
//	code, err := client.VerifyQRCode(invoice.SignedQRCode, certificatePEM)
//
// # Errors
//
// Every error of a call names its method and path. What is wrong is told apart with errors.As:
// [*Problem], the portal refused; [*APIError], [*AlreadyRegistered] and [*RegisteredElsewhere], the e-Invoice API
// refused; [*Unreachable], no server answered; [*UnexpectedAnswer], the answer is not one of this API. An
// ended context comes back as its own error. Of an answer's text an error carries a refusal's own
// words and nothing else, of a request its method and path, so no password, client secret or OTP
// gets into one.
//
// The wire is derived from the portal contract alone. This package shares no code with the
// simulator, so that one mistake cannot hide on both sides.
package client
