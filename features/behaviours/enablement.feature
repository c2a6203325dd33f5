Feature: Only taxpayers enabled for e-invoicing get into production
  Source: NIC's error list and FAQ.

  @B18-01 @must @behaviour-18 @nic-3046
  Scenario: The portal refuses a taxpayer that is not enabled for e-invoices
    Given Dakshin is not enabled for e-invoicing
    When Asha logs in to the production portal as "dakshin29"
    Then the portal refuses it as "not-enabled" with NIC code 3046 "Sorry you are not enabled for e-Invoicing System on Production."

  @B18-02 @must @behaviour-18
  Scenario: Once enabled, the taxpayer creates an API user
    Given Dakshin was not enabled for e-invoicing and is enabled now
    And Asha has verified the OTP of an API registration
    When she creates the API user "dakshin_live" through "Konkan Tax Gateway"
    Then the message says that the user "API_dakshin_live" was created

  @B18-03 @must @behaviour-18
  Scenario: The trial portal does not ask for enablement
    Given Dakshin is not enabled for e-invoicing
    When Asha validates the registered details of Dakshin
    Then "Send OTP" has become usable

  @B18-04 @must @behaviour-18
  Scenario: An API user of a taxpayer that is not enabled signs in to the trial portal
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    And Dakshin is not enabled for e-invoicing
    When she signs in to the trial portal as "dakshin_one"
    Then she is signed in for "29ABCCD1234E1Z1"
