Feature: The steps of section 2, one by one
  Each scenario proves one behaviour of a step, in the order of the guide. Refusals are in the folder refusals.

  Rule: 2.1 Login with Username and Password

    @S2-01 @must @guide-2.1
    Scenario: Login shows the taxpayer of the login
      When Asha logs in to the production portal as "dakshin29"
      Then she is logged in for "29ABCCD1234E1Z1", with a login of the "E_INVOICE" portal

    @S2-02 @must @guide-2.1 @contract-section2
    Scenario: The session is kept in a cookie that pages cannot read
      When Asha logs in to the production portal as "dakshin29"
      Then the cookie "nicsim_production" has HttpOnly, SameSite=Strict and the path of her world

    @S2-03 @must @guide-2.1 @contract-section2
    Scenario: Logging out ends the session
      Given Asha is logged in to the production portal
      When she logs out of the production portal
      And she asks the production portal for her session
      Then the portal refuses it as "session-required" without NIC code

    @S2-04 @must @guide-2.1 @contract-section2
    Scenario: A session lasts as long as it is used
      Given Asha is logged in to the production portal
      When 14 minutes pass
      And she asks the production portal for her session
      And 14 minutes pass
      And she asks the production portal for her session
      Then she is logged in for "29ABCCD1234E1Z1", with a login of the "E_INVOICE" portal

  Rule: 2.2 Those registered on the E-Way Bill portal use the same credentials

    @S2-05 @must @guide-2.2 @behaviour-03
    Scenario: An E-Way Bill login opens the e-invoice portal
      When Asha logs in to the production portal as "ewbtel36"
      Then she is logged in for "36ABCCE4321F1Z1", with a login of the "EWAY_BILL" portal

  Rule: 2.3 The menu has API Registration

    @S2-06 @must @guide-2.3
    Scenario: API Registration is in the menu after login
      When Asha logs in to the production portal as "dakshin29"
      Then the menu has "API Registration"

  Rule: 2.4 Create API User sends the OTP by itself

    @S2-07 @must @guide-2.4 @behaviour-23
    Scenario: Create API User alone sends the OTP to the registered mobile
      Given Asha is logged in to the production portal
      When she clicks "User Credentials" and then "Create API User"
      Then an SMS with an OTP of 6 digits reaches "9876543210"

    @S2-08 @must @guide-2.4 @behaviour-23
    Scenario: The registered mobile is shown masked
      Given Asha is logged in to the production portal
      When she clicks "User Credentials" and then "Create API User"
      Then the portal says that it was sent to "XXXXXX3210" and "a****@dakshin.example"

    @S2-09 @must @guide-2.4 @contract-section2
    Scenario: The portal says how long the OTP lives and when another may be asked for
      Given Asha is logged in to the production portal
      When she clicks "User Credentials" and then "Create API User"
      Then the OTP is valid for 10 minutes and another can be requested after 30 seconds
      And 3 attempts are left

  Rule: 2.5 The OTP is entered; Verify OTP

    @S2-10 @must @guide-2.5
    Scenario: The right OTP opens the form for the API user
      Given Asha has been sent the OTP of an API registration
      When she enters the OTP and clicks "Verify OTP"
      Then the form for the API user is open

  Rule: 2.6 Through GSP

    @S2-11 @must @guide-2.6
    Scenario: Through GSP offers the GSPs
      Given Asha is logged in to the production portal
      When she clicks "Through GSP"
      Then the companies "Sahyadri GST Suvidha" and "Konkan Tax Gateway" are offered
      And every company is shown with its name and type only

    @S2-12 @should @guide-2.6 @contract-section2
    Scenario: Through ERP is offered too
      Given Asha has verified the OTP of an API registration
      When she creates the API user "dakshin_erp" through the ERP "Sahyadri GST Suvidha"
      Then the message says that the user "API_dakshin_erp" was created

  Rule: 2.7 The GSP is selected

    @S2-13 @must @guide-2.7 @contract-section2
    Scenario: The GSP that was selected is the one the user is made for
      Given Asha has verified the OTP of an API registration
      When she creates the API user "dakshin_live" through "Konkan Tax Gateway"
      Then the API user was made through the GSP "Konkan Tax Gateway"

  Rule: 2.8 Username and Password for the API; Submit

    @S2-14 @must @guide-2.8 @contract-section2
    Scenario: The password need not be entered twice
      Given Asha has verified the OTP of an API registration
      When she creates an API user without re-entering the Password
      Then the message says that the user was created

    @S2-15 @must @guide-2.8 @contract-section2
    Scenario: The API user's password does not open the portal
      Given Asha has created the API user "dakshin_live" at the production portal
      When Asha logs in to the production portal as "API_dakshin_live"
      Then the portal refuses it as "login-failed" with NIC code 3002 "Invalid login credentials"

  Rule: 2.9 The message that the user creation was successful

    @S2-16 @must @guide-2.9 @contract-section2
    Scenario: The user stands in the list of registered users
      Given Asha has created the API user "dakshin_live" at the production portal
      When she looks at the list of API users
      Then the list has "API_dakshin_live" through "Konkan Tax Gateway", which is "ACTIVE"

    @S2-17 @must @guide-2.9 @contract-section2
    Scenario: The message says everything but the secret
      Given Asha has verified the OTP of an API registration
      When she creates the API user "dakshin_live" through "Konkan Tax Gateway"
      Then the message says that the user "API_dakshin_live" was created
      But the portal has shown no password
