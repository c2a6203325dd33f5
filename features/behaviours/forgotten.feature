Feature: Forgotten and changed credentials
  Source: the manual's pages on Forgot Username and Forgot Password; NIC's error list.

  @B24-01 @must @behaviour-24 @sim
  Scenario: The username is sent to the registered mobile
    When Asha asks to be reminded of the username of Dakshin
    Then an SMS that names "dakshin29" reaches "9876543210"
    But the portal has not shown "dakshin29"

  @B24-02 @must @behaviour-24 @sim
  Scenario: A forgotten password is replaced with the help of an OTP
    Given Asha has verified the OTP for a new password of "dakshin29"
    When she chooses the new password "Dakshin#2025"
    Then "dakshin29" logs in with "Dakshin#2025"

  @B24-03 @must @behaviour-24 @sim
  Scenario: The forgotten password is invalid once it is replaced
    Given Asha has verified the OTP for a new password of "dakshin29"
    And she has chosen the new password "Dakshin#2025"
    When she logs in to the production portal as "dakshin29"
    Then the portal refuses it as "login-failed" with NIC code 3002 "Invalid login credentials"

  @B24-04 @must @behaviour-24 @nic-3023
  Scenario: The new password must differ from the forgotten one
    Given Asha has verified the OTP for a new password of "dakshin29"
    When she chooses the new password that she had
    Then the portal refuses it as "password-reused" with NIC code 3023 "The New PassWord And Old PassWord Cannot Be Same"

  @B24-05 @must @behaviour-24 @contract-section2 @sim
  Scenario: A new password opens a login that was locked
    Given Mallory has logged in as "dakshin29" with a wrong password 5 times
    And Asha has verified the OTP for a new password of "dakshin29"
    When she chooses the new password "Dakshin#2025"
    Then "dakshin29" logs in with "Dakshin#2025"
