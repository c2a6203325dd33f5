Feature: Separation of portals, worlds and secrets
  Source: the contract.

  @B26-01 @simulator @contract-worlds
  Scenario: What happens in one world is not seen in another
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    When she looks into another world
    Then the other world has no message and no request of hers

  @B26-02 @simulator @contract-worlds
  Scenario: A Username taken in one world is free in another
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    When she registers "dakshin_one" for Dakshin in another world
    Then the acknowledgement is shown for the Username "dakshin_one"

  @B26-03 @simulator @contract-worlds
  Scenario: A registration of one world is unknown in another
    Given Asha has been sent the OTP for the registration of Dakshin
    When she sends that registration's OTP in another world
    Then the portal refuses it as "not-found" without NIC code

  @B26-04 @simulator @contract-worlds
  Scenario: Time that passes in one world does not pass in another
    When 24 hours pass
    And Asha looks into another world
    Then its clock is 24 hours behind

  @B26-05 @simulator @contract-worlds
  Scenario: Links stay inside the world that was asked
    When Asha has validated the registered details of Dakshin
    Then the addresses of the registration and of the captcha's picture are in her world

  @B26-06 @simulator @contract-worlds
  Scenario: A world that was ended begins empty
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    When her world is ended
    And she has verified the OTP for the registration of Dakshin
    And she creates an API user with the Username "dakshin_one"
    Then the acknowledgement is shown for the Username "dakshin_one"

  @B26-07 @simulator @contract-control
  Scenario: A reset brings the fixtures back
    Given the GST registration of Dakshin is cancelled
    When her world is reset
    And Asha validates the registered details of Dakshin
    Then "Send OTP" has become usable

  @B27-01 @must @contract-listeners
  Scenario: A trial user is unknown in production
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    And she is logged in to the production portal
    When she looks at the list of API users
    Then the list is empty

  @B27-02 @must @contract-listeners
  Scenario: A Username taken at the trial portal is free in production
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    And she has verified the OTP of an API registration
    When she creates an API user with the Username "dakshin_one"
    Then the message says that the user "API_dakshin_one" was created

  @B27-03 @must @contract-listeners
  Scenario: A portal login does not open the trial portal
    When Asha signs in to the trial portal as "dakshin29"
    Then the portal refuses it as "login-failed" with NIC code 3002 "Invalid login credentials"

  @B27-04 @must @json @contract-listeners
  Scenario: A captcha of one portal is invalid at the other
    Given Asha has a captcha of the production portal
    When she validates the registered details of Dakshin with the right answer to that captcha
    Then the portal refuses it as "captcha-expired" without NIC code

  @B27-05 @must @contract-listeners
  Scenario: Both portals know the same taxpayers and companies
    Given a taxpayer with the GSTIN "29ABECR0058M1Z0" is on record
    And "29ABECR0058M1Z0" has the portal login "sister29"
    When Asha logs in to the production portal as "sister29"
    And she validates the registered details of "29ABECR0058M1Z0"
    Then "Send OTP" has become usable
    And both portals offer the same companies

  @B28-01 @must @contract-listeners
  Scenario: Neither portal shows the OTP
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    And she has created the API user "dakshin_two" at the production portal
    Then neither portal has shown an OTP, a captcha's answer or a password

  @B28-02 @simulator @contract-control
  Scenario: The journal masks what is secret
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    And she has created the API user "dakshin_two" at the production portal
    When the journal is read
    Then it has every step but no OTP, captcha's answer or password

  @B28-03 @simulator @contract-control
  Scenario: The journal gives the reason of a refusal
    Given Asha has been refused for the GSTIN "29ABCCD1234E1Z2"
    When the journal is read
    Then its newest entry gives the reason "gstin-invalid"

  @B28-04 @must @contract-conventions
  Scenario: A refused password is not sent back
    Given Asha has verified the OTP for the registration of Dakshin
    When she creates an API user with the Password "weak password"
    Then the portal refuses it as "password-policy" with NIC code 3003 "Password should contains atleast one upper case, one lower case, one number and one special characters like [%,$,#,@,_,!,*]"
    And the portal has not shown "weak password"

  @B28-05 @simulator @contract-control
  Scenario: The portals have no control API
    When Mallory looks for the inbox at both portals
    Then both portals know no such page
