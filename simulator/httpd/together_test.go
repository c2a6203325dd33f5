package httpd_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
)

// together makes a call many times in parallel and returns the statuses, sorted.
func together(n int, ask func(i int) answer) []int {
	statuses := make([]int, n)
	begin := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-begin
			statuses[i] = ask(i).status
		})
	}
	close(begin)
	all.Wait()
	slices.Sort(statuses)
	return statuses
}

func TestDoubleClicks(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		name string
		play func(*visitor) []int
		want []int
	}{
		{"Create", func(v *visitor) []int {
			flow := v.verified(asha)
			return together(2, func(i int) answer {
				return v.ask("POST", flow+"/api-user", apiUser(fmt.Sprintf("dakshin_%d", i)))
			})
		}, []int{201, 409}},
		{"Create, by two taxpayers who want one name", func(v *visitor) []int {
			flows := []string{v.verified(asha), v.verified(deepak)}
			return together(2, func(i int) answer { return v.ask("POST", flows[i]+"/api-user", apiUser("wanted_name")) })
		}, []int{201, 409}},
		{"Validate, with one captcha", func(v *visitor) []int {
			form := v.registrant(asha)
			return together(4, func(int) answer { return v.ask("POST", v.sandbox+v1+"/registrations", form) })
		}, []int{201, 422, 422, 422}},
		{"Submit, of one OTP", func(v *visitor) []int {
			flow := v.sent(asha)
			otp := v.otp("sandbox", asha.mobile)
			return together(4, func(int) answer { return v.enter(flow, otp) })
		}, []int{200, 409, 409, 409}},
		{"Verify OTP", func(v *visitor) []int {
			v.signIn(asha)
			flow := v.started()
			otp := v.otp("production", asha.mobile)
			return together(4, func(int) answer { return v.enter(flow, otp) })
		}, []int{200, 409, 409, 409}},
		{"last Submit", func(v *visitor) []int {
			flow := v.submittable(asha)
			return together(2, func(i int) answer {
				return v.ask("POST", flow+"/api-user", productionUser(fmt.Sprintf("dakshin_%d", i)))
			})
		}, []int{201, 409}},
		{"Login, with one captcha", func(v *visitor) []int {
			form := v.login(asha)
			return together(4, func(int) answer { return v.ask("POST", v.production+v1+"/login", form) })
		}, []int{200, 422, 422, 422}},
		{"client credentials", func(v *visitor) []int {
			flow := v.firmVerified(vindhya)
			return together(4, func(int) answer { return v.ask("POST", flow+"/client-credentials", nil) })
		}, []int{201, 409, 409, 409}},
		{"dummy GSTINs, each another one", func(v *visitor) []int {
			v.signInFirm(vindhya)
			return together(4, func(int) answer {
				return v.ask("POST", v.sandbox+v1+"/dummy-gstins",
					object{"stateCode": "29"})
			})
		}, []int{201, 201, 201, 201}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.play(s.visit(t)); !slices.Equal(got, c.want) {
				t.Errorf("answered %v; want %v", got, c.want)
			}
		})
	}
}

// Many clients register in worlds of their own, with the same names, while one world is reset repeatedly.
func TestManyWorldsAndAReset(t *testing.T) {
	s := open(t)
	reset := s.visit(t)
	var all sync.WaitGroup
	for range 6 {
		v := s.visit(t)
		all.Go(func() {
			v.created(asha, "same_name")
			v.submitted(asha, "same_name")
		})
	}
	for range 8 {
		all.Go(func() {
			// An answer during a reset must be one of the contract's answers.
			for range 5 {
				a := reset.ask("POST", reset.sandbox+v1+"/captchas", nil)
				id := a.text("captchaId")
				b := reset.ask("POST", reset.sandbox+v1+"/registrations", changed(object{
					"category": "TAXPAYER", "gstin": asha.gstin, "mobile": asha.mobile, "email": asha.email,
				}, object{"captcha": object{"captchaId": id, "answer": "WRONG!"}}))
				c := reset.ask("POST", reset.at("/reset"), nil)
				if a.status != 201 || b.status != 422 || c.status != 204 {
					t.Errorf("answered %d, %d, %d", a.status, b.status, c.status)
				}
			}
		})
	}
	all.Wait()
}

// The inbox does not grow without end, and a page of the journal has no more than was asked for.
func TestJournalAndInboxAreBounded(t *testing.T) {
	v := open(t).visit(t)
	v.set(object{"otpMaxSends": 10000, "otpResendInterval": "0s", "otpSendLimit": 0})
	flow := v.validated(asha)
	together(4, func(int) (last answer) {
		for range 275 {
			last = v.ask("POST", flow+"/otp", nil).is(202)
		}
		return last
	})
	for _, list := range []struct {
		path, member string
		more         bool
	}{{"/requests", "requests", true}, {"/inbox", "messages", false}} {
		page := v.asks("GET", v.at(list.path+"?limit=1000"), nil, 200)
		if n := len(page.rows(list.member)); n != 1000 || (page.doc["next"] != nil) != list.more {
			t.Errorf("%s has %d, and next is %v", list.path, n, page.doc["next"])
		}
	}
}
