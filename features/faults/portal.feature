Feature: The portals fail
  What people complain of most: OTPs that do not arrive, records of NIC's that are not up to date, accounts that are
  frozen overnight. Source: the contract of faults. An OTP is a one-time password.

  Rule: The OTP

    @FLT-otp-lost @simulator @contract-faults
    Scenario: The OTP is lost, and the next one arrives
      Given the next "send-otp" call has the fault "otp-lost"
      And Asha waits for an OTP at the trial portal
      Then no SMS has reached "9876543210"
      When she asks for another OTP after 31 seconds
      And she enters the OTP
      Then the form for the API user is open

    @FLT-otp-lost-production @simulator @contract-faults
    Scenario: The OTP of the production portal is lost
      Given the next "create-api-user" call has the fault "otp-lost"
      When Asha waits for an OTP at the production portal
      Then no SMS has reached "9876543210"

    @FLT-otp-late @simulator @contract-faults
    Scenario: The OTP arrives five minutes late
      Given the clock is frozen
      And the next "send-otp" call has the fault "otp-late", with by 5m
      When Asha waits for an OTP at the trial portal
      Then no SMS has reached "9876543210"
      When 5 minutes pass
      Then an SMS with an OTP of 6 digits reaches "9876543210"

    @FLT-otp-twice @simulator @contract-faults
    Scenario: The OTP arrives twice
      Given the next "send-otp" call has the fault "otp-twice"
      And Asha waits for an OTP at the trial portal
      When Girish reads the inbox
      Then it has 4 messages with the same OTP
      When she enters the OTP
      Then the form for the API user is open

    @FLT-otp-old-number @simulator @contract-faults
    Scenario: The OTP goes to a number that she no longer has
      Given the next "send-otp" call has the fault "otp-old-number", with mobile 9000000001
      When Asha waits for an OTP at the trial portal
      Then no SMS has reached "9876543210"
      And an SMS with an OTP of 6 digits reaches "9000000001"

  Rule: NIC's copy of a record

    @FLT-stale @simulator @contract-faults @nic-3012
    Scenario: NIC's copy has no mobile number until it is updated from the GST common portal
      Given Asha is logged in to the trial API
      And every "validate" call has the fault "stale-record"
      When she validates the registered details of Dakshin
      Then the portal refuses it as "mobile-blank"
      When she asks the API to refresh the details of the GSTIN 29ABCCD1234E1Z1
      And she validates the registered details of Dakshin
      Then the registration is that of a "Taxpayer"

    @FLT-stale-page @simulator @contract-faults
    Scenario Outline: The copy of the <portal> portal is updated by its own page
      Given every "<call>" call has the fault "stale-record"
      When Asha updates Dakshin from the GST common portal at the <portal> portal
      And she waits for an OTP at the <portal> portal
      And she enters the OTP
      Then the form for the API user is open

      Examples:
        | portal     | call            |
        | trial      | validate        |
        | production | create-api-user |

    @FLT-stale-number @simulator @contract-faults
    Scenario: NIC's copy has a former mobile number
      Given every "validate" call has the fault "stale-record", with mobile 9000000001
      When Asha validates the registered details of Dakshin
      Then the portal refuses it as "contact-mismatch"

    @FLT-frozen @simulator @contract-faults @nic-3033
    Scenario: The account is frozen
      Given the account of the next login is frozen
      When Asha logs in to the production portal as "dakshin29"
      Then the portal refuses it as "account-frozen"
      When she logs in to the production portal as "dakshin29"
      Then the menu has "API Registration"

    @FLT-cancelled @simulator @contract-faults @nic-3013
    Scenario: The taxpayer is cancelled between two steps
      Given Asha has verified an OTP at the trial portal
      And every "create" call has the fault "taxpayer-cancelled"
      When she creates an API user with the Username "dakshin_two"
      Then the portal refuses it as "gstin-cancelled"

    @FLT-outage @simulator @contract-faults @nic-3020
    Scenario: One portal is out of service, the other is not
      Given only the production portal is out of service
      When Asha asks the production portal for a captcha
      Then the portal refuses it as "outage"
      And the refusal says how long to wait
      When she asks the trial portal for a captcha
      Then she sees a captcha whose picture is a PNG

  Rule: What NIC refuses

    @FLT-refusal @simulator @contract-faults
    Scenario Outline: <complaint>
      Given Asha has verified an OTP at the trial portal
      And the next "create" call is refused with <code> by a fault
      When she creates an API user with the Username "dakshin_two"
      Then the portal refuses it as "<refusal>" with NIC code <code> "<words>"
      And the journal gives the cause "A fault of this world refused the call; the request may be right."
      When she creates an API user with the Username "dakshin_two"
      Then the acknowledgement is shown

      Examples:
        | complaint                              | code | refusal          | words                                                                                                                                                                                                                            |
        | The taxpayer has an e-way bill account | 3027 | refused          | You are already registered Pl.use already created username and password to login to the system.If you have forgotten username or password,then use Forgot Username or Forgot Passowrd options to get the username and password!! |
        | The username is refused                | 3031 | username-invalid | Invalid User Name                                                                                                                                                                                                                |

    @FLT-refusal-login @simulator @contract-faults
    Scenario Outline: A login, and <complaint>
      Given the next "login" call is refused with <code> by a fault
      When Asha logs in to the production portal as "dakshin29"
      Then the portal refuses it as "<refusal>" with NIC code <code> "<words>"
      When she logs in to the production portal as "dakshin29"
      Then the menu has "API Registration"

      Examples:
        | complaint                                | code | refusal           | words                                                           |
        | the GSTIN is not enabled for e-invoicing | 3046 | not-enabled       | Sorry you are not enabled for e-Invoicing System on Production. |
        | the taxpayer is cancelled                | 3034 | account-cancelled | Your account has been cancelled as GSTIN is inactive            |
        | the taxpayer is suspended                | 3035 | account-suspended | Your account has been suspended as GSTIN is inactive            |
        | the taxpayer is inactive                 | 3036 | account-inactive  | Your account has been inactive                                  |

    @FLT-refusal-direct @simulator @contract-faults
    Scenario Outline: Direct access, and <complaint>
      Given the next "create-api-user" call is refused with <code> by a fault
      When Asha waits for an OTP at the production portal
      Then the portal refuses it as "<refusal>" with NIC code <code> "<words>"

      Examples:
        | complaint                      | code | refusal                 | words                                                                      |
        | the IP address is not approved | 3059 | direct-awaiting-ip      | Client-Id for this PAN is not generated check your IP-Whitelisting status. |
        | the officer has not decided    | 3060 | direct-awaiting-officer | Please wait for officer approval                                           |
        | the application was rejected   | 3061 | direct-rejected         | Your Request has been rejected, please register again                      |
