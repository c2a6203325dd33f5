Feature: Limits and blocks
  What a client makes of too many calls, logins, OTPs and errors. All limits are settings and off unless they are set; the
  world's clock ends their windows. Source: the contract of limits, and NIC's list of errors. An OTP is a one-time
  password, a GSTIN a taxpayer's identification number.

  Rule: Calls and logins of the API

    @FLT-limit-calls @must @contract-limits
    Scenario: Too many calls in a minute get HTTP 429
      Given the clock is frozen
      And Asha is logged in to the trial API
      And the API takes 1 call a minute
      And she has registered a B2B invoice
      When she registers a B2B credit note
      Then her program cannot read the answer, which has the status 429
      And the answer says to wait 60 seconds

    @FLT-limit-calls-over @must @contract-limits
    Scenario: The next minute has calls of its own
      Given Asha is logged in to the trial API
      And the API takes 1 call a minute
      And she has registered a B2B invoice
      When 60 seconds pass
      And she registers a B2B credit note
      Then it is registered

    @FLT-limit-calls-code @must @contract-limits @nic-3108
    Scenario: Too many calls in a minute get NIC's code
      Given Asha is logged in to the trial API
      And the API takes 1 call a minute, and refuses more with NIC's code
      And she has registered a B2B invoice
      When she registers a B2B credit note
      Then the API refuses it with 3108 "You have exceeded the limit for this operation"
      And the journal gives the cause "The setting callLimit allows 1 in 1m, and as many calls of the client id … for the GSTIN 29ABCCD1234E1Z1 were counted from … on."

    @FLT-limit-calls-ewb @must @contract-limits
    Scenario: The e-way bill system has a code of its own
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      And the API takes 1 call a minute, and refuses more with NIC's code
      And she asks the API for the details of Deccan
      When she cancels its e-way bill with its token
      Then the e-way bill system refuses it with 118

    @FLT-limit-logins @must @contract-limits @nic-3108
    Scenario: Too many logins in their window
      Given the API takes 2 logins in 15 minutes, and refuses more with NIC's code
      And Asha is logged in to the trial API
      And she has logged in to the trial API again
      When she logs in to the trial API again
      Then the API refuses it with 3108
      And the journal gives the cause "The setting loginLimit allows 2 in 15m, and as many logins of the client id … were counted from … on."

    @FLT-limit-logins-over @must @contract-limits
    Scenario: The next window has logins of its own
      Given the API takes 1 login in 15 minutes
      And Asha is logged in to the trial API
      When 15 minutes pass
      And she logs in to the trial API again
      Then the API accepts the login

  Rule: OTPs of the portals

    @FLT-limit-otps @must @contract-limits @nic-3108
    Scenario Outline: The <portal> portal has sent a taxpayer as many OTPs as it may
      Given a portal sends 2 OTPs to a taxpayer in 60 minutes
      And Asha waits for an OTP at the <portal> portal
      And she has asked for another OTP after 31 seconds
      When she asks for another OTP after 31 seconds
      Then the portal refuses it as "otp-send-limit" with NIC code 3108 "You have exceeded the limit for this operation"
      And the refusal says how long to wait
      And the journal gives the cause "The setting otpSendLimit allows 2 in 1h, and as many OTPs to 29ABCCD1234E1Z1 were counted from … on. The window ends at …."

      Examples:
        | portal     |
        | trial      |
        | production |

    @FLT-limit-otps-flows @must @contract-limits @nic-3108
    Scenario: The OTPs of all registrations of a taxpayer count
      Given a portal sends 1 OTP to a taxpayer in 60 minutes
      And Asha has been sent the OTP for the registration of Dakshin
      And she has validated the registered details of Dakshin
      When she clicks "Send OTP"
      Then the portal refuses it as "otp-send-limit"

    @FLT-limit-otps-over @must @contract-limits
    Scenario: The next window has OTPs of its own
      Given a portal sends 1 OTP to a taxpayer in 30 minutes
      And Asha waits for an OTP at the trial portal
      And 30 minutes pass
      When she asks for another OTP after 31 seconds
      And she enters the OTP
      Then the form for the API user is open

  Rule: NIC's blocks for repeated errors

    @FLT-block-client @must @contract-limits @nic-3095
    Scenario: A client id that causes too many errors is blocked for a time
      Given 3 errors block a client id for 30 minutes
      And Asha has logged in to the trial API 3 times with a wrong password
      When she logs in to the trial API
      Then the API refuses it with 3095 "e-Invoice operations are temporarily disabled for the CLIENT - AA…"
      And the journal gives the cause "The setting clientErrorLimit blocks after 3 in 24h, and as many errors of the client id … were counted from … on. The block began at …."

    @FLT-block-user @must @contract-limits @nic-3096
    Scenario: An API user that causes too many errors is blocked for a time
      Given 3 errors block an API user for 30 minutes
      And Asha has logged in to the trial API 3 times with a wrong password
      When she logs in to the trial API
      Then the API refuses it with 3096 "e-Invoice operations are temporarily disabled for this USERNAME/GSTIN - …"
      And the journal gives the cause "The setting userErrorLimit blocks after 3 in 24h, and as many errors of the user … were counted from … on. The block began at …."

    @FLT-block-over @must @contract-limits
    Scenario Outline: The block of <what> ends
      Given 3 errors block <what> for 30 minutes
      And Asha has logged in to the trial API 3 times with a wrong password
      When 30 minutes pass
      And she logs in to the trial API
      Then the API accepts the login

      Examples:
        | what        |
        | a client id |
        | an API user |
