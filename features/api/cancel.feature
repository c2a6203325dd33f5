Feature: Cancelling an IRN
  Source: NIC's page on Cancel IRN, version 1.03.

  @API-cancel @must @contract-invoices
  Scenario Outline: An invoice is cancelled, giving <what>
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    When she cancels it, giving <what>
    Then it is cancelled at the current time

    Examples:
      | what                              |
      | the reason 1                      |
      | the reason 3                      |
      | the reason 4                      |
      | a remark of 100 characters        |
      | its reason with a blank behind it |
      | its IRN in capitals               |

  @API-cancel-read @must @contract-invoices
  Scenario: A cancelled one is read as cancelled
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she has cancelled it
    When she reads it by its IRN
    Then it reads as cancelled

  @API-cancel-window @must @contract-invoices
  Scenario: It may be cancelled for 24 hours
    Given the clock is frozen
    And Asha is logged in to the trial API
    And she has registered a B2B invoice
    When 23 hours pass
    And 59 minutes pass
    And she cancels it
    Then it is cancelled at the current time

  @API-cancel-late @must @contract-invoices @nic-2270
  Scenario: It cannot be cancelled after 24 hours
    Given the clock is frozen
    And Asha is logged in to the trial API
    And she has registered a B2B invoice
    When 24 hours pass
    And 1 second passes
    And she cancels it
    Then the API refuses it with 2270 "The allowed cancellation time limit is crossed, you cannot cancel the IRN"

  @API-cancel-twice @must @contract-invoices @nic-9999
  Scenario: A second cancellation is refused
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she has cancelled it
    When she cancels it
    Then the API refuses it with 9999 "Invoice is not active"

  @API-cancel-twice-late @should @contract-invoices @nic-9999 @sim
  Scenario: After 24 hours a cancelled invoice is still refused as cancelled
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she has cancelled it
    When 25 hours pass
    And she cancels it
    Then the API refuses it with 9999 "Invoice is not active"

  @API-cancel-stranger @must @contract-invoices @nic-2143
  Scenario: The recipient may not cancel it
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And Mallory is logged in to the trial API
    When she cancels it
    Then the API refuses it with 2143 "Invoice does not belongs to the user GSTIN"

  @API-cancel-unknown @must @contract-invoices @nic-2148
  Scenario: An unknown IRN
    Given Asha is logged in to the trial API
    When she cancels an unknown invoice
    Then the API refuses it with 2148 "Requested IRN data is not available"

  @API-cancel-other-portal @must @contract-listeners @nic-2148
  Scenario: The other portal does not know it
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she is logged in to the production API
    When she cancels it
    Then the API refuses it with 2148 "Requested IRN data is not available"

  @API-cancel-schema @must @contract-invoices @nic-5002
  Scenario Outline: A cancellation giving <what>
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    When she cancels it, giving <what>
    Then the API refuses it with 5002 at "<path>"

    Examples:
      | what                       | path   |
      | the reason 5               | CnlRsn |
      | no reason                  | CnlRsn |
      | no remark                  | CnlRem |
      | a remark of 101 characters | CnlRem |
      | an IRN of 63 characters    | Irn    |
