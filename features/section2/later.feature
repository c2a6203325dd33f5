Feature: Changing and freezing an API user
  A user made in section 2 can change the password and can be frozen, which cannot be undone.

  @S2-21 @must @contract-section2 @behaviour-24
  Scenario: The password of an API user is changed
    Given Asha has created the API user "dakshin_live" at the production portal
    When she changes the password of "API_dakshin_live"
    Then the portal accepts it

  @S2-25 @must @contract-section2 @behaviour-24
  Scenario: A changed password is the current one of the next change
    Given Asha has created the API user "dakshin_live" at the production portal
    When she changes the password of "API_dakshin_live"
    And she changes the password of "API_dakshin_live" to "Dakshin#2026"
    Then the portal accepts it

  @S2-22 @must @contract-section2
  Scenario: A frozen API user is shown as frozen
    Given Asha has created the API user "dakshin_live" at the production portal
    When she freezes "API_dakshin_live"
    And she looks at the list of API users
    Then the list has "API_dakshin_live" through "Konkan Tax Gateway", which is "FROZEN"

  @S2-23 @must @contract-section2 @sim
  Scenario: After freezing, a new user for the same GSP may be made
    Given Asha has created the API user "dakshin_live" at the production portal
    And she has frozen "API_dakshin_live"
    And she has verified the OTP of an API registration
    When she creates the API user "dakshin_again" through "Konkan Tax Gateway"
    Then the message says that the user "API_dakshin_again" was created

  @S2-24 @must @contract-section2
  Scenario: The list shows only the taxpayer's own users
    Given Asha has created the API user "dakshin_live" at the production portal
    And Mallory is logged in to the production portal for Deccan
    When Mallory looks at the list of API users
    Then the list is empty
