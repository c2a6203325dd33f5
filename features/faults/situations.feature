Feature: Situations
  Several things fail together, as they do on a bad day at NIC. A situation has a name, and one call puts it in place of
  another. Source: the contract of faults. An IRN is an invoice reference number.

  @FLT-situation-calm @simulator @contract-faults
  Scenario: A situation ends when another one begins
    Given the simulator is in the situation "api-down"
    And the simulator is in the situation "calm"
    And Asha is logged in to the trial API
    When she registers a B2B invoice
    Then it is registered
    And the situation is "calm"

  @FLT-situation-own-fault @simulator @contract-faults @nic-3043
  Scenario: A fault that was set on its own stays when the situation changes
    Given Asha is logged in to the trial API
    And the next "generate" call is refused with 3043 by a fault
    And the simulator is in the situation "portal-down"
    And the simulator is in the situation "calm"
    When she registers a B2B invoice
    Then the API refuses it with 3043

  @FLT-situation-removed @simulator @contract-faults
  Scenario: The situation ends when all faults are removed
    Given Asha is logged in to the trial API
    And the simulator is in the situation "api-down"
    And the faults are removed
    When she registers a B2B invoice
    Then it is registered
    And the situation is "calm"

  @FLT-situation-portal-down @simulator @contract-faults @nic-3020
  Scenario: Both portals are out of service, and invoices are registered all the same
    Given Asha is logged in to the trial API
    And the simulator is in the situation "portal-down"
    When she asks the production portal for a captcha
    Then the portal refuses it as "outage"
    When she registers a B2B invoice
    Then it is registered

  @FLT-situation-api-down @simulator @contract-faults @nic-5001
  Scenario: The API is out of service, and the portals are not
    Given Asha is logged in to the trial API
    And the simulator is in the situation "api-down"
    When she registers a B2B invoice
    Then the API refuses it with 5001
    When she asks the trial portal for a captcha
    Then she sees a captcha whose picture is a PNG

  @FLT-situation-sms-late @simulator @contract-faults
  Scenario: The SMS arrives after four minutes
    Given the clock is frozen
    And the simulator is in the situation "sms-late"
    When Asha waits for an OTP at the trial portal
    Then no SMS has reached "9876543210"
    When 4 minutes pass
    Then an SMS with an OTP of 6 digits reaches "9876543210"

  @FLT-situation-peak-hours @simulator @contract-faults
  Scenario: A program that waits too short gets no answer
    Given Asha is logged in to the trial API
    And the simulator is in the situation "peak-hours"
    And her program waits 500 milliseconds at most
    When she registers a B2B invoice
    Then her program gets no answer
    When she registers it again
    Then it is registered

  @FLT-situation-month-end @simulator @contract-faults @nic-2150
  Scenario: The fourth invoice is registered, and its answer is lost
    Given Asha is logged in to the trial API
    And the simulator is in the situation "month-end"
    And she has registered 3 B2B invoices, sending each until the API knows it
    When she registers a B2B invoice
    Then her program gets no answer
    When she registers it again
    Then the API refuses it with 2150

  @FLT-situation-flaky-network @simulator @contract-faults
  Scenario: The fifth call is reset before anything was done
    Given Asha is logged in to the trial API
    And the simulator is in the situation "flaky-network"
    And she has registered 4 B2B invoices, sending each until the API knows it
    When she registers a B2B invoice
    Then her program gets no answer
    When she registers it again
    Then it is registered

  @FLT-situation-next-portal @simulator @contract-faults @nic-2148
  Scenario: The second portal does not know an invoice of the first
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And the simulator is in the situation "next-portal-not-synchronised"
    When she calls the API at "NIC2"
    And she reads it by its IRN
    Then the API refuses it with 2148

  @FLT-situation-hostile @simulator @contract-faults
  Scenario: Whatever happens, each invoice is registered exactly once
    Given Asha is logged in to the trial API
    And the simulator is in the situation "hostile"
    When she registers 10 B2B invoices, sending each until the API knows it
    Then each of them is registered exactly once

  @FLT-situation-two-factor @simulator @contract-faults
  Scenario: The password is not enough
    Given the simulator is in the situation "two-factor"
    When Asha logs in to the production portal as "dakshin29"
    Then an SMS with an OTP of 6 digits reaches "9876543210"
    When she enters the OTP
    Then the menu has "API Registration"
