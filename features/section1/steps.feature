Feature: The steps of section 1, one by one
  Each scenario proves one behaviour of a step, in the order of the guide. Refusals are in the folder refusals.

  Rule: 1.1 Login leads to Register here

    @S1-01 @must @guide-1.1
    Scenario: Register here needs no account
      Given Asha has no session at the trial portal
      When she clicks Login and then "Register here"
      Then she sees a captcha whose picture is a PNG

  Rule: 1.2 The Registration Form is for a Taxpayer

    @S1-02 @must @guide-1.2
    Scenario: A Taxpayer registers by GSTIN
      Given Asha clicks Login and then "Register here"
      And she selects "Taxpayer" on the Registration Form
      When she enters the GSTIN "29ABCCD1234E1Z1", the Phone number "9876543210", the Email address "accounts@dakshin.example" and the Captcha
      And she clicks "Validate"
      Then the registration is that of a "Taxpayer"

  Rule: 1.3 Validate compares the details with the GST record

    @S1-03 @must @guide-1.3
    Scenario: Validate shows the taxpayer of the GSTIN
      When Asha validates the registered details of Dakshin
      Then the legal name and the state of Dakshin are shown

    @S1-04 @must @guide-1.3
    Scenario: Validate sends no OTP yet
      When Asha validates the registered details of Dakshin
      Then "Send OTP" has become usable
      And no message was sent

    @S1-05 @must @guide-1.3 @contract-conventions
    Scenario Outline: The registered mobile may be written as "<written>"
      When Asha validates the details of Dakshin with "<written>" as Phone number
      Then "Send OTP" has become usable

      Examples:
        | written         |
        | +91 98765 43210 |
        | 09876543210     |
        | 98765-43210     |

    @S1-06 @must @guide-1.3 @contract-conventions
    Scenario: The registered e-mail address is compared without case
      When Asha validates the details of Dakshin with "  Accounts@DAKSHIN.example " as Email address
      Then "Send OTP" has become usable

  Rule: 1.4 Send OTP

    @S1-07 @must @guide-1.4
    Scenario: The OTP goes to the registered mobile
      Given Asha has validated the registered details of Dakshin
      When she clicks "Send OTP"
      Then an SMS with an OTP of 6 digits reaches "9876543210"

    @S1-08 @should @guide-1.4
    Scenario: The same OTP goes to the registered e-mail address
      Given Asha has validated the registered details of Dakshin
      When she clicks "Send OTP"
      Then an e-mail with the same OTP reaches "accounts@dakshin.example"

    @S1-09 @must @guide-1.4 @contract-section1
    Scenario: The portal shows only the ends of the addresses it sent to
      Given Asha has validated the registered details of Dakshin
      When she clicks "Send OTP"
      Then the portal says that it was sent to "XXXXXX3210" and "a****@dakshin.example"

    @S1-10 @must @guide-1.4 @contract-section1
    Scenario: The portal says how long the OTP lives and when another may be asked for
      Given Asha has validated the registered details of Dakshin
      When she clicks "Send OTP"
      Then the OTP is valid for 10 minutes and another can be requested after 30 seconds
      And 3 attempts are left

  Rule: 1.5 The OTP received is entered and submitted

    @S1-11 @must @guide-1.5
    Scenario: The right OTP opens the form for the API user
      Given Asha has been sent the OTP for the registration of Dakshin
      When she enters the OTP received on the registered mobile and clicks "Submit"
      Then the form for the API user is open

    @S1-12 @must @guide-1.5
    Scenario: An OTP that is almost too old still counts
      Given Asha has been sent the OTP for the registration of Dakshin
      When 9 minutes pass
      And she enters the OTP
      Then the form for the API user is open

  Rule: 1.6 The GSTIN is shown, and registration goes through a GSP

    @S1-13 @must @guide-1.6
    Scenario: The GSTIN that was verified is shown
      Given Asha has been sent the OTP for the registration of Dakshin
      When she enters the OTP
      Then her GSTIN "29ABCCD1234E1Z1" is shown

    @S1-14 @must @guide-1.6 @contract-fixtures
    Scenario: Registration through GSP offers the GSPs, the guide's company among them
      When Asha selects "GSP" under "Registration through"
      Then the companies "Sahyadri GST Suvidha" and "Konkan Tax Gateway" are offered

    @S1-15 @must @guide-1.6 @contract-fixtures
    Scenario: Registration through ERP offers the ERPs
      When Asha selects "ERP" under "Registration through"
      Then the company "Sahyadri GST Suvidha" is offered
      But the company "Konkan Tax Gateway" is not offered

  Rule: 1.7 The Company Name is selected

    @S1-16 @must @guide-1.7 @contract-section1
    Scenario: The list of companies names no client id
      When Asha selects "GSP" under "Registration through"
      Then every company is shown with its name and type only

  Rule: 1.8 Client ID, Username and Password; Create

    @S1-17 @must @guide-1.8 @contract-section1
    Scenario: The password need not be entered twice
      Given Asha has verified the OTP for the registration of Dakshin
      When she creates an API user without re-entering the Password
      Then the acknowledgement is shown

    @S1-18 @must @guide-1.8 @contract-conventions
    Scenario: A client id in lower case with blanks is the same client id
      Given Asha has verified the OTP for the registration of Dakshin
      When she creates an API user through "Sahyadri GST Suvidha" with the Client ID " aafcc29erp82zso "
      Then the acknowledgement names the Client ID "AAFCC29ERP82ZSO"

    @S1-19 @must @guide-1.8 @contract-section1
    Scenario: The API user signs in to the trial portal
      Given Asha has created the API user "dakshin_trial" for Dakshin at the trial portal
      When she signs in to the trial portal as "dakshin_trial"
      Then she is signed in for "29ABCCD1234E1Z1"

    @S1-25 @must @guide-1.8 @contract-section1
    Scenario: The session at the trial portal is kept in a cookie that pages cannot read
      Given Asha has created the API user "dakshin_trial" for Dakshin at the trial portal
      When she signs in to the trial portal as "dakshin_trial"
      Then the cookie "nicsim_sandbox" has HttpOnly, SameSite=Strict and the path of her world

    @S1-26 @must @contract-section1
    Scenario: Registration through ERP is offered too
      Given Asha has verified the OTP for the registration of Dakshin
      When she creates the API user "dakshin_erp" through the ERP "Sahyadri GST Suvidha"
      Then the acknowledgement is shown for the Username "dakshin_erp"

    @S1-20 @must @guide-1.8 @contract-section1
    Scenario Outline: A Username of <length> characters is taken
      Given Asha has verified the OTP for the registration of Dakshin
      When she creates an API user with the Username "<username>"
      Then the acknowledgement is shown for the Username "<username>"

      Examples:
        | length | username        |
        | 6      | dak_29          |
        | 15     | Dakshin_Trial29 |

    @S1-21 @must @guide-1.8 @contract-section1
    Scenario Outline: A Password of <length> characters is taken
      Given Asha has verified the OTP for the registration of Dakshin
      When she creates an API user with the Password "<password>"
      Then the acknowledgement is shown

      Examples:
        | length | password        |
        | 8      | Trial@24        |
        | 15     | Trial_Portal*24 |

  Rule: 1.9 The acknowledgement

    @S1-22 @must @guide-1.9 @contract-section1
    Scenario: The acknowledgement says everything but the secret
      Given Asha has verified the OTP for the registration of Dakshin
      When she creates the API user "dakshin_trial" through "Sahyadri GST Suvidha"
      Then the acknowledgement has a number of 15 digits and a time in India
      And it names Dakshin, "Sahyadri GST Suvidha" and the Username "dakshin_trial"
      But the portal has shown no password

    @S1-23 @must @guide-1.9 @contract-section1
    Scenario: The acknowledgement can be looked at again
      Given Asha has created the API user "dakshin_trial" for Dakshin at the trial portal
      When she looks at her registration again
      Then the same acknowledgement is shown

    @S1-24 @must @guide-1.9 @contract-section1
    Scenario: A registration can be looked at halfway
      Given Asha has been sent the OTP for the registration of Dakshin
      When she looks at her registration again
      Then the registration waits for the OTP
