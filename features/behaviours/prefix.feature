Feature: Production puts API_ before a username, the trial portal does not
  Source: accounting vendors' help pages, which agree on it.

  @B08-01 @must @behaviour-08
  Scenario: Production adds the prefix
    Given Asha has verified the OTP of an API registration
    When she creates an API user with the Username "dakshin_live"
    Then the message says that the user "API_dakshin_live" was created

  @B08-02 @must @behaviour-08 @contract-section2
  Scenario: Production does not add a prefix that is there already
    Given Asha has verified the OTP of an API registration
    When she creates an API user with the Username "API_dakshin_live"
    Then the message says that the user "API_dakshin_live" was created

  @B08-03 @must @behaviour-08
  Scenario: The trial portal leaves the Username as it is
    Given Asha has verified the OTP for the registration of Dakshin
    When she creates an API user with the Username "dakshin_trial"
    Then the acknowledgement is shown for the Username "dakshin_trial"

  @B08-04 @must @behaviour-08 @sim
  Scenario Outline: The 6 to 15 characters of a production Username are counted without the prefix
    Given Asha has verified the OTP of an API registration
    When she creates an API user with the Username "<username>"
    Then the message says that the user "<made>" was created

    Examples:
      | username            | made                |
      | Dakshin_Live_29     | API_Dakshin_Live_29 |
      | API_Dakshin_Live_29 | API_Dakshin_Live_29 |
      | dak_29              | API_dak_29          |
