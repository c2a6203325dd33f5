//go:build pact

package client_test

import (
	"maps"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

// The guide's company and client id, and the user that is made with them. All passwords of the pacts are those of the
// fixtures, so that none can be a real one, except weakPassword, which no portal accepts.
const (
	guideCompany  = "Sahyadri GST Suvidha"
	guideClientID = "AAFCC29ERP82ZSO"
	newUsername   = "dakshin_test"
	newPassword   = "Dakshin@2024"
	otherPassword = "Deccan@2024"
	weakPassword  = "too_weak"

	userWasMade = "The user was created."
)

// The API users that states have made already, with the password newPassword.
const (
	withOwnUser    = "the taxpayer's API user first_user"
	withOthersUser = "another taxpayer's API user dakshin_test"
)

// newUser returns the guide's last form with a change, and the body that the client must send for it.
func newUser(change func(*client.NewAPIUser)) (client.NewAPIUser, map[string]any) {
	form := client.NewAPIUser{
		Through: client.ThroughGSP, CompanyName: guideCompany, ClientID: guideClientID,
		Username: newUsername, Password: newPassword, ConfirmPassword: newPassword,
	}
	change(&form)
	return form, filledIn(map[string]any{
		"registrationThrough": form.Through, "companyName": form.CompanyName, "clientId": form.ClientID,
		"clientSecret": form.ClientSecret, "username": form.Username, "password": form.Password,
		"confirmPassword": form.ConfirmPassword,
	})
}

// filledIn removes the empty fields, which the client must not send.
func filledIn(form map[string]any) map[string]any {
	maps.DeleteFunc(form, func(_ string, value any) bool { return value == "" })
	return form
}

func asInTheGuide(*client.NewAPIUser) {}

func withWeakPassword(u *client.NewAPIUser) {
	u.Password, u.ConfirmPassword = weakPassword, weakPassword
}

func usernameTaken() answered {
	return refusal(http.StatusConflict, "username-taken", "3004",
		"This username is already registered. Please choose a different username.", "username")
}

// alreadyRegistered is the refusal on the given field of the form, which identifies the client.
func alreadyRegistered(field string) answered {
	return refusal(http.StatusConflict, "already-registered", "3062", "Already Registered", field)
}

func passwordPolicy() answered {
	return refusal(http.StatusUnprocessableEntity, "password-policy", "3003",
		"Password should contains atleast one upper case, one lower case, one number and one special characters like "+
			"[%,$,#,@,_,!,*]",
		"password")
}

// passwordReused is the refusal of a new password that is the old one.
func passwordReused() answered {
	return refusal(http.StatusUnprocessableEntity, "password-reused", "3023",
		"The New PassWord And Old PassWord Cannot Be Same", "newPassword")
}

// wrongClient is NIC's text for a client id, or its secret, that does not fit.
func wrongClient(code string) answered {
	return refusal(http.StatusUnprocessableEntity, code, "1010", "Invalid Client-ID/Client-Secret", "clientId")
}
