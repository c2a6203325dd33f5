Feature: Refusals of Login, and of requests without a session

  @REF-login-failed @must @contract-section1 @contract-section2 @nic-3002
  Scenario Outline: <what> at the production portal
    When Mallory logs in as "<username>" with a wrong password
    Then the portal refuses it as "login-failed" with NIC code 3002 "Invalid login credentials"

    Examples:
      | what             | username    |
      | A wrong password | dakshin29   |
      | An unknown name  | nobody_here |

  @REF-login-failed-trial @must @contract-section1 @nic-3002
  Scenario: A wrong password at the trial portal
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    When Mallory signs in to the trial portal as "dakshin_one" with a wrong password
    Then the portal refuses it as "login-failed" with NIC code 3002 "Invalid login credentials"

  @REF-login-failed-provider @must @contract-section1
  Scenario: A wrong client secret at the trial portal
    Given Girish has got client credentials for a new GSP
    When Mallory signs in to the trial portal with his client id and a wrong secret
    Then the portal refuses it as "login-failed"

  @REF-login-fields @must @contract-conventions @sim
  Scenario: Login wants an answer to the captcha first
    When Mallory logs in as "dakshin29" with a wrong password and a wrong Captcha
    Then the portal refuses it as "captcha-mismatch" without NIC code

  @REF-account-locked @must @contract-section2
  Scenario: The fifth wrong password within 15 minutes
    Given Mallory has logged in as "dakshin29" with a wrong password 4 times
    When she logs in as "dakshin29" with a wrong password
    Then the portal refuses it as "account-locked" without NIC code
    And the refusal says to wait 900 seconds

  @REF-account-locked-right @must @contract-section2
  Scenario: The right password while the account is locked
    Given Mallory has logged in as "dakshin29" with a wrong password 5 times
    When Asha logs in to the production portal as "dakshin29"
    Then the portal refuses it as "account-locked" without NIC code

  @REF-account-locked-over @must @contract-section2
  Scenario: The lock is over after 15 minutes
    Given Mallory has logged in as "dakshin29" with a wrong password 5 times
    When 901 seconds pass
    And Asha logs in to the production portal as "dakshin29"
    Then she is logged in for "29ABCCD1234E1Z1", with a login of the "E_INVOICE" portal

  @REF-account-locked-window @must @contract-section2
  Scenario: Five wrong passwords in more than 15 minutes lock nothing
    Given Mallory has logged in as "dakshin29" with a wrong password 4 times
    When 16 minutes pass
    And she logs in as "dakshin29" with a wrong password
    Then the portal refuses it as "login-failed" with NIC code 3002 "Invalid login credentials"

  @REF-account-locked-other @must @contract-section2
  Scenario: One account's lock is not another's
    Given Mallory has logged in as "dakshin29" with a wrong password 5 times
    When Asha logs in to the production portal as "ewbtel36"
    Then she is logged in for "36ABCCE4321F1Z1", with a login of the "EWAY_BILL" portal

  @REF-account-locked-trial @must @contract-section1
  Scenario: The trial portal locks in the same way
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    And Mallory has signed in to the trial portal as "dakshin_one" with a wrong password 5 times
    When Asha signs in to the trial portal as "dakshin_one"
    Then the portal refuses it as "account-locked" without NIC code

  @REF-session-required @must @contract-section2
  Scenario Outline: <what> without a session
    Given Mallory has no session at the production portal
    When she <act>
    Then the portal refuses it as "session-required" without NIC code

    Examples:
      | what                  | act                                                  |
      | Who am I              | asks the production portal for her session           |
      | Create API User       | clicks "User Credentials" and then "Create API User" |
      | Through GSP           | clicks "Through GSP"                                 |
      | The list of API users | looks at the list of API users                       |
      | Changing a password   | changes the password of "API_dakshin_live"           |
      | Freezing              | freezes "API_dakshin_live"                           |

  @REF-session-ended @must @json @contract-section2
  Scenario: The session of a login that has ended
    Given Asha is logged in to the production portal
    When she logs out of the production portal
    And she asks the production portal for the session that has ended
    Then the portal refuses it as "session-required" without NIC code

  @REF-session-expired @must @contract-section2
  Scenario Outline: <what> after 15 idle minutes
    Given Asha is logged in to the production portal
    When 901 seconds pass
    And she <act>
    Then the portal refuses it as "session-expired" without NIC code

    Examples:
      | what                  | act                                                  |
      | Who am I              | asks the production portal for her session           |
      | Create API User       | clicks "User Credentials" and then "Create API User" |
      | Through GSP           | clicks "Through GSP"                                 |
      | The list of API users | looks at the list of API users                       |
