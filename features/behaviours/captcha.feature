Feature: The captcha guards Validate and Login
  Source: the guide's step 1.3. The rule that an attempt uses up the captcha, and the texts, are ours.

  @B11-01 @must @behaviour-11 @guide-1.3 @contract-captcha
  Scenario: A wrong Captcha stops Validate
    When Asha validates the registered details of Dakshin with a wrong Captcha
    Then the portal refuses it as "captcha-mismatch" without NIC code
    And the refused field is "captcha.answer"

  @B11-02 @must @json @behaviour-11 @contract-captcha
  Scenario: After a wrong answer another captcha is needed
    Given Asha has given a wrong answer to a captcha
    When she validates the registered details of Dakshin with the right answer to that captcha
    Then the portal refuses it as "captcha-expired" without NIC code

  @B11-03 @must @behaviour-11 @contract-captcha
  Scenario: With a new captcha Validate goes on
    Given Asha has given a wrong answer to a captcha
    When she validates the registered details of Dakshin
    Then "Send OTP" has become usable

  @B11-04 @must @behaviour-11 @contract-captcha
  Scenario: The answer to a captcha is taken in either case
    When Asha validates the registered details of Dakshin with the Captcha in the other case
    Then "Send OTP" has become usable

  @B11-05 @must @behaviour-11 @contract-captcha
  Scenario: Two captchas differ
    When Asha is shown two captchas
    Then their pictures and their answers differ
