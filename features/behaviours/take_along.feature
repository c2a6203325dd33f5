Feature: Worlds that are taken along
  A world goes back to a snapshot, or into a file and out of it again. Source: the contract.

  @CTL-snapshot @simulator @contract-control
  Scenario: A snapshot brings back what was before
    Given Asha is logged in to the trial API
    And a snapshot of her world is taken
    And she has registered a B2B invoice
    When the snapshot is restored
    And she registers it again
    Then it is registered

  @CTL-snapshot-reset @simulator @contract-control
  Scenario: A snapshot outlasts a reset
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And a snapshot of her world is taken
    When her world is reset
    And the snapshot is restored
    And she reads it by its IRN
    Then it reads as it was registered

  @CTL-take-along @simulator @contract-control
  Scenario: A world that was exported is imported after a reset
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    When her world is exported, reset and imported
    And she logs in to the trial API again
    And she reads it by its IRN
    Then it reads as it was registered

  @CTL-take-along-user @simulator @contract-control
  Scenario: An API user comes along
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    When her world is exported, reset and imported
    And she has verified the OTP for the registration of Dakshin
    And she creates an API user with the Username "dakshin_one"
    Then the portal refuses it as "already-registered" with NIC code 3062 "Already Registered"
