//go:build pact

package client_test

import (
	"context"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

const apiUsersPath = "/portal/v1/api-users"

// The API users of the states, as the portal names them, and one more state of the first.
const (
	ownUser    = "API_first_user"
	othersUser = "API_" + newUsername

	withFrozenUser = "the taxpayer's API user first_user, frozen"
)

func apiUsers() []onProduction {
	list := func(about, given, status string) onProduction {
		return inSession(onProduction{
			about: "the list of registered users" + about, given: []string{given},
			asks: asked{method: http.MethodGet, path: apiUsersPath},
			gets: good(http.StatusOK, map[string]any{"apiUsers": []any{map[string]any{
				"username": ownUser, "registrationThrough": "GSP", "companyName": guideCompany,
				"status": status, "createdAt": aTime(soon),
			}}}),
			call: func(ctx context.Context, c *client.Production) (any, error) { return c.APIUsers(ctx) },
			want: []client.APIUser{{
				Username: ownUser, Through: "GSP", CompanyName: guideCompany, Status: status, CreatedAt: soon,
			}},
		})
	}
	change := func(about, given, user, current, next string, gets answered) onProduction {
		return inSession(onProduction{
			about: "Change Password" + about, given: []string{given},
			asks: asked{method: http.MethodPut, path: apiUsersPath + "/" + user + "/password", body: map[string]any{
				"currentPassword": current, "newPassword": next,
			}},
			gets: gets,
			call: func(ctx context.Context, c *client.Production) (any, error) {
				return just(c.ChangePassword(ctx, user, client.PasswordChange{Current: current, New: next}))
			},
		})
	}
	freeze := func(about, given, user string, gets answered) onProduction {
		return inSession(onProduction{
			about: "Freeze" + about, given: []string{given},
			asks: asked{method: http.MethodPost, path: apiUsersPath + "/" + user + "/freeze"},
			gets: gets,
			call: func(ctx context.Context, c *client.Production) (any, error) { return just(c.Freeze(ctx, user)) },
		})
	}
	const wrongCurrent = "Change of password unsuccessfull,pls check the existing password"
	done := answered{status: http.StatusNoContent}
	return []onProduction{
		list("", withOwnUser, "ACTIVE"),
		list(", one of them frozen", withFrozenUser, "FROZEN"),
		change("", withOwnUser, ownUser, newPassword, otherPassword, done),
		change(": a wrong current password", withOwnUser, ownUser, "Patola@2024", otherPassword,
			refusal(http.StatusUnprocessableEntity, "password-mismatch", "3024", wrongCurrent, "currentPassword")),
		change(": to the same again", withOwnUser, ownUser, newPassword, newPassword, passwordReused()),
		change(": of another taxpayer's user", withOthersUser, othersUser, newPassword, otherPassword, isNotFound()),
		freeze("", withOwnUser, ownUser, done),
		freeze(": a second time", withFrozenUser, ownUser,
			refusal(http.StatusConflict, "already-frozen", "3025", "Already This Account Has Been Freezed")),
		freeze(": another taxpayer's user", withOthersUser, othersUser, isNotFound()),
	}
}
