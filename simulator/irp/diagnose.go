package irp

import (
	"context"
	"strings"

	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Evidence is a refused request as it arrived.
type Evidence struct {
	Headers Headers
	Names   []string // of all headers of the request, sorted
	Body    []byte
	Data    string      // the sealed text in Body, or empty
	Login   Credentials // of a login that could be opened
	Request []byte      // what was sealed in Data, if that could be opened

	// IssuedIn returns the name of another world that issued a token, or "". It may be nil.
	IssuedIn func(ctx context.Context, token string) string
}

// Diagnosis says in one sentence each what a client did wrong and what is right. It never has a secret, but the length
// of one. An empty member says that no more is known than the code tells.
type Diagnosis struct {
	Cause  journal.Cause
	Remedy string
}

// found makes a diagnosis whose remedy is that of the code.
func found(cause string, arguments ...any) Diagnosis {
	return Diagnosis{Cause: journal.Because(cause, arguments...)}
}

// or adds a remedy.
func (d Diagnosis) or(remedy string) Diagnosis {
	d.Remedy = remedy
	return d
}

// Diagnose finds out why a request was refused with a code that is answered before an invoice is judged. It runs after
// the refusal, so that calls that succeed do not pay for it, and tries a few keys at most.
func (i IRP) Diagnose(ctx context.Context, code string, e Evidence) Diagnosis {
	diagnose, ok := diagnoses[code]
	if !ok {
		return Diagnosis{}
	}
	var d Diagnosis
	err := i.View(ctx, func(r store.Reader) error {
		d = diagnose(i, r, e)
		return nil
	})
	if err != nil { // the request was given up
		return Diagnosis{}
	}
	// Another world has a store of its own, which is not read within a view of this one.
	if d == neverIssued(e) && e.IssuedIn != nil {
		if world := e.IssuedIn(ctx, e.Headers.AuthToken); world != "" {
			return found("The token was issued in another world, %s, and this is %s.", world, i.world.Name)
		}
	}
	return d
}

// diagnoses are the codes that can be explained.
var diagnoses = map[string]func(IRP, store.Reader, Evidence) Diagnosis{
	codeNoClientID:     missingHeader("client_id", func(h Headers) string { return h.ClientID }),
	codeNoClientSecret: missingHeader("client_secret", func(h Headers) string { return h.ClientSecret }),
	codeNoGSTIN:        missingHeader("Gstin", func(h Headers) string { return h.GSTIN }),
	codeNoUserName:     missingHeader("user_name", func(h Headers) string { return h.UserName }),
	codeBadClient:      IRP.wrongClient,
	codeEWBBadClient:   IRP.wrongClient,

	codeSealedLogin:  IRP.unopenedLogin,
	codeBadLogin:     IRP.unreadLogin,
	codeSealedAppKey: IRP.wrongAppKey,
	codeUnknownUser:  IRP.unknownUser,
	codeOtherClient:  IRP.userOfOther,
	codeBadPassword:  IRP.wrongPassword,
	codeOtherGSTIN:   IRP.otherGSTIN,
	codeInactiveUser: IRP.inactive,

	codeBadToken:        IRP.wrongToken,
	codeEWBBadToken:     IRP.wrongToken,
	codeEWBTokenExpired: IRP.wrongToken,

	codeBadPortal: IRP.wrongPortal,

	codeNoData:        IRP.noData,
	codeSealedData:    IRP.unopenedData,
	codeEWBSealedData: IRP.unopenedData,
	codeSchema:        IRP.unreadData,
	codeEWBBadJSON:    IRP.unreadData,
}

// here names an environment in a sentence.
func here(env nic.Environment) string {
	if env == nic.Sandbox {
		return "the sandbox"
	}
	return string(env)
}

// longestQuote is how much of a text that was sent is repeated in a diagnosis, in bytes.
const longestQuote = 64

// named returns a client id, a GSTIN or a user name that was sent, or the length of a text that is none of these: it
// may be a secret in the wrong place.
func named(text string) string {
	if journal.IsIdentifier(text) {
		return text
	}
	return "a text of " + count.Of(len(text), "character")
}

// quote shortens the name of a header or member that was sent.
func quote(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	if len(text) > longestQuote {
		return strings.ToValidUTF8(text[:longestQuote], "") + "…"
	}
	return text
}
